"""The app's side of the worker: start it, exchange messages with it, end it. Imports nothing heavy."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, TypeAlias

from reader import directories
from reader.document import Document
from reader.recognize.mention import Mention
from reader.recognize.models.find import identify
from reader.recognize.process import wire
from reader.recognize.process.mention_codec import unpack
from reader.recognize.protocol import RecognizerError
from reader.structures.lazy_dataclass import dataclass

_MAX_LINE: Final = 16 * 1024 * 1024
"""The most bytes in one message."""
_LOG: Final = "worker.log"
_LONGEST_END: Final = 1.0
"""Seconds for which a killed worker is waited for. The system ends it in any case."""
_TIMEOUT: Final = 300.0
"""Seconds: long enough to load the largest pipelines, and for a language model to read a batch of paragraphs."""


@dataclass(frozen=True, slots=True)
class Loading:
    """The worker is loading the recognizer."""

    model_name: str
    model_version: str


@dataclass(frozen=True, slots=True)
class RecognitionProgress:
    """`completed` of `total` batches of the document have been recognized."""

    completed: int
    total: int


@dataclass(frozen=True, slots=True)
class ProvisionalMentions:
    """Mentions in the batches just recognized, sorted by offset. `Finished` replaces all of them."""

    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """All mentions of the document. This is the last event."""

    mentions: tuple[Mention, ...]
    model_name: str
    model_version: str
    notice: str = ""
    """See `reader.recognize.Analysis.notice`."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Recognition failed; `message` is one line for the user. This is the last event."""

    message: str


Event: TypeAlias = Loading | RecognitionProgress | ProvisionalMentions | Finished | Failed


