"""`reader model train` from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Result, run_program

Reader = Callable[..., Result]


def write_gold(path: Path, count: int) -> Path:
    lines = []
    for number in range(count):
        name = f"MAST-{7 * number + 3}"
        text = f"Nobody had seen {name} since the storm. The relay at {name} went silent."
        starts = [16, text.rindex(name)]
        ents = [{"start": start, "end": start + len(name), "label": "FAC"} for start in starts]
        lines.append(json.dumps({"text": text, "ents": ents}))
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_training_reports_its_outcome(tmp_path: Path) -> None:
    result = run_program("model", "train", str(write_gold(tmp_path / "gold.jsonl", 5)))
    assert result.returncode == 0
    lines = result.stdout.decode().splitlines()
    assert lines[0] == "trained on 4 documents, evaluated on 1 (every 5th)"
    assert lines[1].startswith("F on the held-back documents: ")
    assert lines[2].startswith("F on the samples: ")
    models = run_program("model", "list", "--format", "json")
    current = [model["name"] for model in json.loads(models.stdout) if model["current"]]
    if lines[-1].startswith("not kept"):
        assert current == ["bundled"]
    else:
        assert lines[-1] == "used from now on; to go back, run `reader model remove trained`"
        assert current == ["trained"]
    assert "pass 1 of" in result.stderr.decode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "there are none"),
        ('{"text": 3}', "line 1: neither an export"),
        ("{", "line 1: neither"),
        ("\x00", "line 1"),
    ],
)
def test_an_invalid_file_gives_a_one_line_error(reader: Reader, tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(text)
    result = reader("model", "train", path)
    assert (result.code, result.out) == (1, "")
    assert reason in result.err
    assert len(result.err.splitlines()) == 1


def test_too_few_documents_give_a_one_line_error(reader: Reader, tmp_path: Path) -> None:
    for arguments in ([], ["--reviewed"], [write_gold(tmp_path / "few.jsonl", 3)], [tmp_path / "missing.jsonl"]):
        result = reader("model", "train", *arguments)
        assert result.code == 1
        assert len(result.err.splitlines()) == 1
    assert reader("model", "train", "--hold-back", "1").err == "reader: --hold-back must be at least 2\n"
