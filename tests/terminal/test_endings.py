"""Signals, a closed terminal, Ctrl+Z and a quick hand: the program ends saved, and the terminal is as before."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bench.endings import ENDINGS, Texts, end_program


@pytest.mark.parametrize("name", list(ENDINGS))
def test_the_program_ends_as_documented(name: str, tmp_path: Path) -> None:
    result = end_program(ENDINGS[name], "reading", Texts(tmp_path), Random(name))
    assert result.problem.partition(":")[0] in {"", "slow"}, result


@pytest.mark.parametrize("name", ["SIGTERM", "closed, nohup"])
def test_the_worker_ends_with_the_program(name: str, tmp_path: Path) -> None:
    result = end_program(ENDINGS[name], "recognizing", Texts(tmp_path), Random(name))
    assert result.problem.partition(":")[0] in {"", "slow"}, result


@pytest.mark.parametrize("seed", range(3))
def test_a_dialog_is_suspended_too(seed: int, tmp_path: Path) -> None:
    result = end_program(ENDINGS["stop"], "dialog", Texts(tmp_path), Random(seed))
    assert result.problem.partition(":")[0] in {"", "slow"}, result
