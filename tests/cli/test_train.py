"""`reader model train` from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Result, in_process_of_its_own

Reader = Callable[..., Result]


def gold(path: Path, count: int) -> Path:
    lines = []
    for number in range(count):
        name = f"MAST-{7 * number + 3}"
        text = f"Nobody had seen {name} since the storm. The relay at {name} went silent."
        places = [16, text.rindex(name)]
        ents = [{"start": at, "end": at + len(name), "label": "FAC"} for at in places]
        lines.append(json.dumps({"text": text, "ents": ents}))
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_it_says_what_came_of_it(tmp_path: Path) -> None:
    result = in_process_of_its_own("model", "train", str(gold(tmp_path / "gold.jsonl", 5)))
    assert result.returncode == 0
    lines = result.stdout.decode().splitlines()
    assert lines[0] == "trained on 4 documents, evaluated on 1 (every 5th)"
    assert lines[1].startswith("F on these: ")
    assert lines[2].startswith("F on the program's own documents: ")
    listed = in_process_of_its_own("model", "list", "--format", "json")
    current = [each["name"] for each in json.loads(listed.stdout) if each["current"]]
    if lines[-1].startswith("not kept"):
        assert current == ["bundled"]
    else:
        assert lines[-1] == "used from now on; `reader model remove trained` goes back"
        assert current == ["trained"]
    assert "pass 1 of" in result.stderr.decode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "there are none"),
        ('{"text": 3}', "line 1: neither an export"),
        ("{", "line 1: neither"),
        ("\x00", "line 1"),
    ],
)
def test_a_damaged_file_gives_one_clear_line(reader: Reader, tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(text)
    result = reader("model", "train", path)
    assert (result.code, result.out) == (1, "")
    assert why in result.err
    assert len(result.err.splitlines()) == 1


def test_too_little_to_learn_from_gives_one_clear_line(reader: Reader, tmp_path: Path) -> None:
    for arguments in ([], ["--reviewed"], [gold(tmp_path / "few.jsonl", 3)], [tmp_path / "missing.jsonl"]):
        result = reader("model", "train", *arguments)
        assert result.code == 1
        assert len(result.err.splitlines()) == 1
    assert reader("model", "train", "--hold-back", "1").err == "reader: --hold-back takes a number of 2 or more\n"
