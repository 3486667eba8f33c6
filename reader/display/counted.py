"""Numbers with their nouns, for messages."""

from __future__ import annotations


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "1 document", "2,000 documents".

    Args:
        count: The number.
        noun: The noun in the singular.
        plural: Its plural, if it does not just end in "s" or "ies".
    """
    plural_noun = plural or (f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s")
    return f"{count:,} {noun if count == 1 else plural_noun}"
