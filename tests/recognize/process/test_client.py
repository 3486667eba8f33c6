"""The app's side of the worker, with real processes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from reader.document import Document
from reader.recognize import cached_mentions
from reader.recognize.process.client import (
    Event,
    Failed,
    Finished,
    Loading,
    ProvisionalMentions,
    RecognitionClient,
    RecognitionProgress,
)
from tests.recognize.samples import SAMPLE_TEXT, document, labeled_texts

LONG = document("\n\n".join(["Ada Kovacs saw Port Ellis again and again. " * 60] * 150))


async def all_events(client: RecognitionClient, document: Document, model: str | Path) -> list[Event]:
    return [event async for event in client.analyze(document, str(model))]


async def has_exited(pid: int) -> bool:
    """Return whether a process has exited and is not left as a zombie."""
    for _ in range(3_000):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        await asyncio.sleep(0.02)
    return False


def is_zombie(pid: int) -> bool:
    """Return whether a process has exited, but whoever adopted it has not asked how. Linux only."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return False


async def is_over(pid: int) -> bool:
    """Return whether a process has exited, if only as a zombie."""
    for _ in range(3_000):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if is_zombie(pid):
            return True
        await asyncio.sleep(0.02)
    return False


async def test_a_short_document_gets_one_result_which_is_cached(tiny_pipeline: Path) -> None:
    sample = document(SAMPLE_TEXT)
    async with RecognitionClient() as client:
        loading, finished = await all_events(client, sample, tiny_pipeline)
    assert loading == Loading("en_tiny", "1.2.3")
    assert isinstance(finished, Finished)
    assert ("Kovacs", "PERSON") in labeled_texts(sample, finished.mentions)
    cached = cached_mentions(sample, str(tiny_pipeline))
    assert cached is not None
    assert cached.mentions == finished.mentions


async def test_a_long_document_gets_provisional_results(tiny_pipeline: Path) -> None:
    async with RecognitionClient() as client:
        events = await all_events(client, LONG, tiny_pipeline)
    assert {type(event) for event in events} == {Loading, RecognitionProgress, ProvisionalMentions, Finished}
    assert isinstance(events[-1], Finished)
    early = {mention[:2] for event in events if isinstance(event, ProvisionalMentions) for mention in event.mentions}
    assert early <= {mention[:2] for mention in events[-1].mentions}


async def test_one_worker_reads_several_documents(tiny_pipeline: Path) -> None:
    async with RecognitionClient() as client:
        await all_events(client, document(SAMPLE_TEXT), tiny_pipeline)
        assert client._process is not None
        first = client._process.pid
        assert isinstance((await all_events(client, document(SAMPLE_TEXT + "!"), tiny_pipeline))[-1], Finished)
        assert client._process.pid == first


async def test_a_missing_pipeline_gives_one_line(tmp_path: Path) -> None:
    async with RecognitionClient() as client:
        assert await all_events(client, document(SAMPLE_TEXT), tmp_path / "none") == [
            Failed(f"no pipeline at {tmp_path / 'none'}: the folder does not exist")
        ]


async def test_a_killed_worker_gives_one_line_and_the_next_document_is_read(tiny_pipeline: Path) -> None:
    async with RecognitionClient() as client:
        last: Event | None = None
        async for event in client.analyze(LONG, str(tiny_pipeline)):
            last = event
            if isinstance(event, ProvisionalMentions) and client._process is not None:
                os.kill(client._process.pid, signal.SIGKILL)
        assert isinstance(last, Failed)
        assert "ended unexpectedly (signal 9)" in last.message
        assert isinstance((await all_events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1], Finished)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ('print(\'{"type": "hello", "protocol": 99}\')', "protocol 99"),
        ("print('nonsense')", "invalid message"),
        ("raise SystemExit(3)", "exit code 3"),
    ],
)
async def test_another_program_instead_of_the_worker_gives_one_line(
    tiny_pipeline: Path, script: str, message: str
) -> None:
    async with RecognitionClient((sys.executable, "-c", script)) as client:
        last = (await all_events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1]
    assert isinstance(last, Failed)
    assert message in last.message


async def test_a_program_that_cannot_be_started_gives_one_line(tiny_pipeline: Path) -> None:
    async with RecognitionClient(("/no/such/program",)) as client:
        last = (await all_events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1]
    assert isinstance(last, Failed)
    assert "cannot start recognition" in last.message


