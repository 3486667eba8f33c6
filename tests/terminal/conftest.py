from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.harness.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Return a function that starts `reader` in its own terminal. Programs still running after the test are killed."""
    terminals: list[Terminal] = []

    def start(*arguments: str, **options: object) -> Terminal:
        terminals.append(Terminal(arguments, tmp_path, **options))  # type: ignore[arg-type]  # checked when called
        return terminals[-1]

    yield start
    for started in terminals:
        started.close()
