from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotate import (
    Decision,
    MalformedRecordError,
    MentionAdded,
    MentionRemoved,
    NamesSame,
    NullStore,
    Store,
)
from reader.document import Document
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT, decisions

ADDED = MentionAdded(21, 24, "ORG")
MERGED = NamesSame((Name("NSB", "ORG"), Name("Board", "ORG")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "annotations.db"


def test_importing_the_room_is_light() -> None:
    script = "import sys, reader.annotate; print(*({'sqlite3', 'spacy', 'textual'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "\n"


def test_by_default_it_is_in_the_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "here"))
    with Store.open() as store:
        store.append(DOCUMENT, [ADDED])
    assert (tmp_path / "here" / "annotations.db").exists()


def test_looking_makes_no_file(path: Path) -> None:
    with Store.open(path) as store:
        assert store.history(DOCUMENT).decisions == ()
        assert store.recent() == ()
        assert store.undo(DOCUMENT)[0] is None
        assert store.recall(DOCUMENT) is None
        assert store.earlier(DOCUMENT) == ()
        assert store.check() == ()
        assert store.problem == ""
    assert not path.parent.exists()


def test_only_its_owner_can_read_it(path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert set(modes.values()) == {0o600}, modes


def test_every_commit_is_forced_to_disk(path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        assert store._journal._database is not None
        ask = store._journal._database.connection.execute
        assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ask("PRAGMA synchronous").fetchone() == (2,)
        assert ask("PRAGMA foreign_keys").fetchone() == (1,)


def test_what_was_decided_is_there_after_a_restart(path: Path) -> None:
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


def test_undo_and_redo_go_on_after_a_restart(path: Path) -> None:
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


def test_documents_are_told_apart_by_their_text(path: Path) -> None:
    other = Document("Another text about the NSB.", (), "", DOCUMENT.source)
    moved = Document(DOCUMENT.text, (), "", "elsewhere.txt")
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        assert store.history(other).decisions == ()
        assert store.history(moved).decisions == (ADDED,)


def test_a_changed_text_says_that_there_are_decisions_about_an_earlier_one(path: Path) -> None:
    edited = Document(DOCUMENT.text + " More.", (), "", DOCUMENT.source)
    loader = Document(DOCUMENT.text + " Less.", (), "", "elsewhere.txt", file_digest=DOCUMENT.file_digest)
    unrelated = Document("Else.", (), "", "elsewhere.txt")
    piped = Document("Piped.", (), "", "-")
    with Store.open(path) as store:
        store.remember(DOCUMENT, 3)
        assert store.earlier(edited) == (), "nothing was decided yet"
        store.append(DOCUMENT, [ADDED])
        store.append(Document("Other pipe.", (), "", "-"), [MERGED])
        for changed in (edited, loader):
            assert [earlier.digest for earlier in store.earlier(changed)] == [DOCUMENT.digest]
        assert store.earlier(unrelated) == ()
        assert store.earlier(piped) == ()
        assert store.earlier(DOCUMENT) == ()


def test_the_text_is_kept_for_finding_places_again(path: Path) -> None:
    from reader.annotate.storage.documents import KEPT_AT_ONCE

    long = Document("word " * KEPT_AT_ONCE, (), "", "long.txt")
    with Store.open(path) as store:
        store.remember(DOCUMENT, 0)
        assert store.text_of(DOCUMENT.digest) is None, "without decisions there is nothing to find again"
        store.append(DOCUMENT, [ADDED])
        store.append(long, [MentionAdded(0, 4, "ORG")])
        assert store.text_of(DOCUMENT.digest) == DOCUMENT.text
        store.remember(long, 5)
        assert store.text_of(long.digest) == long.text


def test_a_decision_that_makes_no_sense_is_refused_whole(path: Path) -> None:
    with Store.open(path) as store:
        with pytest.raises(MalformedRecordError):
            store.append(DOCUMENT, [ADDED, MentionAdded(5, 5, "ORG")])
        assert store.history(DOCUMENT).decisions == ()


def test_deciding_nothing_is_no_step(path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        store.undo(DOCUMENT)
        store.append(DOCUMENT, [])
        assert store.redo(DOCUMENT)[0] is not None


def test_the_log_itself_refuses_changes(path: Path) -> None:
    import sqlite3

    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
    connection = sqlite3.connect(path)
    for statement in ("DELETE FROM log", "UPDATE log SET kind = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    connection.close()


def test_reading_positions_and_recent_documents(path: Path) -> None:
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


def test_two_windows_see_each_other(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as two:
        before = two.history(DOCUMENT)
        assert not two.changed_since(before)
        mine = one.append(DOCUMENT, [ADDED])
        assert not one.changed_since(mine)
        assert two.changed_since(before)
        assert two.history(DOCUMENT).decisions == (ADDED,)
        assert not two.changed_since(two.history(DOCUMENT))
        both = two.append(DOCUMENT, [MERGED])
        assert both.decisions == (ADDED, MERGED)
        assert one.history(DOCUMENT) == both


def test_undo_takes_back_what_was_decided_in_this_window_and_then_the_rest(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as two:
        one.append(DOCUMENT, [ADDED])
        two.append(DOCUMENT, [MERGED])
        undone, history = one.undo(DOCUMENT)
        assert undone is not None
        assert (undone.decisions, history.decisions) == ((ADDED,), (MERGED,))
        undone, history = two.undo(DOCUMENT)
        assert undone is not None
        assert (undone.decisions, history.decisions) == ((MERGED,), ())
        assert one.redo(DOCUMENT)[1].decisions == (ADDED,), "redo brings back what was taken back here"
        undone, history = two.undo(DOCUMENT)
        assert undone is not None
        assert (undone.decisions, history.decisions) == ((ADDED,), ()), "with nothing of its own left"
        assert two.elsewhere(undone)
        assert not one.elsewhere(undone)
    with Store.open(path) as later:
        assert later.redo(DOCUMENT)[1].decisions == (ADDED,)
        undone, _ = later.undo(DOCUMENT)
        assert undone is not None
        assert not later.elsewhere(undone), "it was decided before this window was opened"


def test_a_change_to_another_document_is_no_change_to_this_one(path: Path) -> None:
    other = Document("Other.", (), "", "")
    with Store.open(path) as one, Store.open(path) as two:
        before = two.history(DOCUMENT)
        one.append(other, [MERGED])
        assert not two.changed_since(before)


@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.one_of(st.sampled_from(["undo", "redo", "reopen"]), decisions)), max_size=12
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_in_whatever_turn_two_windows_write_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[int, str | Decision]]
) -> None:
    path = tmp_path_factory.mktemp("store") / "annotations.db"
    windows = [Store.open(path), Store.open(path)]
    sessions = [0, 1]
    made: list[tuple[int, Decision]] = []  # every decision, with the session that made it
    standing: set[int] = set()
    taken: list[tuple[int, int]] = []  # what was taken back, with the session that did so
    for which, action in actions:
        if action == "reopen":
            windows[which].close()
            windows[which] = Store.open(path)
            sessions[which] = max(sessions) + 1
        elif action == "undo":
            windows[which].undo(DOCUMENT)
            if standing:
                own = [each for each in standing if made[each][0] == sessions[which]]
                last = max(own or standing)
                standing.remove(last)
                taken.append((sessions[which], last))
        elif action == "redo":
            windows[which].redo(DOCUMENT)
            if taken:
                back = next((each for each in reversed(taken) if each[0] == sessions[which]), taken[-1])
                taken.remove(back)
                standing.add(back[1])
        elif not isinstance(action, str):
            windows[which].append(DOCUMENT, [action])
            standing.add(len(made))
            made.append((sessions[which], action))
            taken.clear()
        assert windows[which].history(DOCUMENT).decisions == tuple(made[each][1] for each in sorted(standing))
    assert windows[0].history(DOCUMENT) == windows[1].history(DOCUMENT)
    for window in windows:
        assert window.saved
        window.close()


def test_a_store_in_memory_keeps_nothing_and_never_says_saved() -> None:
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
