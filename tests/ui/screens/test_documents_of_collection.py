"""The documents of a collection: listed, filtered, sorted, opened, forgotten."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.annotate import Store
from reader.annotate.decisions import DocumentNoted
from reader.collection.document_record import document_record
from reader.collection.storage.index_files import index_path
from reader.collection.storage.open_index import open_index
from reader.collection.storage.profile_state import mark_profiles_outdated, profiles_are_outdated
from reader.document import Block, Document, load
from reader.reading import Reading
from reader.ui.app import ReaderApp
from reader.ui.base.bars import Bar
from reader.ui.keys.keymap import default_keymap
from reader.ui.recognition import RecognitionListener
from reader.ui.screens.collection.collection_screen import CollectionScreen
from reader.ui.screens.collection.collection_views import ViewContent, load_view
from reader.ui.screens.collection.documents.about_document import AboutLines
from reader.ui.screens.collection.documents.document_view import document_of
from reader.ui.screens.collection.line_list import LineList
from reader.ui.screens.document_list_screen import DocumentListScreen
from reader.ui.screens.reading.reading_screen import ReadingScreen
from tests.collection.made_documents import write
from tests.ui.conftest import FixedRecognition, mentions_in
from tests.ui.waiting import shown

TEXTS = {
    "Café": "Mira Castellan spoke to the Harbor Relief Agency. Castellan waited.",
    "budget 10": "The Harbor Relief Agency wrote.",
    "budget 9": "Nobody came, and nobody wrote that they would not come.",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three files."""
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("READER_CACHE_DIR", str(tmp_path / "cache"))
    for title, text in TEXTS.items():
        (tmp_path / f"{title}.txt").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def kept(folder: Path) -> Iterator[Store]:
    """The store in the data directory."""
    with Store.open(folder / "data" / "annotations.db") as store:
        yield store


def index_files(folder: Path, *titles: str, name: str = "default") -> None:
    """Index some of the files."""
    index = open_index(name, create=True)
    records = []
    for title in titles:
        text, path = TEXTS[title], folder / f"{title}.txt"
        reading = Reading(Document(text, (Block(0, len(text)),), title, str(path), date="2021-05-04"))
        reading.set_recognized(mentions_in(text))
        records.append(document_record(reading))
    write(index, records)
    index.close()


