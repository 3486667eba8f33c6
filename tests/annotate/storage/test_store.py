from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotate import Decision, MalformedRecordError, NullStore, Store
from reader.annotate.decisions import MentionAdded, MentionRemoved, NamesSame
from reader.document import Document
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT, decisions

ADDED = MentionAdded(21, 24, "ORG")
MERGED = NamesSame((Name("NSB", "ORG"), Name("Board", "ORG")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "annotations.db"


def test_importing_the_package_loads_no_heavy_modules() -> None:
    script = "import sys, reader.annotate; print(*({'sqlite3', 'spacy', 'textual'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "\n"


def test_the_store_is_in_the_data_directory_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "other"))
    with Store.open() as store:
        store.append(DOCUMENT, [ADDED])
    assert (tmp_path / "other" / "annotations.db").exists()


def test_reading_creates_no_file(path: Path) -> None:
    with Store.open(path) as store:
        assert store.history(DOCUMENT).decisions == ()
        assert store.recent() == ()
        assert store.undo(DOCUMENT)[0] is None
        assert store.recall(DOCUMENT) is None
        assert store.earlier(DOCUMENT) == ()
        assert store.check() == ()
        assert store.problem == ""
    assert not path.parent.exists()


def test_only_the_owner_can_read_the_files(path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert set(modes.values()) == {0o600}, modes


def test_every_commit_is_forced_to_disk(path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        assert store._journal._database is not None
        execute = store._journal._database.connection.execute
        assert execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert execute("PRAGMA synchronous").fetchone() == (2,)
        assert execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_decisions_persist_after_a_restart(path: Path) -> None:
    with Store.open(path, author="me") as store:
        store.append(DOCUMENT, [ADDED, MERGED])
        history = store.append(DOCUMENT, [MentionRemoved(0, 3)])
        assert store.persistent
        assert store.saved
        assert store.safe
    with Store.open(path) as again:
        assert again.history(DOCUMENT) == history
        assert again.history(DOCUMENT).decisions == (ADDED, MERGED, MentionRemoved(0, 3))
        assert {step.author for step in history.steps} == {"me"}
        assert again.problem == ""
        assert again.notices == ()


def test_undo_and_redo_continue_after_a_restart(path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        store.append(DOCUMENT, [MERGED])
        undone, _ = store.undo(DOCUMENT)
        assert undone is not None
        assert undone.decisions == (MERGED,)
    with Store.open(path) as store:
        undone, history = store.undo(DOCUMENT)
        assert undone is not None
        assert undone.decisions == (ADDED,)
        assert history.decisions == ()
        assert store.undo(DOCUMENT)[0] is None
    with Store.open(path) as store:
        assert [step.decisions for step in (store.redo(DOCUMENT)[0], store.redo(DOCUMENT)[0]) if step] == [
            (ADDED,),
            (MERGED,),
        ]
        assert store.redo(DOCUMENT)[0] is None
        assert store.history(DOCUMENT).decisions == (ADDED, MERGED)


def test_documents_are_identified_by_their_text(path: Path) -> None:
    other = Document("Another text about the NSB.", (), "", DOCUMENT.source)
    moved = Document(DOCUMENT.text, (), "", "elsewhere.txt")
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        assert store.history(other).decisions == ()
        assert store.history(moved).decisions == (ADDED,)


def test_earlier_finds_decisions_on_an_earlier_text(path: Path) -> None:
    edited = Document(DOCUMENT.text + " More.", (), "", DOCUMENT.source)
    loader = Document(DOCUMENT.text + " Less.", (), "", "elsewhere.txt", file_digest=DOCUMENT.file_digest)
    unrelated = Document("Else.", (), "", "elsewhere.txt")
    piped = Document("Piped.", (), "", "-")
    with Store.open(path) as store:
        store.remember(DOCUMENT, 3)
        assert store.earlier(edited) == (), "there are no decisions yet"
        store.append(DOCUMENT, [ADDED])
        store.append(Document("Other pipe.", (), "", "-"), [MERGED])
        for changed in (edited, loader):
            assert [earlier.digest for earlier in store.earlier(changed)] == [DOCUMENT.digest]
        assert store.earlier(unrelated) == ()
        assert store.earlier(piped) == ()
        assert store.earlier(DOCUMENT) == ()


def test_the_text_is_saved_with_its_decisions(path: Path) -> None:
    from reader.annotate.storage.documents import INLINE_TEXT_LIMIT

    long = Document("word " * INLINE_TEXT_LIMIT, (), "", "long.txt")
    with Store.open(path) as store:
        store.remember(DOCUMENT, 0)
        assert store.text_of(DOCUMENT.digest) is None, "a text without decisions is not saved"
        store.append(DOCUMENT, [ADDED])
        store.append(long, [MentionAdded(0, 4, "ORG")])
        assert store.text_of(DOCUMENT.digest) == DOCUMENT.text
        store.remember(long, 5)
        assert store.text_of(long.digest) == long.text


def test_an_invalid_decision_refuses_the_whole_step(path: Path) -> None:
    with Store.open(path) as store:
        with pytest.raises(MalformedRecordError):
            store.append(DOCUMENT, [ADDED, MentionAdded(5, 5, "ORG")])
        assert store.history(DOCUMENT).decisions == ()


def test_a_step_without_decisions_is_not_recorded(path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        store.undo(DOCUMENT)
        store.append(DOCUMENT, [])
        assert store.redo(DOCUMENT)[0] is not None


def test_the_database_refuses_changes_to_the_log(path: Path) -> None:
    import sqlite3

    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
    connection = sqlite3.connect(path)
    for statement in ("DELETE FROM log", "UPDATE log SET kind = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    connection.close()


def test_reading_positions_and_recent_documents_are_remembered(path: Path) -> None:
    strange = Document("Text.", (), "bad \udcff title", "/some/\udcff.txt")
    web = Document("Page.", (), "Page", "https://example.org/page")
    with Store.open(path) as store:
        store.remember(DOCUMENT, 17)
        store.remember(strange, 99)
        store.remember(web, -1)
        store.remember(DOCUMENT, 18)
    with Store.open(path) as store:
        recent = store.recent()
        assert [(item.title, item.position, item.length) for item in recent] == [
            ("A meeting", 18, len(DOCUMENT.text)),
            ("Page", 0, 5),
            ("bad \udcff title", 5, 5),
        ]
        assert [item.source for item in recent] == [
            str(Path("meeting.txt").absolute()),
            "https://example.org/page",
            "/some/\udcff.txt",
        ]
        assert store.recent(1) == recent[:1]
        assert store.recall(web) == recent[1]
        assert store.recall(Document("new", (), "", "")) is None


def test_two_windows_see_each_others_decisions(path: Path) -> None:
    with Store.open(path) as first, Store.open(path) as second:
        empty = second.history(DOCUMENT)
        assert not second.changed_since(empty)
        own = first.append(DOCUMENT, [ADDED])
        assert not first.changed_since(own)
        assert second.changed_since(empty)
        assert second.history(DOCUMENT).decisions == (ADDED,)
        assert not second.changed_since(second.history(DOCUMENT))
        both = second.append(DOCUMENT, [MERGED])
        assert both.decisions == (ADDED, MERGED)
        assert first.history(DOCUMENT) == both


def test_undo_starts_with_the_decisions_of_this_window(path: Path) -> None:
    with Store.open(path) as first, Store.open(path) as second:
        first.append(DOCUMENT, [ADDED])
        second.append(DOCUMENT, [MERGED])
        undone, history = first.undo(DOCUMENT)
        assert undone is not None
        assert (undone.decisions, history.decisions) == ((ADDED,), (MERGED,))
        undone, history = second.undo(DOCUMENT)
        assert undone is not None
        assert (undone.decisions, history.decisions) == ((MERGED,), ())
        assert first.redo(DOCUMENT)[1].decisions == (ADDED,), "redo brings back what was undone in this window"
        undone, history = second.undo(DOCUMENT)
        assert undone is not None
        assert (undone.decisions, history.decisions) == ((ADDED,), ()), "this window has no steps of its own"
        assert second.made_in_other_window(undone)
        assert not first.made_in_other_window(undone)
    with Store.open(path) as later:
        assert later.redo(DOCUMENT)[1].decisions == (ADDED,)
        undone, _ = later.undo(DOCUMENT)
        assert undone is not None
        assert not later.made_in_other_window(undone), "the decision was made before this window was opened"


def test_a_change_to_another_document_does_not_count_as_a_change(path: Path) -> None:
    other = Document("Other.", (), "", "")
    with Store.open(path) as first, Store.open(path) as second:
        history = second.history(DOCUMENT)
        first.append(other, [MERGED])
        assert not second.changed_since(history)


@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.one_of(st.sampled_from(["undo", "redo", "reopen"]), decisions)), max_size=12
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_two_windows_lose_nothing_in_any_order_of_actions(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[int, str | Decision]]
) -> None:
    path = tmp_path_factory.mktemp("store") / "annotations.db"
    windows = [Store.open(path), Store.open(path)]
    sessions = [0, 1]
    recorded: list[tuple[int, Decision]] = []  # every decision, with the session that made it
    active: set[int] = set()  # indexes into `recorded`
    undone: list[tuple[int, int]] = []  # the session that undid a decision, and its index
    for window, action in actions:
        if action == "reopen":
            windows[window].close()
            windows[window] = Store.open(path)
            sessions[window] = max(sessions) + 1
        elif action == "undo":
            windows[window].undo(DOCUMENT)
            if active:
                own = [index for index in active if recorded[index][0] == sessions[window]]
                last = max(own or active)
                active.remove(last)
                undone.append((sessions[window], last))
        elif action == "redo":
            windows[window].redo(DOCUMENT)
            if undone:
                own_undone = (entry for entry in reversed(undone) if entry[0] == sessions[window])
                redone = next(own_undone, undone[-1])
                undone.remove(redone)
                active.add(redone[1])
        elif not isinstance(action, str):
            windows[window].append(DOCUMENT, [action])
            active.add(len(recorded))
            recorded.append((sessions[window], action))
            undone.clear()
        assert windows[window].history(DOCUMENT).decisions == tuple(recorded[index][1] for index in sorted(active))
    assert windows[0].history(DOCUMENT) == windows[1].history(DOCUMENT)
    for store in windows:
        assert store.saved
        store.close()


def test_a_null_store_never_calls_a_decision_saved() -> None:
    store = NullStore()
    assert store.history(DOCUMENT).decisions == ()
    assert store.append(DOCUMENT, [ADDED]).decisions == (ADDED,)
    assert not store.persistent
    assert not store.saved
    assert store.safe, "the user asked for a store that keeps nothing"
    assert store.read_only
    assert store.problem == "annotations are not kept"
    undone, history = store.undo(DOCUMENT)
    assert undone is not None
    assert history.decisions == ()
    assert store.redo(DOCUMENT)[1].decisions == (ADDED,)
    store.remember(DOCUMENT, 4)
    assert [item.position for item in store.recent()] == [4]
    assert not store.changed_since(store.history(DOCUMENT))
    assert not store.retry()
    store.close()
