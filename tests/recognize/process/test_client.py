"""The app's side of the recognition process, with real processes behind it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from reader.document import Document
from reader.recognize import cached_mentions
from reader.recognize.process.client import Event, Failed, Finished, Found, Loading, Progress, RecognitionClient
from tests.recognize.samples import SAMPLE_TEXT, document, labeled_texts

LONG = document("\n\n".join(["Ada Kovacs saw Port Ellis again and again. " * 60] * 150))


async def events(client: RecognitionClient, article: Document, model: str | Path) -> list[Event]:
    return [event async for event in client.analyze(article, str(model))]


async def ended(pid: int) -> bool:
    """Whether a process is gone for good, and not left as a zombie either."""
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        await asyncio.sleep(0.02)
    return False


async def test_a_short_article_is_answered_at_once_and_kept(tiny_pipeline: Path) -> None:
    article = document(SAMPLE_TEXT)
    async with RecognitionClient() as client:
        loading, finished = await events(client, article, tiny_pipeline)
    assert loading == Loading("en_tiny", "1.2.3")
    assert isinstance(finished, Finished)
    assert ("Kovacs", "PERSON") in labeled_texts(article, finished.mentions)
    kept = cached_mentions(article, str(tiny_pipeline))
    assert kept is not None
    assert kept.mentions == finished.mentions


async def test_a_long_one_is_answered_bit_by_bit(tiny_pipeline: Path) -> None:
    async with RecognitionClient() as client:
        found = await events(client, LONG, tiny_pipeline)
    assert {type(event) for event in found} == {Loading, Progress, Found, Finished}
    assert isinstance(found[-1], Finished)
    early = {mention[:2] for event in found if isinstance(event, Found) for mention in event.mentions}
    assert early <= {mention[:2] for mention in found[-1].mentions}


async def test_one_process_serves_one_article_after_another(tiny_pipeline: Path) -> None:
    async with RecognitionClient() as client:
        await events(client, document(SAMPLE_TEXT), tiny_pipeline)
        assert client._process is not None
        first = client._process.pid
        assert isinstance((await events(client, document(SAMPLE_TEXT + "!"), tiny_pipeline))[-1], Finished)
        assert client._process.pid == first


async def test_a_missing_pipeline_is_one_line(tmp_path: Path) -> None:
    async with RecognitionClient() as client:
        assert await events(client, document(SAMPLE_TEXT), tmp_path / "none") == [
            Failed(f"no pipeline at {tmp_path / 'none'}: the folder does not exist")
        ]


async def test_a_process_that_dies_is_one_line_and_the_next_article_is_read(tiny_pipeline: Path) -> None:
    async with RecognitionClient() as client:
        last: Event | None = None
        async for event in client.analyze(LONG, str(tiny_pipeline)):
            last = event
            if isinstance(event, Found) and client._process is not None:
                os.kill(client._process.pid, signal.SIGKILL)
        assert isinstance(last, Failed)
        assert "ended unexpectedly (signal 9)" in last.message
        assert isinstance((await events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1], Finished)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ('print(\'{"type": "hello", "protocol": 99}\')', "protocol 99"),
        ("print('nonsense')", "cannot be understood"),
        ("raise SystemExit(3)", "exit code 3"),
    ],
)
async def test_a_stranger_behind_the_pipe_is_one_line(tiny_pipeline: Path, script: str, complaint: str) -> None:
    async with RecognitionClient((sys.executable, "-c", script)) as client:
        last = (await events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1]
    assert isinstance(last, Failed)
    assert complaint in last.message


async def test_a_program_that_cannot_be_started_is_one_line(tiny_pipeline: Path) -> None:
    async with RecognitionClient(("/no/such/program",)) as client:
        last = (await events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1]
    assert isinstance(last, Failed)
    assert "could not be started" in last.message


async def test_giving_up_ends_the_process(tiny_pipeline: Path) -> None:
    client = RecognitionClient()
    working = asyncio.Event()
    pids: list[int] = []

    async def work() -> None:
        async for event in client.analyze(LONG, str(tiny_pipeline)):
            if isinstance(event, Found) and client._process is not None:
                pids.append(client._process.pid)
                working.set()

    task = asyncio.create_task(work())
    await asyncio.wait_for(working.wait(), 60)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await ended(pids[0])


async def test_a_new_article_ends_the_work_on_the_old_one(tiny_pipeline: Path) -> None:
    async with RecognitionClient() as client:
        old: list[Event] = []
        working = asyncio.Event()

        async def work() -> None:
            async for event in client.analyze(LONG, str(tiny_pipeline)):
                old.append(event)
                if isinstance(event, Found):
                    working.set()

        task = asyncio.create_task(work())
        await asyncio.wait_for(working.wait(), 60)
        assert isinstance((await events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1], Finished)
        await asyncio.wait_for(task, 60)
        assert not any(isinstance(event, Finished | Failed) for event in old)


async def test_one_that_hangs_is_ended_and_the_next_article_is_read(tiny_pipeline: Path, tmp_path: Path) -> None:
    once = tmp_path / "hung"
    script = (
        f"import pathlib, runpy, time\nonce = pathlib.Path({str(once)!r})\n"
        "if not once.exists():\n    once.touch()\n    time.sleep(600)\n"
        "runpy.run_module('reader.recognize.process.worker', run_name='__main__')\n"
    )
    async with RecognitionClient((sys.executable, "-c", script), patience=5) as client:
        last = (await events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1]
        assert last == Failed("recognition made no progress for 5 seconds and was ended")
        assert isinstance((await events(client, document(SAMPLE_TEXT), tiny_pipeline))[-1], Finished)


async def test_what_the_process_complains_of_goes_into_a_log(cache_directory: Path, tiny_pipeline: Path) -> None:
    script = "import sys; print('a complaint', file=sys.stderr)"
    async with RecognitionClient((sys.executable, "-c", script)) as client:
        await events(client, document(SAMPLE_TEXT), tiny_pipeline)
    assert (cache_directory / "worker.log").read_text() == "a complaint\n"
