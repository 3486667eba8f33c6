"""The recognition process: requests on standard input, answers on standard output (see `wire`).

Ends when its standard input does, also in the middle of its work. Standard output carries messages and nothing else:
whatever libraries print goes to standard error.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from queue import SimpleQueue
from typing import BinaryIO, Final

from reader.recognize.mention import Mention
from reader.recognize.models.find import identify
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.process import cache, wire
from reader.recognize.process.analysis import document_pass, load_recognizer, provisional, raw_mentions
from reader.recognize.process.cached import notice_on
from reader.recognize.process.composed import Composed, composed
from reader.recognize.process.mention_codec import pack
from reader.recognize.process.segments import Batch, batches
from reader.recognize.protocol import Recognizer, RecognizerError

_INTERVAL: Final = 0.08
"""Seconds between two provisional answers at least."""
_NICE: Final = 5
"""How far the process stands back behind the app."""


class Worker:
    """Answers requests one after another."""

    def __init__(self, requests: BinaryIO, replies: BinaryIO) -> None:
        self._requests = requests
        self._replies = replies
        self._queue: SimpleQueue[wire.Message] = SimpleQueue()
        self._view: tuple[int, int] = (0, 0)
        """Of which request which block is in view."""
        self._stands_back = False

    def run(self) -> None:
        """Work until the requests end."""
        self._send({"type": "hello", "protocol": wire.PROTOCOL})
        threading.Thread(target=self._listen, daemon=True).start()
        _load_ahead()
        _freeze()
        while True:
            self._answer(self._queue.get())

    def _listen(self) -> None:
        for data in self._requests:
            try:
                message = wire.parsed(data)
                if message["type"] == "analyze":
                    self._view = int(message["id"]), int(message["first"])
                    self._queue.put(message)
                elif message["type"] == "view":
                    self._view = int(message["id"]), int(message["first"])
            except (ValueError, KeyError, TypeError) as error:
                self._send({"type": "failed", "id": 0, "message": f"not a request: {error}"})
        # Nobody is left to answer to, and the main thread may be busy for seconds.
        os._exit(0)

    def _send(self, message: wire.Message) -> None:
        try:
            self._replies.write(wire.line(message))
            self._replies.flush()
        except (BrokenPipeError, ValueError):
            os._exit(0)

    def _answer(self, request: wire.Message) -> None:
        number = request["id"]
        try:
            self._analyze(number, request)
        except RecognizerError as error:
            self._send({"type": "failed", "id": number, "message": str(error)})
        except Exception as error:
            import traceback

            traceback.print_exc()
            self._send({"type": "failed", "id": number, "message": f"recognition failed: {type(error).__name__}"})

    def _analyze(self, number: int, request: wire.Message) -> None:
        document, model = wire.document_of(request), request.get("model")
        identity = identify(model)
        if notice := notice_on(document, identity):
            self._finish(number, identity, notice)
            return
        recognizer = load_recognizer(model)
        _freeze()
        shown = composed(document)
        mentions = shown.back(document_pass(shown.document, self._read(number, shown, recognizer)))
        for first in range(0, len(mentions), wire.PART):
            self._send({"type": "mentions", "id": number, **pack(mentions[first : first + wire.PART])})
        if request.get("keep"):
            cache.store(document, identity, mentions)
        self._finish(number, identity, _late_notice(identity))

    def _finish(self, number: int, identity: ModelIdentity, notice: str = "") -> None:
        told = {"name": identity.name, "version": identity.version, "notice": notice}
        self._send({"type": "finished", "id": number, **told})

    def _read(self, number: int, shown: Composed, recognizer: Recognizer) -> list[Mention]:
        """Recognize every batch, what is in view first, and tell what is found meanwhile."""
        todo = batches(shown.document.text, shown.document.blocks)
        if len(todo) > 1:
            self._stand_back()
        total, raw, fresh, told = len(todo), list[Mention](), list[Mention](), 0.0
        while todo:
            batch = todo.pop(self._next(number, todo))
            found = raw_mentions(batch, recognizer)
            raw += found
            fresh += found
            now = time.monotonic()
            if todo and now - told >= _INTERVAL:
                packed = pack(shown.back(provisional(shown.document, sorted(fresh))))
                self._send({"type": "found", "id": number, "done": total - len(todo), "total": total, **packed})
                fresh, told = [], now
        return raw

    def _stand_back(self) -> None:
        """Let the app go first, once: a short article is what its reader waits for, a long one is not."""
        if not self._stands_back and hasattr(os, "nice"):
            os.nice(_NICE)
            self._stands_back = True

    def _next(self, number: int, todo: list[Batch]) -> int:
        """The first batch from the block in view onwards; when none is left, the first of all."""
        request, block = self._view
        if request == number:
            for place, batch in enumerate(todo):
                if batch.last_block >= block:
                    return place
        return 0


def _late_notice(identity: ModelIdentity) -> str:
    """Return what is to be said of a pipeline that was trained from an earlier bundled one, "" of any other."""
    from reader.recognize.models.ancestry import outdated_notice

    told = "" if identity.plugin else outdated_notice(identity.path)
    return f"{identity.name}: {told}" if told else ""


def _load_ahead() -> None:
    """Import spaCy while the first request is on its way."""
    from reader.recognize.network.spacy_recognizer import import_spacy

    import_spacy()


def _freeze() -> None:
    """Take all that was loaded out of the garbage collector's sight, and let it collect what comes after.

    Imports go faster without it, loading a pipeline goes faster with it: what that throws away is used again at once.
    """
    gc.freeze()
    gc.enable()


def main() -> None:
    """Run the process on its standard streams."""
    gc.disable()
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Worker(sys.stdin.buffer, replies).run()


if __name__ == "__main__":
    main()
