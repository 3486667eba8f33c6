from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded, NamesDifferent, NamesSame
from reader.document import Document
from reader.recognize import Mention
from reader.resolve import Name
from reader.ui.base.bars import Bar
from reader.ui.keys.commands import COMMANDS
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import default_keymap
from reader.ui.screens.review_screen import ReviewScreen
from tests.resolve.texts import marked
from tests.ui.conftest import AppHarness, FixedRecognition, make_document

PARAGRAPHS = (
    "Relief reaches Tarn",
    "[Qasim Durrani|PERSON] came to [Tarn|GPE] early. The clerk [Qasem Durrani|PERSON] spoke to the council.",
    "A note by [Qasem Durani|PERSON] hung on the door. [Tarek Olmedo|PERSON] read it, and so did "
    "[Tarik Olmedo|PERSON].",
    "The [Harbor Relief Agency|ORG] ([HRA|ORG]) sent boats. [Ada Brill|PERSON] saw them and later [Otto Brill|PERSON] "
    "as well. [Brill|PERSON] thanked [HRA|ORG].",
)
SPELLED = {"Qasim Durrani", "Qasem Durrani", "Qasem Durani"}


def reviewed() -> tuple[Document, tuple[Mention, ...]]:
    plain, mentions, at = [], [], 0
    for paragraph in PARAGRAPHS:
        text, found = marked(paragraph)
        mentions += [Mention(word.start + at, word.end + at, word.label) for word in found]
        plain.append(text)
        at += len(text) + 1
    return make_document(plain), tuple(mentions)


@pytest.fixture
def harness(store: Store) -> AppHarness:
    document, mentions = reviewed()
    return AppHarness(store, document=document, recognition=FixedRecognition(mentions))


def review_of(harness: AppHarness) -> ReviewScreen:
    assert isinstance(harness.app.screen, ReviewScreen)
    return harness.app.screen


def asked(harness: AppHarness) -> set[str]:
    question = review_of(harness).review.current
    return {side.name for side in question.sides} if question else set()


def progress(harness: AppHarness) -> str:
    return harness.rows()[0].split("  ")[-1].strip()


def status(harness: AppHarness) -> str:
    return review_of(harness).query_one("#status", Bar).text


async def settle(pilot: Pilot[int]) -> None:
    for _ in range(4):
        await pilot.pause()


async def begin(pilot: Pilot[int], *keys: str) -> None:
    await pilot.pause()
    for key in ("R", *keys):
        await pilot.press(key)
        await settle(pilot)


async def ask_for(harness: AppHarness, pilot: Pilot[int], wanted: set[str]) -> None:
    """Leave questions unsure until the wanted one is asked."""
    for _ in range(5):
        if asked(harness) == wanted:
            return
        await pilot.press("s")
        await settle(pilot)
    raise AssertionError(wanted)


@pytest.mark.parametrize("size", [(80, 24), (130, 40), (60, 30), (40, 12)])
async def test_a_question_shows_both_sides_with_their_mentions(harness: AppHarness, size: tuple[int, int]) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await begin(pilot)
        await ask_for(harness, pilot, {"Tarek Olmedo", "Tarik Olmedo"})
        screen = "\n".join(harness.rows())
        assert "Are these two the same entity?" in screen
        assert "the same sounds in" in screen
        assert "Tarek Olmedo" in screen
        assert "Tarik Olmedo" in screen
        if size[1] > 20:
            assert "suggestions: " in progress(harness)
            assert "one entity" in screen
            assert "on the door" in screen or "read it" in screen


