from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import MentionRetagged
from reader.display.cells import cells
from reader.document import load
from tests.cli.conftest import TEXT, Result, run_program

_SGR = re.compile(r"\x1b\[[\d;]*m")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

Reader = Callable[..., Result]
CacheNames = Callable[..., list[str]]


def test_no_escape_sequence_goes_into_a_pipe(reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    assert "\x1b" not in reader("show", source).out


def test_names_are_colored_in_a_pipe_on_request(reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    result = reader("show", source, "--color", "always")
    assert (result.code, result.err) == (0, "")
    assert "\x1b[1;38;2;130;170;255mWorld Port Council\x1b[0m" in result.out
    assert result.out.count("\x1b[3;38;2;143;207;159mTallinn\x1b[0m") == 2


def test_colors_suit_the_background(reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    assert "\x1b[1;38;2;29;79;196mWPC" in reader("show", source, "--theme", "light", "--color", "always").out


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_names_are_in_brackets_without_colors(
    variable: str, value: str, reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    out = reader("show", source).out
    assert "\x1b" not in out
    assert "The [World Port Council ORG] ([WPC ORG]) met in [Tallinn GPE] on Monday." in " ".join(out.split())


def test_color_can_be_forced(reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in reader("show", source, "--color", "always").out


def test_the_text_is_centered_in_the_terminal(reader: Reader, source: Path) -> None:
    rows = [_SGR.sub("", row) for row in reader("show", source).out.splitlines()]
    text_rows = [row for row in rows if row]
    assert all(row.startswith(" " * 10) and cells(row) <= 90 for row in text_rows)
    assert max(map(cells, text_rows)) == 90


@pytest.mark.parametrize(("columns", "width"), [("80", 76), ("50", 50), ("30", 30), ("200", 80)])
def test_the_width_of_the_text_depends_on_the_terminal(
    columns: str, width: int, reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    rows = [_SGR.sub("", row) for row in reader("show", source).out.splitlines()]
    margin = (int(columns) - width) // 2
    assert " " * margin + "─" * width in rows
    assert all(cells(row) <= margin + width for row in rows)


def test_the_option_width_sets_the_width_of_the_text(
    reader: Reader, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS")
    monkeypatch.setattr("reader.cli.commands.reading.show.columns", lambda: None)
    out = reader("show", source, "--width", "40", "--color", "never").out
    assert max(map(cells, out.splitlines()[:8])) == 40


def test_the_title_the_blocks_and_the_legend_are_printed(reader: Reader, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "---\ntitle: Waiting\nauthor: Ann Bell\ndate: 2025-03-01\n---\n\n"
        "Tallinn waits.\n\n> Tallinn waits.\n\n- Tallinn\n"
    )
    out = reader("show", page, "--color", "never").out
    rows = [row.strip() for row in out.splitlines()]
    assert rows[0] == "Waiting"
    assert rows[1].startswith("Ann Bell · 2025-03-01 ·")
    assert "▎ [Tallinn GPE] waits." in rows
    assert "• [Tallinn GPE]" in rows
    assert rows[-1].split() == ["GPE", "a", "country,", "city", "or", "state", "3"]


def test_decided_mentions_are_underlined_twice(reader: Reader, source: Path) -> None:
    start = TEXT.index("Tallinn")
    with Store.open() as store:
        store.append(load(str(source)), [MentionRetagged(start, start + 7, "ORG")])
    out = reader("show", source, "--color", "always").out
    assert re.search(r"\x1b\[1;21;38;5;\d+mTallinn", out)
    assert re.search(r"\x1b\[3;38;5;\d+mTallinn", out)


def test_the_option_entities_lists_the_entities(reader: Reader, source: Path) -> None:
    assert "MENTIONS" not in reader("show", source).out
    rows = reader("show", source, "--entities", "--color", "never").out.splitlines()
    assert any(row.split()[:4] == ["World", "Port", "Council", "ORG"] and "WPC ×2" in row for row in rows)


def test_a_document_without_names_says_so(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("nothing to see here, nothing at all.\n")
    result = reader("show", path)
    assert result.code == 0
    assert "no names found" in result.out


def test_the_text_is_printed_even_if_recognition_fails(reader: Reader, source: Path, tmp_path: Path) -> None:
    result = reader("show", source, "--model", tmp_path / "none")
    assert result.code == 1
    assert "The World Port Council (WPC) met in Tallinn" in result.out
    assert result.err.startswith("reader: no highlights: no pipeline at ")
    assert result.err.count("\n") == 1


HOSTILE = (
    "A \x1b[31mred\x1b[0m herring \x1b]52;c;ZWNobyBoaQ==\x07\x9b2J in Tallinn\x00 and [/b] [@click=app.quit]x[/]\n\n"
    "\u202egnipeels\u202c \u2066isolated\u2069 \x7f\x08 \x85 Maria Okonkwo\x1b]8;;http://x\x1b\\link\n"
)


@pytest.mark.parametrize("color", ["always", "never"])
def test_control_characters_in_the_text_are_not_printed(color: str, tmp_path: Path, cache_names: CacheNames) -> None:
    path = tmp_path / "evil\x1b[2J\u202ename.txt"
    path.write_bytes(HOSTILE.encode())
    process = run_program("show", path, "--color", color, *cache_names(path))
    out = process.stdout.decode()
    assert process.returncode == 0
    assert process.stderr == b""
    assert _UNSAFE.search(_SGR.sub("", out)) is None
    assert ("\x1b" in out) is (color == "always")
    assert "[/b] [@click=app.quit]x[/]" in " ".join(_SGR.sub("", out).split())


def test_control_characters_in_a_file_name_are_not_printed(tmp_path: Path) -> None:
    process = run_program("show", tmp_path / "no\x1b[2J\u202efile")
    assert process.returncode == 1
    assert process.stdout == b""
    line = process.stderr.decode()
    assert _UNSAFE.search(line.removesuffix("\n")) is None
    assert line.startswith("reader: ")


def test_standard_input_is_shown(cache_names: CacheNames, source: Path) -> None:
    process = run_program("show", "-", *cache_names(source), stdin=source.read_bytes())
    assert process.returncode == 0
    assert b"World Port Council" in process.stdout


def test_opening_a_document_into_a_pipe_shows_it(cache_names: CacheNames, source: Path) -> None:
    options = cache_names(source)
    show_result = run_program("show", source, *options)
    open_result = run_program(*options, source)
    assert show_result.stdout == open_result.stdout != b""
    assert open_result.returncode == 0
