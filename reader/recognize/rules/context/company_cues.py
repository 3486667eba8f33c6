"""Words before a name that show that it is a company: "a spokeswoman for Marlow", "shares of Marlow".

They also precede names of places ("a spokesman for Norway"), so they count only for names that companies have.
"""

from __future__ import annotations

from typing import Final

from reader.structures.lazy_pattern import lazy_pattern

COMPANY_CUE: Final = (
    r"\b(?:spokes(?:man|woman|person|people) (?:for|at)|[Ss]hares? (?:of|in)|[Ss]hareholders (?:of|in)|"
    r"(?:acquired|bought|chartered|controlled|founded|managed|operated|owned|sued) by|"
    r"(?:subsidiary|unit|division|customers|employees) of|"
    r"(?:works|worked|job|jobs|executive|engineer) (?:at|for)|chief executive of|CEO of) "
)
"""A pattern of the words, up to the name."""
_BEFORE: Final = lazy_pattern(rf"{COMPANY_CUE}\Z")
_WINDOW: Final = 40
"""Code points before a name in which they are looked for."""


def is_of_company(text: str, start: int) -> bool:
    """Return whether the words before an offset show that the name there is a company."""
    return _BEFORE.search(text, max(0, start - _WINDOW), start) is not None