async def test_merging_goes_to_the_next_question_and_undo_returns(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        assert progress(harness) == "suggestions: 1 of 3"
        first = asked(harness)
        await pilot.press("y")
        await settle(pilot)
        assert progress(harness) == "suggestions: 2 of 3"
        assert asked(harness) != first
        assert isinstance(harness.reading.history.decisions[0], NamesSame)
        assert "merged" in status(harness)
        await pilot.press("u")
        await settle(pilot)
        assert asked(harness) == first
        assert progress(harness) == "suggestions: 1 of 3"
        assert harness.reading.history.decisions == ()
        await pilot.press("u")
        assert "nothing to undo in this review" in status(harness)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert progress(harness) == "suggestions: 2 of 3"


async def test_sides_kept_apart_are_not_asked_about_in_a_later_session(harness: AppHarness, store: Store) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        await ask_for(harness, pilot, {"Tarek Olmedo", "Tarik Olmedo"})
        await pilot.press("n")
        await settle(pilot)
        assert "kept" in status(harness)
        decision = harness.reading.history.decisions[-1]
        assert isinstance(decision, NamesDifferent)
        assert decision.against > 0
    again = AppHarness(store, document=harness.document, recognition=FixedRecognition(harness.recognition.mentions))
    async with again.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        assert progress(again) == "suggestions: 1 of 2"
        seen = [asked(again)]
        await pilot.press("s")
        await settle(pilot)
        assert {"Tarek Olmedo", "Tarik Olmedo"} not in [*seen, asked(again)]


async def test_an_unticked_side_is_left_out_of_the_merge(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        await ask_for(harness, pilot, SPELLED)
        await pilot.press("G", "j", "j", "k", "j", "space")
        await settle(pilot)
        question = review_of(harness).review.current
        assert question
        left_out = question.sides[2].name
        assert any("[ ] " in row and left_out in row for row in harness.rows())
        await pilot.press("y")
        await settle(pilot)
        assert harness.names_with(left_out) == {left_out}
        rest = SPELLED - {left_out}
        assert harness.names_with(next(iter(rest))) == rest


async def test_a_merge_needs_two_ticked_sides(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        await ask_for(harness, pilot, {"Tarek Olmedo", "Tarik Olmedo"})
        await pilot.press("space", "y")
        assert "tick at least two" in status(harness)
        await pilot.press("x")
        assert harness.reading.history.decisions == ()


async def test_a_short_form_with_two_rivals_is_one_question(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        await ask_for(harness, pilot, {"Brill", "Ada Brill", "Otto Brill"})
        assert "Which of these is “Brill”?" in "\n".join(harness.rows())
        assert "It can be only one of them." in "\n".join(harness.rows())
        await pilot.press("j")
        await settle(pilot)
        ticked = [row for row in harness.rows() if "[x]" in row]
        assert [name in row for name, row in zip(("Brill", "Otto Brill"), ticked, strict=True)] == [True, True]
        await pilot.press("k", "j", "space", "y")
        await settle(pilot)
        assert harness.names_with("Brill") == {"Brill", "Otto Brill"}


async def test_no_rival_is_ticked_if_none_is_likelier(store: Store) -> None:
    text, found = marked("[CRS|ORG] met. The [Coastal Rescue Service|ORG] left. A [Central Road Syndicate|ORG] came.")
    document = make_document([text])
    harness = AppHarness(store, document=document, recognition=FixedRecognition(tuple(found)))
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        assert [row.split()[1] for row in harness.rows() if "[x]" in row] == ["CRS"]
        await pilot.press("y")
        await settle(pilot)
        assert "move to the right one" in status(harness)
        assert harness.reading.history.steps == ()
        await pilot.press("j", "j", "y")
        await settle(pilot)
        assert len(harness.names_with("CRS")) == 2


async def test_an_unsure_question_is_asked_again_at_the_end(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        first = asked(harness)
        await pilot.press("s")
        await settle(pilot)
        assert "suggestions: 2 of 3" in harness.rows()[0]
        assert "1 unsure" in harness.rows()[0]
        await pilot.press("n", "n")
        await settle(pilot)
        assert asked(harness) == first
        await pilot.press("n")
        await settle(pilot)
        screen = "\n".join(harness.rows())
        assert "Everything is reviewed" in screen
        assert "3 kept apart" in screen
        assert "No reason is known" not in screen
        await pilot.press("y", "n", "s", "space", "}", "w", "enter")
        await settle(pilot)
        assert harness.app.screen is harness.screen


async def test_reasons_show_rule_score_and_sentence_and_scores_can_be_hidden(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        await ask_for(harness, pilot, {"Tarek Olmedo", "Tarik Olmedo"})
        score = "0.65"
        assert score in "\n".join(harness.rows())
        await pilot.press("w")
        await settle(pilot)
        screen = "\n".join(harness.rows())
        assert f"{score}  Tarek Olmedo = Tarik Olmedo: the same sounds" in screen
        assert "Tarek Olmedo read it, and so did Tarik Olmedo." in screen
        await pilot.press("b")
        await settle(pilot)
        assert score not in "\n".join(harness.rows())
        await pilot.press("y")
        await settle(pilot)
        assert f"score {score}" in status(harness)
        await pilot.press("w", "b")
        await settle(pilot)
        assert not review_of(harness).reasons.display


async def test_enter_in_the_list_of_reasons_goes_to_the_sentence(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot, "b")
        await ask_for(harness, pilot, {"Tarek Olmedo", "Tarik Olmedo"})
        await pilot.press("W")
        await settle(pilot)
        rows = "\n".join(harness.rows())
        assert "Tarek Olmedo = Tarik Olmedo" in rows
        assert "the same sounds" in rows
        assert "Tarek Olmedo read it, and so did Tarik Olmedo." in rows
        assert "0.65" not in rows, "scores are hidden"
        await pilot.press("escape")
        await settle(pilot)
        assert asked(harness) == {"Tarek Olmedo", "Tarik Olmedo"}
        await pilot.press("W", "enter")
        await settle(pilot)
        assert harness.text_under_cursor() == "Tarek Olmedo"


async def test_the_next_mention_key_goes_through_the_mentions_of_all_sides(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot, "m")
        while asked(harness) != {"Harbor Relief Agency", "HRA"}:
            await pilot.press("s")
            await settle(pilot)
        await pilot.press("k")
        seen = []
        for _ in range(4):
            await settle(pilot)
            mention = review_of(harness).current_mention
            assert mention
            seen.append(mention.start)
            await pilot.press("}")
        assert len(set(seen)) == 3
        assert seen[3] == seen[0]
        await pilot.press("{", "{", "enter")
        await settle(pilot)
        assert harness.screen.article.cursor == seen[3 - 1]


async def test_an_answer_can_be_changed_from_the_history(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot, "H")
        assert "nothing was answered" in status(harness)
        await ask_for(harness, pilot, {"Tarek Olmedo", "Tarik Olmedo"})
        await pilot.press("y", "n")
        await settle(pilot)
        await pilot.press("H")
        await settle(pilot)
        assert any("Tarek Olmedo = Tarik Olmedo" in row and "merged" in row for row in harness.rows())
        await pilot.press("j", "enter")
        await settle(pilot)
        assert asked(harness) == {"Tarek Olmedo", "Tarik Olmedo"}
        assert "Your earlier answer: merged." in "\n".join(harness.rows())
        await pilot.press("n")
        await settle(pilot)
        assert harness.names_with("Tarek Olmedo") == {"Tarek Olmedo"}


async def test_many_suggestions_are_accepted_after_a_preview_in_one_step(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        before = harness.reading.resolution
        await pilot.press("Y")
        await settle(pilot)
        assert any("and above" in row for row in harness.rows())
        await pilot.press("G", "j", "j", "enter")
        await settle(pilot)
        screen = "\n".join(harness.rows())
        assert "Accept these 2?" in screen
        assert "Tarek Olmedo = Tarik Olmedo" in screen
        assert "Ada Brill = " not in screen
        await pilot.press("enter")
        await settle(pilot)
        assert "accepted 2" in status(harness)
        assert len(harness.reading.history.steps) == 1
        assert harness.names_with("Tarek Olmedo") == {"Tarek Olmedo", "Tarik Olmedo"}
        await pilot.press("u")
        await settle(pilot)
        assert harness.reading.resolution == before
        await pilot.press("Y", "escape")
        await settle(pilot)
        assert harness.reading.resolution == before


async def test_an_automatic_merge_can_be_undone(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot, "m")
        assert progress(harness) == "automatic merges: 1 of 1"
        assert asked(harness) == {"Harbor Relief Agency", "HRA"}
        assert "These names were merged" in "\n".join(harness.rows())
        await pilot.press("n")
        await settle(pilot)
        assert harness.names_with("HRA") == {"HRA"}
        await pilot.press("tab")
        await settle(pilot)
        assert progress(harness) == "suggestions: 1 of 3"


async def test_the_review_resumes_where_it_was_left(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot, "y", "s", "escape")
        assert harness.app.screen is harness.screen
        assert len(harness.screen.entity_list.reading.entities) == harness.screen.entity_list.item_count()
        await pilot.press("R")
        await settle(pilot)
        assert "suggestions: 3 of 3" in harness.rows()[0]


async def test_the_last_answer_is_applied_everywhere_and_undo_reverts_both(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot, "g")
        assert "answer first" in status(harness)
        await pilot.press("y", "g")
        await settle(pilot)
        assert "in every document" in status(harness)
        assert harness.reading.general.decisions == harness.reading.history.decisions != ()
        await pilot.press("u")
        await settle(pilot)
        assert harness.reading.general.decisions == harness.reading.history.decisions == ()


async def test_a_pair_kept_apart_is_asked_about_again_with_the_reason(store: Store) -> None:
    text, mentions = marked("The [NWT|ORG] is here. So is the Nera Water Trust. So is [Tarn|GPE].")
    harness = AppHarness(store, document=make_document([text]), recognition=FixedRecognition(tuple(mentions)))
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await pilot.pause()
        name = Name("Nera Water Trust", "ORG")
        harness.reading.decide(harness.reading.keep_apart((Name("NWT", "ORG"),), (name,)))
        start = text.index(name.text)
        harness.reading.decide(MentionAdded(start, start + len(name.text), "ORG"))
        await begin(pilot)
        assert asked(harness) == {"NWT", "Nera Water Trust"}
        assert "You kept these apart, but there is new evidence that they are the same." in "\n".join(harness.rows())
        await pilot.press("w")
        await settle(pilot)
        assert "The NWT is here." in "\n".join(harness.rows()[:12]), "the sentence of the evidence"
        await pilot.press("n")
        await settle(pilot)
        assert asked(harness) == set()
        await pilot.press("escape", "R")
        await settle(pilot)
        assert asked(harness) == set()


async def test_the_entity_list_marks_suggestions_for_the_selected_entity(harness: AppHarness) -> None:
    def marks() -> dict[str, bool]:
        rows = [row.split("│")[0] for row in harness.rows() if "?" in row.split("│")[0]]
        return {
            name: "=?" in row for row in rows for name in ("Tarek Olmedo", "Tarik Olmedo", "Otto Brill") if name in row
        }

    async with harness.app.run_test(size=(130, 40)) as pilot:
        await settle(pilot)
        harness.screen.select(harness.reading.entity_named("Tarek Olmedo"))
        await settle(pilot)
        assert marks() == {"Tarek Olmedo": False, "Tarik Olmedo": True, "Otto Brill": False}


async def test_a_burst_of_keys_answers_questions_and_continues_in_the_text(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await settle(pilot)
        for key in ("R", "n", "n", "n", "escape", "]"):
            harness.app.post_message(
                events.Key("right_square_bracket" if key == "]" else key, key if len(key) == 1 else None)
            )
        for _ in range(20):
            await settle(pilot)
        assert harness.app.screen is harness.screen
        assert harness.reading.suggestions == ()
        assert harness.text_under_cursor() == "Qasim Durrani"


async def test_mentions_found_during_a_review_are_asked_about(store: Store) -> None:
    document, mentions = reviewed()
    harness = AppHarness(store, document=document, recognition=FixedRecognition(mentions[:2]))
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        assert asked(harness) == set()
        harness.reading.set_recognized(mentions)
        harness.screen.mentions_changed()
        await settle(pilot)
        assert asked(harness)


async def test_help_and_palette_work_in_the_review(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(100, 40)) as pilot:
        await begin(pilot, "?")
        assert "In the review" in "\n".join(harness.rows())
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("ctrl+p", *"hide scores")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert review_of(harness).sides.blind


async def test_every_command_of_the_review_is_carried_out_and_x_is_none(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        missing = [c.id for c in COMMANDS if c.context is Context.REVIEW and not review_of(harness).can_run(c)]
        assert missing == []
        assert default_keymap().feed("x", Context.REVIEW) is None


async def test_the_message_about_an_answer_is_complete_and_cleared_by_the_next_command(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        await ask_for(harness, pilot, SPELLED)
        await pilot.press("n")
        await settle(pilot)
        assert "apart from “Qasem Durrani” and 2 more" in status(harness)
        await pilot.press("j")
        assert "apart" not in status(harness)


async def test_a_merge_of_two_labels_says_in_full_what_stays(store: Store) -> None:
    text, mentions = marked(
        "[Corvane|GPE] and [Corvane|GPE] paid, and [Corvane Holdings plc|ORG] won. [Corvane|GPE] denies it."
    )
    harness = AppHarness(store, document=make_document([text]), recognition=FixedRecognition(mentions))
    async with harness.app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "y")
        footer = " ".join(" ".join(harness.rows()[-5:]).split())
        assert "merged “Corvane” with “Corvane Holdings plc”; 1 mention stays ORG: T in the text retags all" in footer
        for key in ("escape", ")", "y"):
            await pilot.press(key)
            await settle(pilot)
        assert [entity.label for entity in harness.reading.entities] == ["ORG"], "the label that the user confirmed"
        assert harness.reading.decided.count == 1


@pytest.mark.parametrize("size", [(30, 8), (80, 24), (160, 48)])
async def test_what_follows_the_last_question_is_shown_in_full(harness: AppHarness, size: tuple[int, int]) -> None:
    async with harness.app.run_test(size=size) as pilot:
        await begin(pilot, "y", "y", "y")
        screen = " ".join(" ".join(harness.rows()).replace("▁", " ").split())
        assert "Everything is reviewed. 3 merged, 0 kept apart." in screen
        assert "escape goes back to the text." in screen
        await pilot.press("u")
        await settle(pilot)
        assert asked(harness)
        assert review_of(harness).query_one("#contexts").display


async def test_escape_keeps_an_earlier_answer_and_then_leaves_the_review(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 40)) as pilot:
        await begin(pilot)
        await pilot.press("y")
        await settle(pilot)
        second, before = asked(harness), harness.reading.history.decisions
        await pilot.press("H")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert asked(harness) != second
        await pilot.press("escape")
        await settle(pilot)
        assert asked(harness) == second
        assert "the earlier answer is kept" in status(harness)
        assert harness.reading.history.decisions == before
        await pilot.press("escape")
        await settle(pilot)
        assert harness.app.screen is harness.screen
