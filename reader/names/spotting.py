"""Finding a list of names in a long text at once, in one compiled pass: exact, on token borders, longest first.

`reader.names.matcher.Matcher` looks at every word and bears thousands of names; this one is for some hundreds, and
ten times as fast: the regular expression engine skips to the letters with which the names begin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from reader.names.matcher import WORD, Hit, on_borders
from reader.names.normal import surface

_SPACE: Final = r"\s{1,3}"
"""What may stand where a name has a space: in wrapped text a line break, with its indent."""


def spot(text: str, names: Iterable[str]) -> Iterator[Hit]:
    """Yield where names stand in a text, in order; of those that overlap the leftmost, then the longest.

    Args:
        text: Where to look.
        names: Surface forms, as `reader.names.surface` returns them; those without letter or digit are overlooked.

    Yields:
        Places, each with the name as it was given.
    """
    pattern = _compiled(frozenset(name for name in names if WORD.search(name)))
    place = 0
    while pattern is not None and (match := pattern.search(text, place)):
        start, end = match.span()
        place = start + 1
        if on_borders(text, start, end):
            place = end
            yield Hit(start, end, surface(match[0]))


@lru_cache(maxsize=4)
def _compiled(names: frozenset[str]) -> re.Pattern[str] | None:
    """Return what matches any of the names, by their first two letters, so that most places are left at once."""
    tree: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        tree[name[0]][name[1:2]].append(name[2:])
    if not tree:
        return None
    return re.compile("|".join(re.escape(first) + _rest(tree[first]) for first in sorted(tree)))


def _rest(seconds: Mapping[str, list[str]]) -> str:
    """Return what matches the rest of the names that begin with a letter, the longest ones first."""
    branches = []
    for second in sorted(seconds, reverse=True):  # "", a name of one letter, comes last
        tails = sorted(seconds[second], key=lambda tail: (-len(tail), tail))
        branches.append(f"{_spaced(second)}(?:{'|'.join(map(_spaced, tails))})")
    return rf"(?<![^\W_].)(?:{'|'.join(branches)})(?![^\W_])"


def _spaced(part: str) -> str:
    return _SPACE.join(map(re.escape, part.split(" ")))
