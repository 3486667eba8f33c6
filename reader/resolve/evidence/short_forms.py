"""Where a short form occurs alone in the text, and who had been mentioned by then.

It searches the text, not the mentions, so one more mention of a known name changes no other entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from reader.resolve.resolution import Name

_MOST_OCCURRENCES: Final = 100
"""Occurrences of a short form that are looked at."""

_REACH: Final = 2_000
"""How far before a short form its full name is looked for (code points)."""

NameGroups = Sequence[Sequence[Name]]
"""Names that a short form may stand for. The names of one group are one entity already."""


class ShortForms:
    """Finds occurrences of short forms in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._first_offsets: dict[str, int] = {}

    def introduced(self, short: Name, groups: NameGroups) -> Name | None:
        """Return a name of the only group that was mentioned before `short` first occurs alone."""
        earlier = self._mentioned_before(short, groups)
        return earlier[0][1] if len(earlier) == 1 else None

    def first_named(self, short: Name, groups: NameGroups) -> Name | None:
        """Return a name of the group that was mentioned first, if that was before `short` first occurs alone."""
        earlier = self._mentioned_before(short, groups) if len(groups) > 1 else []
        return min(earlier)[1] if earlier else None

    def may_refer_to(self, short: Name, rival: Name, owners: Sequence[Name]) -> bool:
        """Return whether `short` may refer to `rival` rather than to its owners.

        A surname alone refers to the last person with this surname who was named in full. So at least half of the
        occurrences of `short` must follow `rival` without the full name of an owner in between.
        """
        first = self._first_offset(rival.text)
        if first < 0:
            return True
        occurrences = list(self._occurrences(short, [*owners, rival]))
        after_rival = [offset for offset in occurrences if offset > first and self._follows(offset, rival, owners)]
        return 2 * len(after_rival) >= len(occurrences)

    def _follows(self, offset: int, rival: Name, owners: Sequence[Name]) -> bool:
        """Return whether the name of `rival`, not that of an owner, is the last one before an offset."""
        reach = max(0, offset - _REACH)
        last_rival = self._text.rfind(rival.text, reach, offset)
        return last_rival >= 0 and last_rival > max(self._text.rfind(owner.text, reach, offset) for owner in owners)

    def _mentioned_before(self, short: Name, groups: NameGroups) -> list[tuple[int, Name]]:
        """Return the groups mentioned before `short` first occurs alone: the first offset and a name of each."""
        alone = next(self._occurrences(short, [name for group in groups for name in group]), None)
        if alone is None:
            return []
        earlier: list[tuple[int, Name]] = []
        for group in groups:
            offsets = [(self._first_offset(name.text), name) for name in group]
            before_alone = [offset for offset, name in offsets if 0 <= offset <= alone - len(name.text)]
            if before_alone:
                earlier.append((min(before_alone), group[0]))
        return earlier

    def _first_offset(self, name: str) -> int:
        """Return the offset of the first occurrence of a name, -1 for none. The text is searched once for each name."""
        offset = self._first_offsets.get(name)
        if offset is None:
            offset = self._first_offsets[name] = self._text.find(name)
        return offset

    def _occurrences(self, short: Name, full_names: Sequence[Name], start: int = 0) -> Iterator[int]:
        """Yield the offsets at which `short` occurs outside the longer names that contain it."""
        text, form = self._text, short.text
        pattern = re.compile(re.escape(form))
        inside = [(full.text, match.start()) for full in full_names for match in pattern.finditer(full.text)]
        offset = max(start, self._first_offset(form)) - 1
        for _ in range(_MOST_OCCURRENCES):
            offset = text.find(form, offset + 1)
            if offset < 0:
                return
            end = offset + len(form)
            if (offset and text[offset - 1].isalnum()) or text[end : end + 1].isalnum():
                continue
            if not any(offset >= shift and text.startswith(full, offset - shift) for full, shift in inside):
                yield offset
