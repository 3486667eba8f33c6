"""Find the places in capitals at the start of a news report: "LONDON (Reuters) - …", "PARIS, May 3 (AP) - …"."""

from __future__ import annotations

import re
from typing import Final

from reader.recognize.rules.gazetteer import gazetteer
from reader.recognize.rules.typesetting.capitals import gazetteer_in_capitals, small_words
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_DASH: Final = r"[-–—_]"
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_CAPITALS: Final = r"[^\W\d_a-z][^\W\d_a-z'.]{2,24}"
_CAPITALS_AFTER: Final = r"[^\W\d_a-z][^\W\d_a-z'.]{1,24}"
_PLACE_IN_CAPITALS: Final = rf"{_CAPITALS}(?:[ -]{_CAPITALS_AFTER}){{0,3}}"
_REGION: Final = r"(?:, [A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2})??"
_DATELINE: Final = lazy_pattern(
    rf"(?P<cities>{_PLACE_IN_CAPITALS}{_REGION}(?:(?:/|; ?|,? and |, ){_PLACE_IN_CAPITALS}{_REGION}){{0,3}})"
    rf"(?P<date>,? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)?"
    rf"(?P<agency>,? \([A-Z][\w .&/-]{{1,30}}\))?"
    rf"(?: ?: | ?{_DASH}{{1,2}} ?)(?=[\"'(]?\w)"
)
_CITY: Final = lazy_pattern(rf"(?<![\w.]){_PLACE_IN_CAPITALS}(?![^\W_])")
_REGION_NAME: Final = lazy_pattern(r"(?<=, )[A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2}(?=$|[,;/]| and )")
_PLACE_LABELS: Final = frozenset({"GPE", "LOC"})
_NO_PLACES: Final = frozenset(
    (
        "aboard",
        "analysis",
        "breaking",
        "commentary",
        "corrected",
        "explainer",
        "factbox",
        "opinion",
        "timeline",
        "wrapup",
    )
)
"""First words of other lines that look like datelines, besides the words that are hardly ever names."""


class Dateline(NamedTuple):
    """The span of a place or region in a dateline; offsets in code points, end exclusive."""

    start: int
    end: int
    is_certain: bool
    """Whether the form of the line or the tables leave no doubt that this is a place."""


def find_dateline(text: str, start: int, end: int) -> list[Dateline]:
    """Return the places in the dateline at the start of a block, if there is one: "AUSTIN, Texas; LIMA, Peru - …".

    A region after a place is returned too, if the tables list it.

    Args:
        text: The text, in normal form.
        start: Offset of the block.
        end: Its end.
    """
    match = _DATELINE.match(text, start, end)
    if match is None:
        return []
    first, last = match.span("cities")
    spans = [city.span() for city in _CITY.finditer(text, first, last)]
    spans = [span for span in spans if span[0] == first or "." not in text[slice(*span)]]  # "D.C." is a region
    regions = [
        region.span()
        for region in _REGION_NAME.finditer(text, first, last)
        if _is_place(region[0]) and not any(start < region.end() and region.start() < end for start, end in spans)
    ]
    entries = [gazetteer_in_capitals().get(text[slice(*span)]) for span in spans]
    if any(
        entry is None and _is_no_place(text[slice(*span)].lower()) for span, entry in zip(spans, entries, strict=True)
    ):
        return []
    listed = [entry is not None and entry.label in _PLACE_LABELS for entry in entries]
    is_certain = bool(match["agency"] or match["date"] or regions) or all(listed) or (len(spans) > 1 and any(listed))
    if not is_certain and ":" in match[0]:
        return []  # "KARASU: …" is the tag of a speaker
    cities = [
        Dateline(*span, is_certain)
        for span, entry in zip(spans, entries, strict=True)
        if entry is None or entry.label in _PLACE_LABELS
    ]
    return sorted([*cities, *(Dateline(*span, is_certain=True) for span in regions)])


def _is_place(name: str) -> bool:
    entry = gazetteer().get(name)
    return entry is not None and entry.label in _PLACE_LABELS


def _is_no_place(name: str) -> bool:
    """Return whether a lower-case name is not a place: it consists of ordinary words, or begins another line."""
    parts = re.split(r"[ -]", name)
    return parts[0] in _NO_PLACES or all(part in small_words() for part in parts)
