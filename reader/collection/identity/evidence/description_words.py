"""How much a word of a description says about an entity."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from reader.names import tables

if TYPE_CHECKING:
    from reader.collection.identity.evidence.counts import Weight

_EVERYDAY_WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        "president minister chairman chairwoman chief executive director manager spokesman spokeswoman spokesperson"
        " official officer lawyer attorney judge senator mayor governor player coach teacher doctor professor analyst"
        " leader member secretary general captain commander reporter journalist author writer actor actress singer"
        " student worker owner founder head company group party team firm bank agency organization",
    )
)
"""Words that describe many people and bodies of the news."""
_EVERYDAY: Final = 2.0
_OCCUPATION: Final = 3.0
_OTHER_WORD: Final = 1.0


def word_weight(word: str) -> Weight:
    """Return how much it says that two documents describe namesakes with the same word."""
    if word in _EVERYDAY_WORDS:
        return _EVERYDAY if word in tables.occupations() else _OTHER_WORD / 2
    return _OCCUPATION if word in tables.occupations() else _OTHER_WORD


def telling_words(words: Iterable[str]) -> set[str]:
    """Return the words of a description that do not describe many bodies: "bakery", not "company"."""
    return {word for word in words if word not in _EVERYDAY_WORDS}