class RuleRecognition(FixedRecognition):
    """Finds the mentions of whatever document is opened."""

    async def run(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        """Find the mentions."""
        self.mentions = tuple(mentions_in(reading.document.text))
        await super().run(reading, first_block, listener)

    def another(self) -> FixedRecognition:
        """Return a recognition like this one."""
        return RuleRecognition()


def app_of(store: Store) -> ReaderApp:
    return ReaderApp(store, default_keymap(), RuleRecognition())


def rows_of(pilot: Pilot[Any]) -> LineList:
    """Return the list of the collection, which may be below a dialog."""
    screens = [screen for screen in pilot.app.screen_stack if isinstance(screen, CollectionScreen)]
    return screens[-1].query_one(LineList)


def names(pilot: Pilot[Any]) -> list[str]:
    """Return the titles of the documents, without those of samples."""
    lines = rows_of(pilot).lines
    return [line.text for line in lines if not getattr(line.item, "sample", "")]


def sources(pilot: Pilot[Any]) -> list[str]:
    """Return the names of the files of all documents, without suffix."""
    return [Path(document.source).stem for line in rows_of(pilot).lines if (document := document_of(line))]


def status(pilot: Pilot[Any]) -> str:
    return pilot.app.screen.query_one("#status", Bar).text


def title(pilot: Pilot[Any]) -> str:
    return pilot.app.screen.query_one("#title", Bar).text


def about(pilot: Pilot[Any]) -> str:
    return "\n".join(pilot.app.screen.query_one(AboutLines).about[:2])


def screen_text(pilot: Pilot[Any]) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def rows_without_margins(pilot: Pilot[Any]) -> str:
    return "\n".join(row.strip() for row in screen_text(pilot).splitlines())


async def in_documents(pilot: Pilot[Any]) -> None:
    """Wait until the documents are listed."""
    await shown(pilot, lambda: isinstance(pilot.app.screen, CollectionScreen) and "…" not in title(pilot))


async def go_to(pilot: Pilot[Any], name: str) -> None:
    rows = rows_of(pilot)
    rows.move_to(next(index for index, line in enumerate(rows.lines) if line.text == name))
    await pilot.pause()


async def test_opened_and_indexed_documents_are_one_list(folder: Path, kept: Store) -> None:
    index_files(folder, "Café", "budget 10")
    kept.remember(load(str(folder / "budget 10.txt")), 0)
    kept.remember(load(str(folder / "budget 9.txt")), 20)
    app = app_of(kept)
    async with app.run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        assert sources(pilot)[:3] == ["budget 9", "budget 10", "Café"]
        assert "3 documents" in title(pilot)
        rows = screen_text(pilot)
        assert "0/3" in rows
        assert "36%" in rows
        assert "new" in rows
        assert "sample" in rows


async def test_documents_are_filtered_by_words_and_status(folder: Path, kept: Store) -> None:
    index_files(folder, *TEXTS)
    (folder / "budget 9.txt").unlink()
    async with app_of(kept).run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        await pilot.press("f", *"CAFE 2021")
        await shown(pilot, lambda: names(pilot) == ["Café"])
        await pilot.press("escape")
        await shown(pilot, lambda: len(names(pilot)) == 3)
        await pilot.press("f", *"status:missing", "enter")
        await shown(pilot, lambda: names(pilot) == ["budget 9"])
        await pilot.press("f", "ctrl+u", *"status:lost", "enter")
        await shown(pilot, lambda: "status:lost is not one of decided, undecided" in status(pilot))
        assert not rows_of(pilot).lines, "documents of the filter before would look like those of this one"
        assert "…" not in title(pilot)
        await pilot.press("f", "ctrl+u", *"nothing", "enter")
        advice = "No document matches “nothing”: f changes the filter, escape clears it."
        await shown(pilot, lambda: advice in screen_text(pilot))
        await pilot.press("escape")
        await shown(pilot, lambda: len(names(pilot)) == 3)


async def test_documents_are_sorted_both_ways_and_the_cursor_stays_on_its_document(folder: Path, kept: Store) -> None:
    index_files(folder, *TEXTS)
    async with app_of(kept).run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        await go_to(pilot, "budget 10")
        await pilot.press("s")
        await shown(pilot, lambda: names(pilot) == ["budget 9", "budget 10", "Café"])
        assert rows_of(pilot).cursor == 1
        await pilot.press("S")
        await shown(pilot, lambda: names(pilot) == ["Café", "budget 10", "budget 9"])
        assert "by name, reversed" in title(pilot)
        await pilot.press("s", "s", "s")
        await shown(pilot, lambda: "by mentions" in title(pilot))
        await shown(pilot, lambda: names(pilot)[0] == "Café")
        current = rows_of(pilot).current
        assert current is not None
        assert current.text == "budget 10"


async def test_progress_is_that_of_the_document_just_left(folder: Path, kept: Store) -> None:
    index_files(folder, "Café")
    app = app_of(kept)
    async with app.run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        await go_to(pilot, "Café")
        assert "0/3" in screen_text(pilot)
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen) and bool(app.screen.reading.mentions))
        await pilot.press("]", "Y", "q")
        await in_documents(pilot)
        await shown(pilot, lambda: "1/3" in screen_text(pilot))
        assert sources(pilot)[rows_of(pilot).cursor] == "Café"
        assert "1 of 3 mentions decided" in about(pilot)


async def test_a_forgotten_document_returns_by_undo_also_after_the_screen_was_left(folder: Path, kept: Store) -> None:
    index_files(folder, *TEXTS)
    document = load(str(folder / "Café.txt"))
    kept.remember(document, 5)
    kept.append(document, [DocumentNoted("Ask the agency.")])
    app = app_of(kept)
    async with app.run_test(size=(140, 30)) as pilot:
        await in_documents(pilot)
        await go_to(pilot, "Café")
        await pilot.press("D", "D")
        await shown(pilot, lambda: len(names(pilot)) == 1)
        assert "u brings it back; annotations and files stay" in status(pilot)
        await go_to(pilot, names(pilot)[0])
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("g", "b")
        await in_documents(pilot)
        assert len(names(pilot)) == 1
        await pilot.press("u")
        await shown(pilot, lambda: len(names(pilot)) == 2)
        await pilot.press("u")
        await shown(pilot, lambda: len(names(pilot)) == 3)
        await pilot.press("u")
        await shown(pilot, lambda: "nothing to undo here" in status(pilot))
        await go_to(pilot, "Café")
        await pilot.press("D")
        await shown(pilot, lambda: len(names(pilot)) == 2)
    assert list(app.session.carry_out(kept)) == []
    assert [item.source for item in kept.recent() if "Café" in item.source] == []
    assert kept.recall(document) is not None
    assert kept.history(document).decisions == (DocumentNoted("Ask the agency."),)
    index = open_index()
    assert index.rows("SELECT count(*) FROM documents") == [(2,)]
    index.close()
    async with app_of(kept).run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        assert len(names(pilot)) == 2


