"""Evidence in the text that two similar names are different: relatives, divisions, roles and families."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from reader.document.sentences import sentence_ends
from reader.names import tables
from reader.names.persons import tokens_agree
from reader.recognize import Mention
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import facts_of
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule
from reader.structures.lazy_pattern import lazy_pattern

_MAX_GAP: Final = 160
"""Most code points between two names of one sentence."""
_ROLE_WINDOW: Final = 90
"""Code points before a name that are searched for words that introduce a role."""
_ROLE: Final = lazy_pattern(
    r"(?:\b(?:appear|cast|star|guest|role|debut)[^.!?]*\sas|\b(?:play|portray)(?:s|ed|ing)|\balso\snamed)\s[\"“]?$"
)
_FAMILY: Final = lazy_pattern(r"\s+(?:family|clan|dynasty|brothers|sisters|were)\b")
_LISTED: Final = lazy_pattern(
    r"\b(?:children|sons|daughters|siblings|brothers|sisters)(?:\s(?:named|called))?[,:]?\s+"
    r"(?:(?:[^\W\d_a-z][\w’'.-]*|and|de|da|von|van|y)[,\s]+)*$"
)
_DIVISION: Final = lazy_pattern(
    r",?\s(?:(?:which|that)\s)?(?:(?:is|was|are|were|became)\s)?(?:now\s)?(?:an?|the)\s(?:[\w-]+\s){0,2}"
    r"(?:division|subsidiary|unit|arm|wing|branch|department|offshoot|imprint|affiliate|part)\sof\s(?:the\s)?"
)
_WORDS: Final = r"(?:[\w’'-]+\.?,?\s+)"
_KIN_WINDOW: Final = 48
"""Code points next to a name that are searched for what relative it is."""


@lru_cache(maxsize=1)
def _kinship_pattern() -> re.Pattern[str]:
    """Return the pattern of words between two relatives: "the son of", "'s younger son, named", "and his wife"."""
    kin = "|".join(sorted(map(re.escape, tables.kinship()), key=lambda word: (-len(word), word)))
    return re.compile(
        rf".*\b(?:{kin})(?:\s+and\s+\w+)?\s+(?:of|to)\s+{_WORDS}{{0,5}}"
        rf"|['’]s?\s+{_WORDS}{{0,4}}(?:{kin})[\s,]+{_WORDS}{{0,4}}"
        rf"|.*\b(?:his|her|their|whose)\s+{_WORDS}{{0,2}}(?:{kin})[\s,]+{_WORDS}{{0,2}}",
        re.DOTALL,
    )


@lru_cache(maxsize=1)
def _kin_around_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of words before and after a name that say whose relative it is: "his son,", ", his son"."""
    kin = "|".join(sorted(map(re.escape, tables.kinship()), key=lambda word: (-len(word), word)))
    relative = rf"\b(?:his|her|their|whose)\s+(?:[\w-]+\s+){{0,2}}(?:{kin})\b"
    return re.compile(rf"{relative}(?:,|\s+named)?\s+$", re.IGNORECASE), re.compile(rf",\s+{relative}")