async def test_canceling_ends_the_worker(tiny_pipeline: Path) -> None:
    client = RecognitionClient()
    started = asyncio.Event()
    pids: list[int] = []

    async def work() -> None:
        async for event in client.analyze(LONG, str(tiny_pipeline)):
            if isinstance(event, ProvisionalMentions) and client._process is not None:
                pids.append(client._process.pid)
                started.set()

    task = asyncio.create_task(work())
    await asyncio.wait_for(started.wait(), 60)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await has_exited(pids[0])


async def test_an_analysis_whose_worker_was_ended_meanwhile_yields_no_more_events(tiny_pipeline: Path) -> None:
    """It must not read the pipe any more, from which the rest is being read."""
    async with RecognitionClient() as client:
        events: list[Event] = []
        async for event in client.analyze(LONG, str(tiny_pipeline)):
            events.append(event)
            client.kill()
            await asyncio.sleep(0)
        assert [type(event) for event in events] == [Loading]


async def test_a_new_document_ends_the_analysis_of_the_last_one(tiny_pipeline: Path) -> None:
    async with RecognitionClient() as client:
        earlier_events: list[Event] = []
        started = asyncio.Event()

        async def work() -> None:
            async for event in client.analyze(LONG, str(tiny_pipeline)):
                earlier_events.append(event)
                if isinstance(event, ProvisionalMentions):
                    started.set()

        task = asyncio.create_task(work())
        await asyncio.wait_for(started.wait(), 60)
        assert isinstance((await all_events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1], Finished)
        await asyncio.wait_for(task, 60)
        assert not any(isinstance(event, Finished | Failed) for event in earlier_events)


async def test_a_worker_that_hangs_is_ended_and_the_next_document_is_read(tiny_pipeline: Path, tmp_path: Path) -> None:
    may_run = tmp_path / "may-run"
    script = (
        "import pathlib, runpy, time\n"
        f"if not pathlib.Path({str(may_run)!r}).exists():\n    time.sleep(600)\n"
        "runpy.run_module('reader.recognize.process.worker', run_name='__main__')\n"
    )
    async with RecognitionClient((sys.executable, "-c", script), timeout=1) as client:
        last = (await all_events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1]
        assert last == Failed("recognition made no progress for 1 seconds and was ended")
        may_run.touch()
        client._timeout = 600  # the second worker may take its time
        assert isinstance((await all_events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1], Finished)


async def test_standard_error_of_the_worker_goes_to_a_log(cache_directory: Path, tiny_pipeline: Path) -> None:
    script = "import sys; print('a complaint', file=sys.stderr)"
    async with RecognitionClient((sys.executable, "-c", script)) as client:
        await all_events(client, document(SAMPLE_TEXT), tiny_pipeline)
    assert (cache_directory / "worker.log").read_text() == "a complaint\n"


def worker_with_child(pid_file: Path, options: str = "") -> tuple[str, ...]:
    """Return a command for a worker that sends nonsense, and whose child holds its pipes open."""
    return (
        sys.executable,
        "-c",
        "import pathlib, subprocess, sys, time\n"
        f"child = subprocess.Popen((sys.executable, '-c', 'import time; time.sleep(600)'){options})\n"
        f"pathlib.Path({str(pid_file)!r}).write_text(str(child.pid))\n"
        "print('{}', flush=True)\ntime.sleep(600)\n",
    )


async def test_what_a_worker_started_ends_with_it(tiny_pipeline: Path, tmp_path: Path) -> None:
    async with RecognitionClient(worker_with_child(tmp_path / "pid")) as client:
        assert isinstance((await all_events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1], Failed)
    child = int((tmp_path / "pid").read_text())
    try:
        assert await is_over(child)
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


async def test_a_worker_that_does_not_close_its_pipes_is_not_waited_for(tiny_pipeline: Path, tmp_path: Path) -> None:
    """A process in another group keeps the pipe open, as one does that the system cannot end at once."""
    async with RecognitionClient(worker_with_child(tmp_path / "pid", ", start_new_session=True")) as client:
        assert isinstance((await all_events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1], Failed)
        await asyncio.wait_for(client.close(), 60)
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