class RecognitionClient:
    """A worker that starts when first needed and stays for the next document.

    It runs one analysis at a time: starting another one ends the unfinished one, which yields no more events. Use the
    client as an asynchronous context manager, or call `close` at the end.
    """

    def __init__(
        self,
        command: Sequence[str] = (sys.executable, "-P", "-m", "reader.recognize.process.worker"),
        *,
        timeout: float = _TIMEOUT,
    ) -> None:
        """Create a client without starting the worker.

        Args:
            command: The command that starts the worker.
            timeout: Seconds without a message after which the worker is ended.
        """
        self._command = tuple(command)
        self._timeout = timeout
        self._process: asyncio.subprocess.Process | None = None
        self._starting: asyncio.Future[asyncio.subprocess.Process] | None = None
        self._ending: set[asyncio.Future[None]] = set()
        """The workers that were killed and are still being waited for."""
        self._request_id = 0
        self._busy = False

    async def __aenter__(self) -> RecognitionClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def analyze(
        self, document: Document, model: str | None = None, *, first_block: int = 0, use_cache: bool = True
    ) -> AsyncIterator[Event]:
        """Find the mentions of a document in the worker.

        Leaving the iteration early, or canceling it, kills the worker. If the worker is ended by `close` or `kill`, no
        more events follow.

        Args:
            document: The document to read.
            model: See `reader.recognize.models.find.identify`.
            first_block: Index of the block in view, which is recognized first.
            use_cache: Whether to cache the result.

        Yields:
            Any number of `Loading`, `RecognitionProgress` and `ProvisionalMentions`, then one `Finished` or `Failed`.
            Failures of the worker never raise.
        """
        if self._busy:
            self.kill()
        self._busy, self._request_id = True, self._request_id + 1
        request_id, complete = self._request_id, False
        try:
            identity = identify(model)
            request = {
                "type": "analyze", "id": request_id, "model": model, "first": first_block, "keep": use_cache,
            }  # fmt: skip
            process = await self._running_process()
            line = await asyncio.to_thread(lambda: wire.encode(request | wire.document_fields(document)))
            self._write(process, line)
            yield Loading(identity.name, identity.version)
            async for event in self._events(process, request_id, len(document.text)):
                complete = isinstance(event, Finished | Failed)
                yield event
        except RecognizerError as error:
            complete = True
            yield Failed(str(error))
        except OSError as error:
            complete = True
            yield Failed(f"cannot start recognition: {error.strerror or error}")
        finally:
            if request_id == self._request_id:
                self._busy = False
                if not complete:
                    await self.close()

    def prioritize(self, block: int) -> None:
        """Make the worker continue with this block, which came into view."""
        if self._busy and self._process is not None:
            self._write(self._process, wire.encode({"type": "view", "id": self._request_id, "first": block}))

    async def close(self) -> None:
        """End the worker, even while it is busy, and wait until it has exited: milliseconds, at most a second."""
        if self._starting is not None:
            with suppress(OSError):
                self._process = await asyncio.shield(self._starting)
            self._starting = None
        self.kill()
        # Another call may be canceled while it waits: the app exits only after all workers have.
        while self._ending:
            await asyncio.wait(self._ending)

    def kill(self) -> None:
        """End the worker without waiting for it. Call it in the event loop's thread, while the loop runs."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            # The group, because what the pipeline of a user may have started holds the pipes open.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        ending = asyncio.ensure_future(_wait_until_ended(process))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    async def _running_process(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        # `close` ends the worker even if this is canceled while the worker starts.
        self._starting = asyncio.ensure_future(self._start())
        process = self._process = await asyncio.shield(self._starting)
        self._starting = None
        return process

    async def _start(self) -> asyncio.subprocess.Process:
        with _open_log() as log:
            return await asyncio.create_subprocess_exec(
                *self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                limit=_MAX_LINE,
                # Ctrl+C must reach only the app.
                start_new_session=True,
            )

    @staticmethod
    def _write(process: asyncio.subprocess.Process, line: bytes) -> None:
        """Queue an encoded message; the transport writes it as fast as the worker reads."""
        if process.stdin is not None and not process.stdin.is_closing():
            process.stdin.write(line)

    async def _events(self, process: asyncio.subprocess.Process, request_id: int, length: int) -> AsyncIterator[Event]:
        assert process.stdout is not None
        mentions: list[Mention] = []
        try:
            # A worker that was ended while an event was handled: `_wait_until_ended` reads the rest of its output.
            while self._process is process and (
                line := await asyncio.wait_for(process.stdout.readline(), self._timeout)
            ):
                message = wire.decode(line)
                message_type = message["type"]
                if message_type == "hello" and message["protocol"] != wire.PROTOCOL:
                    raise ValueError(f"protocol {message['protocol']}, not {wire.PROTOCOL}")
                if message.get("id") != request_id:
                    continue
                if message_type == "mentions":
                    mentions += unpack(message, length)
                elif message_type == "finished":
                    yield Finished(tuple(mentions), message["name"], message["version"], message.get("notice", ""))
                    return
                for event in _events_in(message, length):
                    yield event
                if message_type == "failed":
                    return
        except TimeoutError:
            if request_id == self._request_id:
                await self.close()
                yield Failed(f"recognition made no progress for {self._timeout:.0f} seconds and was ended")
            return
        except (ValueError, KeyError, TypeError) as error:
            await self.close()
            yield Failed(f"recognition sent an invalid message: {error}")
            return
        if self._process is not process:
            return
        code = await process.wait()
        if request_id != self._request_id:
            return
        await self.close()
        yield Failed(f"recognition ended unexpectedly ({_exit_reason(code)}); see {directories.cache_dir() / _LOG}")


async def _wait_until_ended(process: asyncio.subprocess.Process) -> None:
    """Wait until a killed worker has exited and its pipes are closed, but no longer than `_LONGEST_END`."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    try:
        async with asyncio.timeout(_LONGEST_END):
            with suppress(OSError, RuntimeError):  # RuntimeError: an iteration is reading the output already
                await process.stdout.read()
            with suppress(OSError):
                await process.stdin.wait_closed()
            await process.wait()
    except TimeoutError:
        process._transport.close()  # type: ignore[attr-defined]  # asyncio has no public way to close the pipes
        await asyncio.sleep(0)


def _events_in(message: wire.Message, length: int) -> list[Event]:
    match message["type"]:
        case "found":
            return [
                RecognitionProgress(message["done"], message["total"]),
                ProvisionalMentions(tuple(unpack(message, length))),
            ]
        case "failed":
            return [Failed(message["message"])]
        case _:
            return []


def _open_log() -> IO[bytes]:
    """Open the file for the worker's standard error: a log in the cache directory, or the null device."""
    path = directories.cache_dir() / _LOG
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")
    except OSError:
        return Path(os.devnull).open("wb")


def _exit_reason(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
