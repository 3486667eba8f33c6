"""How far a batch is: a line such as "312 of 4,000 documents, 2 failed · 3 min left"."""

from __future__ import annotations

import time
from typing import Final, TextIO

_INTERVAL: Final = 0.1
"""Seconds between two changes of the line."""
_EARLY: Final = 3.0
"""Seconds before which the rate is too uncertain to say how much time is left."""


class ProgressLine:
    """Shows the progress in the last line of a terminal."""

    def __init__(self, stream: TextIO, total: int, *, enabled: bool = True) -> None:
        self._stream = stream
        self._enabled = enabled
        self._total = total
        self._started_at = time.monotonic()
        self._painted_at = 0.0
        self._is_shown = False

    def show(self, finished: int, failed: int, skipped: int = 0) -> None:
        """Show that `finished` of the documents are done, of which `failed` cannot be read.

        Args:
            finished: The number of finished documents.
            failed: How many of them could not be read.
            skipped: How many of them took no time, because nothing had changed.
        """
        if not self._enabled or (self._is_early() and finished < self._total):
            return
        seconds = time.monotonic() - self._started_at
        self._paint(progress_text(finished, self._total, failed, skipped, seconds))

    def show_step(self, step: str, finished: int, total: int) -> None:
        """Show how much of a step is done that follows the documents, such as "connecting entities: 20 %"."""
        if self._enabled and not self._is_early():
            self._paint(f"{step}: {100 * finished // max(total, 1)} %")

    def _is_early(self) -> bool:
        """Return whether the line has changed just now."""
        return time.monotonic() - self._painted_at < _INTERVAL

    def _paint(self, line: str) -> None:
        self._painted_at = time.monotonic()
        self._stream.write(f"\r\x1b[K{line}")
        self._stream.flush()
        self._is_shown = True

    def clear(self) -> None:
        """Remove the line, so that something else can be printed."""
        if self._is_shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._is_shown = False


def progress_text(finished: int, total: int, failed: int, skipped: int, seconds: float) -> str:
    """Return the line for a batch that has run for some seconds. Files of many documents can raise the total."""
    total = max(total, finished)
    words = [f"{finished:,} of {total:,} documents"]
    if failed:
        words.append(f"{failed:,} failed")
    worked = finished - skipped
    if worked and total > finished and seconds >= _EARLY:
        words.append(f"{_duration(seconds / worked * (total - finished))} left")
    return " · ".join(words)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
