"""Phrases that say where a body is at home: "the Kenyan brewery Tarn", "Orn-based Tarn", "Tarn, based in Orn"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.collection.role_phrases import NO_MODIFIERS
from reader.recognize import Mention
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

OWNER_LABELS: Final = frozenset({"GPE", "NORP"})
"""Labels of what a body belongs to: "Velmoria's National Police"."""
PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_FARTHEST: Final = 60
"""How far before a body its home may end (code points)."""
_KINDS: Final = frozenset(
    re.findall(
        r"\S+",
        "agency airline alliance association bakery bank brand brewery broadcaster builder business cafe carmaker"
        " carrier chain channel charity church clinic club coalition college company conglomerate consortium"
        " consultancy contractor cooperative corporation daily dealer dealership developer distillery distributor"
        " enterprise factory federation firm foundation giant group hospital hotel importer institute insurer lab"
        " laboratory lender lobby magazine maker manufacturer mill mine miner museum network newspaper operator"
        " organization orchestra outlet paper party pharmacy plant producer publisher refinery retailer school"
        " shipbuilder shipyard smelter society startup start-up station steelmaker studio subsidiary supermarket"
        " supplier tabloid team theater trader trust union university utility venture weekly wholesaler winery"
        " workshop",
    )
)
"""Words for what a body is, before its name."""
_BETWEEN: Final = lazy_pattern(r"(-based)?((?:\s+[a-z][a-z-]*){0,3})\s+")
_BASED_IN: Final = lazy_pattern(
    r"(?:,?\s+(?:which|that)\s+is|,)?\s+(?:now\s+|still\s+)?(?:based|headquartered)\s+in\s+(?:the\s+)?(?:[a-z]+\s+)?"
)


class Home(NamedTuple):
    """Where a text says that a body is at home."""

    places: Sequence[Mention]
    words: Sequence[str]
    """What the body is."""


def home_of(text: str, mentions: Sequence[Mention], index: int) -> Home:
    """Return where a text says that a body is at home, by the words next to one of its mentions.

    Args:
        text: The text.
        mentions: Its mentions, sorted.
        index: The index of the mention.
    """
    mention = mentions[index]
    places: list[Mention] = []
    words: list[str] = []
    earlier = mentions[index - 1] if index else None
    if earlier is not None and earlier.label in OWNER_LABELS and mention.start - earlier.end <= _FARTHEST:
        match = _BETWEEN.fullmatch(text, earlier.end, mention.start)
        words = match[2].split() if match is not None else []
        if match is not None and (_says_kind(words) if words else match[1]):
            places.append(earlier)
    based_in = _BASED_IN.match(text, mention.end)
    if based_in is not None:
        later = mentions[index + 1 : index + 2]
        places += (place for place in later if place.start == based_in.end() and place.label in PLACE_LABELS)
    return Home(places, words if earlier in places else ())


def _says_kind(words: Sequence[str]) -> bool:
    """Return whether words before the name of a body say what it is: "small brewery"."""
    return words[-1] in _KINDS and NO_MODIFIERS.isdisjoint(words)
