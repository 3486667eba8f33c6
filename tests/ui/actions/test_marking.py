"""Every key with which the text is annotated, and undo of each in one step."""

from __future__ import annotations

from collections.abc import Sequence

from textual.pilot import Pilot

from reader.annotate import Store
from reader.annotate.decisions import EntityConfirmed, MentionConfirmed, MentionOverlaid
from reader.recognize import Mention
from reader.ui.dialogs.label_menu import LabelMenu, label_choices
from reader.ui.dialogs.preview import Preview
from tests.ui.conftest import Desk, Known, make_document

BANK = (
    "Money",
    "The Bank of England raised its rate. England waited; the Bank of England did not. In Wales the bank closed.",
    "東京の銀行は金利を上げた。Café’s owner Ana Lima said: “England!”",
)
FOUND = {"Bank of England": "ORG", "Wales": "GPE", "Ana Lima": "PERSON"}


def bank(store: Store) -> Desk:
    document = make_document(BANK, "Money")
    found = []
    for name, label in FOUND.items():
        at = document.text.find(name)
        while at >= 0:
            found.append(Mention(at, at + len(name), label))
            at = document.text.find(name, at + 1)
    return Desk(store, document=document, recognition=Known(sorted(found)))


def spans(desk: Desk) -> list[tuple[str, str]]:
    text = desk.document.text
    return [(text[each.start : each.end], each.label) for each in desk.reading.mentions]


async def at(desk: Desk, pilot: Pilot[int], words: str, *keys: str, within: int = 0) -> None:
    """Put the cursor on some words and press keys."""
    await pilot.pause()
    desk.screen.article.jump(desk.document.text.index(words) + within)
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def undone(desk: Desk, pilot: Pilot[int], before: Sequence[Mention]) -> bool:
    await pilot.press("u")
    await pilot.pause()
    return list(desk.reading.mentions) == list(before)


# Confirming


