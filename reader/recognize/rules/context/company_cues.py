"""Words before a name that make it a company: "a spokeswoman for Marlow", "shares of Marlow".

They stand before the names of places, too ("a spokesman for Norway"), so the name must be one of a company already.
"""

from __future__ import annotations

import re
from typing import Final

COMPANY_CUE: Final = (
    r"\b(?:spokes(?:man|woman|person|people) (?:for|at)|shares? (?:of|in)|shareholders (?:of|in)|"
    r"(?:acquired|bought|chartered|controlled|founded|managed|operated|owned|sued) by|"
    r"(?:subsidiary|unit|division|customers|employees) of|"
    r"(?:works|worked|job|jobs|executive|engineer) (?:at|for)|chief executive of|CEO of) "
)
"""A pattern of the words, up to the name."""
_BEFORE: Final = re.compile(rf"{COMPANY_CUE}\Z")
_WINDOW: Final = 40
"""Code points before a name in which they are looked for."""


def is_of_company(text: str, start: int) -> bool:
    """Return whether the words before an offset make the name there a company."""
    return _BEFORE.search(text, max(0, start - _WINDOW), start) is not None
