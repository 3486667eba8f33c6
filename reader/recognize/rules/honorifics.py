"""Keep the titles that distinguish two people with one surname: "Mr. Moor" and "Mrs. Moor"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.names.tables import given_name_titles, titles
from reader.recognize.mention import Mention
from reader.recognize.rules.trim import titled_surnames
from reader.structures.lazy_pattern import lazy_pattern

_WORD_BEFORE: Final = lazy_pattern(r"(?<![\w.'-])(?P<title>[^\W\d_]{1,12}\.?) \Z")
_LONGEST: Final = 14
"""Code points before a surname in which its honorific is."""
_TWO_PEOPLE: Final = lazy_pattern(r"(?<![\w.'-])(?P<title>[^\W\d_]{1,12}\.?) (?:and|&|or|et|und|y) \Z")
"""What precedes the second of two honorifics: "Mr. and Mrs. Moor"."""
_MARRIED: Final = frozenset({"mrs", "mme", "madame", "frau", "señora", "sra"})
_UNMARRIED: Final = frozenset({"miss", "mlle", "mademoiselle", "fräulein", "señorita", "srta"})


def with_honorifics(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions; those of a surname with different honorifics in the text begin at the honorific.

    Normally a title is not part of a name. But if a text has both "Mr. Moor" and "Mrs. Moor", or "Mrs. Moor" and "Miss
    Moor", the surname alone would make two people one. So would a given name that is taken for a title, beside another
    full name: "Prince Moor" and "Ada Moor".

    Args:
        text: The text, in normal form.
        mentions: The mentions, sorted and without overlaps.
    """
    bearers = {
        text[mention.start : mention.end].rpartition(" ")[2]
        for mention in mentions
        if mention.label == "PERSON"
        if " " in text[mention.start : mention.end]
    }
    kinds: dict[str, set[str]] = {}
    offsets: dict[Mention, int] = {}
    for mention in mentions:
        surname = text[mention.start : mention.end]
        if mention.label != "PERSON" or " " in surname:
            continue
        match = _WORD_BEFORE.search(text, max(0, mention.start - _LONGEST), mention.start)
        kind = _kind_of(match["title"]) if match else ""
        if match and surname in bearers and _is_given_name(text, match, surname):
            kinds.setdefault(surname, set()).update(("m", match["title"]))
            offsets[mention] = match.start()
        if match and kind and not _follows_honorific(text, match.start()):
            kinds.setdefault(surname, set()).add(kind)
            offsets[mention] = match.start()
    return [
        mention._replace(start=offsets[mention])
        if mention in offsets and _differ(kinds[text[mention.start : mention.end]])
        else mention
        for mention in mentions
    ]


def _kind_of(word: str) -> str:
    """Return whom an honorific addresses: "m", "f", "married" or "unmarried"; "" for any other word."""
    form = word.casefold().rstrip(".")
    title = titles().get(form)
    if title is None or title.kind != "honorific" or not word[0].isupper():
        return ""
    return "married" if form in _MARRIED else "unmarried" if form in _UNMARRIED else title.gender


def _follows_honorific(text: str, start: int) -> bool:
    match = _TWO_PEOPLE.search(text, max(0, start - 2 * _LONGEST), start)
    return match is not None and _kind_of(match["title"]) != ""


def _is_given_name(text: str, match: re.Match[str], surname: str) -> bool:
    """Return whether a title before a surname may be a given name: not after a capital ("Crown Prince") or "the"."""
    title = match["title"]
    if title.casefold() not in given_name_titles() or not title[0].isupper() or title.endswith("."):
        return False
    lead = text[max(0, match.start() - _LONGEST) : match.start()].rsplit(None, 1)
    if lead and text[match.start() - 1] == " " and (lead[-1][:1].isupper() or lead[-1].casefold() == "the"):
        return False
    return (title, surname) not in titled_surnames(text)


def _differ(kinds: set[str]) -> bool:
    """Return whether honorifics belong to different people. "Ms." is compatible with any woman's."""
    return ("m" in kinds and len(kinds) > 1) or {"married", "unmarried"} <= kinds