async def test_confirming_goes_to_the_next_undecided_mention_until_all_are_decided(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        before = list(desk.reading.mentions)
        await pilot.press("]")
        for number, mention in enumerate(before, 1):
            assert desk.screen.article.cursor == mention.start
            await pilot.press("y")
            assert f"{number} of {len(before)} decided" in desk.message
        assert f"all {len(before)} mentions are decided" in desk.message
        assert all(each.origin == "user" for each in desk.reading.mentions)
        await pilot.press("u")
        assert f"{len(before) - 1} of {len(before)} decided" in desk.message
        assert "undid: confirmed" in desk.message


async def test_confirming_without_a_mention_goes_to_the_next_undecided_one(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await at(desk, pilot, "Monday", "y")
        assert desk.under_cursor() == "Tarn"
        assert not desk.reading.history.decisions


async def test_a_document_can_be_decided_with_a_handful_of_keys(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        total = len(desk.reading.mentions)
        await pilot.press("]", "y", "x", "y")  # Tarn stays, the agency goes
        assert desk.under_cursor() == "HRA"
        await pilot.press("t", "p")
        await pilot.pause()
        await pilot.press("y", "r", "l", "enter", "y")
        for _ in range(total):
            await pilot.press("y")
        assert f"all {total - 1} mentions are decided" in desk.message


async def test_undecided_mentions_above_are_counted_at_the_end(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        desk.screen.article.jump(desk.reading.mentions[-1].start)
        await pilot.press("y")
        assert f"no undecided mentions below; {len(desk.reading.mentions) - 1} above: ( goes there" in desk.message
        await pilot.press("(")
        assert desk.screen.article.cursor == desk.reading.mentions[-2].start


async def test_a_count_confirms_several_mentions_in_one_step(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        before = list(desk.reading.mentions)
        await pilot.press("]", "3", "y")
        assert "confirmed “Tarn” as GPE and 2 more" in desk.message
        assert [each.origin for each in desk.reading.mentions[:4]] == ["user", "user", "user", "model"]
        assert desk.screen.article.cursor == before[3].start
        assert await undone(desk, pilot, before)


async def test_a_decided_mention_is_not_confirmed_again(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "y", "[", "y", "[", "y")
        assert len(desk.reading.history.decisions) == 1


async def test_all_mentions_of_an_entity_are_confirmed_in_one_step(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await at(desk, pilot, "HRA crews", "Y")
        assert "5 of 15 decided" in desk.message
        assert "confirmed “Harbor Relief Agency”: 5 mentions" in desk.message
        assert desk.under_cursor() == "Bay Treaty"
        await at(desk, pilot, "HRA crews", "Y")
        assert "decided already" in desk.message
        assert await undone(desk, pilot, desk.recognition.mentions)


async def test_confirming_in_the_list_moves_to_the_next_entity(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        first = desk.screen.entity_list.current
        await pilot.press("y")
        assert first is not None
        assert isinstance(desk.reading.history.decisions[0], EntityConfirmed)
        assert desk.screen.entity_list.cursor == 1
        assert await undone(desk, pilot, desk.recognition.mentions)


async def test_mentions_can_be_confirmed_in_the_details(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await at(desk, pilot, "HRA)", "enter", "y")
        assert isinstance(desk.reading.history.decisions[0], MentionConfirmed)
        assert desk.screen.details.cursor == 2


async def test_going_to_undecided_mentions_skips_decided_ones(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await at(desk, pilot, "Osel River", "y")
        await pilot.press("g", "g", "5", ")")
        assert desk.under_cursor() == "Mira Castellan"
        await pilot.press("(")
        assert desk.under_cursor() == "Tarn"
        await pilot.press("9", "9", ")", ")")
        assert "undecided" in desk.message


async def test_confirmed_mentions_have_a_double_underline(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await at(desk, pilot, "Osel River", "y", "escape", "z")
        article = desk.screen.article

        def styled(words: str) -> bool:
            place = desk.document.text.index(words)
            row = article.page.row_at(place) if article.page else 0
            strip = article.render_line(row - article.scroll_offset.y)
            return any(words.split()[0] in each.text and each.style and each.style.underline2 for each in strip)

        assert styled("Osel River")
        assert not styled("Bay Treaty")


# Marking


async def test_a_count_marks_several_words(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        before = desk.recognition.mentions
        await at(desk, pilot, "40 tonnes", "2", "a", "q")
        assert desk.labels()["40 tonnes"] == {"QUANTITY"}
        assert await undone(desk, pilot, before)


async def test_a_name_can_replace_the_mention_around_it_or_nest_in_it(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(100, 40)) as pilot:
        await at(desk, pilot, "England raised", "a")
        assert any("in place of “Bank of England” · Tab: within it" in row for row in desk.rows())
        await pilot.press("tab")
        assert any("within “Bank of England”, which stays · Tab: in its place" in row for row in desk.rows())
        await pilot.press("g")
        await pilot.pause()
        assert spans(desk)[:2] == [("Bank of England", "ORG"), ("England", "GPE")]
        assert isinstance(desk.reading.history.decisions[0], MentionOverlaid)
        assert await undone(desk, pilot, desk.recognition.mentions)
        await at(desk, pilot, "England raised", "a", "g")
        assert spans(desk)[0] == ("England", "GPE")
        assert await undone(desk, pilot, desk.recognition.mentions)


async def test_a_separate_key_marks_a_name_within_another(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(100, 40)) as pilot:
        await at(desk, pilot, "Bank of England raised", "v", "h", "&", "o")
        assert spans(desk)[:2] == [("Bank of England", "ORG"), ("The Bank", "ORG")][::-1]
        desk.screen.article.set_selection(None)
        await at(desk, pilot, "England waited", "&", "g")
        assert ("England", "GPE") in spans(desk)


async def test_overlapping_mentions_ask_which_one(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(100, 40)) as pilot:
        await at(desk, pilot, "England raised", "&", "g")
        text = desk.document.text
        for key in ("t", "x", "e", "r", "y", "enter"):
            await at(desk, pilot, "England raised", key, within=1)
            assert any("Which mention?" in row for row in desk.rows()), key
            await pilot.press("escape")
        await at(desk, pilot, "England raised", "x", "b", within=1)
        assert spans(desk)[0] == ("England", "GPE")
        await pilot.press("u")
        await at(desk, pilot, "England raised", "t", "enter", "l", within=1)
        assert spans(desk)[:2] == [("Bank of England", "ORG"), ("England", "LOC")]
        assert text.index("England") in [each.start for each in desk.reading.mentions]


async def test_commands_apply_to_the_mention_gone_to_last(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(100, 40)) as pilot:
        await at(desk, pilot, "Bank of England raised", "&", "f")  # "Bank" begins where the outer begins
        await pilot.press("g", "g", "]")
        assert desk.screen.current_mention is not None
        assert desk.document.text[slice(*desk.screen.current_mention[:2])] == "Bank"
        await pilot.press("]", "x")
        assert spans(desk)[0] == ("Bank", "FAC")
        assert ("Bank of England", "ORG") in spans(desk)[1:]
        assert [each[0] for each in spans(desk)].count("Bank of England") == 1


async def test_every_occurrence_of_a_name_is_marked_after_a_preview(desk: Desk) -> None:
    async with desk.app.run_test(size=(110, 30)) as pilot:
        before = desk.recognition.mentions
        await at(desk, pilot, "boats", "A", "t")
        assert isinstance(desk.app.screen, Preview)
        assert any("“boats” as PRODUCT · 1 of 1" in row for row in desk.rows())
        await pilot.press("escape")
        assert list(desk.reading.mentions) == list(before)
        await at(desk, pilot, "the council", "A", "o", "space")
        assert any("“the” as ORG · 6 of 7" in row for row in desk.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert sum(each == ("the", "ORG") for each in spans(desk)) == 6
        assert ": 6 of 7 occurrences" in desk.message
        assert await undone(desk, pilot, before)


async def test_occurrences_in_longer_names_are_unticked_unless_they_may_nest(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(110, 40)) as pilot:
        await at(desk, pilot, "England waited", "A", "g")
        assert any("“England” as GPE · 2 of 4" in row for row in desk.rows())
        assert any("in place of “Bank of England”" in row for row in desk.rows())
        await pilot.press("escape")
        await at(desk, pilot, "England waited", "A", "tab", "g")
        assert any("“England” as GPE · 4 of 4" in row for row in desk.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert [each[0] for each in spans(desk)].count("Bank of England") == 2
        assert [each[0] for each in spans(desk)].count("England") == 4
        assert await undone(desk, pilot, desk.recognition.mentions)


async def test_marking_every_occurrence_confirms_or_retags_existing_mentions(desk: Desk) -> None:
    async with desk.app.run_test(size=(110, 30)) as pilot:
        await at(desk, pilot, "HRA crews", "A", "enter", "enter")
        hra = [each for each in desk.reading.mentions if each.end - each.start == 3]
        assert {(each.label, each.origin) for each in hra} == {("ORG", "user")}
        await at(desk, pilot, "HRA crews", "A", "g", "*", "*", "enter")
        assert desk.labels()["HRA"] == {"GPE"}


# Correcting


async def test_edges_move_by_words_and_the_new_size_is_kept(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(110, 40)) as pilot:
        await at(desk, pilot, "Bank of England raised", "r")
        assert str(desk.screen.context) == "resizing"
        await pilot.press("H", "l", "l", "h")
        assert "“The Bank of England raised”" in desk.message
        assert any("longer left" in row for row in desk.rows())
        await pilot.press("L", "L", "L")
        assert "“England raised”" in desk.message
        await pilot.press("enter")
        assert spans(desk)[0] == ("England raised", "ORG")
        assert "resized “Bank of England” to “England raised”" in desk.message
        assert str(desk.screen.context) == "text"
        assert await undone(desk, pilot, desk.recognition.mentions)
        assert "undid: resized “Bank of England” to “England raised”" in desk.message


async def test_a_canceled_resize_changes_nothing(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(110, 40)) as pilot:
        await at(desk, pilot, "Wales", "r", "l", "l", "escape")
        assert str(desk.screen.context) == "text"
        await at(desk, pilot, "Wales", "r", "l", "h", "enter")
        assert "the mention is unchanged" in desk.message
        assert not desk.reading.history.decisions


async def test_a_resized_mention_keeps_its_entity_and_its_nested_mentions(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(110, 40)) as pilot:
        await at(desk, pilot, "England raised", "&", "g")
        await at(desk, pilot, "Bank of England raised", "r", "H", "enter")
        assert spans(desk)[:2] == [("The Bank of England", "ORG"), ("England", "GPE")]
        await at(desk, pilot, "Wales", "e", *"ana", "enter", "r", "l", "enter")
        entity = desk.reading.entity_named("Ana Lima")
        assert entity is not None
        assert [desk.document.text[each.start : each.end] for each in entity.mentions] == ["Wales the", "Ana Lima"]


async def test_resizing_takes_a_count_and_stops_at_the_block(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(110, 40)) as pilot:
        await at(desk, pilot, "Wales", "r", "3", "l", "enter")
        assert ("Wales the bank closed", "GPE") in spans(desk)
        await at(desk, pilot, "Wales the", "r", "l")
        assert "the edge cannot move further" in desk.message
        await pilot.press("9", "h", "9", "L", "r")
        assert ("Wales", "GPE") in spans(desk)


async def test_the_last_annotation_can_be_repeated(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await at(desk, pilot, "Monday", ".")
        assert "nothing was annotated yet" in desk.message
        await at(desk, pilot, "Monday", "a", "d")
        await at(desk, pilot, "Friday", ".")
        assert desk.labels()["Friday"] == {"DATE"}
        await pilot.press("u")
        assert "Friday" not in desk.labels()
        await at(desk, pilot, "40 tonnes", "2", ".")
        assert desk.labels()["40 tonnes"] == {"DATE"}
        await at(desk, pilot, "Tarn,", "t", "f")
        await at(desk, pilot, "Osel for", ".")
        assert "FAC" in desk.labels()["Osel"]
        await at(desk, pilot, "Bay Treaty", "x")
        await at(desk, pilot, "Mira", ".")
        assert "Bay Treaty" not in desk.labels()
        assert "Mira Castellan" not in desk.labels()
        await at(desk, pilot, "Tarn. ", "e", *"osel riv", "enter")
        await at(desk, pilot, "HRA had", ".")
        river = desk.reading.entity_named("Osel River")
        assert river is not None
        assert len(river.mentions) == 3
        await at(desk, pilot, "Castellan had", "T", "o")
        await at(desk, pilot, "HRA crews", ".")
        await at(desk, pilot, "HRA crews", "Y")
        await at(desk, pilot, "Castellan had", ".")
        assert isinstance(desk.reading.history.decisions[-1], EntityConfirmed)


async def test_counts_retag_and_remove_the_mentions_that_follow(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        before = desk.recognition.mentions
        await at(desk, pilot, "Harbor", "2", "t", "f")
        assert [each.label for each in desk.reading.mentions[1:3]] == ["FAC", "FAC"]
        assert await undone(desk, pilot, before)
        await at(desk, pilot, "Harbor", "2", "x")
        assert len(desk.reading.mentions) == len(before) - 2
        assert await undone(desk, pilot, before)


async def test_the_menu_offers_the_commands_for_the_text_under_the_cursor(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 40)) as pilot:
        await at(desk, pilot, "Bay Treaty", "g", "m")
        assert any("Move the edges of the mention" in row for row in desk.rows())
        await pilot.press("x")
        await pilot.pause()
        assert "Bay Treaty" not in desk.labels()
        await at(desk, pilot, "flour", "g", "m", "a")
        assert isinstance(desk.app.screen, LabelMenu)
        await pilot.press("t")
        await pilot.pause()
        assert desk.labels()["flour"] == {"PRODUCT"}


# The menu of labels


async def test_labels_can_be_found_by_typing(desk: Desk) -> None:
    async with desk.app.run_test(size=(100, 40)) as pilot:
        await at(desk, pilot, "flour", "a", "/", *"work", "enter")
        assert desk.labels()["flour"] == {"WORK_OF_ART"}
        await at(desk, pilot, "tonnes", "a", "b", "u", "i", "backspace", "i", "l", "enter")
        assert desk.labels()["tonnes"] == {"FAC"}
        await at(desk, pilot, "barges", "a", *"/", "s", "h", "i", "p", "enter")
        assert desk.labels()["barges"] == {"SHIP"}
        await at(desk, pilot, "deck", "a", "enter")
        assert desk.labels()["deck"] == {"SHIP"}
        await at(desk, pilot, "river in", "a", "/", "z", "z", "escape", "j", "escape")
        assert "river" not in desk.labels()


def test_labels_in_use_and_new_labels_are_offered() -> None:
    assert [choice.label for choice in label_choices(["SHIP"], "shi")] == ["SHIP", "SHI"]
    assert [choice.label for choice in label_choices([], "per")][:2] == ["PERSON", "PERCENT"]
    assert [choice.label for choice in label_choices([], "river")] == ["LOC", "RIVER"]
    assert [choice.label for choice in label_choices([], "!")] == []


# Selecting


async def test_a_selection_extends_to_whole_lines(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await at(desk, pilot, "flour", "v", "L")
        article = desk.screen.article
        assert article.page is not None
        assert article.selection is not None
        row = article.page.row_at(desk.document.text.index("flour"))
        assert (article.selection.start, article.selection.end) == (article.page.starts[row], article.page.ends[row])
        await pilot.press("L")
        assert article.selection.end == article.page.ends[row + 1]


async def test_selections_do_not_split_grapheme_clusters(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(100, 40)) as pilot:
        await at(desk, pilot, "東京", "v", "l", "a", "g")
        assert ("東京", "GPE") in spans(desk)
        await at(desk, pilot, "Café", "a", "o")
        assert ("Café", "ORG") in spans(desk)
        await at(desk, pilot, "“England", "v", "a", "g")
        assert ("England", "GPE") in spans(desk)


# The mouse


def cell_of(desk: Desk, words: str, within: int = 0) -> tuple[int, int]:
    article = desk.screen.article
    assert article.page is not None
    place = desk.document.text.index(words) + within
    x = article._left_margin + article.page.column_of(place)
    return x, article.page.row_at(place) - article.scroll_offset.y


async def test_clicking_again_selects_the_mention_around_it(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(100, 40)) as pilot:
        await at(desk, pilot, "England raised", "&", "g")
        names = []
        for _ in range(3):
            await pilot.click("#article", offset=cell_of(desk, "England raised", 2))
            await pilot.pause()
            assert desk.screen.current_mention is not None
            names.append(desk.document.text[slice(*desk.screen.current_mention[:2])])
        assert names == ["England", "Bank of England", "England"]


async def test_dragging_selects_whole_words_in_both_directions(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        for first, last in (("first boats", "reached"), ("reached", "first boats")):
            await pilot.mouse_down("#article", offset=cell_of(desk, first, 2))
            await pilot.hover("#article", offset=cell_of(desk, last, 2))
            await pilot.mouse_up("#article", offset=cell_of(desk, last, 2))
            await pilot.pause()
            chosen = desk.screen.article.selection
            assert chosen is not None
            assert desk.document.text[chosen.start : chosen.end] == "first boats had reached"
        await pilot.press("a", "e")
        await pilot.pause()
        assert desk.labels()["first boats had reached"] == {"EVENT"}


async def test_the_right_mouse_button_opens_the_menu(desk: Desk) -> None:
    async with desk.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await pilot.click("#article", offset=cell_of(desk, "Bay Treaty", 2), button=3)
        await pilot.pause()
        assert any("Remove the mention under the cursor" in row for row in desk.rows())
        await pilot.press("x")
        await pilot.pause()
        assert "Bay Treaty" not in desk.labels()


# What was searched for


async def test_a_search_match_is_marked_whole_and_repeated_at_the_next_one(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"f engl", "enter", "a")
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert ("of England", "GPE") in spans(desk)
        await pilot.press("/", *"rate. engl", "enter", "v")
        await pilot.pause()
        selection = desk.screen.article.selection
        assert selection is not None
        assert desk.document.text[selection.start : selection.end] == "rate. England"
        await pilot.press("escape")
        await at(desk, pilot, "rate", "v", within=1)
        selection = desk.screen.article.selection
        assert selection is not None
        assert desk.document.text[selection.start : selection.end] == "rate"
        await pilot.press("escape", "g", "g", "/", *"the bank", "enter", "n", "n", ".")
        await pilot.pause()
        assert ("the bank", "GPE") in spans(desk)


async def test_every_match_is_marked_unless_it_is_within_a_name(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"wales the b", "enter", "A")
        await pilot.pause()
        assert any("Mark every “Wales the bank” as" in row for row in desk.rows())
        await pilot.press("escape", "g", "g", "/", *"england", "enter", "A")
        await pilot.pause()
        assert any("Mark every “Bank of England” as" in row for row in desk.rows())


async def test_the_details_show_the_entity_that_the_command_is_about(store: Store) -> None:
    desk = bank(store)
    async with desk.app.run_test(size=(130, 30)) as pilot:
        await pilot.press("]")
        await at(desk, pilot, "Ana Lima", "T", "o")
        entity = desk.screen.details.entity
        assert entity is not None
        assert (entity.name, entity.label) == ("Ana Lima", "ORG")


async def test_a_question_about_a_long_selection_leaves_room_for_the_answers(store: Store) -> None:
    sentence = "The council of the harbor " + "and of the river " * 20 + "met."
    desk = Desk(store, document=make_document(("Long", sentence), "Long"), recognition=Known())
    async with desk.app.run_test(size=(80, 24)) as pilot:
        await at(desk, pilot, "council", "V", "A")
        rows = desk.rows()
        assert any("Mark every “The council" in row for row in rows)
        assert any("PERSON" in row for row in rows)
        await pilot.press("escape", "a")
        await pilot.pause()
        assert any("Mark “The council" in row for row in desk.rows())
