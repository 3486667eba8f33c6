"""`reader names`: the general decisions, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import NamesDifferent, NamesSame
from reader.annotate.general_decisions import add_decisions
from reader.resolve import Name
from tests.cli.conftest import Result

Reader = Callable[..., Result]
ESTONIA, TALLINN = Name("Estonia", "GPE"), Name("Tallinn", "GPE")


@pytest.fixture
def stored_names() -> None:
    with Store.open() as store:
        add_decisions(store, [NamesSame((ESTONIA, TALLINN)), NamesDifferent((Name("WPC\x1b[31m", "ORG"),), (TALLINN,))])


def test_an_empty_list_has_nothing_to_remove(reader: Reader) -> None:
    assert reader("names") == Result(0, "no decisions apply in every document yet\n", "")
    assert reader("names", "remove", "1") == Result(1, "", "reader: the list is empty\n")


@pytest.mark.usefixtures("stored_names")
def test_the_list_is_printed_as_a_table_or_as_json(reader: Reader) -> None:
    table = reader("names")
    assert table.out.startswith("1  merged “Estonia” with “Tallinn”\n2  kept “WPC")
    assert "\x1b" not in table.out
    kinds = [entry["kind"] for entry in json.loads(reader("names", "--format", "json").out)["names"]]
    assert kinds == ["names-same", "names-different"]


@pytest.mark.usefixtures("stored_names")
def test_the_list_is_exported_to_another_machine(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "names.json"
    assert reader("names", "export", file) == Result(0, "", "")
    exported = reader("names", "export").out
    assert exported == file.read_text("utf-8")
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "elsewhere"))
    assert reader("names", "import", file).out == "2 added, 0 already in the list\n"
    assert reader("names", "import", file).out == "0 added, 2 already in the list\n"
    assert reader("names", "export").out == exported


@pytest.mark.usefixtures("stored_names")
def test_a_general_decision_applies_until_it_is_removed(reader: Reader, source: Path) -> None:
    def is_merged() -> bool:
        entities = json.loads(reader("entities", source, "--format", "json").out)
        listed = entities if isinstance(entities, list) else entities["entities"]
        return any({"Estonia", "Tallinn"} <= {name["name"] for name in entity["names"]} for entity in listed)

    assert is_merged()
    assert reader("names", "remove", "1").out == "removed: merged “Estonia” with “Tallinn”\n"
    assert not is_merged()
    assert len(reader("names").out.splitlines()) == 1
    assert "Estonia" not in reader("library").out


def test_an_export_reports_that_it_leaves_out_the_list(reader: Reader, source: Path) -> None:
    assert reader("export", source, "--to", "jsonl").err == ""
    assert reader("names", "add", "Estonia", "GPE").code == 0
    result = reader("export", source, "--to", "jsonl")
    assert result.code == 0
    assert result.err == (
        "reader: 1 decision that applies in every document is not included; "
        "to export the list, run `reader names export`\n"
    )


@pytest.mark.usefixtures("stored_names")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["remove"], 1), (["remove", "3"], 1), (["remove", "0"], 1), (["remove", "x"], 1), (["import"], 2)],
)
def test_wrong_arguments_give_a_one_line_error(reader: Reader, arguments: list[str], code: int) -> None:
    result = reader("names", *arguments)
    assert result.code == code
    assert len(result.err.splitlines()) == 1


def test_names_are_added_and_dismissed_in_every_document(reader: Reader, source: Path) -> None:
    def labels() -> dict[str, str]:
        listed = json.loads(reader("export", source, "--to", "jsonl").out)["mentions"]
        return {mention["text"]: mention["label"] for mention in listed}

    assert labels()["Estonia"] == "GPE"
    added = reader("names", "add", "Estonia", "org")
    assert added == Result(0, "in every document: added every “Estonia” as ORG\n", "")
    assert labels()["Estonia"] == "ORG"
    assert reader("names", "add", "Estonia", "ORG").out.startswith("already in the list: ")
    assert (
        reader("names", "leave-alone", "Estonia", "Mirror").out
        == "in every document: dismissed “Estonia” and “Mirror”\n"
    )
    assert "Estonia" not in labels()
    assert reader("names").out == "1  dismissed “Estonia” and “Mirror”\n"
    reader("names", "remove", "1")
    assert labels()["Estonia"] == "ORG"


def test_a_name_can_have_a_label_from_the_settings(reader: Reader, tmp_path: Path) -> None:
    config = tmp_path / "dirs" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("[labels.WEAPON]\n")
    assert reader("names", "add", "Orkan-3", "weapon").out == "in every document: added every “Orkan-3” as WEAPON\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["add", "Estonia"], 2), (["add", "a", "b", "c"], 2), (["add", "Estonia", "FRUIT"], 1), (["add", " ", "ORG"], 1),
     (["add", "&", "ORG"], 1), (["leave-alone"], 2), (["leave-alone", " "], 1)],
)  # fmt: skip
def test_an_invalid_name_or_label_gives_a_one_line_error(reader: Reader, arguments: list[str], code: int) -> None:
    result = reader("names", *arguments)
    assert result.code == code
    assert len(result.err.splitlines()) == 1
    assert reader("names").out == "no decisions apply in every document yet\n"


def test_importing_an_invalid_file_gives_a_one_line_error(reader: Reader, tmp_path: Path) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(b"\xff\xfe")
    for path in (file, tmp_path / "missing.json", tmp_path):
        result = reader("names", "import", path)
        assert result.code == 1
        assert len(result.err.splitlines()) == 1
    file.write_text('{"schema": 1, "names": [{"kind": "names-same"}]}')
    assert "entry 1: field 'names'" in reader("names", "import", file).err
    assert reader("names", "export", tmp_path / "no" / "where").code == 1
