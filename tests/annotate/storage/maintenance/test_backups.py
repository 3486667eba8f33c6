"""Daily backups, copies and restoring."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.annotate import GENERAL_DOCUMENT, Store
from reader.annotate.decisions import MentionAdded, NamesSame
from reader.annotate.storage.errors import StoreForeignError, StoreNewerError
from reader.annotate.storage.maintenance import backups
from reader.annotate.storage.maintenance.backups import (
    DAILY_BACKUPS,
    back_up_daily,
    check_copy,
    copy_store,
    daily_backups,
    restore,
)
from reader.resolve import Name
from tests.annotate.storage.test_trouble import alter
from tests.annotate.strategies import DOCUMENT

ADDED = MentionAdded(21, 24, "ORG")
MERGED = NamesSame((Name("NSB", "ORG"), Name("Board", "ORG")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "annotations.db"


def on_day(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(2031, 1, 1, tzinfo=tz) + timedelta(days=number)

    monkeypatch.setattr(backups, "datetime", Clock)


def test_each_day_has_a_backup_and_the_last_seven_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(10):
        on_day(day, monkeypatch)
        for _ in range(2):
            with Store.open(path) as store:
                store.append(DOCUMENT, [ADDED])
    backups_left = daily_backups(path)
    assert [backup.name[-8:] for backup in backups_left] == [f"203101{day:02}" for day in range(10, 3, -1)]
    assert all(check_copy(backup).records >= 2 * (9 - age) + 1 for age, backup in enumerate(backups_left))
    assert {backup.stat().st_mode & 0o777 for backup in backups_left} == {0o600}
    assert not list(path.parent.glob("*.copying-*"))


def test_the_backup_with_the_most_records_is_never_deleted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_day(0, monkeypatch)
    with Store.open(path) as store:
        for _ in range(5):
            store.append(DOCUMENT, [ADDED])
    (first,) = daily_backups(path)
    first.unlink()
    assert back_up_daily(path) == first
    for file in path.parent.glob(f"{path.name}*"):
        if file != first:
            file.unlink()
    for day in range(1, DAILY_BACKUPS + 3):
        on_day(day, monkeypatch)
        with Store.open(path) as store:
            store.append(DOCUMENT, [ADDED]) if day == 1 else store.undo(DOCUMENT)
        if day > 1:
            back_up_daily(path)
    assert first in daily_backups(path)
    assert len(daily_backups(path)) == DAILY_BACKUPS + 1


def test_a_failed_backup_does_not_make_the_store_unsaved(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "copy_store", full)
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        assert store.saved
        assert store.problem == ""
    assert daily_backups(path) == []


def test_general_decisions_do_not_count_as_a_document(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        store.append(GENERAL_DOCUMENT, [MERGED])
        assert str(copy_store(path, tmp_path / "copy.db")) == "2 records about 1 document"


def test_a_copy_is_a_single_undamaged_file_even_while_the_store_is_open(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        assert copy_store(path, tmp_path / "copy.db").records == 1
        store.append(DOCUMENT, [MERGED])
    data = (tmp_path / "copy.db").read_bytes()
    assert str(check_copy(tmp_path / "copy.db")) == "1 record about 1 document"
    with pytest.raises(FileExistsError):
        copy_store(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == data
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["copy.db"]


def test_a_backup_is_restored_without_an_existing_store(path: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other.db") as store:
        history = store.append(DOCUMENT, [ADDED])
    restored = restore(tmp_path / "other.db", path)
    assert restored.replaced is None
    with Store.open(path) as store:
        assert store.history(DOCUMENT) == history


def test_a_backup_replaces_a_damaged_store(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        history = store.append(DOCUMENT, [ADDED])
    copy_store(path, tmp_path / "copy.db")
    path.write_bytes(b"noise" * 3000)
    restored = restore(tmp_path / "copy.db", path)
    assert restored.replaced is not None
    assert restored.replaced.read_bytes() == b"noise" * 3000
    with Store.open(path) as store:
        assert store.history(DOCUMENT) == history
        assert store.notices == ()


def test_newer_stores_and_other_databases_are_not_restored(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
    copy_store(path, tmp_path / "newer.db")
    alter(tmp_path / "newer.db", "PRAGMA user_version = 7")
    alter(tmp_path / "other.db", "CREATE TABLE recipes (name)")
    data = path.read_bytes()
    with pytest.raises(StoreNewerError):
        restore(tmp_path / "newer.db", path)
    with pytest.raises(StoreForeignError):
        restore(tmp_path / "other.db", path)
    assert path.read_bytes() == data


def test_a_full_disk_changes_nothing(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path) as store:
        history = store.append(DOCUMENT, [ADDED])
    copy_store(path, tmp_path / "copy.db")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backups, "_replace", full)
        with pytest.raises(Exception, match="No space left"):
            restore(tmp_path / "copy.db", path)
    assert not list(path.parent.glob("*.restoring"))
    with Store.open(path) as store:
        assert store.history(DOCUMENT) == history


def test_records_that_only_a_backup_has_are_recovered_after_damage(path: Path) -> None:
    with Store.open(path) as store:
        history = store.append(DOCUMENT, [ADDED, MERGED])
    path.write_bytes(bytes(9000))
    with Store.open(path) as store:
        assert store.history(DOCUMENT).decisions == history.decisions
        assert "2 of them only from backups" in store.notices[0]
