"""Work in threads that the program does not wait for when it ends."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from functools import partial
from typing import Final, ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

_SWITCH_INTERVAL: Final = 0.0005
"""Seconds after which a thread lets the event loop run. The loop asks several times for each key, and with the usual
5 ms it would wait for 40 ms."""


async def run_in_thread(
    function: Callable[Parameters, Result], *arguments: Parameters.args, **options: Parameters.kwargs
) -> Result:
    """Run a function in a thread, and return its result.

    The event loop waits for the threads of `asyncio.to_thread` before it closes. This thread is abandoned instead, so
    the function may only read and compute.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def run() -> None:
        try:
            settle = partial(_settle, future, result=context.run(function, *arguments, **options))
        except BaseException as error:
            settle = partial(_settle, future, error=error)
        with suppress(RuntimeError):  # the event loop has closed
            loop.call_soon_threadsafe(settle)

    context = copy_context()
    threading.Thread(target=run, name=f"reader-{getattr(function, '__name__', '')}", daemon=True).start()
    return await future


async def in_thread(
    function: Callable[Parameters, Result], *arguments: Parameters.args, **options: Parameters.kwargs
) -> Result:
    """Run a function in another thread, which often lets the event loop run."""
    with _SWITCHING.often():
        return await run_in_thread(function, *arguments, **options)


def _settle(future: asyncio.Future[Result], result: Result | None = None, error: BaseException | None = None) -> None:
    if future.done():
        return  # canceled
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)  # type: ignore[arg-type]  # None if the function returned it


class _ThreadSwitching:
    """How often the interpreter switches threads: more often while work runs beside the event loop."""

    def __init__(self) -> None:
        self._usual_interval = sys.getswitchinterval()
        self._running = 0

    @contextmanager
    def often(self) -> Iterator[None]:
        """Switch often. Blocks may overlap; the last to end restores the usual interval."""
        self._running += 1
        sys.setswitchinterval(min(_SWITCH_INTERVAL, self._usual_interval))
        try:
            yield
        finally:
            self._running -= 1
            if not self._running:
                sys.setswitchinterval(self._usual_interval)


_SWITCHING: Final = _ThreadSwitching()
"""The interval belongs to the interpreter, so there is one of it."""
