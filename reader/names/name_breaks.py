"""Sentence ends within what looks like one name: "Ministry of Justice. Ministry", but not "St. Mary" or "U.S. Army"."""

from __future__ import annotations

from typing import Final

from reader.names.matcher import words
from reader.names.tables import heads
from reader.structures.lazy_pattern import lazy_pattern

_PERIOD: Final = lazy_pattern(
    r"(?P<word>[^\s.(\"“][^\s(\"“]*)?\.[\"”’')]*\s+[\"“‘'(]*(?=(?P<next>[^\W\d_][\w’'-]*\.?))"
)
"""A period before a word, and the word that it follows."""
_ABBREVIATIONS: Final = words(
    """abp adm assn atty ave ben bd bldg blvd bp brig bros capt chas cdr cmdr cpl dept det dipl dr ed eng engr esq fr ft
    gen geo gov hon insp intl jas jos jr lieut lt maj md messrs mlle mme mohd mr mrs mrt ms msgr mt natl no nos op pfc
    pres prof pvt rd rep rev rt sen sgt sr sra srta st sta ste supt thos univ vol vs wm"""
)
"""Words that are written with a period and rarely end a sentence, in lower case."""
_LEGAL_FORMS: Final = words("cie co corp cos inc llc llp lp ltd plc pte pty pvt")
"""Legal forms that are written with a period. The name ends with them, unless another word of its kind follows."""
_MORE_LEGAL_FORMS: Final = _LEGAL_FORMS | words("kg limited gmbh sa nv bv")
_FIRST_WORDS: Final = words("A An The He She It They We This That These Those His Her Their Its But And In On At")
"""Words that begin a sentence, whatever is before the period."""


def name_break(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the first sentence in `text[start:end]` ends, before its period, and where the next one starts.

    Returns:
        Offsets in code points, or None if no sentence ends within the span.
    """
    if text.find(". ", start, end) < 0 and text.find(".\n", start, end) < 0:
        return None
    for match in _PERIOD.finditer(text, start, end):
        if ends_sentence(match["word"] or "", match["next"]):
            return match.end("word") if match["word"] else match.start(), match.end()
    return None


def ends_sentence(word: str, next_word: str) -> bool:
    """Return whether a period between a word and the next one ends a sentence."""
    if next_word in _FIRST_WORDS:
        return True
    if next_word[:1].islower() or "." in word or len(word) == 1:
        return False
    lower = word.rpartition("-")[2].lower()
    if lower in _LEGAL_FORMS:
        next_word = next_word.rstrip(".").lower()
        return next_word not in _MORE_LEGAL_FORMS and next_word not in heads()
    return lower not in _ABBREVIATIONS
