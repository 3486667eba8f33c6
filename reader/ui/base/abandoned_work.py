"""Work in threads that the program does not wait for when it ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


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


def _settle(future: asyncio.Future[Result], result: Result | None = None, error: BaseException | None = None) -> None:
    if future.done():
        return  # canceled
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)  # type: ignore[arg-type]  # None if the function returned it
