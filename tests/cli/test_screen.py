"""`reader watch` and `reader screen`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from reader.cli import main

TEXT = "Ada Marlow met officials in Paris on Monday. Later, Ada Marlow left.\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    article, names = tmp_path / "article.txt", tmp_path / "names.csv"
    article.write_text(TEXT)
    names.write_text("id,name,type\np1,Ada Marlow,Person\np2,Tom Reyes,Person\n")
    return str(article), str(names)


def test_hits_are_printed_and_give_exit_code_3(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    article, names = files
    assert main(["screen", names, article, "--no-annotations"]) == 3
    out = capsys.readouterr().out
    assert "Ada Marlow" in out
    assert "names: p1" in out
    assert "Tom Reyes" not in out


def test_no_hits_print_nothing_and_give_exit_code_0(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "others.txt"
    names.write_text("Zed Zander\n")
    assert main(["screen", str(names), files[0], "--no-annotations"]) == 0
    assert capsys.readouterr().out == ""


def test_json_has_one_object_for_each_hit(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    article, names = files
    main(["screen", names, article, "--no-annotations", "--format", "json"])
    (hit,) = json.loads(capsys.readouterr().out)
    assert (hit["name"], hit["id"], hit["mentions"], hit["score"]) == ("Ada Marlow", "p1", 2, 1.0)


def test_an_unreadable_source_is_reported_and_the_others_are_screened(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    article, names = files
    assert main(["screen", names, "missing.txt", article, "--no-annotations"]) == 1
    captured = capsys.readouterr()
    assert "missing.txt" in captured.err
    assert "Ada Marlow" in captured.out


def test_an_unknown_list_gets_one_line(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "nothing", files[0]]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_lists_are_added_shown_and_removed(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "add", "people", files[1]]) == 0
    assert main(["watch"]) == 0
    assert main(["watch", "show", "people"]) == 0
    assert main(["screen", "people", files[0], "--no-annotations"]) == 3
    assert main(["watch", "remove", "people"]) == 0
    assert main(["watch", "remove", "people"]) == 1
    for arguments in (["add"], ["add", "people"], ["show"], ["remove", "a", "b"]):
        assert main(["watch", *arguments]) == 2
    out = capsys.readouterr().out
    assert "added people: 2 entries with 2 names" in out
    assert "p2" in out


def test_a_damaged_list_hides_no_other(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", "add", "people", files[1]]) == 0
    assert main(["watch", "add", "places", files[1]]) == 0
    next(Path(files[0]).parent.rglob("people.jsonl")).write_text("damaged")
    capsys.readouterr()
    assert main(["watch"]) == 1
    captured = capsys.readouterr()
    assert captured.err == "reader: the watchlist people is damaged; add it again with `reader watch add`\n"
    assert main(["watch", "add", "people", files[1]]) == 0
    assert capsys.readouterr().out == "added people: 2 entries with 2 names in place of a damaged list\n"
    assert "places" in captured.out


HOSTILE = (
    *("<b>Ada</b> Marlow", "\x1b[31mAda\x1b[0m Marlow", "\x1b]0;title\x07Ada Marlow", "[red]Ada Marlow[/red]"),
    *("Ada\u202eMarlow", "Ada\x9bMarlow", "Ada\x00Marlow", "=Ada Marlow", "+Ada Marlow", "@Ada Marlow", "-Ada Marlow"),
    *("", " ", "A", "é", "%s {0}", "'; DROP TABLE names; --", "x" * 400),
)


@pytest.mark.parametrize("output_format", ["text", "json", "csv"])
def test_no_name_of_a_list_is_a_sequence_or_a_formula(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], output_format: str
) -> None:
    names = tmp_path / "hostile.jsonl"
    lines = [{"id": name or number, "name": name, "schema": name} for number, name in enumerate(HOSTILE)]
    names.write_text("\n".join(map(json.dumps, lines)))
    assert main(["watch", "add", "hostile", str(names)]) == 0
    assert main(["screen", "hostile", files[0], "--format", output_format, "--color", "never"]) == 3
    screened = capsys.readouterr()
    assert main(["watch", "show", "hostile", "--format", "table" if output_format == "text" else "json"]) == 0
    assert main(["watch"]) == 0
    shown = capsys.readouterr()
    for text in (screened.out, screened.err, shown.out, shown.err):
        assert not {char for char in text if char != "\n" and not char.isprintable()}
    if output_format == "csv":
        cells = [cell for row in csv.reader(io.StringIO(screened.out)) for cell in row]
        assert {"'=Ada Marlow", "'+Ada Marlow", "'@Ada Marlow", "'-Ada Marlow"} <= set(cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
