"""Processes that are killed, processes that write together, and files damaged at random."""

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

from reader.annotate import EntityRenamed, MentionAdded, Store
from reader.annotate.records import Record, checksum
from reader.annotate.storage.open_store import open_database
from reader.document import Document
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT, TEXT

ROOT = Path(__file__).parents[3]
WRITER = """
    import sys
    from pathlib import Path
    from reader.annotate import EntityRenamed, Store
    from reader.resolve import Name
    from tests.annotate.strategies import DOCUMENT
    store = Store.open(Path(sys.argv[1]), busy_timeout=20)
    who, count = sys.argv[2], int(sys.argv[3])
    for number in range(count):
        said = EntityRenamed((Name("NSB", "ORG"),), f"{who} {number}")
        history = store.append(DOCUMENT, [said])
        if store.saved:
            # The last step may already be the other's.
            print(next(step.id for step in reversed(history.steps) if said in step.decisions), flush=True)
"""


def writer(path: Path, who: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(path), who, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_whatever_was_called_saved_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    chance = random.Random(5)
    said: list[str] = []
    for attempt in range(4):
        process = writer(path, f"w{attempt}", 100_000)
        assert process.stdout is not None
        said += [process.stdout.readline().strip() for _ in range(chance.randrange(1, 40))]
        process.send_signal(signal.SIGKILL)
        said += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
        process.stdout.close()
        with Store.open(path) as store:
            there = [step.id for step in store.history(DOCUMENT).steps]
            assert set(said) <= set(there)
            assert store.problem == ""
            assert store.notices == ()
            assert store.check() == ()
    assert len(said) > 6


def test_two_processes_that_write_together_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    processes = [writer(path, who, 40) for who in ("one", "two")]
    said = [line.strip() for process in processes for line in process.communicate()[0].splitlines()]
    assert len(said) == 80
    with Store.open(path) as store:
        history = store.history(DOCUMENT)
        assert {step.id for step in history.steps} == set(said)
        for who in ("one", "two"):
            mine = [d.name for d in history.decisions if isinstance(d, EntityRenamed) and d.name.startswith(who)]
            assert mine == [f"{who} {number}" for number in range(40)], "each one's own order is kept"
        assert store.check() == ()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of several pages: two documents, some hundreds of records."""
    path = tmp_path_factory.mktemp("filled") / "annotations.db"
    with Store.open(path) as store:
        for document in (DOCUMENT, OTHER):
            for start in range(30):
                added = [MentionAdded(start + each, start + each + 3, "ORG") for each in range(4)]
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
def test_damage_costs_only_what_it_hit(
    filled: Path, tmp_path: Path, damage: Callable[[bytearray, random.Random], None], seed: int
) -> None:
    path = tmp_path / "annotations.db"
    data = bytearray(filled.read_bytes())
    damage(data, random.Random(seed))
    path.write_bytes(data)
    before = _records(filled)
    readable = _readable(path, before)
    with Store.open(path) as store:
        for document in (DOCUMENT, OTHER):
            history = store.history(document)
            assert {step.id for step in history.steps} <= {record[0] for record in before.values()}
            notices = store.notices
            grown = store.append(document, [MentionAdded(0, 3, "ORG")])
            assert grown.decisions[-1] == MentionAdded(0, 3, "ORG")
            if store.notices == notices:  # otherwise writing found more damage, and the rescue may have mended records
                assert grown.decisions[:-1] == history.decisions
            assert len(grown.decisions) > len(history.decisions)
        assert store.saved
        assert store.problem == ""
        store.recent()
    with Store.open(path) as again:
        assert again.history(OTHER).decisions == grown.decisions
        assert not store.notices or again.check() == ()
    after = _records(path)
    assert readable <= set(after), "what SQLite can still read is there"
    assert all(after[each][1] == before[each][1] for each in before if each in after), "no record says something else"
    if damage is _zero and seed and len(before) > len(after):
        assert len(before) - len(after) < 60, "one page holds some dozens of records"
    for name in path.parent.glob("*.damaged-*"):
        assert name.name.endswith(("-wal", "-shm")) or name.read_bytes() == bytes(data)


def test_a_file_without_its_first_page_is_read_nevertheless(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "annotations.db"
    path.write_bytes(bytes(4096) + filled.read_bytes()[4096:])
    with Store.open(path) as store, Store.open(filled) as whole:
        assert store.history(DOCUMENT).decisions == whole.history(DOCUMENT).decisions
        assert store.history(OTHER).decisions == whole.history(OTHER).decisions
        assert store.recent() == whole.recent()
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


def _readable(path: Path, known: dict[str, tuple[str, tuple[object, ...]]]) -> set[str]:
    """The ids of the records that SQLite itself still finds, as they were, in a copy of the file."""
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    found: set[str] = set()
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
                        if row[0] in known and row[:9] == known[row[0]][1] and row[9] == checksum(Record(*row[:9])):
                            found.add(row[0])
    copy.unlink()
    return found


def _records(path: Path) -> dict[str, tuple[str, tuple[object, ...]]]:
    """Every intact record by id: its step, and all that it says but its number."""
    database, _ = open_database(path, make=False, patience=1)
    assert database is not None
    records = [r for document in (DOCUMENT, OTHER) for r in database.records(document.digest) if r.intact]
    database.close()
    return {record.id: (record.step, record[:9]) for record in records}
