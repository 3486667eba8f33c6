"""Processes beside the app."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from pathlib import Path

import pytest

from reader.ui.base.child_process import ChildProcess


async def test_a_command_gets_its_input_and_its_output_is_returned() -> None:
    process = ChildProcess()
    code = "import sys; print(sys.stdin.read().upper()); print('why', file=sys.stderr); sys.exit(3)"
    assert await process.run((sys.executable, "-c", code), b"harbor") == b"HARBOR\n"
    assert (process.code, process.errors, process.is_running) == (3, b"why\n", False)


async def test_a_command_that_does_not_exist_is_an_error() -> None:
    process = ChildProcess()
    with pytest.raises(OSError, match="no-such-program"):
        await process.run(("no-such-program",))
    assert not process.is_running


async def test_stopping_ends_the_process() -> None:
    process = ChildProcess()
    work = asyncio.ensure_future(
        process.run((sys.executable, "-c", "import time; print(1, flush=True); time.sleep(600)"))
    )
    for _ in range(1000):
        await asyncio.sleep(0.01)
        if process._process is not None:
            break
    assert process._process is not None
    pid = process._process.pid
    await process.stop()
    await work
    assert process.code != 0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_process_whose_pipes_stay_open_leaves_no_traceback(tmp_path: Path) -> None:
    """A process that the command has started keeps its output open, as those of `reader index` do for a moment."""
    sign = tmp_path / "started"
    script = (
        "import pathlib, subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(5)']);"
        "pathlib.Path(sys.argv[1]).touch(); time.sleep(600)"
    )

    async def run_and_leave() -> None:
        process = ChildProcess()
        work = asyncio.ensure_future(process.run((sys.executable, "-c", script, str(sign))))
        for _ in range(1000):
            await asyncio.sleep(0.01)
            if sign.exists():
                break
        work.cancel()
        await asyncio.sleep(0)  # the work has begun to end the process
        await process.stop()

    asyncio.run(run_and_leave())
    gc.collect()
    assert sign.exists()
