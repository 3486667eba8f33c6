"""Nothing but loading and wrapping precedes the first paint; the rest is computed in another thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from textual._compositor import LayoutUpdate
from textual.pilot import Pilot
from textual.strip import Strip

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded
from reader.display.page import Page, lay_out
from reader.document import Document
from reader.document.blocks import LazyBlocks
from reader.document.loaders.plain import PlainBlocks, plain_blocks
from reader.document.normal_text import NormalText
from reader.reading import Reading
from reader.recognize import Mention
from reader.recognize.process.cached_analysis import Analysis
from reader.recognize.rules import values
from reader.resolve import resolver
from reader.ui.article import cursor
from reader.ui.article.pane import Article
from reader.ui.recognition import ProcessRecognition, RecognitionListener, set_mentions
from reader.ui.screens.reading.recognition_task import RecognitionTask
from reader.ui.textual_internals.change_compositor import ChangeCompositor
from tests.ui.conftest import AppHarness, FixedRecognition
from tests.ui.waiting import shown

SENTENCE = "The Orm Ferry Board (OFB) opened a pier, and OFB (AB) crews (CD) slept on deck. "


def long_document() -> Document:
    text = SENTENCE * 400
    return Document(text, plain_blocks(text), "Piers", "piers.txt")


def some_mentions(text: str) -> tuple[Mention, ...]:
    start = text.index("Orm Ferry Board")
    return (Mention(start, start + len("Orm Ferry Board"), "ORG"), Mention(start + 17, start + 20, "ORG"))


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, threading.Thread]]:
    """Record each computation over the whole text, and the thread that makes it."""
    calls: list[tuple[str, threading.Thread]] = []

    def record(name: str, target: object, attribute: str) -> None:
        function: Callable[..., Any] = getattr(target, attribute)

        def call(*args: Any, **kwargs: Any) -> Any:
            calls.append((name, threading.current_thread()))
            return function(*args, **kwargs)

        monkeypatch.setattr(target, attribute, call)

    record("definitions", resolver, "find_definitions")
    record("bridges", resolver, "find_bridges")
    record("normal form", NormalText, "_build")
    record("merging", resolver.Resolver, "resolve")
    record("values", values, "find_values")
    return calls


class RecordingRecognition(FixedRecognition):
    """A recognition that notes what was computed by the time it starts, which is after the first paint."""

    def __init__(self, work: list[tuple[str, threading.Thread]]) -> None:
        super().__init__()
        self.work = work
        self.work_before: list[str] | None = None
        self.rows_before: list[str] = []
        self.harness: AppHarness | None = None

    async def run(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        del reading, first_block, listener
        assert self.harness
        self.work_before = [name for name, _ in self.work]
        self.rows_before = self.harness.rows()


async def test_the_first_paint_needs_only_blocks_and_rows(
    store: Store, work: list[tuple[str, threading.Thread]]
) -> None:
    recognition = RecordingRecognition(work)
    harness = recognition.harness = AppHarness(store, document=long_document(), recognition=recognition)
    async with harness.app.run_test() as pilot:
        await pilot.pause()
        assert any("Orm Ferry Board" in row for row in recognition.rows_before)
        assert recognition.work_before == []


def many_lines() -> Document:
    text = "".join(f"- pier {number} of Orm\n" for number in range(20_000))
    return Document(text, LazyBlocks(PlainBlocks(text)), "Piers", "piers.txt")


class LayoutRecordingRecognition(FixedRecognition):
    """A recognition that notes how much is laid out by the time it starts."""

    def __init__(self) -> None:
        super().__init__()
        self.harness: AppHarness | None = None
        self.is_complete = False

    async def run(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        del reading, first_block, listener
        assert self.harness
        assert self.harness.screen.article.page
        self.is_complete = self.harness.screen.article.page.is_complete


@pytest.fixture
def layout_threads(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """The threads in which the whole document is laid out."""
    threads: list[threading.Thread] = []

    def record(document: Document, width: int) -> Page:
        threads.append(threading.current_thread())
        return lay_out(document, width)

    monkeypatch.setattr(cursor, "lay_out", record)
    return threads


async def test_only_the_start_of_a_long_text_is_laid_out_for_the_first_paint(
    store: Store, layout_threads: list[threading.Thread]
) -> None:
    recognition = LayoutRecordingRecognition()
    document = many_lines()
    harness = recognition.harness = AppHarness(store, document=document, recognition=recognition)
    async with harness.app.run_test() as pilot:
        while not recognition.is_complete:
            await pilot.pause(0.01)
        assert threading.main_thread() not in layout_threads
        assert len(layout_threads) == 1
        page = harness.screen.article.page
        assert page
        assert page.starts == lay_out(document, page.width).starts


_MOTIONS = ("G", "g g", "j", "k", "space", "b", "ctrl+e", "ctrl+y", "7 0 %", "3 3 %", "z t", "z b", "H", "M", "L",
            "5 0 j", "9 0 k", "ctrl+o", "s", "S", "w", "$", "/ 1 9 7 enter", "n", "N")  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_laid_out_around_the_cursor_scrolls_like_the_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)
    keys = [random.choice(_MOTIONS) for _ in range(25)]
    whole = AppHarness(store, document=many_lines(), recognition=FixedRecognition())
    async with whole.app.run_test() as pilot:
        await whole.screen.article.all_rows()
        states_of_whole = [await state_after(key, whole, pilot) for key in keys]
    monkeypatch.setattr(Article, "lay_out_rest_beside", lambda _: asyncio.Event().wait())
    part = AppHarness(store, document=many_lines(), recognition=FixedRecognition())
    async with part.app.run_test() as pilot:
        for key, state_of_whole in zip(keys, states_of_whole, strict=True):
            assert await state_after(key, part, pilot) == state_of_whole, key
        article = part.screen.article
        assert article.page
        assert not article.page.is_complete
        before = text_rows(part)
        article._show_page(lay_out(article.page.document, article.page.width))
        await pilot.pause()
        assert text_rows(part) == before


async def state_after(key: str, harness: AppHarness, pilot: Pilot[int]) -> tuple[int, tuple[int, int], list[str]]:
    """Return the cursor, what is in view and the rows of the text after a key."""
    await pilot.press(*key.split())
    screen, article = harness.screen, harness.screen.article
    await pilot.pause()
    while screen.typing_queue.paused or any(worker.group == "search" for worker in screen.workers if worker.is_running):
        await pilot.pause(0.01)
    await pilot.pause()
    return article.cursor, article.visible_span, text_rows(harness)


def text_rows(harness: AppHarness) -> list[str]:
    """Return the rows of the text pane without the scroll bar."""
    region = harness.screen.article.content_region
    return [row[region.x : region.right - 2] for row in harness.rows()[region.y : region.bottom]]


async def test_the_whole_is_laid_out_again_beside_the_event_loop_in_another_width(
    store: Store, layout_threads: list[threading.Thread]
) -> None:
    harness = AppHarness(store, document=many_lines(), recognition=FixedRecognition())
    async with harness.app.run_test() as pilot:
        article = harness.screen.article
        await article.all_rows()
        await pilot.press("G")
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        assert any("- pier 19999 of Orm" in row for row in harness.rows())
        page = await article.all_rows()
        assert page.is_complete
        assert page.width < 40
        assert any("- pier 19999 of Orm" in row for row in harness.rows())
    assert threading.main_thread() not in layout_threads


async def test_a_line_by_number_waits_until_the_text_is_laid_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on = asyncio.Event()
    lay_out_rest = Article.lay_out_rest_beside

    async def wait(article: Article) -> None:
        await may_go_on.wait()
        await lay_out_rest(article)

    monkeypatch.setattr(Article, "lay_out_rest_beside", wait)
    harness = AppHarness(store, document=many_lines(), recognition=FixedRecognition())
    async with harness.app.run_test() as pilot:
        article = harness.screen.article
        press = asyncio.create_task(pilot.press("5", "0", "0", "0", "G", "j"))
        while "reading the whole text" not in harness.message:
            await pilot.pause(0.01)
        assert article.cursor == 0
        may_go_on.set()
        await press
        while article.cursor == 0:
            await pilot.pause(0.01)
        assert article.reading.document.text[article.cursor :].startswith("- pier 5000 of Orm")


async def test_the_first_paint_shows_the_text(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[str] = []
    draw = ChangeCompositor.render_full_update

    def record(compositor: ChangeCompositor, simplify: bool = False) -> LayoutUpdate:
        update = draw(compositor, simplify)
        painted.append("\n".join("".join(strip.text for strip in row) for row in update.strips))
        return update

    monkeypatch.setattr(ChangeCompositor, "render_full_update", record)
    harness = AppHarness(store, document=long_document(), recognition=FixedRecognition())
    async with harness.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
    assert "Orm Ferry Board" in painted[0]


async def test_actions_are_loaded_when_a_command_needs_them(store: Store) -> None:
    recognition = RecordingRecognition([])
    harness = recognition.harness = AppHarness(store, document=long_document(), recognition=recognition)
    async with harness.app.run_test() as pilot:
        await pilot.pause()
        assert harness.screen.actions.is_waiting
        await pilot.press("j")
        await pilot.pause()
        assert harness.screen.article.cursor > 0
        assert not harness.screen.actions.is_waiting


class CachedRecognition(FixedRecognition):
    """A recognition that takes the mentions from the cache."""

    async def run(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        await ProcessRecognition().run(reading, first_block, listener)


async def test_cached_mentions_are_painted_before_they_are_merged(
    store: Store, monkeypatch: pytest.MonkeyPatch, work: list[tuple[str, threading.Thread]]
) -> None:
    text = SENTENCE * 3
    document = Document(text, plain_blocks(text), "Piers", "piers.txt")
    analysis = Analysis(some_mentions(text), "", "")
    monkeypatch.setattr("reader.recognize.process.cached_analysis.cached_mentions", lambda *_: analysis)
    harness = AppHarness(store, document=document, recognition=CachedRecognition())
    drawn_before_merging: list[list[str]] = []
    draw = Article._draw

    def record(article: Article, *args: Any, **options: Any) -> Strip:
        if article.reading.mentions and ("merging", threading.main_thread()) not in work:
            drawn_before_merging.append([str(mention) for mention in article.reading.mentions])
        return draw(article, *args, **options)

    monkeypatch.setattr(Article, "_draw", record)
    async with harness.app.run_test() as pilot:
        while not harness.screen.reading.entities:
            await pilot.pause(0.01)
        await pilot.pause()
        assert drawn_before_merging
        assert [entity.names for entity in harness.screen.reading.entities] == [("Orm Ferry Board", "OFB")]
        await shown(pilot, lambda: not harness.screen.actions.is_waiting)


async def test_a_key_before_the_merge_works_on_merged_names(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    text = SENTENCE * 3
    document = Document(text, plain_blocks(text), "Piers", "piers.txt")
    analysis = Analysis(some_mentions(text), "", "")
    monkeypatch.setattr("reader.recognize.process.cached_analysis.cached_mentions", lambda *_: analysis)
    is_waiting, may_go_on = asyncio.Event(), asyncio.Event()

    async def wait(_: RecognitionTask) -> None:
        is_waiting.set()
        await may_go_on.wait()

    monkeypatch.setattr(RecognitionTask, "show_unmerged", wait)
    harness = AppHarness(store, document=document, recognition=CachedRecognition())
    async with harness.app.run_test() as pilot:
        await is_waiting.wait()
        await pilot.press("]")
        selected = harness.screen.article.entity
        assert selected
        assert selected.names == ("Orm Ferry Board", "OFB")
        await pilot.press("y")
        assert "confirm" in harness.message
        may_go_on.set()
        await pilot.pause()
        assert harness.screen.article.entity
        assert harness.screen.article.entity.names == ("Orm Ferry Board", "OFB")
        assert harness.reading.decided.count == 1


async def test_a_few_mentions_of_a_long_text_are_merged_in_another_thread(
    work: list[tuple[str, threading.Thread]],
) -> None:
    reading = Reading(long_document())
    await set_mentions(reading, reversed(some_mentions(reading.document.text)))
    assert {name for name, _ in work} >= {"definitions", "normal form", "merging"}
    assert threading.main_thread() not in {thread for _, thread in work}
    assert [entity.names for entity in reading.entities] == [("Orm Ferry Board", "OFB")]


async def test_a_decision_before_the_first_merge_does_not_wait_for_definitions(
    store: Store, work: list[tuple[str, threading.Thread]]
) -> None:
    document = long_document()
    reading = Reading(document, store)
    reading.merges_later = True
    start = document.text.index("pier")
    reading.decide(MentionAdded(start, start + 4, "FACILITY"))
    assert [entity.names for entity in reading.entities] == [("pier",)]
    assert {name for name, _ in work}.isdisjoint({"definitions", "bridges"})
    await set_mentions(reading, some_mentions(document.text))
    assert {entity.names for entity in reading.entities} == {("Orm Ferry Board", "OFB"), ("pier",)}
    assert threading.main_thread() not in {thread for name, thread in work if name in {"definitions", "bridges"}}
    reading.undo()
    assert [entity.names for entity in reading.entities] == [("Orm Ferry Board", "OFB")]


async def test_a_text_without_mentions_is_examined_in_another_thread(work: list[tuple[str, threading.Thread]]) -> None:
    document = long_document()
    reading = Reading(document)
    await set_mentions(reading, ())
    start = document.text.index("pier")
    reading.decide(MentionAdded(start, start + 4, "FACILITY"))
    assert threading.main_thread() not in {thread for name, thread in work if name in {"definitions", "bridges"}}


async def test_the_text_is_examined_once_for_all_batches(work: list[tuple[str, threading.Thread]]) -> None:
    reading = Reading(long_document())
    first, second = some_mentions(reading.document.text)
    for batch in ([first], [first, second], [first, second]):
        await set_mentions(reading, batch)
    names = [name for name, _ in work]
    assert names.count("definitions") == 1
    assert names.count("normal form") == 1


async def test_the_event_loop_runs_while_mentions_are_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading(long_document())
    may_merge = threading.Event()
    build = NormalText._build

    def wait_and_build(normal: NormalText) -> str:
        assert may_merge.wait(60), "the event loop waits for the merge"
        return build(normal)

    monkeypatch.setattr(NormalText, "_build", wait_and_build)
    merging = asyncio.create_task(set_mentions(reading, some_mentions(reading.document.text)))
    await asyncio.sleep(0.01)
    may_merge.set()
    await merging
    assert len(reading.entities) == 1


async def test_what_fails_while_a_signal_ends_the_app_is_not_shown(store: Store) -> None:
    harness = AppHarness(store, document=long_document(), recognition=FixedRecognition())
    async with harness.app.run_test() as pilot:
        await pilot.pause()
        harness.app.exit(143)
        harness.app._handle_exception(IndexError("a widget has gone"))
    assert harness.app.return_value == 143