def relative_vetoes(names: Iterable[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str) -> list[Evidence]:
    """Return vetoes between names that the text calls relatives, or a body and its division.

    If one of two relatives is a bare surname ("Lee was the son of Tom Lee"), the vetoes also separate the other one
    from the full names with that surname that the text mentions earlier.
    """
    people = [name for name in names if name.label == "PERSON"]
    bodies = [name for name in names if name.label == "ORG"]
    return [
        *(_joined_by(people, by_name, text, _kinship_pattern()) if len(people) > 1 else ()),
        *_joined_by(bodies, by_name, text, _DIVISION),
        *_listed_children(people, by_name, text),
        *_relatives_of_last(people, by_name, text),
    ]


def _relatives_of_last(
    people: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str
) -> list[Evidence]:
    """Return vetoes between a relative and the last person with this surname before, if the given names agree.

    "Robert Kay fell. Bob Kay, his son, did not."
    """
    if len(people) < 2:
        return []
    preceding, following = _kin_around_pattern()
    vetoes: dict[tuple[Name, Name], Evidence] = {}
    last: dict[str, Name] = {}
    occurrences = [(mention.start, mention.end, name) for name in people for mention in by_name[name]]
    for start, end, name in sorted(occurrences):
        tokens = facts_of(*name).tokens
        if len(tokens) < 2:
            continue
        relative = last.get(tokens[-1])
        last[tokens[-1]] = name
        if relative is None or relative == name or not _may_be_one(name, relative):
            continue
        if preceding.search(text, max(0, start - _KIN_WINDOW), start) or following.match(text, end, end + _KIN_WINDOW):
            a, b = min(name, relative), max(name, relative)
            vetoes.setdefault((a, b), Evidence(Phase.VETO, 1.0, Rule.KINSHIP, a, b, start))
    return [veto for _, veto in sorted(vetoes.items())]


def _may_be_one(a: Name, b: Name) -> bool:
    """Return whether two full names with the same surname may be one person, by their first given names."""
    first, second = facts_of(*a).person, facts_of(*b).person
    if first is None or second is None or not (first.given and second.given):
        return False
    return bool(tokens_agree(first.given[0], second.given[0]))


def _listed_children(people: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str) -> list[Evidence]:
    """Return vetoes between a listed child or sibling and the people of the same surname mentioned earlier."""
    vetoes: list[Evidence] = []
    for name in people:
        offset = by_name[name][0].start
        tokens = facts_of(*name).tokens
        if len(tokens) < 2 or not _LISTED.search(text, max(0, offset - _MAX_GAP), offset):
            continue
        for relative in people:
            same_surname = facts_of(*relative).tokens[-1:] == tokens[-1:]
            if relative != name and same_surname and by_name[relative][0].start < offset:
                a, b = min(name, relative), max(name, relative)
                vetoes.append(Evidence(Phase.VETO, 1.0, Rule.KINSHIP, a, b, offset))
    return vetoes


def _joined_by(
    names: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str, pattern: re.Pattern[str]
) -> list[Evidence]:
    """Return vetoes between neighboring names that the words of a pattern separate."""
    if len(names) < 2:
        return []
    occurrences: list[tuple[int, int, Name]] = sorted(
        (mention.start, mention.end, name) for name in names for mention in by_name[name]
    )
    offsets: dict[tuple[Name, Name], int] = {}
    for (_, end, earlier), (start, _, later) in pairwise(occurrences):
        if earlier == later or not 3 < start - end <= _MAX_GAP or not _in_one_sentence(text, end, start, pattern):
            continue
        if _is_part(earlier, later) and by_name[later][0].start < by_name[earlier][0].start:
            continue  # the full name occurs before its short form: both may be the same person here
        for name in (earlier, *_full_names(earlier, later, names, by_name, start)):
            offsets.setdefault((min(name, later), max(name, later)), end)
    return [Evidence(Phase.VETO, 1.0, Rule.KINSHIP, a, b, offset) for (a, b), offset in sorted(offsets.items())]


def without_roles(
    evidence: Iterable[Evidence], by_name: Mapping[Name, tuple[Mention, ...]], text: str
) -> list[Evidence]:
    """Return the evidence without that about names of roles and families: "he appeared in it as Tom", "the Moors were".

    Args:
        evidence: Evidence between names that have mentions.
        by_name: The mentions of every name.
        text: The text.
    """
    return [
        piece
        for piece in evidence
        if not (piece.rule == Rule.GIVEN_NAME and all(_is_role(text, mention.start) for mention in by_name[piece.a]))
        and not (piece.a.label == "PERSON" and all(_is_family(text, mention) for mention in by_name[piece.a]))
    ]


def _is_family(text: str, mention: Mention) -> bool:
    """Return whether a mention names a family: "the Moors were", "the Moor family"."""
    article = text[max(0, mention.start - 4) : mention.start].casefold()
    return article == "the " and _FAMILY.match(text, mention.end) is not None


def _is_role(text: str, offset: int) -> bool:
    """Return whether the words before an offset introduce a role: "appeared in the film as"."""
    return _ROLE.search(text, max(0, offset - _ROLE_WINDOW), offset) is not None


def _in_one_sentence(text: str, start: int, end: int, pattern: re.Pattern[str]) -> bool:
    """Return whether a pattern matches the whole of a span that contains no end of a sentence."""
    return next(sentence_ends(text, start, end), None) is None and pattern.fullmatch(text[start:end]) is not None


def _full_names(
    short: Name, relative: Name, names: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]], end: int
) -> list[Name]:
    """Return the full names with a bare surname that occur before `end`, except those that may be the relative's."""
    tokens = facts_of(*short).tokens
    if len(tokens) != 1:
        return []
    return [
        name
        for name in names
        if name != relative
        and by_name[name][0].start < end
        and facts_of(*name).tokens[-1:] == tokens
        and not _is_part(relative, name)
    ]


def _is_part(short: Name, full: Name) -> bool:
    """Return whether a single-token name is a token of a full one."""
    tokens = facts_of(*short).tokens
    return len(tokens) == 1 and tokens[0] in facts_of(*full).tokens
