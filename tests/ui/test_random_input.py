"""Random keys, clicks, pastes and sizes: the app neither fails nor stops to answer. `python -m bench fuzz` has more."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.geometry import Offset

from bench.fuzz import Run
from bench.fuzzing.headless import run_headless
from bench.fuzzing.texts import generate_text
from reader.annotate import Store
from reader.ui.app import ReaderApp
from reader.ui.article.pane import Article
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.choosing.popup import PopUp
from reader.ui.dialogs.choosing.question import Question
from reader.ui.dialogs.editor import Editor
from reader.ui.keys.keymap import default_keymap
from reader.ui.screens.review_screen import ReviewScreen
from reader.ui.textual_internals.screen_stack import close_screen
from tests.ui.conftest import AppHarness, FixedRecognition

_SMALL_KINDS = ("short", "cjk", "right-to-left", "one-word", "brackets", "odd")


@pytest.mark.parametrize("seed", [4, 19, 33, 37, 46, 50])
@pytest.mark.parametrize("library", [False, True])
def test_random_input_neither_breaks_the_app_nor_makes_it_deaf(seed: int, library: bool) -> None:
    kind = _SMALL_KINDS[seed % len(_SMALL_KINDS)]
    run = Run.draw(seed, 150)
    assert run_headless(run.events, generate_text(kind, seed), library=library) == ""


async def test_a_click_while_a_screen_opens_does_not_open_a_menu_too(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        article = harness.screen.article
        harness.app.post_message(events.Key("R", "R"))
        article.post_message(Article.Clicked(article, again=False, menu=True))
        await pilot.pause()
        assert not any(isinstance(screen, PopUp) for screen in harness.app.screen_stack)
        assert len(harness.app.screen_stack) == 2
        await pilot.press("escape", "G")
        assert harness.app.screen is harness.screen
        assert article.cursor > 0


async def test_a_screen_is_closed_with_the_screens_above_it(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        lower, upper = Question("Which?", [Choice("one")]), Question("And which?", [Choice("two")])
        answers: list[object] = []
        harness.app.push_screen(lower, answers.append)
        harness.app.push_screen(upper, answers.append)
        await pilot.pause()
        close_screen(lower, (0,))
        close_screen(lower, (0,))
        close_screen(upper, (0,))
        await pilot.pause()
        assert harness.app.screen_stack == [harness.screen]
        assert answers == [None, (0,)]


async def test_an_answer_that_nobody_waits_for_closes_the_dialog(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        asking = harness.screen.run_worker(harness.screen.prompts.ask_choice("Which?", [Choice("one")]))
        await pilot.pause()
        question = harness.app.screen
        assert isinstance(question, Question)
        asking.cancel()
        await pilot.pause()
        question.answer((0,))
        await pilot.pause()
        assert harness.app.screen is harness.screen


async def test_lists_that_are_filled_after_their_screen_has_gone_draw_nothing(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("R")
        await pilot.pause()
        review = harness.app.screen
        assert isinstance(review, ReviewScreen)
        await pilot.press("escape")
        await pilot.pause()
        review.reload()
        review.sides.refill()
        review.reasons.refill()
        review.show_message("gone")
        assert harness.app.screen is harness.screen


async def test_copying_without_a_selection_does_nothing(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("C")
        await pilot.pause()
        assert isinstance(harness.app.screen, Editor)
        await pilot.press("ctrl+c", "ctrl+x", "escape")
        await pilot.pause()
        assert harness.app.screen_stack == [harness.screen]


async def test_control_q_takes_its_turn_among_the_keys(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        for key in ("question_mark", "ctrl+q"):
            harness.app.post_message(events.Key(key, "?" if key == "question_mark" else None))
        for _ in range(5):
            await pilot.pause()
        assert harness.app.screen is harness.screen
        assert not harness.screen.answered


async def test_control_q_quits_before_the_library_is_shown(store: Store) -> None:
    app = ReaderApp(store, default_keymap(), FixedRecognition())
    async with app.run_test():
        await app.action_quit()
        assert app.return_value == 0


async def test_a_click_before_anything_is_shown_does_nothing(harness: AppHarness) -> None:
    async with harness.app.run_test():
        stack = harness.app._screen_stack
        screens = stack.copy()
        stack.clear()
        await harness.app.on_event(events.MouseDown(None, *Offset(1, 1), 0, 0, 1, False, False, False))
        await asyncio.sleep(0)
        stack.extend(screens)
