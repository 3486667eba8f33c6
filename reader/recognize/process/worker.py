"""The worker: reads requests from standard input and writes results to standard output (see `wire`).

It exits when its standard input ends, even while it is busy. Standard output has only messages: anything that
libraries print goes to standard error.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Sequence
from queue import SimpleQueue
from typing import BinaryIO, Final

from reader.document.normal_text import NormalText
from reader.recognize.mention import Mention
from reader.recognize.models.find import identify, split_model
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.process import cache, wire
from reader.recognize.process.analysis import (
    document_pass,
    in_document,
    load_recognizer,
    provisional_mentions,
    raw_mentions,
)
from reader.recognize.process.cached_analysis import language_notice
from reader.recognize.process.mention_codec import pack
from reader.recognize.process.second_opinion import with_second_opinion
from reader.recognize.process.segments import Batch, batches
from reader.recognize.protocol import RecognizerError
from reader.recognize.rules.languages.language import language_of

_INTERVAL: Final = 0.08
"""The minimum number of seconds between two messages with provisional mentions."""
_NICE: Final = 5
"""The niceness that lets the app run before the worker."""


class Worker:
    """Answers requests one after another."""

    def __init__(self, requests: BinaryIO, replies: BinaryIO) -> None:
        self._requests = requests
        self._replies = replies
        self._queue: SimpleQueue[wire.Message] = SimpleQueue()
        self._view: tuple[int, int] = (0, 0)
        """The id of a request, and the index of the block in view."""
        self._is_nice = False

    def run(self) -> None:
        """Answer requests until standard input ends."""
        self._send({"type": "hello", "protocol": wire.PROTOCOL})
        threading.Thread(target=self._read_requests, daemon=True).start()
        _preload()
        _freeze_objects()
        while True:
            self._answer(self._queue.get())

    def _read_requests(self) -> None:
        for line in self._requests:
            try:
                message = wire.decode(line)
                if message["type"] == "analyze":
                    self._view = int(message["id"]), int(message["first"])
                    self._queue.put(message)
                elif message["type"] == "view":
                    self._view = int(message["id"]), int(message["first"])
            except (ValueError, KeyError, TypeError) as error:
                self._send({"type": "failed", "id": 0, "message": f"not a request: {error}"})
        # Nobody is waiting for an answer any more, and the main thread may be busy for seconds.
        os._exit(0)

    def _send(self, message: wire.Message) -> None:
        try:
            self._replies.write(wire.encode(message))
            self._replies.flush()
        except (BrokenPipeError, ValueError):
            os._exit(0)

    def _answer(self, request: wire.Message) -> None:
        request_id = request["id"]
        try:
            self._analyze(request_id, request)
        except RecognizerError as error:
            self._send({"type": "failed", "id": request_id, "message": str(error)})
        except Exception as error:
            import traceback

            traceback.print_exc()
            self._send({"type": "failed", "id": request_id, "message": f"recognition failed: {type(error).__name__}"})

    def _analyze(self, request_id: int, request: wire.Message) -> None:
        document, model = wire.document_from(request), request.get("model")
        identity = identify(model)
        if notice := language_notice(document, identity):
            self._finish(request_id, identity, notice)
            return
        first, second = split_model(model)
        normal, parts = NormalText(document), 2 if second else 1
        mentions: Sequence[Mention] = self._find_mentions(request_id, normal, first, identity.language, parts=parts)
        if second:
            mentions, notice = with_second_opinion(
                document,
                mentions,
                second,
                lambda name, language: self._find_mentions(request_id, normal, name, language, part=1, parts=parts),
            )
        for start in range(0, len(mentions), wire.MAX_MENTIONS):
            packed = pack(mentions[start : start + wire.MAX_MENTIONS])
            self._send({"type": "mentions", "id": request_id, **packed})
        if request.get("keep") and not notice:
            cache.store(document, identity, mentions)
        from reader.recognize.models.model_notices import model_notice  # not needed before the names are sent

        self._finish(request_id, identity, notice or model_notice(identity))

    def _finish(self, request_id: int, identity: ModelIdentity, notice: str = "") -> None:
        fields = {"name": identity.name, "version": identity.version, "notice": notice}
        self._send({"type": "finished", "id": request_id, **fields})

    def _find_mentions(
        self, request_id: int, normal: NormalText, model: str, language: str, *, part: int = 0, parts: int
    ) -> list[Mention]:
        """Run a recognizer and the document pass, and send provisional mentions and the progress meanwhile.

        Args:
            request_id: The id of the request.
            normal: The normal text of the document.
            model: See `reader.recognize.models.find.identify`.
            language: The code of the language that the recognizer reads; "" if unknown or if it reads several.
            part: 0 for the pipeline, 1 for the one that gives a second opinion; only the first one's mentions are sent.
            parts: How many pipelines run.
        """
        recognizer = load_recognizer(model or None)
        _freeze_objects()
        language = language_of(normal.document, language)
        raw = list[Mention]()
        unsent, last_sent = list[Mention](), 0.0
        queue = batches(normal.document.text, normal.document.blocks)
        total = len(queue)
        if total > 1:
            self._lower_priority()
        while queue:
            batch = queue.pop(self._next_index(request_id, queue))
            mentions = raw_mentions(batch, recognizer)
            raw += mentions
            unsent += mentions
            time_now = time.monotonic()
            if queue and time_now - last_sent >= _INTERVAL:
                provisional = provisional_mentions(normal.document, sorted(unsent), language) if part == 0 else []
                progress = {"done": (part + 1) * total - len(queue), "total": parts * total}
                packed = pack(in_document(normal, provisional))
                self._send({"type": "found", "id": request_id, **progress, **packed})
                unsent, last_sent = [], time_now
        return in_document(normal, document_pass(normal.document, raw, language))

    def _lower_priority(self) -> None:
        """Let the app run first, for the rest of this process.

        Called for a long document only: the user is waiting for the result of a short one.
        """
        if not self._is_nice and hasattr(os, "nice"):
            os.nice(_NICE)
            self._is_nice = True

    def _next_index(self, request_id: int, queue: list[Batch]) -> int:
        """Return the index of the first batch at or after the block in view; 0 if there is none."""
        view_id, block = self._view
        if view_id == request_id:
            for index, batch in enumerate(queue):
                if batch.last_block >= block:
                    return index
        return 0


def _preload() -> None:
    """Import spaCy before the first request arrives."""
    from reader.recognize.network.spacy_recognizer import import_spacy

    import_spacy()


def _freeze_objects() -> None:
    """Exempt all loaded objects from garbage collection, and turn it on for later ones.

    Imports are faster without garbage collection. Loading a pipeline is faster with it because the memory it frees is
    used again at once.
    """
    gc.freeze()
    gc.enable()


def main() -> None:
    """Run the worker on standard input and output."""
    gc.disable()
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Worker(sys.stdin.buffer, replies).run()


if __name__ == "__main__":
    main()
