"""Brings what recognition finds to the screen, as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Protocol

from reader.reading import Reading
from reader.recognize import Mention, RecognizerError

if TYPE_CHECKING:
    from reader.recognize.process.client import RecognitionClient

_MANY: Final = 2_000
"""Mentions from which on merging is worked out beside the event loop rather than in it."""
_GROWTH: Final = 1.5
"""Merging is worked out anew when the mentions found so far have grown by this factor: each is merged a few times."""


class Audience(Protocol):
    """Who is told what recognition does."""

    def mentions_changed(self) -> None:
        """The reading holds other mentions now."""

    def recognition_says(self, activity: str) -> None:
        """What recognition is doing, "" when it has finished."""

    def recognition_noticed(self, message: str) -> None:
        """There is something that the user should know of the text."""

    def recognition_failed(self, message: str) -> None:
        """There will be no more mentions, and why."""


class Recognition(Protocol):
    """Where mentions come from."""

    async def run(self, reading: Reading, first_block: int, audience: Audience) -> None:
        """Find the mentions of a reading and hand them over as they come, those of a block in view first."""

    async def stop(self) -> None:
        """End whatever is under way."""


class ProcessRecognition:
    """Mentions from the cache or, where it has no answer, from the recognition process."""

    def __init__(self, model: str | None = None) -> None:
        self._model = model
        self._client: RecognitionClient | None = None

    async def run(self, reading: Reading, first_block: int, audience: Audience) -> None:
        """Find the mentions of a reading."""
        from reader.recognize import cached_mentions  # not needed for the first paint

        try:
            cached = cached_mentions(reading.document, self._model)
        except RecognizerError as error:
            audience.recognition_failed(str(error))
            return
        if cached is not None:
            await take(reading, cached.mentions)
            audience.recognition_says("")
            audience.mentions_changed()
            if cached.notice:
                audience.recognition_noticed(cached.notice)
        else:
            await self._follow(reading, first_block, audience)

    async def stop(self) -> None:
        """End the recognition process, and let go of its pipes while there is an event loop to do so."""
        if self._client:
            await self._client.close()

    async def _follow(self, reading: Reading, first_block: int, audience: Audience) -> None:
        from reader.recognize.process.client import (
            Failed,
            Finished,
            Loading,
            ProvisionalMentions,
            RecognitionClient,
            RecognitionProgress,
        )

        client = self._client = self._client or RecognitionClient()
        found: list[Mention] = []
        merged = 0
        async for event in client.analyze(reading.document, self._model, first_block=first_block):
            match event:
                case Loading():
                    audience.recognition_says("loading the pipeline …")
                    await asyncio.to_thread(_prepare_merging)
                case RecognitionProgress(done, total):
                    audience.recognition_says(f"recognizing {100 * done // max(total, 1)} %")
                case ProvisionalMentions(mentions):
                    found += mentions
                    if len(found) >= merged * _GROWTH + 1:
                        merged = len(found)
                        await take(reading, found)
                        audience.mentions_changed()
                case Finished(mentions):
                    await take(reading, mentions)
                    audience.recognition_says("")
                    audience.mentions_changed()
                    if event.notice:
                        audience.recognition_noticed(event.notice)
                case Failed(message):
                    audience.recognition_failed(message)


async def take(reading: Reading, mentions: Iterable[Mention]) -> None:
    """Let a reading take mentions without holding up the event loop for long."""
    ordered = tuple(sorted(mentions))
    if len(ordered) < _MANY:
        reading.set_recognized(ordered)
    else:
        await asyncio.to_thread(reading.set_recognized, ordered)


def _prepare_merging() -> None:
    """Load what merging needs while the recognition process is busy with its own loading."""
    from reader.resolve import prepare

    prepare()
