from __future__ import annotations

import asyncio
import threading

import pytest

from reader.ui.base.abandoned_work import run_in_thread


async def test_a_result_comes_from_another_thread() -> None:
    assert await run_in_thread(threading.current_thread) is not threading.current_thread()


async def test_an_error_is_raised_where_the_result_is_awaited() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await run_in_thread(int, "Orm")


def test_the_event_loop_closes_while_a_thread_still_runs() -> None:
    proceed, started = threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def work() -> None:
        threads.append(threading.current_thread())
        started.set()
        proceed.wait()

    async def start() -> None:
        task = asyncio.ensure_future(run_in_thread(work))
        await asyncio.to_thread(started.wait)
        task.cancel()

    asyncio.run(start())
    assert threads[0].is_alive()
    proceed.set()
    threads[0].join()
