"""The searches of earlier documents and sessions, for the search line. A file in the data directory keeps them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Final

from reader.directories import data_dir

_FILE: Final = "searches.json"
_MOST: Final = 100
_LONGEST: Final = 500
"""Code points of a search that is kept."""


class SearchHistory:
    """Earlier searches, oldest first, and the one that the search line shows."""

    def __init__(self, *, persistent: bool) -> None:
        self._persistent = persistent
        self._searches: list[str] | None = None
        self._index = 0
        self._draft = ""
        """What was typed before going back to an earlier search."""

    @property
    def last(self) -> str:
        """The last search, "" if there was none."""
        return next(reversed(self._loaded()), "")

    def begin(self) -> None:
        """Start from the last search again."""
        self._index, self._draft = len(self._loaded()), ""

    def step(self, steps: int, typed: str) -> str:
        """Return the next search that begins like the draft, or the one before if `steps` is negative.

        Args:
            steps: 1 or -1.
            typed: The text in the line. It becomes the draft when the first earlier search is asked for.
        """
        searches = self._loaded()
        if self._index >= len(searches):
            self._draft = typed
        index = self._index + steps
        while 0 <= index < len(searches):
            if searches[index].startswith(self._draft):
                self._index = index
                return searches[index]
            index += steps
        if steps > 0:
            self._index = len(searches)
            return self._draft
        return typed

    def add(self, search: str) -> None:
        """Remember a search as the last one; a search is kept once."""
        if not search.strip() or len(search) > _LONGEST:
            return
        searches = [earlier for earlier in self._loaded() if earlier != search]
        self._searches = [*searches, search][-_MOST:]
        self._index = len(self._searches)
        if self._persistent:
            with suppress(OSError):
                data_dir().mkdir(parents=True, exist_ok=True)
                (data_dir() / _FILE).write_text(json.dumps(self._searches, ensure_ascii=False), "utf-8")

    def _loaded(self) -> list[str]:
        if self._searches is None:
            self._searches = []
            if self._persistent:
                with suppress(OSError, ValueError):
                    stored = json.loads((data_dir() / _FILE).read_text("utf-8"))
                    if isinstance(stored, list):
                        self._searches = [search for search in stored if isinstance(search, str)][-_MOST:]
        return self._searches
