"""Evidence that stands in the text: definitions, names side by side, and the titles before a surname."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from reader.names import persons, tables
from reader.names.acronyms import INNER, acronym_score
from reader.names.cues import Cue
from reader.names.definitions import Definition
from reader.recognize import Mention
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.bridges import Bridge
from reader.resolve.evidence.name_facts import bucket_of, facts_of
from reader.resolve.mention_groups import MentionGroups
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule
from reader.structures.intervals import count_before

_SCORES: Final = {
    Rule.DEFINED: 1.0,
    Rule.QUOTED: 0.99,
    Rule.ALSO_KNOWN_AS: 0.96,
    Rule.FORMERLY: 0.94,
    Rule.OR: 0.93,
    Rule.TRANSLATED: 0.94,
    Rule.APPOSITION: 0.92,
}
_SIDE_BY_SIDE: Final = re.compile(
    r"\s*(?:,|,?\s*(?:and|nor|versus|vs\.?|met(?:\s+with)?|against|between|from|to)\s|&|;|/|–)"
    r"\s*(?:(?:the|his|her|their|former|President|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir)\s+)*",
    re.IGNORECASE,
)
_PREPOSITIONS: Final = frozenset({"at", "by", "for", "from", "in", "near", "of", "on", "to", "with"})
_PLACES: Final = frozenset({"GPE", "LOC", "FAC", "NORP"})
_GAP: Final = 24
_BEFORE: Final = 14
_LAST_WORD: Final = re.compile(r"(?:^|[\s(\"“‘'])(\w+\.?)\s+$")


def defined(definitions: Iterable[Definition], groups: MentionGroups) -> list[Evidence]:
    """Return what the definitions of a text say of the names that stand where they stand.

    One that the user moved says what it says of its name elsewhere, not of that to which it was moved.
    """
    found: list[Evidence] = []
    for definition in definitions:
        short = _mention_at(groups.ordered, definition.short_start, definition.short_end, left=False)
        long = _mention_at(groups.ordered, definition.long_start, definition.long_end, left=True)
        if short is None or long is None:
            continue
        a, b = groups.written(short), groups.written(long)
        if a is None or b is None or a == b:
            continue
        score = _SCORES.get(Rule(definition.cue))
        if score is not None and _fits(Rule(definition.cue), a, b) and not _loosely(definition, long, groups):
            found.append(Evidence(Phase.DEFINED, score, Rule(definition.cue), a, b, definition.short_start))
        elif not _born_there(Rule(definition.cue), a, b):
            found.append(Evidence(Phase.SUGGESTION, 0.6, Rule(definition.cue), a, b, definition.short_start))
    return found


def bridged(bridges: Iterable[Bridge], groups: MentionGroups) -> list[Evidence]:
    """Return what the bridges of a text say of the names at their ends."""
    found: list[Evidence] = []
    ordered, text = groups.ordered, groups.text
    for bridge in bridges:
        at = count_before(ordered, (bridge.end,))
        right = _longest(mention for mention in ordered[at : at + 4] if mention.start == bridge.end)
        left = _longest(mention for mention in ordered[max(0, at - 8) : at] if mention.end == bridge.start)
        if left is None or right is None:
            continue
        a, b = groups.written(right), groups.written(left)
        if a is None or b is None or a == b:
            continue
        sure = a.label == b.label and (
            bridge.tight or not text[max(0, left.start - 3) : left.start].rstrip().endswith(",")
        )
        if sure:
            found.append(Evidence(Phase.DEFINED, _SCORES[Rule(bridge.cue)], Rule(bridge.cue), a, b, bridge.start))
        elif not _born_there(Rule(bridge.cue), a, b):
            found.append(Evidence(Phase.SUGGESTION, 0.6, Rule(bridge.cue), a, b, bridge.start))
    return found


def _born_there(rule: Rule, a: Name, b: Name) -> bool:
    """Say whether a person's "former name" is a place: "Mara Kirk (born Leeds, 1960)"."""
    return rule == Rule.FORMERLY and "PERSON" in {a.label, b.label} and bool(_PLACES & {a.label, b.label})


def _longest(mentions: Iterable[Mention]) -> Mention | None:
    return max(mentions, key=lambda mention: (mention.end - mention.start, mention.label), default=None)


