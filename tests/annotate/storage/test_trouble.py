"""What can happen to the store's file, and what the store makes of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.annotate import History, MentionAdded, MentionRemoved, NamesSame, Store
from reader.annotate.storage import schema
from reader.annotate.storage.database import Database
from reader.annotate.storage.errors import (
    StoreDamagedError,
    StoreError,
    StoreForeignError,
    StoreFullError,
    StoreLockedError,
    StoreNewerError,
    StoreReadOnlyError,
)
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT

ADDED = MentionAdded(21, 24, "ORG")
MERGED = NamesSame((Name("NSB", "ORG"), Name("Board", "ORG")))
REMOVED = MentionRemoved(0, 3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "annotations.db"


@pytest.fixture
def written(path: Path) -> Path:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        store.append(DOCUMENT, [MERGED])
        store.remember(DOCUMENT, 7)
    for backup in files(path, "daily"):  # out of which everything would come back
        backup.unlink()
    return path


def alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def files(path: Path, kind: str) -> list[Path]:
    found = path.parent.glob(f"{path.name}.{kind}-*")
    return [each for each in found if not each.name.endswith(("-wal", "-shm"))]


class TestLocked:
    def test_nothing_is_claimed_saved_and_nothing_lost(self, written: Path) -> None:
        with Store.open(written, busy_timeout=0.05) as store, closing(sqlite3.connect(written)) as other:
            other.execute("BEGIN IMMEDIATE")
            history = store.append(DOCUMENT, [REMOVED])
            assert history.decisions == (ADDED, MERGED, REMOVED)
            assert not store.saved
            assert not store.safe
            assert store.unsaved == 1
            assert isinstance(store.error, StoreLockedError)
            assert "locked" in store.problem
            assert "\n" not in store.problem
            assert not store.read_only
            assert not store.retry()
            assert not store.saved
            other.rollback()
            assert store.retry()
            assert store.problem == ""
        with Store.open(written) as again:
            assert again.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED)

    def test_what_waited_is_written_with_the_next_decision_in_order(self, written: Path) -> None:
        with Store.open(written, busy_timeout=0.05) as store, closing(sqlite3.connect(written)) as other:
            other.execute("BEGIN IMMEDIATE")
            store.append(DOCUMENT, [REMOVED])
            undone, history = store.undo(DOCUMENT)
            assert undone is not None
            assert undone.decisions == (REMOVED,)
            assert history.decisions == (ADDED, MERGED)
            other.rollback()
            assert store.redo(DOCUMENT)[1].decisions == (ADDED, MERGED, REMOVED)
            assert store.saved
        with Store.open(written) as again:
            assert again.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED)
            assert again.history(DOCUMENT).last == 5

    def test_reading_goes_on(self, written: Path) -> None:
        with closing(sqlite3.connect(written)) as other:
            other.execute("BEGIN IMMEDIATE")
            with Store.open(written, busy_timeout=0.05) as store:
                assert store.history(DOCUMENT).decisions == (ADDED, MERGED)


class TestNewer:
    @pytest.fixture
    def newer(self, written: Path) -> Path:
        alter(written, f"PRAGMA user_version = {schema.current_version() + 1}")
        return written

    def test_it_is_only_read(self, newer: Path) -> None:
        before = newer.read_bytes()
        with Store.open(newer) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.read_only
            assert isinstance(store.error, StoreNewerError)
            assert "newer version" in store.problem
            history = store.append(DOCUMENT, [REMOVED])
            assert history.decisions == (ADDED, MERGED, REMOVED)
            assert not store.saved
            assert not store.retry()
            assert store.unsaved == 1, "what is in the file already is not counted"
            assert store.history(DOCUMENT) == history
            store.remember(DOCUMENT, 3)
            assert [item.position for item in store.recent()] == [3]
        assert newer.read_bytes() == before

    def test_also_if_it_gets_newer_while_open(self, written: Path) -> None:
        with Store.open(written) as store:
            store.append(DOCUMENT, [REMOVED])
            alter(written, f"PRAGMA user_version = {schema.current_version() + 1}")
            store.append(DOCUMENT, [REMOVED])
            assert not store.saved
            assert isinstance(store.error, StoreNewerError)
        with closing(sqlite3.connect(written)) as connection:
            assert connection.execute("SELECT count(*) FROM log").fetchone() == (3,)

    def test_it_may_have_other_tables(self, newer: Path) -> None:
        alter(newer, "ALTER TABLE log RENAME COLUMN payload TO body")
        with Store.open(newer) as store:
            assert store.history(DOCUMENT).decisions == ()
            assert store.problem
            assert "\n" not in store.problem
            assert not store.append(DOCUMENT, [ADDED]).unreadable
            assert not store.saved


class TestUnwritable:
    def test_no_directory_can_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        with Store.open(tmp_path / "file" / "data" / "annotations.db") as store:
            assert store.read_only
            assert "cannot be written" in store.problem
            assert store.append(DOCUMENT, [ADDED]).decisions == (ADDED,)
            assert not store.saved
            assert store.undo(DOCUMENT)[1].decisions == ()
            assert store.redo(DOCUMENT)[1].decisions == (ADDED,)
            assert not store.retry()
            (tmp_path / "file").unlink()
            assert store.retry()
            assert store.problem == ""
        with Store.open(tmp_path / "file" / "data" / "annotations.db") as again:
            assert again.history(DOCUMENT).decisions == (ADDED,)

    def test_a_directory_stands_at_its_place(self, path: Path) -> None:
        path.mkdir(parents=True)
        with Store.open(path) as store:
            store.append(DOCUMENT, [ADDED])
            assert not store.saved
            assert store.problem

    def test_a_store_that_may_only_be_read(self, written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("reader.annotate.storage.open_store.writable", lambda _: False)
            store = Store.open(written)
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.read_only
            assert store.append(DOCUMENT, [REMOVED]).decisions == (ADDED, MERGED, REMOVED)
            assert not store.saved
        assert store.retry()
        assert store.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED)
        store.close()

    def test_a_foreign_database_is_left_alone(self, path: Path) -> None:
        path.parent.mkdir()
        alter(path, "CREATE TABLE recipes (name)")
        before = path.read_bytes()
        with Store.open(path) as store:
            store.append(DOCUMENT, [ADDED])
            assert isinstance(store.error, StoreForeignError)
            assert not store.saved
        assert path.read_bytes() == before
        assert not files(path, "damaged")


class TestDiskErrors:
    def test_a_full_disk(self, written: Path) -> None:
        with Store.open(written) as store:
            store.history(DOCUMENT)
            assert store._journal._database is not None
            pragma = store._journal._database.connection.execute
            (pages,) = pragma("PRAGMA page_count").fetchone()
            pragma(f"PRAGMA max_page_count = {pages}")
            many = [MentionAdded(start, start + 3, "ORG") for start in range(60)]
            history = store.append(DOCUMENT, many)
            assert history.decisions == (ADDED, MERGED, *many)
            assert not store.saved
            assert isinstance(store.error, StoreFullError)
            assert "full" in store.problem
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED, *many)
            assert store.problem, "reading well does not make it saved"
            pragma(f"PRAGMA max_page_count = {pages + 1000}")
            assert store.retry()
            assert store.problem == ""
        with Store.open(written) as again:
            assert again.history(DOCUMENT).decisions == (ADDED, MERGED, *many)

    @pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to stand in for a full disk")
    def test_a_file_that_cannot_grow(self, path: Path) -> None:
        script = """
            import resource, sys
            from pathlib import Path
            from reader.annotate import Store
            from tests.annotate.storage.test_trouble import ADDED, DOCUMENT
            store = Store.open(Path(sys.argv[1]))
            for _ in range(3):
                store.append(DOCUMENT, [ADDED])
            limit = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
            for _ in range(4):
                store.append(DOCUMENT, [ADDED])
            assert not store.saved and store.unsaved == 4 and store.problem, store.problem
            assert len(store.history(DOCUMENT).decisions) == 7
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
            assert store.retry() and not store.problem
            store.close()
        """
        run(script, path)
        with Store.open(path) as again:
            assert len(again.history(DOCUMENT).decisions) == 7
            assert again.check() == ()

    def test_a_commit_that_fails_but_took_place_is_not_written_twice(
        self, written: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from contextlib import contextmanager

        whole = Database.transaction

        @contextmanager
        def lost(self: Database) -> Iterator[None]:
            with whole(self):
                yield
            raise StoreError("the disk reports an error")

        with Store.open(written) as store:
            with monkeypatch.context() as patch:
                patch.setattr(Database, "transaction", lost)
                assert store.append(DOCUMENT, [REMOVED]).decisions == (ADDED, MERGED, REMOVED)
                assert not store.saved
                assert store.append(DOCUMENT, [ADDED]).decisions == (ADDED, MERGED, REMOVED, ADDED)
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED, ADDED)
            assert store.retry()
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED, ADDED)
            assert store.check() == ()


class TestDamaged:
    def test_a_file_of_something_else(self, written: Path) -> None:
        written.write_bytes(b"This is no database. " * 1000)
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == ()
            assert len(store.notices) == 1
            assert "damaged" in store.notices[0]
            store.append(DOCUMENT, [MERGED])
            assert store.saved
        (aside,) = files(written, "damaged")
        assert aside.read_bytes() == b"This is no database. " * 1000
        assert str(aside) in store.notices[0]

    def test_an_empty_file_is_a_new_store(self, path: Path) -> None:
        path.parent.mkdir()
        path.touch()
        with Store.open(path) as store:
            store.append(DOCUMENT, [ADDED])
            assert store.saved
            assert store.history(DOCUMENT).decisions == (ADDED,)

    @pytest.mark.parametrize("pragma", ["application_id = 7", "user_version = 0", "user_version = 100000"])
    def test_a_header_that_lies(self, written: Path, pragma: str) -> None:
        alter(written, f"PRAGMA {pragma}")
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.recent()[0].position == 7
            assert store.notices
            assert not store.read_only

    def test_a_column_that_is_no_longer_called_what_it_was(self, written: Path) -> None:
        for old, new in (("documents", "digest"), ("log", "payload")):
            alter(written, f"ALTER TABLE {old} RENAME COLUMN {new} TO digesu")
            with Store.open(written) as store:
                assert store.append(DOCUMENT, [REMOVED]).decisions[-1] == REMOVED
                assert store.saved
                assert store.notices

    def test_a_document_that_its_index_knows_by_another_digest(self, written: Path) -> None:
        data = written.read_bytes()
        digest, place = DOCUMENT.digest.encode(), -1
        altered = 0
        while (place := data.find(digest, place + 1)) >= 0:
            once = data[: place + 20] + bytes([data[place + 20] ^ 1]) + data[place + 21 :]
            path = written.with_name(f"altered{altered}.db")
            path.write_bytes(once)
            with Store.open(path) as store:
                assert len(store.history(DOCUMENT).decisions) + len(store.history(DOCUMENT).unreadable) >= 2
                assert store.append(DOCUMENT, [REMOVED]).decisions[-1] == REMOVED
                assert store.saved
            with Store.open(path) as again:
                assert again.history(DOCUMENT).decisions[-1] == REMOVED
            altered += 1
        assert altered > 4

    def test_a_missing_record_is_noticed_and_what_is_left_kept(self, written: Path) -> None:
        alter(written, "DROP TRIGGER log_keeps_records")
        alter(written, "DELETE FROM log WHERE place % 4294967296 = 1")
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (MERGED,)
            assert store.notices
            assert store.append(DOCUMENT, [REMOVED]).decisions == (MERGED, REMOVED)
            assert store.saved

    def test_a_changed_record_is_set_apart_alone(self, written: Path) -> None:
        alter(written, "DROP TRIGGER log_keeps_words")
        alter(written, """UPDATE log SET payload = replace(payload, '"end":24', '"end":25')""")
        with Store.open(written) as store:
            history = store.history(DOCUMENT)
            assert history.decisions == (MERGED,)
            assert [unreadable.reason for unreadable in history.unreadable] == ["checksum"]
            assert store.append(DOCUMENT, [REMOVED]).decisions == (MERGED, REMOVED)

    def test_a_changed_record_stays_set_apart_in_a_salvaged_store(self, written: Path) -> None:
        alter(written, "DROP TRIGGER log_keeps_words")
        alter(written, "UPDATE log SET payload = x'ff00' WHERE place % 4294967296 = 1")
        alter(written, "PRAGMA user_version = 0")
        with Store.open(written) as store:
            assert store.notices
            assert store.history(DOCUMENT).decisions == (MERGED,)
            assert [each.reason for each in store.history(DOCUMENT).unreadable] == ["checksum"]

    def test_what_was_read_before_the_damage_is_written_again(self, written: Path) -> None:
        with Store.open(written) as store:
            store.append(DOCUMENT, [REMOVED])
            alter(written, "DROP TRIGGER log_keeps_records")
            alter(written, "DELETE FROM log WHERE place % 4294967296 = 2")
            other = Store.open(written)
            other.append(DOCUMENT, [ADDED])
            other.close()
            history = store.history(DOCUMENT)
            assert set(history.decisions) == {ADDED, MERGED, REMOVED}
            assert store.saved
        with Store.open(written) as again:
            assert again.history(DOCUMENT) == history

    def test_an_interrupted_rescue_is_brought_to_its_end(self, written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        alter(written, "PRAGMA user_version = 0")
        with monkeypatch.context() as patch:
            patch.setattr("reader.annotate.storage.rebuild.sync_directory", _crash)
            with pytest.raises(KeyboardInterrupt):
                Store.open(written)
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
        written.unlink(missing_ok=True)

    def test_between_the_two_renames(self, written: Path) -> None:
        written.rename(written.with_name(written.name + ".salvaged"))
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)

    def test_no_room_for_the_rescue(self, written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        alter(written, "PRAGMA user_version = 0")
        before = written.read_bytes()

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("reader.annotate.storage.rebuild.write_missing", full)
            store = Store.open(written)
            assert isinstance(store.error, StoreFullError)
            assert store.append(DOCUMENT, [REMOVED]).decisions == (REMOVED,)
            assert not store.saved
        assert written.read_bytes() == before
        assert store.retry()
        assert store.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED)
        store.close()

    def test_check_tells(self, written: Path) -> None:
        with Store.open(written) as store:
            assert store.check() == ()
        alter(written, "DROP TRIGGER log_keeps_records")
        alter(written, "DELETE FROM log WHERE place % 4294967296 = 1")
        with Store.open(written) as store:
            assert store.check() == ("the tables are not as they were made", "1 record is missing")


class TestMovedWhileOpen:
    def test_a_removed_file_is_written_anew(self, written: Path) -> None:
        with Store.open(written) as store:
            store.append(DOCUMENT, [REMOVED])
            for each in written.parent.iterdir():
                each.unlink()
            assert store.append(DOCUMENT, [ADDED]).decisions == (ADDED, MERGED, REMOVED, ADDED)
            assert store.saved
            assert store.notices
        with Store.open(written) as again:
            assert again.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED, ADDED)

    def test_another_window_rescues_the_store_under_this_ones_feet(self, written: Path) -> None:
        with Store.open(written) as one:
            one.append(DOCUMENT, [REMOVED])
            alter(written, "PRAGMA user_version = 0")
            with Store.open(written) as two:
                assert two.notices
                assert two.append(DOCUMENT, [ADDED]).decisions == (ADDED, MERGED, REMOVED, ADDED)
                history = one.append(DOCUMENT, [MERGED])
                assert history.decisions == (ADDED, MERGED, REMOVED, ADDED, MERGED)
                assert one.saved
                assert two.history(DOCUMENT) == history


class TestMigration:
    @pytest.fixture
    def migrated(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[schema.Migration], None]:
        def add(step: schema.Migration) -> None:
            monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))

        return add

    def test_a_backup_is_made_first(self, written: Path, migrated: Callable[[schema.Migration], None]) -> None:
        def later(connection: sqlite3.Connection) -> None:
            connection.execute("ALTER TABLE log ADD COLUMN machine TEXT NOT NULL DEFAULT ''")

        with closing(sqlite3.connect(written)) as open_elsewhere:
            open_elsewhere.execute("SELECT * FROM log").fetchall()  # so that the backup needs the write-ahead log
            before = _history(written)
            migrated(later)
            with Store.open(written) as store:
                assert store.history(DOCUMENT) == before
                assert store.append(DOCUMENT, [REMOVED]).decisions == (ADDED, MERGED, REMOVED)
                assert store.saved
        (backup,) = files(written, "version-1")
        with closing(sqlite3.connect(backup)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)
            assert connection.execute("SELECT count(*) FROM log").fetchone() == (2,)
        assert backup.stat().st_mode & 0o777 == 0o600

    def test_one_that_fails_changes_nothing(self, written: Path, migrated: Callable[[schema.Migration], None]) -> None:
        def broken(connection: sqlite3.Connection) -> None:
            connection.execute("CREATE TABLE half (x)")
            connection.execute("no such statement")

        migrated(broken)
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.read_only
            assert "not brought up to date" in store.problem
        with closing(sqlite3.connect(written)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)
            assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)

    def test_without_a_backup_there_is_no_migration(
        self, written: Path, migrated: Callable[[schema.Migration], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> Path:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("reader.annotate.storage.migration._back_up", full)
        migrated(lambda _: None)
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.read_only
        with closing(sqlite3.connect(written)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_every_error_is_one_line() -> None:
    from reader.annotate.storage.errors import store_error

    for error in (sqlite3.OperationalError("a\nb"), OSError(28, "No space left on device"), StoreDamagedError("x")):
        assert "\n" not in str(store_error(error, "p"))
    assert isinstance(store_error(PermissionError(13, "no"), "p"), StoreReadOnlyError)


def run(script: str, *arguments: object) -> None:
    """Run a script in a process of its own, from the root of the checkout."""
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=False)
    assert result.returncode == 0, result.stderr


def _history(path: Path) -> History:
    with Store.open(path) as store:
        return store.history(DOCUMENT)


def _crash(*_: object) -> None:
    raise KeyboardInterrupt
