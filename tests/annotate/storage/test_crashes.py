"""Killed processes, processes that write at the same time, and randomly damaged files."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed, MentionAdded
from reader.annotate.log.records import Record, checksum
from reader.annotate.storage.open_store import open_database
from reader.document import Document
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT, TEXT

ROOT = Path(__file__).parents[3]
WRITER = """
    import sys
    from pathlib import Path
    from reader.annotate import Store
    from reader.annotate.decisions import EntityRenamed
    from reader.resolve import Name
    from tests.annotate.strategies import DOCUMENT
    store = Store.open(Path(sys.argv[1]), busy_timeout=20)
    who, count = sys.argv[2], int(sys.argv[3])
    for number in range(count):
        decision = EntityRenamed((Name("NSB", "ORG"),), f"{who} {number}")
        history = store.append(DOCUMENT, [decision])
        if store.saved:
            # The other process may have made the last step.
            print(next(step.id for step in reversed(history.steps) if decision in step.decisions), flush=True)
"""


def writer(path: Path, who: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(path), who, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_every_decision_called_saved_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    chance = random.Random(5)
    called_saved: list[str] = []
    for attempt in range(4):
        process = writer(path, f"w{attempt}", 100_000)
        assert process.stdout is not None
        called_saved += [process.stdout.readline().strip() for _ in range(chance.randrange(1, 40))]
        process.send_signal(signal.SIGKILL)
        called_saved += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
        process.stdout.close()
        with Store.open(path) as store:
            steps = [step.id for step in store.history(DOCUMENT).steps]
            assert set(called_saved) <= set(steps)
            assert store.problem == ""
            assert store.notices == ()
            assert store.check() == ()
    assert len(called_saved) > 6


def test_two_processes_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    processes = [writer(path, who, 40) for who in ("one", "two")]
    called_saved = [line.strip() for process in processes for line in process.communicate()[0].splitlines()]
    assert len(called_saved) == 80
    with Store.open(path) as store:
        history = store.history(DOCUMENT)
        assert {step.id for step in history.steps} == set(called_saved)
        for who in ("one", "two"):
            renames = [decision for decision in history.decisions if isinstance(decision, EntityRenamed)]
            names = [rename.name for rename in renames if rename.name.startswith(who)]
            assert names == [f"{who} {number}" for number in range(40)], "the decisions of a process keep their order"
        assert store.check() == ()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of several pages: two documents with a few hundred records."""
    path = tmp_path_factory.mktemp("filled") / "annotations.db"
    with Store.open(path) as store:
        for document in (DOCUMENT, OTHER):
            for start in range(30):
                added = [MentionAdded(start + shift, start + shift + 3, "ORG") for shift in range(4)]
                store.append(document, [*added, EntityRenamed((Name("NSB", "ORG"),), f"name {start}")])
            store.remember(document, 5)
    return path


OTHER = Document(TEXT * 3, (), "Other", "other.txt")


def _truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 20)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _zero(data: bytearray, chance: random.Random) -> None:
    page = chance.randrange(len(data) // 4096) * 4096
    data[page : page + 4096] = bytes(4096)


def _scribble(data: bytearray, chance: random.Random) -> None:
    start, length = chance.randrange(len(data)), chance.randrange(1, 9000)
    data[start : start + length] = chance.randbytes(min(length, len(data) - start))


@pytest.mark.parametrize("damage", [_truncate, _flip, _zero, _scribble])
@pytest.mark.parametrize("seed", range(6))
def test_damage_affects_only_the_damaged_records(
    filled: Path, tmp_path: Path, damage: Callable[[bytearray, random.Random], None], seed: int
) -> None:
    path = tmp_path / "annotations.db"
    data = bytearray(filled.read_bytes())
    damage(data, random.Random(seed))
    path.write_bytes(data)
    original = _records(filled)
    readable = _readable(path, original)
    with Store.open(path) as store:
        for document in (DOCUMENT, OTHER):
            history = store.history(document)
            assert {step.id for step in history.steps} <= {record[0] for record in original.values()}
            notices = store.notices
            grown = store.append(document, [MentionAdded(0, 3, "ORG")])
            assert grown.decisions[-1] == MentionAdded(0, 3, "ORG")
            if store.notices == notices:  # otherwise the rebuild may have recovered records
                assert grown.decisions[:-1] == history.decisions
            assert len(grown.decisions) > len(history.decisions)
        assert store.saved
        assert store.problem == ""
        store.recent()
    with Store.open(path) as again:
        assert again.history(OTHER).decisions == grown.decisions
        assert not store.notices or again.check() == ()
    after = _records(path)
    assert readable <= set(after), "every record that SQLite can still read is in the new store"
    assert all(after[id_] == record for id_, record in original.items() if id_ in after), "no record has changed"
    if damage is _zero and seed and len(original) > len(after):
        assert len(original) - len(after) < 60, "one page holds a few dozen records"
    for file in path.parent.glob("*.damaged-*"):
        assert file.name.endswith(("-wal", "-shm")) or file.read_bytes() == bytes(data)


def test_a_file_without_its_first_page_can_be_read(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    path.write_bytes(bytes(4096) + filled.read_bytes()[4096:])
    with Store.open(path) as store, Store.open(filled) as intact:
        assert store.history(DOCUMENT).decisions == intact.history(DOCUMENT).decisions
        assert store.history(OTHER).decisions == intact.history(OTHER).decisions
        assert store.recent() == intact.recent()
        assert store.text_of(OTHER.digest) == OTHER.text
        assert store.check() == ()


def test_damage_to_the_write_ahead_log(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    shutil.copyfile(filled, path)
    process = writer(path, "killed", 30)
    assert process.stdout is not None
    for _ in range(30):
        process.stdout.readline()
    process.kill()
    process.communicate()
    for seed in range(6):
        folder = tmp_path / str(seed)
        folder.mkdir()
        for ending in ("", "-wal"):
            source = path.with_name(path.name + ending)
            if source.exists():
                shutil.copyfile(source, folder / source.name)
        wal = folder / "annotations.db-wal"
        if wal.exists() and wal.stat().st_size:
            data = bytearray(wal.read_bytes())
            (_flip if seed % 2 else _truncate)(data, random.Random(seed))
            wal.write_bytes(data)
        with Store.open(folder / "annotations.db") as store:
            assert len(store.history(DOCUMENT).decisions) >= 150
            store.append(DOCUMENT, [MentionAdded(0, 3, "ORG")])
            assert store.saved


def _readable(path: Path, original: dict[str, tuple[str, tuple[object, ...]]]) -> set[str]:
    """Return the ids of the unchanged records that SQLite itself still finds in a copy of the file."""
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    ids: set[str] = set()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for number in (1, 2):
            for seq in range(1, 151):
                with suppress(sqlite3.Error):
                    for row in connection.execute(
                        "SELECT id, document, time, step, kind, payload, anchor, session, author, crc"
                        " FROM log WHERE place = ?",
                        ((number << 32) + seq,),
                    ):
                        unchanged = row[0] in original and row[:9] == original[row[0]][1]
                        if unchanged and row[9] == checksum(Record(*row[:9])):
                            ids.add(row[0])
    copy.unlink()
    return ids


def _records(path: Path) -> dict[str, tuple[str, tuple[object, ...]]]:
    """Return every undamaged record by id: its step, and all its fields except its number."""
    database, _ = open_database(path, create=False, patience=1)
    assert database is not None
    records = [record for document in (DOCUMENT, OTHER) for record in database.records(document.digest)]
    database.close()
    return {record.id: (record.step, record[:9]) for record in records if record.intact}
