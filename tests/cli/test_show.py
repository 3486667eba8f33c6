from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import MentionRetagged
from reader.display.cells import cells
from reader.document import load
from tests.cli.conftest import ARTICLE, Result, in_process_of_its_own

_SGR = re.compile(r"\x1b\[[\d;]*m")
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

Reader = Callable[..., Result]
Primed = Callable[..., list[str]]


def test_names_are_colored_also_in_a_pipe(reader: Reader, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    result = reader("show", article)
    assert (result.code, result.err) == (0, "")
    assert "\x1b[1;38;2;130;170;255mWorld Port Council\x1b[0m" in result.out
    assert result.out.count("\x1b[3;38;2;143;207;159mTallinn\x1b[0m") == 2


def test_colors_fit_the_ground(reader: Reader, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    assert "\x1b[1;38;2;29;79;196mWPC" in reader("show", article, "--theme", "light").out


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_without_colors_names_are_in_brackets(
    variable: str, value: str, reader: Reader, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    out = reader("show", article).out
    assert "\x1b" not in out
    assert "The [World Port Council ORG] ([WPC ORG]) met in [Tallinn GPE] on Monday." in " ".join(out.split())


def test_color_can_be_forced(reader: Reader, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in reader("show", article, "--color", "always").out


def test_the_text_stands_centered_in_its_measure(reader: Reader, article: Path) -> None:
    rows = [_SGR.sub("", row) for row in reader("show", article).out.splitlines()]
    shown = [row for row in rows if row]
    assert all(row.startswith(" " * 10) and cells(row) <= 90 for row in shown)
    assert max(map(cells, shown)) == 90


@pytest.mark.parametrize(("columns", "width"), [("80", 76), ("50", 50), ("30", 30), ("200", 80)])
def test_the_measure_fits_the_terminal(
    columns: str, width: int, reader: Reader, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    rows = [_SGR.sub("", row) for row in reader("show", article).out.splitlines()]
    margin = (int(columns) - width) // 2
    assert " " * margin + "─" * width in rows
    assert all(cells(row) <= margin + width for row in rows)


def test_the_width_can_be_chosen(reader: Reader, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS")
    monkeypatch.setattr("reader.cli.commands.show.columns", lambda: None)
    out = reader("show", article, "--width", "40", "--color", "never").out
    assert max(map(cells, out.splitlines()[:8])) == 40


def test_head_and_legend(reader: Reader, tmp_path: Path) -> None:
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


def test_what_the_user_decided_looks_settled(reader: Reader, article: Path) -> None:
    place = ARTICLE.index("Tallinn")
    with Store.open() as store:
        store.append(load(str(article)), [MentionRetagged(place, place + 7, "ORG")])
    out = reader("show", article).out
    assert re.search(r"\x1b\[1;21;38;5;\d+mTallinn", out)
    assert re.search(r"\x1b\[3;38;5;\d+mTallinn", out)


def test_entities_on_demand(reader: Reader, article: Path) -> None:
    assert "MENTIONS" not in reader("show", article).out
    rows = reader("show", article, "--entities", "--color", "never").out.splitlines()
    assert any(row.split()[:4] == ["World", "Port", "Council", "ORG"] and "WPC ×2" in row for row in rows)


def test_an_article_without_names(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("nothing to see here, nothing at all.\n")
    result = reader("show", path)
    assert result.code == 0
    assert "no names found" in result.out


def test_a_failed_pipeline_leaves_a_readable_text(reader: Reader, article: Path, tmp_path: Path) -> None:
    result = reader("show", article, "--model", tmp_path / "none")
    assert result.code == 1
    assert "The World Port Council (WPC) met in Tallinn" in result.out
    assert result.err.startswith("reader: no highlights: no pipeline at ")
    assert result.err.count("\n") == 1


HOSTILE = (
    "A \x1b[31mred\x1b[0m herring \x1b]52;c;ZWNobyBoaQ==\x07\x9b2J in Tallinn\x00 and [/b] [@click=app.quit]x[/]\n\n"
    "\u202egnipeels\u202c \u2066isolated\u2069 \x7f\x08 \x85 Maria Okonkwo\x1b]8;;http://x\x1b\\link\n"
)


@pytest.mark.parametrize("color", ["always", "never"])
def test_nothing_of_the_text_steers_the_terminal(color: str, tmp_path: Path, primed: Primed) -> None:
    path = tmp_path / "evil\x1b[2J\u202ename.txt"
    path.write_bytes(HOSTILE.encode())
    done = in_process_of_its_own("show", path, "--color", color, *primed(path))
    out = done.stdout.decode()
    assert done.returncode == 0
    assert done.stderr == b""
    assert _STEERING.search(_SGR.sub("", out)) is None
    assert ("\x1b" in out) is (color == "always")
    assert "[/b] [@click=app.quit]x[/]" in " ".join(_SGR.sub("", out).split())


def test_messages_about_a_hostile_name_are_harmless(tmp_path: Path) -> None:
    done = in_process_of_its_own("show", tmp_path / "no\x1b[2J\u202efile")
    assert done.returncode == 1
    assert done.stdout == b""
    line = done.stderr.decode()
    assert _STEERING.search(line.removesuffix("\n")) is None
    assert line.startswith("reader: ")


def test_standard_input(primed: Primed, article: Path) -> None:
    done = in_process_of_its_own("show", "-", *primed(article), stdin=article.read_bytes())
    assert done.returncode == 0
    assert b"World Port Council" in done.stdout


def test_reader_source_into_a_pipe_is_show(primed: Primed, article: Path) -> None:
    options = primed(article)
    shown = in_process_of_its_own("show", article, *options)
    opened = in_process_of_its_own(*options, article)
    assert shown.stdout == opened.stdout != b""
    assert opened.returncode == 0
