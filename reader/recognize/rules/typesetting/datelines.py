"""Find the place in capitals at the start of a news report: "LONDON (Reuters) - …", "PARIS, May 3 (AP) - …"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.recognize.rules.gazetteer import gazetteer
from reader.recognize.rules.typesetting.capitals import gazetteer_in_capitals, small_words

_DASH: Final = r"[-–—_]"
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_CAPITALS: Final = r"[^\W\d_a-z][^\W\d_a-z'.]{2,24}"
_CAPITALS_AFTER: Final = r"[^\W\d_a-z][^\W\d_a-z'.]{1,24}"
_DATELINE: Final = re.compile(
    rf"(?P<place>{_CAPITALS}(?:[ -]{_CAPITALS_AFTER}){{0,3}})"
    rf"(?P<second>/{_CAPITALS}(?:[ -]{_CAPITALS_AFTER}){{0,2}})?"
    r"(?P<region>, [A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2})??"
    rf"(?P<date>,? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)?"
    rf"(?P<agency>,? \([A-Z][\w .&/-]{{1,30}}\))?"
    rf"(?: ?: | ?{_DASH}{{1,2}} ?)(?=[\"'(]?\w)"
)
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
    """The span of a place in a dateline; offsets in code points, end exclusive."""

    start: int
    end: int
    is_certain: bool
    """Whether the form of the line or the tables leave no doubt that this is a place."""


def find_dateline(text: str, start: int, end: int) -> list[Dateline]:
    """Return the places in the dateline at the start of a block, one or two; none without a dateline.

    Args:
        text: The text, in normal form.
        start: Offset of the block.
        end: Its end.
    """
    match = _DATELINE.match(text, start, end)
    if match is None:
        return []
    spans = [match.span("place")]
    if match["second"]:
        spans.append((match.start("second") + 1, match.end("second")))
    entries = [gazetteer_in_capitals().get(text[slice(*span)]) for span in spans]
    if any(
        entry is None and _is_no_place(text[slice(*span)].lower()) for span, entry in zip(spans, entries, strict=True)
    ):
        return []
    is_certain = bool(match["agency"] or match["date"]) or all(
        entry is not None and entry.label in _PLACE_LABELS for entry in entries
    )
    if not is_certain and (match["region"] is None or not _is_place(match["region"][2:])) and ":" in match[0]:
        return []  # "KARASU: …" is the tag of a speaker
    return [
        Dateline(*span, is_certain)
        for span, entry in zip(spans, entries, strict=True)
        if entry is None or entry.label in _PLACE_LABELS
    ]


def _is_place(name: str) -> bool:
    entry = gazetteer().get(name)
    return entry is not None and entry.label in _PLACE_LABELS


def _is_no_place(name: str) -> bool:
    """Return whether a name in lower case consists of words, or begins another line: "breaking news"."""
    parts = re.split(r"[ -]", name)
    return parts[0] in _NO_PLACES or all(part in small_words() for part in parts)
