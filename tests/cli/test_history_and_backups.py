"""History, backup, restore, repair, export and import, as a user gives them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded, MentionRemoved, NamesSame
from reader.annotate.storage.store import STORE_FILE
from reader.directories import data_dir
from reader.document import load
from reader.resolve import Name
from tests.cli.conftest import ARTICLE, Result

Reader = Callable[..., Result]
MERGED = NamesSame((Name("Estonia", "GPE"), Name("Tallinn", "GPE")))


@pytest.fixture
def decided(article: Path) -> Path:
    document = load(str(article))
    at = document.text.index("reporters")
    with Store.open() as store:
        store.append(document, [MentionAdded(at, at + 9, "NORP")])
        store.append(document, [MERGED])
        store.append(document, [MentionRemoved(0, 3)])
        store.undo(document)
    return article


def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "elsewhere"))


def test_history_lists_what_was_done_and_undone(reader: Reader, decided: Path) -> None:
    result = reader("history", decided)
    assert result.code == 0
    lines = result.out.splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == [
        "marked “reporters” as NORP",
        "merged “Estonia” with “Tallinn”",
        "removed “The”  undone",
    ]
    steps = json.loads(reader("history", decided, "--format", "json").out)["steps"]
    assert [(step["what"].split()[0], step["undone"]) for step in steps] == [
        ("marked", False),
        ("merged", False),
        ("removed", True),
    ]


def test_history_of_nothing(reader: Reader, article: Path) -> None:
    result = reader("history", article)
    assert (result.code, result.out) == (0, "no decisions about this document yet\n")
    assert not data_dir().exists()


def test_history_tells_what_lost_its_place(reader: Reader, decided: Path) -> None:
    decided.write_text(ARTICLE.replace("told reporters", "said"), "utf-8")
    out = reader("history", decided).out
    assert "from an earlier text" in out
    assert "1 orphan" in out
    assert "[reporters]" in out


def test_a_backup_is_put_back(reader: Reader, decided: Path, tmp_path: Path) -> None:
    result = reader("backup", tmp_path / "copy.db")
    assert result.code == 0
    assert result.out == f"4 records about 1 document copied to {tmp_path / 'copy.db'}\n"
    document = load(str(decided))
    with Store.open() as store:
        before = store.append(document, [])
        store.undo_to(document, "")
    result = reader("restore", tmp_path / "copy.db")
    assert result.code == 0
    assert result.out.startswith("4 records about 1 document restored; the previous annotations are kept as ")
    aside = Path(result.out.strip().rpartition(" kept as ")[2])
    with Store.open() as store:
        assert store.history(document).decisions == before.decisions
        assert store.notices == ()
    assert reader("restore", aside).code == 0
    with Store.open() as store:
        assert store.history(document).decisions == ()
    assert (tmp_path / "copy.db").exists()
    assert not list(tmp_path.glob("copy.db?*"))


def test_backups_beside_the_annotations_and_in_a_directory(reader: Reader, decided: Path, tmp_path: Path) -> None:
    assert decided.exists()
    assert reader("backup").code == 0
    assert len(list(data_dir().glob(f"{STORE_FILE}.backup-*"))) == 1
    assert len(list(data_dir().glob(f"{STORE_FILE}.daily-*"))) == 1
    assert reader("backup", tmp_path).code == 0
    assert len(list(tmp_path.glob(f"{STORE_FILE}.backup-*"))) == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["backup", "copy.db"], "already exists"),
        (["restore", "none.db"], "No such file"),
        (["restore", "copy.db"], "not an annotations file"),
        (["restore", "noise.db"], "damaged"),
        (["restore", STORE_FILE], "the file in use"),
        (["import", "none.jsonl", "--from", "jsonl"], "No such file"),
        (["import", "copy.db", "--from", "jsonl"], "line 1 is not JSON"),
        (["import", "list.jsonl", "--from", "jsonl"], "line 2: no document found"),
        (["import", "newer.jsonl", "--from", "jsonl"], "line 1: written by another version"),
        (["import", "changed.jsonl", "--from", "jsonl"], "line 1: the text was changed after the export"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    reader: Reader, decided: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], said: str
) -> None:
    monkeypatch.chdir(data_dir())
    text = {"document": {"text": "a", "digest": "sha256:0"}, "schema": 1}
    Path("copy.db").write_text("text")
    Path("noise.db").write_bytes(Path(STORE_FILE).read_bytes()[:5000] + bytes(5000))
    Path("list.jsonl").write_text("\n[]\n")
    Path("newer.jsonl").write_text(json.dumps({**text, "schema": 2}))
    Path("changed.jsonl").write_text(json.dumps(text))
    before = reader("history", decided).out
    result = reader(*command)
    assert result.code == 1, result
    assert said in result.err
    assert result.err.count("\n") == 1
    assert reader("history", decided).out == before
    assert Path("copy.db").read_text() == "text"


def test_there_is_nothing_to_back_up(reader: Reader) -> None:
    assert "no annotations yet" in reader("backup").err


def test_another_window_is_in_the_way_of_a_restore(reader: Reader, decided: Path, tmp_path: Path) -> None:
    reader("backup", tmp_path / "copy.db")
    with Store.open() as store:
        before = store.append(load(str(decided)), [MERGED])
        result = reader("restore", tmp_path / "copy.db")
        assert result.code == 1
        assert "close the other windows" in result.err
        assert store.history(load(str(decided))) == before


def test_a_damaged_store_is_mended_with_what_the_backup_holds(reader: Reader, decided: Path) -> None:
    path = data_dir() / STORE_FILE
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        if b"mention-added" in data[page * 4096 : (page + 1) * 4096]:
            data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    path.write_bytes(data)
    result = reader("doctor", "--quick", "--repair")
    assert "of them only from backups" in result.out
    after = reader("history", decided).out.splitlines()
    assert after[0].endswith("marked “reporters” as NORP"), "the backup was made right after the day's first decision"
    assert "nothing to repair" in reader("doctor", "--quick", "--repair").out


def test_everything_decided_goes_to_another_machine_and_back(
    reader: Reader, decided: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided.write_text(ARTICLE.replace("told reporters", "said"), "utf-8")
    home = reader("history", decided, "--format", "json").out
    exported = reader("export", decided, "--to", "jsonl").out
    (tmp_path / "all.jsonl").write_text(exported, "utf-8")
    elsewhere(monkeypatch, tmp_path)
    result = reader("import", tmp_path / "all.jsonl", "--from", "jsonl")
    assert (result.code, result.out) == (0, "imported 4 of 4 records about 1 document; 0 were known\n")
    assert reader("history", decided, "--format", "json").out == home
    assert reader("export", decided, "--to", "jsonl").out == exported
    with Store.open() as store:
        assert store.recent() == (), "it was not opened here"
        document = load(str(decided))
        store.redo(document)
        store.append(document, [MERGED])
    (tmp_path / "back.jsonl").write_text(reader("export", decided, "--to", "jsonl").out, "utf-8")
    there = reader("history", decided, "--format", "json").out
    assert "0 of 4 records" in reader("import", tmp_path / "all.jsonl", "--from", "jsonl").out, "nothing twice"
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "dirs" / "data"))
    assert "2 of 6 records" in reader("import", tmp_path / "back.jsonl", "--from", "jsonl").out
    assert reader("history", decided, "--format", "json").out == there
    with Store.open() as store:
        assert store.check() == ()


def test_what_comes_from_elsewhere_follows_a_changed_text_too(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, decided: Path
) -> None:
    (tmp_path / "all.jsonl").write_text(reader("export", decided, "--to", "jsonl").out, "utf-8")
    elsewhere(monkeypatch, tmp_path)
    reader("import", tmp_path / "all.jsonl", "--from", "jsonl")
    decided.rename(tmp_path / "renamed.txt")
    assert "marked “reporters”" in reader("history", tmp_path / "renamed.txt").out


def test_all_of_a_file_or_nothing(
    reader: Reader, decided: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = reader("export", decided, "--to", "jsonl").out
    (tmp_path / "half.jsonl").write_text(line + line.replace('"step"', '"stop"', 1), "utf-8")
    elsewhere(monkeypatch, tmp_path)
    result = reader("import", tmp_path / "half.jsonl", "--from", "jsonl")
    assert result.code == 1
    assert "line 2: a decision is incomplete" in result.err
    assert not data_dir().exists()
