"""`reader watch` and `reader screen`."""

from __future__ import annotations

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
    out = capsys.readouterr().out
    assert "added people: 2 entries with 2 names" in out
    assert "p2" in out
