"""Python runs this when it starts with this folder on its path: SIGUSR1 then writes every stack to `FUZZ_STACKS`."""

from __future__ import annotations

import os
import signal
from types import FrameType


def _write_stacks(number: int, frame: FrameType | None) -> None:
    del number, frame
    # Imported here, so that the program starts as without this module.
    import asyncio
    import faulthandler
    from pathlib import Path

    with Path(os.environ["FUZZ_STACKS"]).open("a", encoding="utf-8") as file:
        faulthandler.dump_traceback(file)
        for task in asyncio.all_tasks(asyncio.get_event_loop_policy().get_event_loop()):
            task.print_stack(limit=8, file=file)


if os.environ.get("FUZZ_STACKS"):
    signal.signal(signal.SIGUSR1, _write_stacks)