def _fits(rule: Rule, a: Name, b: Name) -> bool:
    if bucket_of(a.label) != bucket_of(b.label):
        return False
    return rule != Rule.DEFINED or acronym_score(a.text, b.text) > 0 or len(a.text) < len(b.text)


def _loosely(definition: Definition, long: Mention, groups: MentionGroups) -> bool:
    """Say whether the name before a definition may be only the end of what is defined: "York, England, known as"."""
    if definition.cue in {Cue.DEFINED, Cue.QUOTED}:
        lead = groups.text[long.start : definition.long_start].split()
        return bool(lead) and lead[-1] in _PREPOSITIONS
    before = groups.text[max(0, long.start - 12) : long.start].split()
    return bool(before) and before[-1].endswith(",")


def _mention_at(ordered: Sequence[Mention], start: int, end: int, *, left: bool) -> Mention | None:
    """Return the mention that is this stretch but for a quote or, on the left, some words more or an article less."""
    at = count_before(ordered, (start - 80 if left else start - 2,))
    best: Mention | None = None
    for number in range(at, min(at + 60, len(ordered))):
        mention = ordered[number]
        if mention.start >= end:
            break
        if abs(mention.end - end) > 1:
            continue
        slack = mention.start - start
        if slack <= (1 if not left else max(4, (end - start) // 4)) and (best is None or mention.start < best.start):
            best = mention
    return best


def side_by_side(names: Iterable[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str) -> list[Evidence]:
    """Return vetoes between names that are named one after the other: "Iran and Iraq", "George and Jeb Bush".

    Initials between commas are the name's own instead: "the Tarn Union of Divers, TUD, said".
    """
    order: list[tuple[int, int, Name]] = sorted(
        (mention.start, mention.end, name) for name in names for mention in by_name[name]
    )
    found: dict[tuple[Name, Name], Evidence] = {}
    for (_, end, one), (start, stop, other) in pairwise(order):
        if one == other or not 0 < start - end <= _GAP:
            continue
        pair = (one, other) if one < other else (other, one)
        if pair not in found and (joint := _SIDE_BY_SIDE.fullmatch(text, end, start)):
            found[pair] = _beside(one, other, joint, text, stop)
    return [item for _, item in sorted(found.items())]


def _beside(one: Name, other: Name, joint: re.Match[str], text: str, stop: int) -> Evidence:
    """Return what two names side by side say: that they are two, but for initials set off by commas."""
    short, long = (one, other) if len(one.text) < len(other.text) else (other, one)
    between = joint[0].strip()
    closed = between in {",", ", the"} and text[stop : stop + 1] in {",", ".", ";", ")"}
    if closed and acronym_score(short.text, long.text) >= INNER:
        return Evidence(Phase.DEFINED, _SCORES[Rule.APPOSITION], Rule.APPOSITION, short, long, joint.start())
    return Evidence(Phase.VETO, 1.0, Rule.SIDE_BY_SIDE, min(one, other), max(one, other), joint.start())


def titled_apart(names: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str) -> list[Evidence]:
    """Return vetoes between a woman and a man, told by the titles before them, else by a common given name."""
    genders = {name: _gender(name, by_name[name], text) for name in names if name.label == "PERSON"}
    women = [name for name, gender in genders.items() if gender == "f"]
    men = [name for name, gender in genders.items() if gender == "m"]
    return [
        Evidence(Phase.VETO, 1.0, Rule.GENDER, min(woman, man), max(woman, man))
        for woman in women
        for man in men
        if not _same_parts(woman, man)
    ]


def _same_parts(a: Name, b: Name) -> bool:
    return facts_of(*a).tokens == facts_of(*b).tokens


def _gender(name: Name, mentions: Iterable[Mention], text: str) -> str:
    """Return "f" or "m" as the titles before the mentions agree on it, or the given name says it; else ""."""
    person = facts_of(*name).person
    if person is None:
        return ""
    said = {person.gender} - {""}
    for mention in mentions:
        match = _LAST_WORD.search(text[max(0, mention.start - _BEFORE) : mention.start])
        title = tables.titles().get(match[1].casefold().rstrip(".")) if match else None
        if title is not None and title.gender:
            said.add(title.gender)
    if said:
        return said.pop() if len(said) == 1 else ""
    return persons.gender_of(person)
