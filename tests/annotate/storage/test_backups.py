"""Copies of the store that are made by themselves, and what they are good for."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.annotate import EVERYWHERE, MentionAdded, NamesSame, Store
from reader.annotate.storage import backups
from reader.annotate.storage.backups import KEPT, back_up_daily, copy_store, daily_backups, examined, restore
from reader.annotate.storage.errors import StoreForeignError, StoreNewerError
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


def test_there_is_one_of_every_day_and_the_last_seven_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(10):
        on_day(day, monkeypatch)
        for _ in range(2):
            with Store.open(path) as store:
                store.append(DOCUMENT, [ADDED])
    kept = daily_backups(path)
    assert [backup.name[-8:] for backup in kept] == [f"203101{day:02}" for day in range(10, 3, -1)]
    assert all(examined(backup).records >= 2 * (9 - place) + 1 for place, backup in enumerate(kept))
    assert {backup.stat().st_mode & 0o777 for backup in kept} == {0o600}
    assert not list(path.parent.glob("*.copying-*"))


def test_the_one_that_holds_most_is_never_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_day(0, monkeypatch)
    with Store.open(path) as store:
        for _ in range(5):
            store.append(DOCUMENT, [ADDED])
    (first,) = daily_backups(path)
    first.unlink()
    assert back_up_daily(path) == first
    for each in path.parent.glob(f"{path.name}*"):
        if each != first:
            each.unlink()
    for day in range(1, KEPT + 3):
        on_day(day, monkeypatch)
        with Store.open(path) as store:
            store.append(DOCUMENT, [ADDED]) if day == 1 else store.undo(DOCUMENT)
        if day > 1:
            back_up_daily(path)
    assert first in daily_backups(path)
    assert len(daily_backups(path)) == KEPT + 1


def test_a_backup_that_cannot_be_made_is_no_reason_to_say_not_saved(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "copy_store", full)
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        assert store.saved
        assert store.problem == ""
    assert daily_backups(path) == []


def test_what_holds_in_every_article_is_no_article_more(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        store.append(EVERYWHERE, [MERGED])
        assert str(copy_store(path, tmp_path / "copy.db")) == "2 records about 1 article"


def test_a_copy_is_one_sound_file_even_while_others_write(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
        assert copy_store(path, tmp_path / "copy.db").records == 1
        store.append(DOCUMENT, [MERGED])
    before = (tmp_path / "copy.db").read_bytes()
    assert str(examined(tmp_path / "copy.db")) == "1 record about 1 article"
    with pytest.raises(FileExistsError):
        copy_store(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["copy.db"]


def test_restoring_where_there_is_nothing(path: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other.db") as store:
        before = store.append(DOCUMENT, [ADDED])
    restored = restore(tmp_path / "other.db", path)
    assert restored.aside is None
    with Store.open(path) as store:
        assert store.history(DOCUMENT) == before


def test_restoring_in_place_of_a_damaged_one(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        before = store.append(DOCUMENT, [ADDED])
    copy_store(path, tmp_path / "copy.db")
    path.write_bytes(b"noise" * 3000)
    restored = restore(tmp_path / "copy.db", path)
    assert restored.aside is not None
    assert restored.aside.read_bytes() == b"noise" * 3000
    with Store.open(path) as store:
        assert store.history(DOCUMENT) == before
        assert store.notices == ()


def test_what_is_no_store_of_this_version_is_refused(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.append(DOCUMENT, [ADDED])
    copy_store(path, tmp_path / "newer.db")
    alter(tmp_path / "newer.db", "PRAGMA user_version = 7")
    alter(tmp_path / "other.db", "CREATE TABLE recipes (name)")
    before = path.read_bytes()
    with pytest.raises(StoreNewerError):
        restore(tmp_path / "newer.db", path)
    with pytest.raises(StoreForeignError):
        restore(tmp_path / "other.db", path)
    assert path.read_bytes() == before


def test_a_full_disk_leaves_everything_as_it_was(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path) as store:
        before = store.append(DOCUMENT, [ADDED])
    copy_store(path, tmp_path / "copy.db")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backups, "_exchange", full)
        with pytest.raises(Exception, match="No space left"):
            restore(tmp_path / "copy.db", path)
    assert not list(path.parent.glob("*.restoring"))
    with Store.open(path) as store:
        assert store.history(DOCUMENT) == before


def test_what_only_a_backup_holds_comes_back_after_damage(path: Path) -> None:
    with Store.open(path) as store:
        before = store.append(DOCUMENT, [ADDED, MERGED])
    path.write_bytes(bytes(9000))
    with Store.open(path) as store:
        assert store.history(DOCUMENT).decisions == before.decisions
        assert "2 of them only there" in store.notices[0]
