"""Starts work that goes on while keys are handled."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker


def start_work(
    node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], *, group: str, exclusive: bool = False
) -> Worker[None]:
    """Start work of a screen or widget in the background. It is canceled when the node is removed.

    The work is a function, because a coroutine whose worker is canceled before it starts is never awaited.

    Args:
        node: The screen or widget.
        work: The function.
        group: The name of the work.
        exclusive: Whether it takes the place of work of the same name.
    """
    worker: Worker[None] = node.run_worker(work, group=group, exclusive=exclusive)
    return worker
