"""Relatives, parts and roles: what a text says that keeps a name from being the one that it is like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from reader.document.sentences import sentence_ends
from reader.names import tables
from reader.recognize import Mention
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import facts_of
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule

_REACH: Final = 160
"""Code points between two names of one sentence."""
_BEFORE: Final = 90
_ROLE: Final = re.compile(
    r"(?:\b(?:appear|cast|star|guest|role|debut)[^.!?]*\sas|\b(?:play|portray)(?:s|ed|ing)|\balso\snamed)\s[\"“]?$"
)
_FAMILY: Final = re.compile(r"\s+(?:family|clan|dynasty|brothers|sisters|were)\b")
_LISTED: Final = re.compile(
    r"\b(?:children|sons|daughters|siblings|brothers|sisters)(?:\s(?:named|called))?[,:]?\s+"
    r"(?:(?:[^\W\d_a-z][\w’'.-]*|and|de|da|von|van|y)[,\s]+)*$"
)
_PART: Final = re.compile(
    r",?\s(?:(?:which|that)\s)?(?:(?:is|was|are|were|became)\s)?(?:now\s)?(?:an?|the)\s(?:[\w-]+\s){0,2}"
    r"(?:division|subsidiary|unit|arm|wing|branch|department|offshoot|imprint|affiliate|part)\sof\s(?:the\s)?"
)
_WORDS: Final = r"(?:[\w’'-]+\.?,?\s+)"


@lru_cache(maxsize=1)
def _patterns() -> re.Pattern[str]:
    """Return what may stand between two relatives: "the son of", "'s younger son, named", "and his wife"."""
    kin = "|".join(sorted(map(re.escape, tables.kinship()), key=lambda word: (-len(word), word)))
    return re.compile(
        rf".*\b(?:{kin})(?:\s+and\s+\w+)?\s+(?:of|to)\s+{_WORDS}{{0,5}}"
        rf"|['’]s?\s+{_WORDS}{{0,4}}(?:{kin})[\s,]+{_WORDS}{{0,4}}"
        rf"|.*\b(?:his|her|their|whose)\s+{_WORDS}{{0,2}}(?:{kin})[\s,]+{_WORDS}{{0,2}}",
        re.DOTALL,
    )


def relatives(names: Iterable[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str) -> list[Evidence]:
    """Return vetoes between names of which the text calls one a relative, or a part, of the other.

    Where the one is a bare surname ("Lee was the son of Tom Lee"), the other is told apart also from the full names
    with that surname that stood before.
    """
    people = [name for name in names if name.label == "PERSON"]
    bodies = [name for name in names if name.label == "ORG"]
    return [
        *(_told_apart(people, by_name, text, _patterns()) if len(people) > 1 else ()),
        *_told_apart(bodies, by_name, text, _PART),
        *_listed(people, by_name, text),
    ]


def _listed(people: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str) -> list[Evidence]:
    """Return vetoes between a listed child or sibling and those of the family who were named before."""
    found: list[Evidence] = []
    for name in people:
        at = by_name[name][0].start
        tokens = facts_of(*name).tokens
        if len(tokens) < 2 or not _LISTED.search(text, max(0, at - _REACH), at):
            continue
        for other in people:
            same_family = facts_of(*other).tokens[-1:] == tokens[-1:]
            if other != name and same_family and by_name[other][0].start < at:
                found.append(Evidence(Phase.VETO, 1.0, Rule.KINSHIP, min(name, other), max(name, other), at))
    return found


def _told_apart(
    people: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str, between: re.Pattern[str]
) -> list[Evidence]:
    if len(people) < 2:
        return []
    order: list[tuple[int, int, Name]] = sorted(
        (mention.start, mention.end, name) for name in people for mention in by_name[name]
    )
    found: dict[tuple[Name, Name], int] = {}
    for (_, end, one), (start, _, other) in pairwise(order):
        if one == other or not 3 < start - end <= _REACH or not _stands(text, end, start, between):
            continue
        if _bears(one, other) and by_name[other][0].start < by_name[one][0].start:
            continue  # the full name stood before its short form: both may be the same person here
        for each in (one, *_full_names(one, other, people, by_name, start)):
            found.setdefault((min(each, other), max(each, other)), end)
    return [Evidence(Phase.VETO, 1.0, Rule.KINSHIP, a, b, at) for (a, b), at in sorted(found.items())]


def without_roles(
    evidence: Iterable[Evidence], by_name: Mapping[Name, tuple[Mention, ...]], text: str
) -> list[Evidence]:
    """Return evidence without that for names of roles and of families: "he appeared in it as Tom", "the Moors were"."""
    return [
        item
        for item in evidence
        if not (item.rule == Rule.GIVEN_NAME and all(_is_role(text, mention.start) for mention in by_name[item.a]))
        and not (item.a.label == "PERSON" and all(_is_family(text, mention) for mention in by_name[item.a]))
    ]


def _is_family(text: str, mention: Mention) -> bool:
    """Say whether a name is that of a family: "the Moors were", "the Moor family"."""
    before = text[max(0, mention.start - 4) : mention.start].casefold()
    return before == "the " and _FAMILY.match(text, mention.end) is not None


def _is_role(text: str, at: int) -> bool:
    return _ROLE.search(text, max(0, at - _BEFORE), at) is not None


def _stands(text: str, start: int, end: int, pattern: re.Pattern[str]) -> bool:
    return next(sentence_ends(text, start, end), None) is None and pattern.fullmatch(text[start:end]) is not None


def _full_names(
    short: Name, other: Name, people: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]], before: int
) -> list[Name]:
    """Return the full names before a place that have a bare surname; not those that may be the other's."""
    tokens = facts_of(*short).tokens
    if len(tokens) != 1:
        return []
    return [
        name
        for name in people
        if name != other
        and by_name[name][0].start < before
        and facts_of(*name).tokens[-1:] == tokens
        and not _bears(other, name)
    ]


def _bears(short: Name, full: Name) -> bool:
    """Say whether a single name is part of a full one."""
    tokens = facts_of(*short).tokens
    return len(tokens) == 1 and tokens[0] in facts_of(*full).tokens