async def test_a_document_whose_file_is_gone_opens_from_the_text_that_was_kept(folder: Path, kept: Store) -> None:
    index_files(folder, "Café")
    kept.remember(load(str(folder / "budget 9.txt")), 0)
    for name in ("Café", "budget 9"):
        (folder / f"{name}.txt").unlink()
    app = app_of(kept)
    async with app.run_test(size=(140, 30)) as pilot:
        await in_documents(pilot)
        await shown(pilot, lambda: screen_text(pilot).count("missing") == 2)
        await go_to(pilot, "Café")
        await shown(pilot, lambda: "the file is gone: enter opens the text that was kept" in about(pilot))
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen))
        assert app.screen.reading.document.text == TEXTS["Café"]  # type: ignore[attr-defined]  # a reading
        await pilot.press("q")
        await in_documents(pilot)
        rows_of(pilot).move_to(sources(pilot).index("budget 9"))
        await shown(pilot, lambda: "put it back, or D forgets it" in about(pilot))
        await pilot.press("enter")
        await shown(pilot, lambda: "budget 9.txt" in status(pilot))
        assert isinstance(app.screen, CollectionScreen)


async def test_changed_and_unreadable_files_are_shown_so(folder: Path, kept: Store) -> None:
    index_files(folder, "Café")
    kept.remember(load(str(folder / "budget 9.txt")), 0)
    (folder / "budget 9.txt").write_text("Other words.")
    (folder / "budget 10.bin").write_bytes(b"\x7fELF\x00\x01" + bytes(range(256)))
    app = app_of(kept)
    async with app.run_test(size=(140, 30)) as pilot:
        await in_documents(pilot)
        await shown(pilot, lambda: "changed" in screen_text(pilot))
        await go_to(pilot, names(pilot)[0])
        await shown(pilot, lambda: "carries your decisions over" in about(pilot))
        await pilot.press("o", *str(folder / "budget 10.bin"), "enter")
        await shown(pilot, lambda: "budget 10.bin" in status(pilot))


async def test_lines_about_a_document_are_there_if_there_is_room(folder: Path, kept: Store) -> None:
    index_files(folder, *TEXTS)
    async with app_of(kept).run_test(size=(80, 20)) as pilot:
        await in_documents(pilot)
        lines = pilot.app.screen.query_one(AboutLines)
        await pilot.resize_terminal(80, 11)
        await shown(pilot, lambda: not lines.display)
        await pilot.resize_terminal(80, 20)
        await shown(pilot, lambda: bool(lines.display))


async def test_a_text_that_has_left_the_index_is_no_longer_offered(folder: Path, kept: Store) -> None:
    index_files(folder, *TEXTS)
    (folder / "Café.txt").unlink()
    kept.remember(load(str(folder / "budget 9.txt")), 0)
    async with app_of(kept).run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        await go_to(pilot, "Café")
        await shown(pilot, lambda: "enter opens the text that was kept" in about(pilot))
        screen = pilot.app.screen
        assert isinstance(screen, CollectionScreen)
        index_path("default").unlink()
        kept.remember(Document(TEXTS["Café"], (Block(0, len(TEXTS["Café"])),), "Café", str(folder / "Café.txt")), 0)
        screen.show_indexed("removed")
        await in_documents(pilot)
        await go_to(pilot, "Café")
        await shown(pilot, lambda: "put it back" in about(pilot))


async def test_a_path_is_completed_and_a_wrong_one_is_said_at_once(folder: Path, kept: Store) -> None:
    app = app_of(kept)
    async with app.run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        await pilot.press("o", *f"{folder}/nothing", "enter")
        await shown(pilot, lambda: "there is no nothing in" in screen_text(pilot))
        await pilot.press("ctrl+u", *f"{folder}/bu", "tab", "9", "tab", "enter")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen))
        assert app.screen.reading.document.text.startswith("Nobody")  # type: ignore[attr-defined]  # a reading
        await pilot.press("g", "f", *f"{folder}/bu", "down", "enter")
        await shown(pilot, lambda: len(app.screen_stack) == 3 and isinstance(app.screen, ReadingScreen))
        assert app.screen.reading.document.text.startswith("The Harbor")  # type: ignore[attr-defined]  # a reading
        await pilot.press("q", "q")
        await in_documents(pilot)
        assert len(names(pilot)) == 2


