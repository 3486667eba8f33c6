"""What recognition found in one text, and what can be said of it whatever is decided; worked out when first asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from reader.names.normal import surface
from reader.recognize import Mention
from reader.recognize.places import longest_of


class Found:
    """Mentions in order of place."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._text = text

    @cached_property
    def by_surface(self) -> Mapping[str, Sequence[int]]:
        """The indices of the mentions that have a surface form."""
        raw: defaultdict[str, list[int]] = defaultdict(list)
        for index, mention in enumerate(self.mentions):
            raw[self._text[mention[0] : mention[1]]].append(index)
        for form in list(raw):
            if (joined := surface(form)) != form:
                raw[joined] += raw.pop(form)
        return raw

    @cached_property
    def of_user(self) -> int:
        """How many are the user's: names that hold in every article."""
        return sum(mention[3] == "user" for mention in self.mentions)

    @cached_property
    def longest(self) -> int:
        """No mention is longer (code points)."""
        return longest_of(self.mentions)
