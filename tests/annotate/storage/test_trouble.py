"""How the store handles locks, newer versions, disk errors, damage, moved files and migrations."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest

from reader.annotate import History, Store
from reader.annotate.decisions import MentionAdded, MentionRemoved, NamesSame
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

AddMigration: TypeAlias = Callable[[schema.Migration], None]

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
    for backup in files_beside(path, "daily"):  # the store would recover every record from it
        backup.unlink()
    return path


def alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def files_beside(path: Path, purpose: str) -> list[Path]:
    files = path.parent.glob(f"{path.name}.{purpose}-*")
    return [file for file in files if not file.name.endswith(("-wal", "-shm"))]


class TestLocked:
    def test_a_decision_is_not_called_saved_and_not_lost(self, written: Path) -> None:
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

    def test_pending_decisions_are_written_in_order_with_the_next_one(self, written: Path) -> None:
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
            assert again.history(DOCUMENT).last_seq == 5

    def test_the_store_can_still_be_read(self, written: Path) -> None:
        with closing(sqlite3.connect(written)) as other:
            other.execute("BEGIN IMMEDIATE")
            with Store.open(written, busy_timeout=0.05) as store:
                assert store.history(DOCUMENT).decisions == (ADDED, MERGED)


class TestNewer:
    @pytest.fixture
    def newer(self, written: Path) -> Path:
        alter(written, f"PRAGMA user_version = {schema.current_version() + 1}")
        return written

    def test_a_newer_store_is_only_read(self, newer: Path) -> None:
        data = newer.read_bytes()
        with Store.open(newer) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.read_only
            assert isinstance(store.error, StoreNewerError)
            assert "newer version" in store.problem
            history = store.append(DOCUMENT, [REMOVED])
            assert history.decisions == (ADDED, MERGED, REMOVED)
            assert not store.saved
            assert not store.retry()
            assert store.unsaved == 1, "records that are in the file do not count"
            assert store.history(DOCUMENT) == history
            store.remember(DOCUMENT, 3)
            assert [item.position for item in store.recent()] == [3]
        assert newer.read_bytes() == data

    def test_a_store_that_is_migrated_while_open_is_only_read(self, written: Path) -> None:
        with Store.open(written) as store:
            store.append(DOCUMENT, [REMOVED])
            alter(written, f"PRAGMA user_version = {schema.current_version() + 1}")
            store.append(DOCUMENT, [REMOVED])
            assert not store.saved
            assert isinstance(store.error, StoreNewerError)
        with closing(sqlite3.connect(written)) as connection:
            assert connection.execute("SELECT count(*) FROM log").fetchone() == (3,)

    def test_a_newer_store_may_have_other_tables(self, newer: Path) -> None:
        alter(newer, "ALTER TABLE log RENAME COLUMN payload TO body")
        with Store.open(newer) as store:
            assert store.history(DOCUMENT).decisions == ()
            assert store.problem
            assert "\n" not in store.problem
            assert not store.append(DOCUMENT, [ADDED]).unreadable
            assert not store.saved


class TestUnwritable:
    def test_decisions_wait_if_the_directory_cannot_be_created(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("not a directory")
        with Store.open(tmp_path / "file" / "data" / "annotations.db") as store:
            assert store.read_only
            assert "not writable" in store.problem
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

    def test_a_directory_at_the_path_of_the_store(self, path: Path) -> None:
        path.mkdir(parents=True)
        with Store.open(path) as store:
            store.append(DOCUMENT, [ADDED])
            assert not store.saved
            assert store.problem

    def test_a_store_without_write_permission(self, written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("reader.annotate.storage.open_store.is_writable", lambda _: False)
            store = Store.open(written)
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.read_only
            assert store.append(DOCUMENT, [REMOVED]).decisions == (ADDED, MERGED, REMOVED)
            assert not store.saved
        assert store.retry()
        assert store.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED)
        store.close()

    def test_another_programs_database_is_not_changed(self, path: Path) -> None:
        path.parent.mkdir()
        alter(path, "CREATE TABLE recipes (name)")
        data = path.read_bytes()
        with Store.open(path) as store:
            store.append(DOCUMENT, [ADDED])
            assert isinstance(store.error, StoreForeignError)
            assert not store.saved
        assert path.read_bytes() == data
        assert not files_beside(path, "damaged")


class TestDiskErrors:
    def test_decisions_wait_while_the_disk_is_full(self, written: Path) -> None:
        with Store.open(written) as store:
            store.history(DOCUMENT)
            assert store._journal._database is not None
            pragma = store._journal._database.connection.execute
            (pages,) = pragma("PRAGMA page_count").fetchone()
            pragma(f"PRAGMA max_page_count = {pages}")
            mentions = [MentionAdded(start, start + 3, "ORG") for start in range(60)]
            history = store.append(DOCUMENT, mentions)
            assert history.decisions == (ADDED, MERGED, *mentions)
            assert not store.saved
            assert isinstance(store.error, StoreFullError)
            assert "full" in store.problem
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED, *mentions)
            assert store.problem, "a successful read does not make the decision saved"
            pragma(f"PRAGMA max_page_count = {pages + 1000}")
            assert store.retry()
            assert store.problem == ""
        with Store.open(written) as again:
            assert again.history(DOCUMENT).decisions == (ADDED, MERGED, *mentions)

    @pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to stand in for a full disk")
    def test_decisions_wait_while_the_file_cannot_grow(self, path: Path) -> None:
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

    def test_a_commit_that_reports_an_error_but_succeeded_is_not_repeated(
        self, written: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from contextlib import contextmanager

        transaction = Database.transaction

        @contextmanager
        def commit_and_fail(self: Database) -> Iterator[None]:
            with transaction(self):
                yield
            raise StoreError("the disk reported an error")

        with Store.open(written) as store:
            with monkeypatch.context() as patch:
                patch.setattr(Database, "transaction", commit_and_fail)
                assert store.append(DOCUMENT, [REMOVED]).decisions == (ADDED, MERGED, REMOVED)
                assert not store.saved
                assert store.append(DOCUMENT, [ADDED]).decisions == (ADDED, MERGED, REMOVED, ADDED)
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED, ADDED)
            assert store.retry()
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED, ADDED)
            assert store.check() == ()


class TestDamaged:
    def test_a_file_that_is_not_a_database(self, written: Path) -> None:
        written.write_bytes(b"This is not a database. " * 1000)
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == ()
            assert len(store.notices) == 1
            assert "damaged" in store.notices[0]
            store.append(DOCUMENT, [MERGED])
            assert store.saved
        (damaged,) = files_beside(written, "damaged")
        assert damaged.read_bytes() == b"This is not a database. " * 1000
        assert str(damaged) in store.notices[0]

    def test_an_empty_file_is_a_new_store(self, path: Path) -> None:
        path.parent.mkdir()
        path.touch()
        with Store.open(path) as store:
            store.append(DOCUMENT, [ADDED])
            assert store.saved
            assert store.history(DOCUMENT).decisions == (ADDED,)

    @pytest.mark.parametrize("pragma", ["application_id = 7", "user_version = 0", "user_version = 100000"])
    def test_a_store_with_a_wrong_header_is_rebuilt(self, written: Path, pragma: str) -> None:
        alter(written, f"PRAGMA {pragma}")
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.recent()[0].position == 7
            assert store.notices
            assert not store.read_only

    def test_a_store_with_a_renamed_column_is_rebuilt(self, written: Path) -> None:
        for old, new in (("documents", "digest"), ("log", "payload")):
            alter(written, f"ALTER TABLE {old} RENAME COLUMN {new} TO digesu")
            with Store.open(written) as store:
                assert store.append(DOCUMENT, [REMOVED]).decisions[-1] == REMOVED
                assert store.saved
                assert store.notices

    def test_a_damaged_digest_in_the_table_or_its_index(self, written: Path) -> None:
        data = written.read_bytes()
        digest, offset = DOCUMENT.digest.encode(), -1
        copies = 0
        while (offset := data.find(digest, offset + 1)) >= 0:
            path = written.with_name(f"altered{copies}.db")
            path.write_bytes(data[: offset + 20] + bytes([data[offset + 20] ^ 1]) + data[offset + 21 :])
            with Store.open(path) as store:
                assert len(store.history(DOCUMENT).decisions) + len(store.history(DOCUMENT).unreadable) >= 2
                assert store.append(DOCUMENT, [REMOVED]).decisions[-1] == REMOVED
                assert store.saved
            with Store.open(path) as again:
                assert again.history(DOCUMENT).decisions[-1] == REMOVED
            copies += 1
        assert copies > 4

    def test_a_missing_record_is_noticed_and_the_others_are_kept(self, written: Path) -> None:
        alter(written, "DROP TRIGGER log_keeps_records")
        alter(written, "DELETE FROM log WHERE place % 4294967296 = 1")
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (MERGED,)
            assert store.notices
            assert store.append(DOCUMENT, [REMOVED]).decisions == (MERGED, REMOVED)
            assert store.saved

    def test_a_changed_record_affects_no_other_record(self, written: Path) -> None:
        alter(written, "DROP TRIGGER log_keeps_words")
        alter(written, """UPDATE log SET payload = replace(payload, '"end":24', '"end":25')""")
        with Store.open(written) as store:
            history = store.history(DOCUMENT)
            assert history.decisions == (MERGED,)
            assert [unreadable.reason for unreadable in history.unreadable] == ["checksum"]
            assert store.append(DOCUMENT, [REMOVED]).decisions == (MERGED, REMOVED)

    def test_a_changed_record_is_still_unreadable_in_a_rebuilt_store(self, written: Path) -> None:
        alter(written, "DROP TRIGGER log_keeps_words")
        alter(written, "UPDATE log SET payload = x'ff00' WHERE place % 4294967296 = 1")
        alter(written, "PRAGMA user_version = 0")
        with Store.open(written) as store:
            assert store.notices
            assert store.history(DOCUMENT).decisions == (MERGED,)
            assert [unreadable.reason for unreadable in store.history(DOCUMENT).unreadable] == ["checksum"]

    def test_records_read_before_the_damage_are_written_again(self, written: Path) -> None:
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

    def test_an_interrupted_rebuild_is_completed(self, written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        alter(written, "PRAGMA user_version = 0")
        with monkeypatch.context() as patch:
            patch.setattr("reader.annotate.storage.maintenance.rebuild.sync_directory", _crash)
            with pytest.raises(KeyboardInterrupt):
                Store.open(written)
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
        written.unlink(missing_ok=True)

    def test_a_rebuild_interrupted_between_its_two_renames_is_completed(self, written: Path) -> None:
        written.rename(written.with_name(written.name + ".salvaged"))
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)

    def test_a_full_disk_during_a_rebuild(self, written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        alter(written, "PRAGMA user_version = 0")
        data = written.read_bytes()

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("reader.annotate.storage.maintenance.rebuild.write_missing_rows", full)
            store = Store.open(written)
            assert isinstance(store.error, StoreFullError)
            assert store.append(DOCUMENT, [REMOVED]).decisions == (REMOVED,)
            assert not store.saved
        assert written.read_bytes() == data
        assert store.retry()
        assert store.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED)
        store.close()

    def test_check_reports_missing_records(self, written: Path) -> None:
        with Store.open(written) as store:
            assert store.check() == ()
        alter(written, "DROP TRIGGER log_keeps_records")
        alter(written, "DELETE FROM log WHERE place % 4294967296 = 1")
        with Store.open(written) as store:
            assert store.check() == ("the tables are not those that this program creates", "1 record is missing")


class TestMovedWhileOpen:
    def test_a_removed_file_is_written_again(self, written: Path) -> None:
        with Store.open(written) as store:
            store.append(DOCUMENT, [REMOVED])
            for file in written.parent.iterdir():
                file.unlink()
            assert store.append(DOCUMENT, [ADDED]).decisions == (ADDED, MERGED, REMOVED, ADDED)
            assert store.saved
            assert store.notices
        with Store.open(written) as again:
            assert again.history(DOCUMENT).decisions == (ADDED, MERGED, REMOVED, ADDED)

    def test_another_window_rebuilds_the_store_while_this_one_has_it_open(self, written: Path) -> None:
        with Store.open(written) as first:
            first.append(DOCUMENT, [REMOVED])
            alter(written, "PRAGMA user_version = 0")
            with Store.open(written) as second:
                assert second.notices
                assert second.append(DOCUMENT, [ADDED]).decisions == (ADDED, MERGED, REMOVED, ADDED)
                history = first.append(DOCUMENT, [MERGED])
                assert history.decisions == (ADDED, MERGED, REMOVED, ADDED, MERGED)
                assert first.saved
                assert second.history(DOCUMENT) == history


class TestMigration:
    @pytest.fixture
    def add_migration(self, monkeypatch: pytest.MonkeyPatch) -> AddMigration:
        def add(migration: schema.Migration) -> None:
            monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, migration))

        return add

    def test_the_store_is_copied_before_a_migration(self, written: Path, add_migration: AddMigration) -> None:
        def add_column(connection: sqlite3.Connection) -> None:
            connection.execute("ALTER TABLE log ADD COLUMN machine TEXT NOT NULL DEFAULT ''")

        with closing(sqlite3.connect(written)) as other:
            other.execute("SELECT * FROM log").fetchall()  # so the backup needs the write-ahead log
            history = _history(written)
            add_migration(add_column)
            with Store.open(written) as store:
                assert store.history(DOCUMENT) == history
                assert store.append(DOCUMENT, [REMOVED]).decisions == (ADDED, MERGED, REMOVED)
                assert store.saved
        (backup,) = files_beside(written, "version-1")
        with closing(sqlite3.connect(backup)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)
            assert connection.execute("SELECT count(*) FROM log").fetchone() == (2,)
        assert backup.stat().st_mode & 0o777 == 0o600

    def test_a_failed_migration_changes_nothing(self, written: Path, add_migration: AddMigration) -> None:
        def fail(connection: sqlite3.Connection) -> None:
            connection.execute("CREATE TABLE half (x)")
            connection.execute("no such statement")

        add_migration(fail)
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.read_only
            assert "could not be migrated" in store.problem
        with closing(sqlite3.connect(written)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)
            assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)

    def test_there_is_no_migration_without_a_backup(
        self, written: Path, add_migration: AddMigration, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> Path:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("reader.annotate.storage.maintenance.migration._back_up", full)
        add_migration(lambda _: None)
        with Store.open(written) as store:
            assert store.history(DOCUMENT).decisions == (ADDED, MERGED)
            assert store.read_only
        with closing(sqlite3.connect(written)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_every_error_message_is_one_line() -> None:
    from reader.annotate.storage.errors import store_error

    for error in (sqlite3.OperationalError("a\nb"), OSError(28, "No space left on device"), StoreDamagedError("x")):
        assert "\n" not in str(store_error(error, "p"))
    assert isinstance(store_error(PermissionError(13, "no"), "p"), StoreReadOnlyError)


def run(script: str, *arguments: object) -> None:
    """Run a script in its own process, from the root of the repository."""
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=False)
    assert result.returncode == 0, result.stderr


def _history(path: Path) -> History:
    with Store.open(path) as store:
        return store.history(DOCUMENT)


def _crash(*_: object) -> None:
    raise KeyboardInterrupt
