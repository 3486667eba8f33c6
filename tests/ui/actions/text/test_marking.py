"""Every key that annotates the text, and the undo of each in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textual.pilot import Pilot

from reader.annotate import Store
from reader.annotate.decisions import EntityConfirmed, MentionConfirmed, MentionOverlaid
from reader.recognize import Mention
from reader.ui.dialogs.choosing.label_menu import LabelMenu, label_choices
from reader.ui.dialogs.choosing.preview import Preview
from tests.ui.conftest import AppHarness, FixedRecognition, make_document

BANK = (
    "Money",
    "The Bank of England raised its rate. England waited; the Bank of England did not. In Wales the bank closed.",
    "東京の銀行は金利を上げた。Café’s owner Ana Lima said: “England!”",
)
FOUND = {"Bank of England": "ORG", "Wales": "GPE", "Ana Lima": "PERSON"}


def bank(store: Store) -> AppHarness:
    document = make_document(BANK, "Money")
    found = []
    for name, label in FOUND.items():
        at = document.text.find(name)
        while at >= 0:
            found.append(Mention(at, at + len(name), label))
            at = document.text.find(name, at + 1)
    return AppHarness(store, document=document, recognition=FixedRecognition(sorted(found)))


def spans(harness: AppHarness) -> list[tuple[str, str]]:
    text = harness.document.text
    return [(text[mention.start : mention.end], mention.label) for mention in harness.reading.mentions]


async def at(harness: AppHarness, pilot: Pilot[int], words: str, *keys: str, within: int = 0) -> None:
    """Move the cursor to some words and press keys."""
    await pilot.pause()
    harness.screen.article.jump(harness.document.text.index(words) + within)
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def undone(harness: AppHarness, pilot: Pilot[int], before: Sequence[Mention]) -> bool:
    await pilot.press("u")
    await pilot.pause()
    return list(harness.reading.mentions) == list(before)


# Confirming


async def test_confirming_goes_to_the_next_undecided_mention_until_all_are_decided(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        before = list(harness.reading.mentions)
        await pilot.press("]")
        for number, mention in enumerate(before, 1):
            assert harness.screen.article.cursor == mention.start
            await pilot.press("y")
            assert f"{number} of {len(before)} decided" in harness.message
        assert f"all {len(before)} mentions are decided" in harness.message
        assert all(mention.origin == "user" for mention in harness.reading.mentions)
        await pilot.press("u")
        assert f"{len(before) - 1} of {len(before)} decided" in harness.message
        assert "undid: confirmed" in harness.message


async def test_confirming_without_a_mention_goes_to_the_next_undecided_one(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await at(harness, pilot, "Monday", "y")
        assert harness.text_under_cursor() == "Tarn"
        assert not harness.reading.history.decisions


async def test_a_document_can_be_decided_with_a_handful_of_keys(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        total = len(harness.reading.mentions)
        await pilot.press("]", "y", "x", "y")  # Tarn stays, the agency goes
        assert harness.text_under_cursor() == "HRA"
        await pilot.press("t", "p")
        await pilot.pause()
        await pilot.press("y", "r", "l", "enter", "y")
        for _ in range(total):
            await pilot.press("y")
        assert f"all {total - 1} mentions are decided" in harness.message


async def test_undecided_mentions_above_are_counted_at_the_end(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.article.jump(harness.reading.mentions[-1].start)
        await pilot.press("y")
        assert (
            f"no undecided mentions below; {len(harness.reading.mentions) - 1} above: ( goes there" in harness.message
        )
        await pilot.press("(")
        assert harness.screen.article.cursor == harness.reading.mentions[-2].start


async def test_a_count_confirms_several_mentions_in_one_step(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        before = list(harness.reading.mentions)
        await pilot.press("]", "3", "y")
        assert "confirmed “Tarn” as GPE and 2 more" in harness.message
        assert [mention.origin for mention in harness.reading.mentions[:4]] == ["user", "user", "user", "model"]
        assert harness.screen.article.cursor == before[3].start
        assert await undone(harness, pilot, before)


async def test_a_decided_mention_is_not_confirmed_again(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "y", "[", "y", "[", "y")
        assert len(harness.reading.history.decisions) == 1


async def test_all_mentions_of_an_entity_are_confirmed_in_one_step(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await at(harness, pilot, "HRA crews", "Y")
        assert "5 of 15 decided" in harness.message
        assert "confirmed “Harbor Relief Agency”: 5 mentions" in harness.message
        assert harness.text_under_cursor() == "Bay Treaty"
        await at(harness, pilot, "HRA crews", "Y")
        assert "already decided" in harness.message
        assert await undone(harness, pilot, harness.recognition.mentions)


async def test_confirming_in_the_list_moves_to_the_next_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e")
        first = harness.screen.entity_list.current
        await pilot.press("y")
        assert first is not None
        assert isinstance(harness.reading.history.decisions[0], EntityConfirmed)
        assert harness.screen.entity_list.cursor == 1
        assert await undone(harness, pilot, harness.recognition.mentions)


async def test_mentions_can_be_confirmed_in_the_details(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await at(harness, pilot, "HRA)", "enter", "y")
        assert isinstance(harness.reading.history.decisions[0], MentionConfirmed)
        assert harness.screen.details.cursor == 2


async def test_going_to_undecided_mentions_skips_decided_ones(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await at(harness, pilot, "Osel River", "y")
        await pilot.press("g", "g", "5", ")")
        assert harness.text_under_cursor() == "Mira Castellan"
        await pilot.press("(")
        assert harness.text_under_cursor() == "Tarn"
        await pilot.press("9", "9", ")", ")")
        assert "undecided" in harness.message


async def test_confirmed_mentions_have_a_double_underline(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await at(harness, pilot, "Osel River", "y", "escape", "z")
        article = harness.screen.article

        def styled(words: str) -> bool:
            place = harness.document.text.index(words)
            row = article.page.row_at(place) if article.page else 0
            strip = article.render_line(row - article.scroll_offset.y)
            return any(
                words.split()[0] in segment.text and segment.style and segment.style.underline2 for segment in strip
            )

        assert styled("Osel River")
        assert not styled("Bay Treaty")


# Marking


async def test_a_count_marks_several_words(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        before = harness.recognition.mentions
        await at(harness, pilot, "40 tonnes", "2", "a", "q")
        assert harness.labels()["40 tonnes"] == {"QUANTITY"}
        assert await undone(harness, pilot, before)


async def test_a_name_can_replace_the_mention_around_it_or_nest_in_it(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await at(harness, pilot, "England raised", "a")
        assert any("in place of “Bank of England” · Tab: within it" in row for row in harness.rows())
        await pilot.press("tab")
        assert any("within “Bank of England”, which stays · Tab: in its place" in row for row in harness.rows())
        await pilot.press("g")
        await pilot.pause()
        assert spans(harness)[:2] == [("Bank of England", "ORG"), ("England", "GPE")]
        assert isinstance(harness.reading.history.decisions[0], MentionOverlaid)
        assert await undone(harness, pilot, harness.recognition.mentions)
        await at(harness, pilot, "England raised", "a", "g")
        assert spans(harness)[0] == ("England", "GPE")
        assert await undone(harness, pilot, harness.recognition.mentions)


async def test_a_separate_key_marks_a_name_within_another(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await at(harness, pilot, "Bank of England raised", "v", "b", "&", "o")
        assert spans(harness)[:2] == [("Bank of England", "ORG"), ("The Bank", "ORG")][::-1]
        harness.screen.article.set_selection(None)
        await at(harness, pilot, "England waited", "&", "g")
        assert ("England", "GPE") in spans(harness)


async def test_overlapping_mentions_ask_which_one(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await at(harness, pilot, "England raised", "&", "g")
        text = harness.document.text
        for key in ("t", "x", "e", "r", "y", "enter"):
            await at(harness, pilot, "England raised", key, within=1)
            assert any("Which mention?" in row for row in harness.rows()), key
            await pilot.press("escape")
        await at(harness, pilot, "England raised", "x", "b", within=1)
        assert spans(harness)[0] == ("England", "GPE")
        await pilot.press("u")
        await at(harness, pilot, "England raised", "t", "enter", "l", within=1)
        assert spans(harness)[:2] == [("Bank of England", "ORG"), ("England", "LOC")]
        assert text.index("England") in [mention.start for mention in harness.reading.mentions]


async def test_commands_apply_to_the_mention_gone_to_last(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await at(harness, pilot, "Bank of England raised", "&", "f")  # "Bank" begins where the outer begins
        await pilot.press("g", "g", "]")
        assert harness.screen.current_mention is not None
        assert harness.document.text[slice(*harness.screen.current_mention[:2])] == "Bank"
        await pilot.press("]", "x")
        assert spans(harness)[0] == ("Bank", "FAC")
        assert ("Bank of England", "ORG") in spans(harness)[1:]
        assert [span[0] for span in spans(harness)].count("Bank of England") == 1


async def test_every_occurrence_of_a_name_is_marked_after_a_preview(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(110, 30)) as pilot:
        before = harness.recognition.mentions
        await at(harness, pilot, "boats", "A", "t")
        assert isinstance(harness.app.screen, Preview)
        assert any("“boats” as PRODUCT · 1 of 1" in row for row in harness.rows())
        await pilot.press("escape")
        assert list(harness.reading.mentions) == list(before)
        await at(harness, pilot, "the council", "A", "o", "space")
        assert any("“the” as ORG · 6 of 7" in row for row in harness.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert sum(span == ("the", "ORG") for span in spans(harness)) == 6
        assert ": 6 of 7 occurrences" in harness.message
        assert await undone(harness, pilot, before)


async def test_occurrences_in_longer_names_are_unticked_unless_they_may_nest(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(110, 40)) as pilot:
        await at(harness, pilot, "England waited", "A", "g")
        assert any("“England” as GPE · 2 of 4" in row for row in harness.rows())
        assert any("in place of “Bank of England”" in row for row in harness.rows())
        await pilot.press("escape")
        await at(harness, pilot, "England waited", "A", "tab", "g")
        assert any("“England” as GPE · 4 of 4" in row for row in harness.rows())
        await pilot.press("enter")
        await pilot.pause()
        assert [span[0] for span in spans(harness)].count("Bank of England") == 2
        assert [span[0] for span in spans(harness)].count("England") == 4
        assert await undone(harness, pilot, harness.recognition.mentions)


async def test_marking_every_occurrence_confirms_or_retags_existing_mentions(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(110, 30)) as pilot:
        await at(harness, pilot, "HRA crews", "A", "enter", "enter")
        hra = [mention for mention in harness.reading.mentions if mention.end - mention.start == 3]
        assert {(mention.label, mention.origin) for mention in hra} == {("ORG", "user")}
        await at(harness, pilot, "HRA crews", "A", "g", "*", "*", "enter")
        assert harness.labels()["HRA"] == {"GPE"}


# Correcting


async def test_edges_move_by_words_and_the_new_size_is_kept(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(110, 40)) as pilot:
        await at(harness, pilot, "Bank of England raised", "r")
        assert str(harness.screen.context) == "resizing"
        await pilot.press("H", "l", "l", "h")
        assert "“The Bank of England raised”" in harness.message
        assert any("longer left" in row for row in harness.rows())
        await pilot.press("L", "L", "L")
        assert "“England raised”" in harness.message
        await pilot.press("enter")
        assert spans(harness)[0] == ("England raised", "ORG")
        assert "resized “Bank of England” to “England raised”" in harness.message
        assert str(harness.screen.context) == "text"
        assert await undone(harness, pilot, harness.recognition.mentions)
        assert "undid: resized “Bank of England” to “England raised”" in harness.message


async def test_a_canceled_resize_changes_nothing(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(110, 40)) as pilot:
        await at(harness, pilot, "Wales", "r", "l", "l", "escape")
        assert str(harness.screen.context) == "text"
        await at(harness, pilot, "Wales", "r", "l", "h", "enter")
        assert "the mention is unchanged" in harness.message
        assert not harness.reading.history.decisions


async def test_a_resized_mention_keeps_its_entity_and_its_nested_mentions(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(110, 40)) as pilot:
        await at(harness, pilot, "England raised", "&", "g")
        await at(harness, pilot, "Bank of England raised", "r", "H", "enter")
        assert spans(harness)[:2] == [("The Bank of England", "ORG"), ("England", "GPE")]
        await at(harness, pilot, "Wales", "e", *"ana", "enter", "r", "l", "enter")
        entity = harness.reading.entity_named("Ana Lima")
        assert entity is not None
        assert [harness.document.text[mention.start : mention.end] for mention in entity.mentions] == [
            "Wales the",
            "Ana Lima",
        ]


async def test_resizing_takes_a_count_and_stops_at_the_block(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(110, 40)) as pilot:
        await at(harness, pilot, "Wales", "r", "3", "l", "enter")
        assert ("Wales the bank closed", "GPE") in spans(harness)
        await at(harness, pilot, "Wales the", "r", "l")
        assert "the edge cannot move further" in harness.message
        await pilot.press("9", "h", "9", "L", "r")
        assert ("Wales", "GPE") in spans(harness)


async def test_the_last_annotation_can_be_repeated(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await at(harness, pilot, "Monday", ".")
        assert "nothing to repeat yet" in harness.message
        await at(harness, pilot, "Monday", "a", "d")
        await at(harness, pilot, "Friday", ".")
        assert harness.labels()["Friday"] == {"DATE"}
        await pilot.press("u")
        assert "Friday" not in harness.labels()
        await at(harness, pilot, "40 tonnes", "2", ".")
        assert harness.labels()["40 tonnes"] == {"DATE"}
        await at(harness, pilot, "Tarn,", "t", "f")
        await at(harness, pilot, "Osel for", ".")
        assert "FAC" in harness.labels()["Osel"]
        await at(harness, pilot, "Bay Treaty", "x")
        await at(harness, pilot, "Mira", ".")
        assert "Bay Treaty" not in harness.labels()
        assert "Mira Castellan" not in harness.labels()
        await at(harness, pilot, "Tarn. ", "e", *"osel riv", "enter")
        await at(harness, pilot, "HRA had", ".")
        river = harness.reading.entity_named("Osel River")
        assert river is not None
        assert len(river.mentions) == 3
        await at(harness, pilot, "Castellan had", "T", "o")
        await at(harness, pilot, "HRA crews", ".")
        await at(harness, pilot, "HRA crews", "Y")
        await at(harness, pilot, "Castellan had", ".")
        assert isinstance(harness.reading.history.decisions[-1], EntityConfirmed)


async def test_counts_retag_and_remove_the_mentions_that_follow(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        before = harness.recognition.mentions
        await at(harness, pilot, "Harbor", "2", "t", "f")
        assert [mention.label for mention in harness.reading.mentions[1:3]] == ["FAC", "FAC"]
        assert await undone(harness, pilot, before)
        await at(harness, pilot, "Harbor", "2", "x")
        assert len(harness.reading.mentions) == len(before) - 2
        assert await undone(harness, pilot, before)


async def test_the_menu_offers_the_commands_for_the_text_under_the_cursor(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await at(harness, pilot, "Bay Treaty", "g", "m")
        assert any("Move the edges of the mention" in row for row in harness.rows())
        await pilot.press("x")
        await pilot.pause()
        assert "Bay Treaty" not in harness.labels()
        await at(harness, pilot, "flour", "g", "m", "a")
        assert isinstance(harness.app.screen, LabelMenu)
        await pilot.press("t")
        await pilot.pause()
        assert harness.labels()["flour"] == {"PRODUCT"}


# The menu of labels


async def test_labels_can_be_found_by_typing(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await at(harness, pilot, "flour", "a", "/", *"work", "enter")
        assert harness.labels()["flour"] == {"WORK_OF_ART"}
        await at(harness, pilot, "tonnes", "a", "b", "u", "i", "backspace", "i", "l", "enter")
        assert harness.labels()["tonnes"] == {"FAC"}
        await at(harness, pilot, "barges", "a", *"/", "s", "h", "i", "p", "enter")
        assert harness.labels()["barges"] == {"SHIP"}
        await at(harness, pilot, "deck", "a", "enter")
        assert harness.labels()["deck"] == {"SHIP"}
        await at(harness, pilot, "river in", "a", "/", "z", "z", "escape", "j", "escape")
        assert "river" not in harness.labels()


def test_labels_in_use_and_new_labels_are_offered() -> None:
    assert [choice.label for choice in label_choices(["SHIP"], "shi")] == ["SHIP", "SHI"]
    assert [choice.label for choice in label_choices([], "per")][:2] == ["PERSON", "PERCENT"]
    assert [choice.label for choice in label_choices([], "river")] == ["LOC", "RIVER"]
    assert [choice.label for choice in label_choices([], "!")] == []


# Selecting


async def test_a_selection_extends_to_whole_lines(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await at(harness, pilot, "flour", "v", "g", "V")
        article = harness.screen.article
        assert article.page is not None
        assert article.selection is not None
        row = article.page.row_at(harness.document.text.index("flour"))
        assert (article.selection.start, article.selection.end) == (article.page.starts[row], article.page.ends[row])
        await pilot.press("g", "V")
        assert article.selection.end == article.page.ends[row + 1]


async def test_selections_do_not_split_grapheme_clusters(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await at(harness, pilot, "東京", "v", "l", "a", "g")
        assert ("東京", "GPE") in spans(harness)
        await at(harness, pilot, "Café", "a", "o")
        assert ("Café", "ORG") in spans(harness)
        await at(harness, pilot, "“England", "v", "a", "g")
        assert ("England", "GPE") in spans(harness)


# The mouse


def cell_of(harness: AppHarness, words: str, within: int = 0) -> tuple[int, int]:
    article = harness.screen.article
    assert article.page is not None
    place = harness.document.text.index(words) + within
    x = article._left_margin + article.page.column_of(place)
    return x, article.page.row_at(place) - article.scroll_offset.y


async def test_clicking_again_selects_the_mention_around_it(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await at(harness, pilot, "England raised", "&", "g")
        names = []
        for _ in range(3):
            await pilot.click("#article", offset=cell_of(harness, "England raised", 2))
            await pilot.pause()
            assert harness.screen.current_mention is not None
            names.append(harness.document.text[slice(*harness.screen.current_mention[:2])])
        assert names == ["England", "Bank of England", "England"]


async def test_dragging_selects_whole_words_in_both_directions(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        for first, last in (("first boats", "reached"), ("reached", "first boats")):
            await pilot.mouse_down("#article", offset=cell_of(harness, first, 2))
            await pilot.hover("#article", offset=cell_of(harness, last, 2))
            await pilot.mouse_up("#article", offset=cell_of(harness, last, 2))
            await pilot.pause()
            chosen = harness.screen.article.selection
            assert chosen is not None
            assert harness.document.text[chosen.start : chosen.end] == "first boats had reached"
        await pilot.press("a", "e")
        await pilot.pause()
        assert harness.labels()["first boats had reached"] == {"EVENT"}


async def test_the_right_mouse_button_opens_the_menu(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        await pilot.click("#article", offset=cell_of(harness, "Bay Treaty", 2), button=3)
        await pilot.pause()
        assert any("Remove the mention under the cursor" in row for row in harness.rows())
        await pilot.press("x")
        await pilot.pause()
        assert "Bay Treaty" not in harness.labels()


# What was searched for


async def test_a_search_match_is_marked_whole_and_repeated_at_the_next_one(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"f engl", "enter", "a")
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert ("of England", "GPE") in spans(harness)
        await pilot.press("/", *"rate. engl", "enter", "v")
        await pilot.pause()
        selection = harness.screen.article.selection
        assert selection is not None
        assert harness.document.text[selection.start : selection.end] == "rate. England"
        await pilot.press("escape")
        await at(harness, pilot, "rate", "v", within=1)
        selection = harness.screen.article.selection
        assert selection is not None
        assert harness.document.text[selection.start : selection.end] == "rate"
        await pilot.press("escape", "g", "g", "/", *"the bank", "enter", "n", "n", ".")
        await pilot.pause()
        assert ("the bank", "GPE") in spans(harness)


async def test_every_match_is_marked_unless_it_is_within_a_name(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("/", *"wales the b", "enter", "A")
        await pilot.pause()
        assert any("Add every “Wales the bank” as" in row for row in harness.rows())
        await pilot.press("escape", "g", "g", "/", *"england", "enter", "A")
        await pilot.pause()
        assert any("Add every “Bank of England” as" in row for row in harness.rows())


async def test_the_details_show_the_entity_that_the_command_is_about(store: Store) -> None:
    harness = bank(store)
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.press("]")
        await at(harness, pilot, "Ana Lima", "T", "o")
        entity = harness.screen.details.entity
        assert entity is not None
        assert (entity.name, entity.label) == ("Ana Lima", "ORG")


async def test_a_question_about_a_long_selection_leaves_room_for_the_answers(store: Store) -> None:
    sentence = "The council of the harbor " + "and of the river " * 20 + "met."
    harness = AppHarness(store, document=make_document(("Long", sentence), "Long"), recognition=FixedRecognition())
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await at(harness, pilot, "council", "V", "A")
        rows = harness.rows()
        assert any("Add every “The council" in row for row in rows)
        assert any("PERSON" in row for row in rows)
        await pilot.press("escape", "a")
        await pilot.pause()
        assert any("Add “The council" in row for row in harness.rows())


async def test_a_name_is_removed_under_every_label_of_its_entity(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        form = next(form for form, count in _counts(harness).items() if count > 1)
        harness.screen.article.jump(harness.document.text.index(form))
        await pilot.press("t", "o")
        assert len(harness.labels()[form]) == 2
        await pilot.press("X")
        await pilot.pause()
        assert form not in harness.labels()
        assert harness.screen.message == f"dismissed “{form}”"
        await pilot.press("u")
        await pilot.pause()
        assert len(harness.labels()[form]) == 2


def _counts(harness: AppHarness) -> Counter[str]:
    text = harness.document.text
    return Counter(text[mention.start : mention.end] for mention in harness.reading.mentions)
