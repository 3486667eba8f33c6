"""Entities out of clusters: what each is called, of what kind it is, and what belongs to it."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from reader.names import persons
from reader.names.normal import normal
from reader.recognize import LABELS, Mention
from reader.resolve.evidence.base import Evidence
from reader.resolve.evidence.name_facts import facts_of, is_initial_token
from reader.resolve.mention_groups import distinct
from reader.resolve.relations import NONE, Kin, kin_of
from reader.resolve.resolution import Entity, Link, Name
from reader.resolve.rules import Rule

_ORDER: Final = {label: number for number, label in enumerate(LABELS)}
_TELLING: Final = frozenset({Rule.DEFINED, Rule.QUOTED})
_LONGEST: Final = 80


class Draft(NamedTuple):
    """An entity but for its number and its relations; sorts by first mention."""

    first: Mention
    members: tuple[Name, ...]
    name: str
    label: str
    names: tuple[str, ...]
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]
    kin: Kin = NONE
    """What it is to others."""

    def entity(self, number: int, related: tuple[str, ...]) -> Entity:
        """Return the entity with its number in order of first mention."""
        return Entity(f"e{number}", self.name, self.label, self.names, self.mentions, self.links, related)


def draft(
    members: tuple[Name, ...],
    held: Sequence[Evidence],
    by_name: Mapping[Name, tuple[Mention, ...]],
    preferred: Mapping[Name, str],
) -> Draft:
    """Return the entity that these names and the evidence between them make."""
    counts: Counter[str] = Counter()
    labels: Counter[str] = Counter()
    for member in members:
        size = len(by_name[member])
        counts[member.text] += size
        labels[member.label] += size
    label = min(labels, key=lambda kind: (-labels[kind], _ORDER.get(kind, len(_ORDER)), kind))
    first, shown = _canonical(counts, held, label)
    chosen = [preferred[name] for name in members if name in preferred]
    others = sorted((text for text in counts if text != first), key=lambda text: (-counts[text], text))
    mentions = distinct(heapq.merge(*(by_name[name] for name in members)))
    links = tuple(_link(item, by_name) for item in held if item.a.text != item.b.text)
    name = chosen[-1] if chosen else shown
    return Draft(mentions[0], members, name, label, (first, *others), mentions, links, kin_of(members))


def _link(item: Evidence, by_name: Mapping[Name, tuple[Mention, ...]]) -> Link:
    at = by_name[item.a][0].start if item.at is None and item.a in by_name else item.at
    return Link(item.a.text, item.b.text, item.rule, item.score, at)


def _canonical(counts: Mapping[str, int], held: Sequence[Evidence], label: str) -> tuple[str, str]:
    """Return the surface after which an entity is called, and its name: the surface without title and article."""
    if len(counts) == 1:
        text = next(iter(counts))
        return text, _bare(text, label)
    texts = sorted(counts)
    telling = [item.b.text for item in held if item.rule in _TELLING and _well_formed(item.b.text, label)]
    if telling and label != "PERSON":
        first = max(sorted(set(telling) & set(texts)) or texts, key=len)
    elif label == "PERSON":
        first = min(texts, key=lambda text: _person_rank(text, counts[text]))
    else:
        first = min(texts, key=lambda text: _thing_rank(text, label, counts[text]))
    return first, _bare(first, label)


def _person_rank(text: str, count: int) -> tuple[object, ...]:
    facts = facts_of(text, "PERSON")
    full = sum(not is_initial_token(token) for token in facts.tokens)
    titled = persons.strip_titles(normal(text))[0] > 0
    return (not _well_formed(text, "PERSON"), -min(full, 4), titled, -count, len(text), text)


def _thing_rank(text: str, label: str, count: int) -> tuple[object, ...]:
    facts = facts_of(text, label)
    official = bool(facts.known) and normal(text) == facts.known
    return (not official, not _well_formed(text, label), -count, -len(text), text)


def _well_formed(text: str, label: str) -> bool:
    """Say whether a name may stand for its entity: no initials, no shouting, no cut-off mark."""
    bare = normal(text)
    if not bare or len(bare) > _LONGEST or facts_of(text, label).acronym or bare.isupper() or bare[-1] in "-–(,:;'\"":
        return False
    return bare[:1].isupper() or "-" in bare[:4] or bare[:1].isdigit() or label in {"PRODUCT", "WORK_OF_ART"}


def _bare(text: str, label: str) -> str:
    """Return a surface as a name: marks and case as they stand, no article, possessive or title."""
    shown = normal(text) if text.isascii() else text
    return persons.strip_titles(shown)[1] if label == "PERSON" else shown
