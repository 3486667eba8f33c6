"""History, bookmarks, backup, restore, repair, export and import, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import BookmarkSet, MentionAdded, MentionRemoved, NamesSame
from reader.annotate.storage.store import STORE_FILE
from reader.directories import data_dir
from reader.document import load
from reader.resolve import Name
from tests.cli.conftest import TEXT, Result

Reader = Callable[..., Result]
MERGE = NamesSame((Name("Estonia", "GPE"), Name("Tallinn", "GPE")))


@pytest.fixture
def annotated(source: Path) -> Path:
    document = load(str(source))
    start = document.text.index("reporters")
    with Store.open() as store:
        store.append(document, [MentionAdded(start, start + 9, "NORP")])
        store.append(document, [MERGE])
        store.append(document, [MentionRemoved(0, 3)])
        store.undo(document)
    return source


def use_other_data_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "elsewhere"))


def test_history_lists_the_steps_including_undone_ones(reader: Reader, annotated: Path) -> None:
    result = reader("history", annotated)
    assert result.code == 0
    lines = result.out.splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == [
        "added “reporters” as NORP",
        "merged “Estonia” with “Tallinn”",
        "removed “The”  undone",
    ]
    steps = json.loads(reader("history", annotated, "--format", "json").out)["steps"]
    assert [(step["what"].split()[0], step["undone"]) for step in steps] == [
        ("added", False),
        ("merged", False),
        ("removed", True),
    ]


def test_the_history_of_a_document_without_decisions(reader: Reader, source: Path) -> None:
    result = reader("history", source)
    assert (result.code, result.out) == (0, "no decisions about this document yet\n")
    assert not data_dir().exists()


def test_history_lists_orphans(reader: Reader, annotated: Path) -> None:
    annotated.write_text(TEXT.replace("told reporters", "reason"), "utf-8")
    out = reader("history", annotated).out
    assert "from an earlier text" in out
    assert "1 orphan" in out
    assert "[reporters]" in out


def test_info_lists_the_bookmarks(reader: Reader, source: Path) -> None:
    assert "\nbookmarks" not in reader("info", source).out
    document = load(str(source))
    start = document.text.index("reporters")
    with Store.open() as store:
        store.append(document, [BookmarkSet(start, start + 9, "b")])
    (bookmark,) = json.loads(reader("info", "--format", "json", source).out)["annotations"]["bookmarks"]
    assert (bookmark["letter"], bookmark["start"]) == ("b", start)
    assert f"bookmarks b “{bookmark['sentence']}”" in " ".join(reader("info", source).out.split())


def test_a_backup_is_restored_and_the_restore_is_reverted(reader: Reader, annotated: Path, tmp_path: Path) -> None:
    result = reader("backup", tmp_path / "copy.db")
    assert result.code == 0
    assert result.out == f"4 records about 1 document copied to {tmp_path / 'copy.db'}\n"
    document = load(str(annotated))
    with Store.open() as store:
        history = store.append(document, [])
        store.undo_to(document, "")
    result = reader("restore", tmp_path / "copy.db")
    assert result.code == 0
    assert result.out.startswith("4 records about 1 document restored; the previous annotations are kept as ")
    replaced_store = Path(result.out.strip().rpartition(" kept as ")[2])
    with Store.open() as store:
        assert store.history(document).decisions == history.decisions
        assert store.notices == ()
    assert reader("restore", replaced_store).code == 0
    with Store.open() as store:
        assert store.history(document).decisions == ()
    assert (tmp_path / "copy.db").exists()
    assert not list(tmp_path.glob("copy.db?*"))


def test_a_backup_is_written_next_to_the_annotations_or_to_a_directory(
    reader: Reader, annotated: Path, tmp_path: Path
) -> None:
    assert annotated.exists()
    assert reader("backup").code == 0
    assert len(list(data_dir().glob(f"{STORE_FILE}.backup-*"))) == 1
    assert len(list(data_dir().glob(f"{STORE_FILE}.daily-*"))) == 1
    assert reader("backup", tmp_path).code == 0
    assert len(list(tmp_path.glob(f"{STORE_FILE}.backup-*"))) == 1


@pytest.mark.parametrize(
    ("command", "reason"),
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
def test_a_failing_command_gives_a_one_line_error_and_changes_nothing(
    reader: Reader, annotated: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], reason: str
) -> None:
    monkeypatch.chdir(data_dir())
    text = {"document": {"text": "a", "digest": "sha256:0"}, "schema": 1}
    Path("copy.db").write_text("text")
    Path("noise.db").write_bytes(Path(STORE_FILE).read_bytes()[:5000] + bytes(5000))
    Path("list.jsonl").write_text("\n[]\n")
    Path("newer.jsonl").write_text(json.dumps({**text, "schema": 2}))
    Path("changed.jsonl").write_text(json.dumps(text))
    history = reader("history", annotated).out
    result = reader(*command)
    assert result.code == 1, result
    assert reason in result.err
    assert result.err.count("\n") == 1
    assert reader("history", annotated).out == history
    assert Path("copy.db").read_text() == "text"


def test_a_backup_without_annotations_is_an_error(reader: Reader) -> None:
    assert "no annotations yet" in reader("backup").err


def test_a_restore_is_refused_while_another_window_is_open(reader: Reader, annotated: Path, tmp_path: Path) -> None:
    reader("backup", tmp_path / "copy.db")
    with Store.open() as store:
        history = store.append(load(str(annotated)), [MERGE])
        result = reader("restore", tmp_path / "copy.db")
        assert result.code == 1
        assert "close the other windows" in result.err
        assert store.history(load(str(annotated))) == history


def test_a_damaged_store_is_repaired_from_its_backup(reader: Reader, annotated: Path) -> None:
    path = data_dir() / STORE_FILE
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        if b"mention-added" in data[page * 4096 : (page + 1) * 4096]:
            data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    path.write_bytes(data)
    result = reader("doctor", "--quick", "--repair")
    assert "of them only from backups" in result.out
    lines = reader("history", annotated).out.splitlines()
    assert lines[0].endswith("added “reporters” as NORP"), "the backup was made right after the day's first decision"
    assert "nothing to repair" in reader("doctor", "--quick", "--repair").out


def test_decisions_are_exported_to_another_machine_and_back(
    reader: Reader, annotated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotated.write_text(TEXT.replace("told reporters", "reason"), "utf-8")
    first_history = reader("history", annotated, "--format", "json").out
    exported = reader("export", annotated, "--to", "jsonl").out
    (tmp_path / "all.jsonl").write_text(exported, "utf-8")
    use_other_data_directory(monkeypatch, tmp_path)
    result = reader("import", tmp_path / "all.jsonl", "--from", "jsonl")
    assert (result.code, result.out) == (0, "imported 4 of 4 records about 1 document; 0 were already stored\n")
    assert reader("history", annotated, "--format", "json").out == first_history
    assert reader("export", annotated, "--to", "jsonl").out == exported
    with Store.open() as store:
        (recent,) = store.recent()
        assert load(recent.source).text == annotated.read_text("utf-8"), "its text was saved on this machine"
        document = load(str(annotated))
        store.redo(document)
        store.append(document, [MERGE])
    (tmp_path / "back.jsonl").write_text(reader("export", annotated, "--to", "jsonl").out, "utf-8")
    second_history = reader("history", annotated, "--format", "json").out
    assert "0 of 4 records" in reader("import", tmp_path / "all.jsonl", "--from", "jsonl").out, (
        "no record is added twice"
    )
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "dirs" / "data"))
    assert "2 of 6 records" in reader("import", tmp_path / "back.jsonl", "--from", "jsonl").out
    assert reader("history", annotated, "--format", "json").out == second_history
    with Store.open() as store:
        assert store.check() == ()


def test_imported_decisions_apply_to_a_renamed_file(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, annotated: Path
) -> None:
    (tmp_path / "all.jsonl").write_text(reader("export", annotated, "--to", "jsonl").out, "utf-8")
    use_other_data_directory(monkeypatch, tmp_path)
    reader("import", tmp_path / "all.jsonl", "--from", "jsonl")
    annotated.rename(tmp_path / "renamed.txt")
    assert "added “reporters”" in reader("history", tmp_path / "renamed.txt").out


def test_an_import_adds_nothing_if_the_file_contains_an_error(
    reader: Reader, annotated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = reader("export", annotated, "--to", "jsonl").out
    (tmp_path / "half.jsonl").write_text(line + line.replace('"step"', '"stop"', 1), "utf-8")
    use_other_data_directory(monkeypatch, tmp_path)
    result = reader("import", tmp_path / "half.jsonl", "--from", "jsonl")
    assert result.code == 1
    assert "line 2: a decision is incomplete" in result.err
    assert not data_dir().exists()