async def test_a_folder_and_a_file_of_many_documents_open_as_lists(folder: Path, kept: Store) -> None:
    (folder / "rows.csv").write_text("id,text\n1,Words of row 1\n2,Words of row 2\n")
    app = app_of(kept)
    async with app.run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        for source in (folder / "rows.csv", folder):
            await pilot.press("o", *str(source), "enter")
            await shown(pilot, lambda: isinstance(app.screen, DocumentListScreen))
            await pilot.press("escape")
            await in_documents(pilot)


async def test_another_collection_is_made_and_shown(folder: Path, kept: Store) -> None:
    index_files(folder, "Café", name="ports")
    kept.remember(load(str(folder / "budget 9.txt")), 0)
    app = app_of(kept)
    async with app.run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        await pilot.press("c")
        await shown(pilot, lambda: "1 document indexed" in screen_text(pilot))
        await pilot.press("down", "enter")
        await shown(pilot, lambda: title(pilot).startswith("ports:") and names(pilot) == ["Café"])
        assert not any(getattr(line.item, "sample", "") for line in rows_of(pilot).lines)
        await pilot.press("c", "down", "enter", *"new ones", "enter")
        await shown(pilot, lambda: "cannot be the name of a collection" in screen_text(pilot))
        await pilot.press("ctrl+u", *"new-ones", "enter")
        await shown(pilot, lambda: "The collection is empty: a adds a file" in screen_text(pilot))


async def test_entities_begin_with_the_documents_that_were_opened(
    folder: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "reader.ui.screens.collection.background_indexing._COMMAND",
        (sys.executable, "-c", "import sys; print(*sys.argv[1:])"),
    )
    kept.remember(load(str(folder / "budget 9.txt")), 0)
    async with app_of(kept).run_test(size=(160, 30)) as pilot:
        await in_documents(pilot)
        assert "not indexed (A)" in about(pilot)
        await pilot.press("tab")
        await shown(pilot, lambda: status(pilot).startswith("--collection default --database -- /"))
        assert status(pilot).endswith("budget 9.txt")


async def test_forgotten_documents_are_neither_counted_nor_indexed(
    folder: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "reader.ui.screens.collection.background_indexing._COMMAND",
        (sys.executable, "-c", "import sys; print(*sys.argv[1:])"),
    )
    for name in ("budget 9", "budget 10", "Café"):
        kept.remember(load(str(folder / f"{name}.txt")), 0)
    async with app_of(kept).run_test(size=(160, 30)) as pilot:
        await in_documents(pilot)
        rows_of(pilot).move_to(sources(pilot).index("budget 9"))
        await pilot.press("D")
        await shown(pilot, lambda: "2 documents" in title(pilot))
        await pilot.press("f", *"budget", "enter")
        await shown(pilot, lambda: "1 of 2 documents" in title(pilot))
        await pilot.press("tab")
        await shown(pilot, lambda: status(pilot).startswith("--collection default --database -- /"))
        assert "budget 9.txt" not in status(pilot)
        assert "budget 10.txt" in status(pilot)


async def test_forgotten_documents_have_no_passages(folder: Path, kept: Store) -> None:
    index_files(folder, *TEXTS)
    async with app_of(kept).run_test(size=(140, 30)) as pilot:
        await in_documents(pilot)
        await go_to(pilot, "budget 10")
        await pilot.press("D", "/", *"harbor", "enter")
        await shown(pilot, lambda: "“harbor” · 1 document" in title(pilot))
        assert [line.detail for line in rows_of(pilot).lines] == ["Café · 2021-05-04"]
        await pilot.press("/", "ctrl+u", *"agency wrote", "enter")
        await shown(pilot, lambda: "only documents that you forgot match" in screen_text(pilot))
        await pilot.press("u")
        await in_documents(pilot)
        await pilot.press("/", "enter")
        await shown(pilot, lambda: "“agency wrote” · 1 document" in title(pilot))


async def test_messages_and_what_is_said_about_a_document_keep_their_point_in_little_room(
    folder: Path, kept: Store
) -> None:
    index_files(folder, *TEXTS)
    async with app_of(kept).run_test(size=(44, 20)) as pilot:
        await in_documents(pilot)
        await go_to(pilot, "Café")
        await shown(pilot, lambda: "3 mentions, none decided · never opened\n" in rows_without_margins(pilot))
        await pilot.press("D")
        await shown(pilot, lambda: "files stay" in screen_text(pilot))
        message = "forgot “Café”; u brings it back; annotations and files stay"
        assert message in " ".join(screen_text(pilot).split())
        await pilot.press("tab", "tab")
        await shown(pilot, lambda: "Nothing was searched for yet: / searches" in " ".join(screen_text(pilot).split()))
        assert "/ search" in screen_text(pilot).splitlines()[-1]


