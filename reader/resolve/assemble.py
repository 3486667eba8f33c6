"""Builds an entity from a cluster of names: its canonical name, its label, its links."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from reader.names import persons
from reader.names.normal import normal
from reader.recognize import LABELS, Mention
from reader.resolve.evidence.base import Evidence
from reader.resolve.evidence.name_facts import facts_of, is_initial_token
from reader.resolve.mention_groups import distinct
from reader.resolve.relations import NONE, Kin, kin_of
from reader.resolve.resolution import Entity, Link, Name
from reader.resolve.rules import Rule
from reader.structures.named_tuple import NamedTuple

_ORDER: Final = {label: number for number, label in enumerate(LABELS)}
_DEFINING_RULES: Final = frozenset({Rule.DEFINED, Rule.QUOTED})
_LONGEST_NAME: Final = 80
"""Code points of the longest surface form that may become canonical."""


class Draft(NamedTuple):
    """An entity before it has its number and the ids of related entities. Drafts sort by first mention."""

    first: Mention
    members: tuple[Name, ...]
    name: str
    label: str
    names: tuple[str, ...]
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]
    kin: Kin = NONE
    """What relates the entity to others, such as a country to its people."""

    def entity(self, number: int, related: tuple[str, ...]) -> Entity:
        """Return the finished entity.

        Args:
            number: Its rank by first mention.
            related: The ids of related entities.
        """
        return Entity(f"e{number}", self.name, self.label, self.names, self.mentions, self.links, related)


def draft(
    members: tuple[Name, ...],
    evidence: Sequence[Evidence],
    by_name: Mapping[Name, tuple[Mention, ...]],
    preferred: Mapping[Name, str],
) -> Draft:
    """Return a draft of the entity that some names form.

    Args:
        members: The names of the cluster.
        evidence: The evidence that joined them.
        by_name: The mentions of each name.
        preferred: The canonical names that the user chose.
    """
    counts: Counter[str] = Counter()
    labels: Counter[str] = Counter()
    for member in members:
        size = len(by_name[member])
        counts[member.text] += size
        labels[member.label] += size
    label = _most_frequent(_decided_labels(members, by_name) or labels) if len(labels) > 1 else members[0].label
    main_form, canonical = _canonical(counts, evidence, label)
    chosen = [preferred[name] for name in members if name in preferred]
    if chosen and len(labels) > 1:  # the label of the names that the user preferred
        owners = [name for name in members if chosen[-1] in {name.text, _bare(name.text, name.label)}]
        label = _most_frequent(Counter({name.label: labels[name.label] for name in owners}) or labels)
    aliases = sorted((text for text in counts if text != main_form), key=lambda text: (-counts[text], text))
    mentions = distinct(heapq.merge(*(by_name[name] for name in members)))
    links = tuple(_link(piece, by_name) for piece in evidence if piece.a.text != piece.b.text)
    name = chosen[-1] if chosen else canonical
    return Draft(mentions[0], members, name, label, (main_form, *aliases), mentions, links, kin_of(members))


def _decided_labels(members: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]]) -> Counter[str]:
    """Return how often the user gave each label to a mention of these names."""
    labels: Counter[str] = Counter()
    for member in members:
        labels[member.label] += sum(mention.origin == "user" for mention in by_name[member])
    return +labels


def _most_frequent(labels: Mapping[str, int]) -> str:
    return min(labels, key=lambda label: (-labels[label], _ORDER.get(label, len(_ORDER)), label))


def evidence_offset(piece: Evidence, by_name: Mapping[Name, Sequence[Mention]]) -> int:
    """Return where the text has a piece of evidence: where it says so, or else the first mention of its first name."""
    return by_name[piece.a][0].start if piece.offset is None else piece.offset


def _link(piece: Evidence, by_name: Mapping[Name, tuple[Mention, ...]]) -> Link:
    return Link(piece.a.text, piece.b.text, piece.rule, piece.score, evidence_offset(piece, by_name))


def _canonical(counts: Mapping[str, int], evidence: Sequence[Evidence], label: str) -> tuple[str, str]:
    """Return the main surface form of an entity, and its canonical name: that form without title and article."""
    if len(counts) == 1:
        text = next(iter(counts))
        return text, _bare(text, label) if not _is_surname_with_honorific(text, label) else text
    texts = sorted(counts)
    defined = [
        piece.b.text for piece in evidence if piece.rule in _DEFINING_RULES and _well_formed(piece.b.text, label)
    ]
    if defined and label != "PERSON":
        main_form = max(sorted(set(defined) & set(texts)) or texts, key=len)
    elif label == "PERSON":
        main_form = min(texts, key=lambda text: _person_rank(text, counts[text]))
    else:
        main_form = min(texts, key=lambda text: _thing_rank(text, label, counts[text]))
    return main_form, _bare(main_form, label)


def _is_surname_with_honorific(text: str, label: str) -> bool:
    """Return whether a name is an honorific and a bare surname, which tells members of a family apart: "Mrs. Moor"."""
    person = facts_of(text, label).person if label == "PERSON" else None
    return person is not None and len(person.tokens) == 1 and bool(person.gender) and text[:1].isupper()


def _person_rank(text: str, count: int) -> tuple[object, ...]:
    """Return the sort key of a person's surface form. The best form sorts first: most tokens written out, no title."""
    facts = facts_of(text, "PERSON")
    full_tokens = sum(not is_initial_token(token) for token in facts.tokens)
    if persons.is_capitalized_particle(facts.normal.split(" ", 1)[0]):
        full_tokens = min(full_tokens, 1)  # "Van Gogh" is a surname
    titled = "," in facts.normal or persons.strip_titles(normal(text))[0] > 0
    return (not _well_formed(text, "PERSON"), -min(full_tokens, 4), titled, -count, len(text), text)


def _thing_rank(text: str, label: str, count: int) -> tuple[object, ...]:
    """Return the sort key of any other surface form. The best sorts first: official, well formed, frequent, long."""
    facts = facts_of(text, label)
    official = bool(facts.listed_name) and normal(text) == facts.listed_name
    return (not official, not _well_formed(text, label), -count, -len(text), text)


def _well_formed(text: str, label: str) -> bool:
    """Return whether a name may be canonical: not an acronym, not all in capitals and not cut off."""
    bare = normal(text)
    if (
        not bare
        or len(bare) > _LONGEST_NAME
        or facts_of(text, label).acronym
        or bare.isupper()
        or bare[-1] in "-–(,:;'\""
    ):
        return False
    return bare[:1].isupper() or "-" in bare[:4] or bare[:1].isdigit() or label in {"PRODUCT", "WORK_OF_ART"}


def _bare(text: str, label: str) -> str:
    """Return a surface form without its article, possessive ending and title. Case and punctuation stay."""
    name = normal(text) if text.isascii() else text
    return persons.strip_titles(name)[1] if label == "PERSON" else name
