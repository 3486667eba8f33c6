"""Brings the mentions that recognition finds to the screen, as they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from reader.reading import Reading
from reader.recognize import Mention, RecognizerError
from reader.ui.base.abandoned_work import in_thread

if TYPE_CHECKING:
    from reader.recognize.process.client import RecognitionClient

_MANY_MENTIONS: Final = 2_000
"""Number of mentions from which on entities are computed in a thread rather than in the event loop."""
_LONG_TEXT: Final = 20_000
"""Code points from which on they always are: definitions are looked for in the whole text, however few mentions."""
_GROWTH: Final = 1.5
"""Factor by which the mentions found so far must have grown before entities are computed again. Each mention is then
merged only a few times."""


class RecognitionListener(Protocol):
    """What is told about the progress of recognition."""

    async def show_unmerged(self) -> None:
        """Show the mentions of the reading, whose names are not merged yet. Return once they are painted."""

    def mentions_changed(self) -> None:
        """Handle new mentions in the reading."""

    def show_activity(self, activity: str) -> None:
        """Show what recognition is doing, "" if it has finished."""

    def show_notice(self, message: str) -> None:
        """Show what the user should know about the text."""

    def show_failure(self, message: str) -> None:
        """Show why there will be no more mentions."""


class Recognition(Protocol):
    """A source of mentions."""

    async def run(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        """Find the mentions of a reading, and hand them over as they come.

        Args:
            reading: Where the mentions go.
            first_block: The index of the first block in view, which is recognized first.
            listener: What is told about the progress.
        """

    async def stop(self) -> None:
        """Stop whatever is running."""

    def another(self) -> Recognition:
        """Return a recognition for another document that is shown at the same time."""


class ProcessRecognition:
    """Mentions from the cache, or else from the worker."""

    def __init__(self, model: str | None = None) -> None:
        self._model = model
        self._client: RecognitionClient | None = None

    async def run(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        """Find the mentions of a reading."""
        from reader.recognize import cached_mentions  # not needed for the first paint

        reading.merges_later = _is_long(reading)
        try:
            cached = await in_thread(cached_mentions, reading.document, self._model)
        except RecognizerError as error:
            await self._fail(reading, str(error), listener)
            return
        if cached is not None:
            await set_mentions(reading, cached.mentions)
            if not _merges_in_thread(reading, cached.mentions):
                await listener.show_unmerged()
            listener.mentions_changed()
            listener.show_activity("")
            if cached.notice:
                listener.show_notice(cached.notice)
        else:
            await self._run_worker(reading, first_block, listener)

    def another(self) -> ProcessRecognition:
        """Return a recognition with a worker of its own."""
        return ProcessRecognition(self._model)

    async def stop(self) -> None:
        """End the worker, and close its pipes while there is an event loop to do so."""
        if self._client:
            await self._client.close()

    async def _run_worker(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        from reader.recognize.process.client import (
            Failed,
            Finished,
            Loading,
            ProvisionalMentions,
            RecognitionClient,
            RecognitionProgress,
        )

        client = self._client = self._client or RecognitionClient()
        mentions: list[Mention] = []
        merged_count = 0
        async for event in client.analyze(reading.document, self._model, first_block=first_block):
            match event:
                case Loading():
                    listener.show_activity("loading the pipeline …")
                    await in_thread(_prepare_merging)
                case RecognitionProgress(done, total):
                    listener.show_activity(f"recognizing {100 * done // max(total, 1)} %")
                case ProvisionalMentions(batch):
                    mentions += batch
                    if len(mentions) >= merged_count * _GROWTH + 1:
                        merged_count = len(mentions)
                        await set_mentions(reading, mentions)
                        listener.mentions_changed()
                case Finished(all_mentions):
                    await set_mentions(reading, all_mentions)
                    listener.mentions_changed()
                    listener.show_activity("")
                    if event.notice:
                        listener.show_notice(event.notice)
                case Failed(message):
                    await self._fail(reading, message, listener)

    @staticmethod
    async def _fail(reading: Reading, message: str, listener: RecognitionListener) -> None:
        """Say why there will be no more mentions, and merge those that the user has added."""
        listener.show_failure(message)
        if reading.merges_later:
            await set_mentions(reading, reading.recognized)
            listener.mentions_changed()


async def set_mentions(reading: Reading, mentions: Iterable[Mention]) -> None:
    """Give a reading its mentions, without blocking the event loop for long."""
    batch = tuple(mentions)
    if _merges_in_thread(reading, batch):
        prepared = reading.prepare()
        await in_thread(_merge, prepared, batch)
        reading.adopt(prepared)
    else:
        reading.set_recognized(sorted(batch))


def _merges_in_thread(reading: Reading, mentions: Sequence[Mention]) -> bool:
    return len(mentions) >= _MANY_MENTIONS or _is_long(reading)


def _merge(reading: Reading, mentions: Iterable[Mention]) -> None:
    reading.set_recognized(sorted(mentions))
    reading.merge()


def _is_long(reading: Reading) -> bool:
    return len(reading.document.text) >= _LONG_TEXT


def _prepare_merging() -> None:
    """Import what merging needs while the worker is busy with its own imports."""
    from reader.resolve import prepare

    prepare()