async def test_a_passage_fills_its_row_although_the_match_is_at_its_end(folder: Path, kept: Store) -> None:
    index_files(folder, *TEXTS)
    async with app_of(kept).run_test(size=(60, 20)) as pilot:
        await in_documents(pilot)
        await pilot.press("/", *"not", "enter")
        await shown(pilot, lambda: "would not come" in screen_text(pilot))
        (row,) = (row for row in screen_text(pilot).splitlines() if "would not come" in row)
        assert row.startswith("   …")
        assert ".  " in row
        assert ".   " not in row, "between the passage and its document are only two spaces"


async def test_what_is_said_while_a_view_is_read_stays(
    folder: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_files(folder, *TEXTS)
    may_read = threading.Event()

    def load_later(*arguments: Any) -> ViewContent:
        may_read.wait()
        return load_view(*arguments)

    monkeypatch.setattr("reader.ui.screens.collection.collection_screen.load_view", load_later)
    async with app_of(kept).run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        await pilot.press("tab", "%")
        assert "% does nothing here" in status(pilot)
        may_read.set()
        await shown(pilot, lambda: "entities" in title(pilot))
        assert "% does nothing here" in status(pilot)
        await pilot.press("tab")
        await shown(pilot, lambda: not status(pilot))


async def test_undo_passes_over_a_forgotten_document_that_was_opened_again(folder: Path, kept: Store) -> None:
    index_files(folder, *TEXTS)
    app = app_of(kept)
    async with app.run_test(size=(140, 30)) as pilot:
        await in_documents(pilot)
        await go_to(pilot, "budget 9")
        await pilot.press("D")
        await shown(pilot, lambda: "budget 9" not in names(pilot))
        await go_to(pilot, "Café")
        await pilot.press("D")
        await shown(pilot, lambda: names(pilot) == ["budget 10"])
        await pilot.press("o", *str(folder / "Café.txt"), "enter")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("q")
        await in_documents(pilot)
        await shown(pilot, lambda: len(names(pilot)) == 2)
        await pilot.press("u")
        await shown(pilot, lambda: len(names(pilot)) == 3)
        await pilot.press("u")
        await shown(pilot, lambda: "nothing to undo here" in status(pilot))


async def test_the_document_that_is_read_is_forgotten_although_it_is_left_later(folder: Path, kept: Store) -> None:
    kept.remember(load(str(folder / "Café.txt")), 0)
    app = app_of(kept)
    async with app.run_test(size=(140, 30)) as pilot:
        await in_documents(pilot)
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("g", "b")
        await shown(pilot, lambda: len(app.screen_stack) == 3 and isinstance(app.screen, CollectionScreen))
        await in_documents(pilot)
        await pilot.press("D")
        await shown(pilot, lambda: names(pilot) == [])
        await pilot.press("q")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("q")
        await in_documents(pilot)
        assert names(pilot) == []
    assert list(app.session.carry_out(kept)) == []
    assert kept.recent() == ()


@pytest.mark.usefixtures("folder")
async def test_a_sample_stays_and_is_listed_once_it_was_read(kept: Store) -> None:
    app = app_of(kept)
    async with app.run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        before = [line.target for line in rows_of(pilot).lines]
        await pilot.press("D")
        await shown(pilot, lambda: status(pilot) == "a sample stays")
        await pilot.press("enter")
        await shown(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("q")
        await in_documents(pilot)
        await shown(pilot, lambda: len(names(pilot)) == 1)
        after = [line.target for line in rows_of(pilot).lines]
        assert sorted(map(str, after)) == sorted(map(str, before))
        await pilot.press("escape")
        await shown(pilot, lambda: status(pilot) == "q quits")
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning", "error::RuntimeWarning")
async def test_the_list_of_documents_writes_no_profiles_and_leaves_no_work_behind(folder: Path, kept: Store) -> None:
    index_files(folder, *TEXTS)
    index = open_index()
    with index.transaction():
        mark_profiles_outdated(index)
    app = app_of(kept)
    async with app.run_test(size=(120, 30)) as pilot:
        await in_documents(pilot)
        screen = app.screen
        assert isinstance(screen, CollectionScreen)
        screen.fill()
        screen.fill()
        await in_documents(pilot)
        gc.collect()
        assert profiles_are_outdated(index)
        await pilot.press("tab")
        await shown(pilot, lambda: not profiles_are_outdated(index))
    index.close()
