"""The help of every command, as it is printed in a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from reader.cli.command_list import COMMANDS
from reader.cli.help_format import fitted
from tests.cli.conftest import Result

Reader = Callable[..., Result]

_MODEL_ACTIONS = ("list", "info", "add", "remove", "evaluate", "train")


def help_lines() -> Iterator[tuple[str, ...]]:
    """Yield the command lines that print help."""
    yield ("--help",)
    yield from ((command, "--help") for command in COMMANDS)
    yield from (("model", action, "--help") for action in _MODEL_ACTIONS)


@pytest.mark.parametrize("line", help_lines(), ids=" ".join)
def test_help_fits_the_terminal(line: tuple[str, ...], reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = reader(*line)
    assert (result.code, result.err) == (0, "")
    assert not [text for text in result.out.splitlines() if len(text) > 80]


def test_help_has_its_own_command(reader: Reader) -> None:
    assert reader("help", "toc").out == reader("toc", "--help").out
    assert reader("help").out == reader("--help").out
    assert "help: no such file" in reader("help", "--refresh").err


def test_paragraphs_are_joined_and_wrapped() -> None:
    assert list(fitted(["one two", "three four", "", "five"], 12)) == ["one two", "three four", "", "five"]
    assert list(fitted(["one two", "three four", "", "five"], 20)) == ["one two three four", "", "five"]


def test_the_last_column_of_a_table_is_wrapped_within_itself() -> None:
    rows = ["  csv     a table of mentions and entities", "  run the command --with all of its options"]
    assert list(fitted(rows, 30)) == ["  csv     a table of mentions", "          and entities", rows[1]]


def test_text_is_never_lost() -> None:
    rows = ["  a-name-longer-than-the-line  words after it", "word" * 20]
    words = " ".join(fitted(rows, 24)).split()
    assert words == " ".join(rows).split()
