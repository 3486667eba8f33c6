"""The app's side of the recognition process: starts it, talks to it, ends it. Imports nothing heavy."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, TypeAlias

from reader import directories
from reader.document import Document
from reader.recognize.mention import Mention
from reader.recognize.models.find import identify
from reader.recognize.process import wire
from reader.recognize.process.mention_codec import unpack
from reader.recognize.protocol import RecognizerError

_LONGEST_LINE: Final = 16 * 1024 * 1024
"""Bytes of one message at most."""
_LOG: Final = "worker.log"
_PATIENCE: Final = 300.0
"""Seconds: the largest pipelines take one to load, and a language model as many for a batch of paragraphs."""


@dataclass(frozen=True, slots=True)
class Loading:
    """The pipeline is being loaded."""

    model_name: str
    model_version: str


@dataclass(frozen=True, slots=True)
class Progress:
    """So many parts of the document, of so many, have been read."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """Mentions of parts just read, in order of place. Provisional: `Finished` replaces them all."""

    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """All mentions of the document. Nothing follows."""

    mentions: tuple[Mention, ...]
    model_name: str
    model_version: str
    notice: str = ""
    """See `reader.recognize.Analysis.notice`."""


@dataclass(frozen=True, slots=True)
class Failed:
    """There will be no mentions; `message` is one line for the user. Nothing follows."""

    message: str


Event: TypeAlias = Loading | Progress | Found | Finished | Failed


class RecognitionClient:
    """One recognition process, started when first needed and kept for the next document.

    One analysis at a time: a new one ends an unfinished one, which then yields nothing more. Use it as an asynchronous
    context manager, or `close` it at the end.
    """

    def __init__(
        self,
        command: Sequence[str] = (sys.executable, "-P", "-m", "reader.recognize.process.worker"),
        *,
        patience: float = _PATIENCE,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            command: What starts the process.
            patience: Seconds without any sign of progress after which it is ended.
        """
        self._command = tuple(command)
        self._patience = patience
        self._process: asyncio.subprocess.Process | None = None
        self._number = 0
        self._busy = False

    async def __aenter__(self) -> RecognitionClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def analyze(
        self, document: Document, model: str | None = None, *, first_block: int = 0, keep: bool = True
    ) -> AsyncIterator[Event]:
        """Find the mentions of a document in the recognition process.

        Leaving the iteration early, or cancelling it, kills the process.

        Args:
            document: What to read.
            model: The name of an installed pipeline or the path of one; None means the bundled one.
            first_block: Index of the block in view: recognized first.
            keep: Whether the result goes into the cache.

        Yields:
            Any number of `Loading`, `Progress` and `Found`, then one `Finished` or `Failed`. Never raises for what the
            process does.
        """
        if self._busy:
            self.kill()
        self._busy, self._number = True, self._number + 1
        number, whole = self._number, False
        try:
            identity = identify(model)
            request = {
                "type": "analyze", "id": number, "model": model, "first": first_block, "keep": keep,
            }  # fmt: skip
            process = await self._started()
            self._write(process, request | wire.document_parts(document))
            yield Loading(identity.name, identity.version)
            async for event in self._events(process, number, len(document.text)):
                whole = isinstance(event, Finished | Failed)
                yield event
        except RecognizerError as error:
            whole = True
            yield Failed(str(error))
        except OSError as error:
            whole = True
            yield Failed(f"recognition could not be started: {error.strerror or error}")
        finally:
            if number == self._number:
                self._busy = False
                if not whole:
                    await self.close()

    def view(self, block: int) -> None:
        """Say which block is in view now, so that it is recognized next."""
        if self._busy and self._process is not None:
            self._write(self._process, {"type": "view", "id": self._number, "first": block})

    async def close(self) -> None:
        """End the process, whatever it is doing, and wait until it is gone (a few milliseconds)."""
        process = self._process
        self.kill()
        if process is None or process.stdin is None or process.stdout is None:
            return
        process.stdin.close()
        with suppress(OSError, RuntimeError):  # RuntimeError: an iteration reads to the end itself
            await process.stdout.read()
        with suppress(OSError):
            await process.stdin.wait_closed()
        await process.wait()

    def kill(self) -> None:
        """End the process without waiting for it. From the event loop's thread, at any time."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        with _log_file() as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                limit=_LONGEST_LINE,
                # Ctrl+C is for the app to understand.
                start_new_session=True,
            )
        return self._process

    @staticmethod
    def _write(process: asyncio.subprocess.Process, message: wire.Message) -> None:
        """Hand a message over; the transport sends it as the process reads."""
        if process.stdin is not None and not process.stdin.is_closing():
            process.stdin.write(wire.line(message))

    async def _events(self, process: asyncio.subprocess.Process, number: int, length: int) -> AsyncIterator[Event]:
        assert process.stdout is not None
        final: list[Mention] = []
        try:
            while data := await asyncio.wait_for(process.stdout.readline(), self._patience):
                message = wire.parsed(data)
                kind = message["type"]
                if kind == "hello" and message["protocol"] != wire.PROTOCOL:
                    raise ValueError(f"protocol {message['protocol']}, not {wire.PROTOCOL}")
                if message.get("id") != number:
                    continue
                if kind == "mentions":
                    final += unpack(message, length)
                elif kind == "finished":
                    yield Finished(tuple(final), message["name"], message["version"], message.get("notice", ""))
                    return
                for event in _events_of(message, length):
                    yield event
                if kind == "failed":
                    return
        except TimeoutError:
            if number == self._number:
                await self.close()
                yield Failed(f"recognition made no progress for {self._patience:.0f} seconds and was ended")
            return
        except (ValueError, KeyError, TypeError) as error:
            await self.close()
            yield Failed(f"recognition answered what cannot be understood: {error}")
            return
        code = await process.wait()
        if number != self._number:
            return
        await self.close()
        yield Failed(f"recognition ended unexpectedly ({_reason(code)}); see {directories.cache_dir() / _LOG}")


def _events_of(message: wire.Message, length: int) -> list[Event]:
    match message["type"]:
        case "found":
            return [Progress(message["done"], message["total"]), Found(tuple(unpack(message, length)))]
        case "failed":
            return [Failed(message["message"])]
        case _:
            return []


def _log_file() -> IO[bytes]:
    """Where the process may complain: a log in the cache directory, or nowhere; never the screen."""
    path = directories.cache_dir() / _LOG
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")
    except OSError:
        return Path(os.devnull).open("wb")


def _reason(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
