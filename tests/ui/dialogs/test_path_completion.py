from __future__ import annotations

from pathlib import Path

import pytest

from reader.ui.dialogs.base.path_completion import (
    PathCompletion,
    complete_path,
    expanded_path,
    folder_of,
    path_problem,
    read_folder,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("report-1.txt", "report-2.txt", "Register.md", ".hidden"):
        (tmp_path / name).write_text("Words.")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text("Words.")
    return tmp_path


def completed(typed: str) -> PathCompletion:
    return complete_path(typed, read_folder(folder_of(typed)))


def test_a_path_is_extended_as_far_as_its_candidates_agree(folder: Path) -> None:
    assert completed("rep") == ("report", ("report-1.txt", "report-2.txt", "reports/"))
    assert completed("report-") == ("report-", ("report-1.txt", "report-2.txt"))
    assert completed("reports/") == ("reports/one.txt", ("reports/one.txt",))
    assert completed("~") == ("~/", ("~/",))
    assert completed("~/Reg") == ("~/Register.md", ("~/Register.md",))
    assert completed(f"{folder}/reg").text == f"{folder}/Register.md"


def test_hidden_files_are_offered_once_a_dot_is_typed(folder: Path) -> None:
    assert ".hidden" not in completed(f"{folder}/").candidates
    assert completed(".h").candidates == (".hidden",)


@pytest.mark.parametrize("typed", ["nothing", "nowhere/at", "https://example.org/re", "a.zip::re", "a\0b", "~nobody/x"])
def test_nothing_is_offered_where_there_is_nothing(folder: Path, typed: str) -> None:
    assert folder
    assert completed(typed) == (typed, ())


def test_what_is_wrong_with_a_path(folder: Path) -> None:
    assert path_problem("report-1.txt") == ""
    assert path_problem("~/reports") == ""
    assert path_problem("https://example.org") == ""
    assert path_problem("report-1.txt::3") == ""
    assert path_problem("report-9.txt") == f"there is no report-9.txt in {folder}"
    assert path_problem("nowhere/at.txt") == f"there is no folder {folder}/nowhere"
    assert path_problem("a\0b") == "a path cannot contain a null character"
    assert path_problem("*.txt", takes_patterns=True) == ""
    assert path_problem("*.txt").startswith("there is no")


def test_only_the_home_directory_is_replaced(folder: Path) -> None:
    assert expanded_path("~/a") == f"{folder}/a"
    assert expanded_path("a~b") == "a~b"
    assert expanded_path("~nobody-of-this-name/x") == "~nobody-of-this-name/x"
