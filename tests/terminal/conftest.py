from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Start `reader` in a terminal of its own; what still runs at the end of the test is killed."""
    started: list[Terminal] = []

    def start(*arguments: str, **options: object) -> Terminal:
        started.append(Terminal(arguments, tmp_path, **options))  # type: ignore[arg-type]  # checked when called
        return started[-1]

    yield start
    for each in started:
        each.close()
