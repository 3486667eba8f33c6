"""Where a short form stands in the text by itself, and who had been named by then.

It is the text that is looked at, not the mentions, so that one more mention of a known name changes no other entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from reader.resolve.resolution import Name

_LOOKS: Final = 100
"""So many places of a short form are looked at."""

Groups = Sequence[Sequence[Name]]
"""Names that a short form may stand for; those of one group are one entity already."""


class Alone:
    """Places of short forms in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._firsts: dict[str, int] = {}

    def introduced(self, short: Name, groups: Groups) -> Name | None:
        """Return a name of the group that alone had been named before `short` first stood by itself."""
        before = self._before(short, groups)
        return before[0][1] if len(before) == 1 else None

    def first_named(self, short: Name, groups: Groups) -> Name | None:
        """Return a name of the group that was named first of several, before `short` first stood by itself."""
        before = self._before(short, groups) if len(groups) > 1 else []
        return min(before)[1] if before else None

    def stands_after(self, short: Name, rival: Name, fulls: Sequence[Name]) -> bool:
        """Say whether `short` stands by itself after a rival has been named, so that it may be the rival's there."""
        named = self._first(rival.text)
        return named < 0 or next(self._places(short, [*fulls, rival], named + len(rival.text)), None) is not None

    def _before(self, short: Name, groups: Groups) -> list[tuple[int, Name]]:
        """Return the groups that were named before `short` first stood by itself: where first, and a name."""
        alone = next(self._places(short, [name for group in groups for name in group]), None)
        if alone is None:
            return []
        found: list[tuple[int, Name]] = []
        for group in groups:
            places = [at for name in group if (at := self._first(name.text)) >= 0 and at + len(name.text) <= alone]
            if places:
                found.append((min(places), group[0]))
        return found

    def _first(self, name: str) -> int:
        """Return where a name first stands, below 0 where it does not; the text is searched once for it."""
        at = self._firsts.get(name)
        if at is None:
            at = self._firsts[name] = self._text.find(name)
        return at

    def _places(self, short: Name, fulls: Sequence[Name], start: int = 0) -> Iterator[int]:
        """Yield where `short` stands outside of the longer names that hold it."""
        text, form = self._text, short.text
        offsets = [(full.text, match.start()) for full in fulls for match in re.finditer(re.escape(form), full.text)]
        at = max(start, self._first(form)) - 1
        for _ in range(_LOOKS):
            at = text.find(form, at + 1)
            if at < 0:
                return
            end = at + len(form)
            if (at and text[at - 1].isalnum()) or text[end : end + 1].isalnum():
                continue
            if not any(at >= offset and text.startswith(full, at - offset) for full, offset in offsets):
                yield at
