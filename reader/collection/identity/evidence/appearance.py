"""An entity of one document as it is compared with those of other documents."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Final

from reader.collection.document_record import EntityRecord, LinkRecord
from reader.collection.identity.names.commonplace_names import is_commonplace
from reader.collection.identity.names.crossing import PLACE_LABELS, STRONG, CrossingName, NameKind, crossing_name
from reader.collection.identity.names.legal_families import legal_families
from reader.collection.identity.names.national_bodies import home_name, is_national_name
from reader.collection.identity.profiles import ProfileMember
from reader.names import tables
from reader.names.acronyms import is_acronym
from reader.resolve.evidence.name_facts import PEOPLE_PREFIX
from reader.resolve.rules import Rule
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple
from reader.structures.union_find import UnionFind

BRIDGING: Final = frozenset(
    {
        *(Rule.USER, Rule.SAME, Rule.CASE, Rule.PREFIX, Rule.SPELLED, Rule.LEGAL_FORM, Rule.DESCRIPTOR, Rule.COUNTRY),
        *(Rule.KNOWN, Rule.PLURAL, Rule.DEFINED, Rule.ALSO_KNOWN_AS, Rule.FORMERLY, Rule.KNOWN_AS, Rule.TRANSLATED),
        *(Rule.FULL_NAME, Rule.INITIALS, Rule.NICKNAME, Rule.WORD_ORDER),
    }
)
"""Rules that join two names of one document so surely that either is the entity's name in other documents."""

_OFFICIAL_FORM: Final = re.compile(
    r"(?:The |the )?(?:[\w'’-]+ ){0,2}(?:Republic|Kingdom|Emirate|Sultanate|Principality|City) of (?:the )?(.+)"
)
_TELLING: Final = frozenset({"GPE", "LOC", "FAC", "NORP", "PERSON", "ORG"})
"""What tells who somebody is if it stands beside the name. Works, products and events are those of many."""
_NO_KEYS: Final[frozenset[str]] = frozenset()
_NO_FIELDS: Final[frozenset[str]] = frozenset()
_NO_NAMES: Final[Mapping[str, CrossingName]] = MappingProxyType({})
_NOWHERE: Final = (_NO_NAMES, frozenset[str]())


@dataclass(slots=True, eq=False)  # not frozen: that takes six times as long for each of very many
class EntityAppearance:
    """An entity of one document, with the names under which other documents may know it. Never changes."""

    member: ProfileMember
    record: EntityRecord
    names: Mapping[str, CrossingName]
    """By key: the names that are compared across documents. Only one if it has weak ones only."""
    aliases: Mapping[str, CrossingName]
    """By key: its other names, which hold in this document only."""
    fields: frozenset[str]
    """What two bearers of one name rarely share: the fields of occupations, the legal form of a company, the region of
    a place."""
    beside: frozenset[str] = frozenset()
    """The keys of the names in its description."""
    countries: frozenset[str] = frozenset()
    """The countries in its description, or in its name if it is one of a body that each country has. If such a body has
    none there, all countries in its document: it belongs to one of them. In the same way, the keys of the places in the
    document of a body that many towns have."""
    around: frozenset[str] | None = None
    """The keys of the names in the stories that mention it; None if its document tells one story: all count."""

    @property
    def is_described(self) -> bool:
        """Whether its document says who a person is: an occupation, an employer, a town, an age."""
        description = self.record.description
        return bool(description.words or self.beside or description.born or description.age)

    def names_around(self, documents: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Return the keys of the names that say something about it, its own among them.

        Args:
            documents: The keys of the names in each document.
        """
        return documents.get(self.member.document, _NO_KEYS) if self.around is None else self.around

    def crossing_aliases(self) -> list[str]:
        """Return the keys of the aliases by which a document that has no longer name may know the entity."""
        if not self.aliases:
            return []
        return [
            key
            for key, alias in self.aliases.items()
            if alias.kind is NameKind.ACRONYM
            or (alias.kind is NameKind.PROPER and alias.label == "ORG")
            or is_national_name(alias)
        ]

    def texts_elsewhere(self) -> list[str]:
        """Return its surface forms by which other documents may know it: all but short forms."""
        if not self.aliases:
            return [record.text for record in self.record.names]
        short = {alias.text for alias in self.aliases.values() if alias.kind >= NameKind.GENERIC}
        return [record.text for record in self.record.names if record.text not in short]


class _NameAlone(NamedTuple):
    """What the only name of an entity says of it."""

    names: Mapping[str, CrossingName]
    """The name by its key."""
    aliases: Mapping[str, CrossingName]
    legal_families: frozenset[str]
    countries: frozenset[str]


def appearances_of(records: Iterable[EntityRecord]) -> list[EntityAppearance]:
    """Return the entities of one document as they are compared with those of others. It takes all of its entities."""
    by_id = {record.id: appearance for record in records if (appearance := _appearance_alone(record)) is not None}
    appearances = [_with_neighbors(appearance, by_id) for appearance in by_id.values()]
    contexts: dict[tuple[int, ...], _Context] = {}
    for index, appearance in enumerate(appearances):
        stories = appearance.record.stories
        is_at_home = bool(appearance.countries) or appearance.record.label == "PERSON"
        if is_at_home and not stories:
            continue
        context = contexts.get(stories)
        if context is None:
            context = contexts[stories] = _Context(_of_stories(appearances, stories))
        countries = appearance.countries
        if not is_at_home and is_national_body(appearance):
            countries = context.countries
        elif not is_at_home and _is_local_body(appearance):
            countries = context.places
        around = context.names if stories else None
        if countries != appearance.countries or around is not None:
            appearances[index] = _in_context(appearance, appearance.beside, countries, around)
    return appearances


def _of_stories(appearances: Sequence[EntityAppearance], stories: Sequence[int]) -> Sequence[EntityAppearance]:
    """Return the entities of some stories of a document: all if it tells one story."""
    if not stories:
        return appearances
    return [appearance for appearance in appearances if not {*stories}.isdisjoint(appearance.record.stories)]


class _Context:
    """What the entities of a document, or of some stories in it, say of one of them."""

    def __init__(self, appearances: Sequence[EntityAppearance]) -> None:
        self._appearances = appearances

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that they name, themselves or by their capital."""
        return frozenset(
            country
            for appearance in self._appearances
            for country in chain(_countries_of(appearance), _capital_of(appearance))
        )

    @cached_property
    def places(self) -> frozenset[str]:
        """The keys of the places among them."""
        return frozenset(
            key
            for appearance in self._appearances
            for key, name in appearance.names.items()
            if name.label in PLACE_LABELS and name.kind <= NameKind.SITE and not is_commonplace(name)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of their names."""
        return frozenset(key for appearance in self._appearances for key in appearance.names)


def says_country(appearance: EntityAppearance) -> bool:
    """Return whether the country of a body is in its name or beside it, and not only somewhere in its document."""
    if any(home_name(name) is not None for name in appearance.names.values()):
        return True
    return any(tables.country_of(key.partition(" ")[2].removeprefix(PEOPLE_PREFIX)) for key in appearance.beside)


def _is_local_body(appearance: EntityAppearance) -> bool:
    """Return whether all names of an entity are such that many towns have a body of that name."""
    return all(name.kind is NameKind.GENERIC or is_commonplace(name) for name in appearance.names.values())


def is_national_body(appearance: EntityAppearance) -> bool:
    """Return whether all names of an entity are such that each country has one body of that name."""
    for name in appearance.names.values():  # a loop, since nearly all entities fail at once
        if is_national_name(name):
            continue
        if home_name(name) is None:
            return False
    return True


def _with_neighbors(appearance: EntityAppearance, by_id: Mapping[str, EntityAppearance]) -> EntityAppearance:
    """Return an entity with the names that its description contains."""
    ids = appearance.record.description.beside
    neighbors = [by_id[id] for id in ids if id in by_id and by_id[id].record.label in _TELLING]
    if not neighbors:
        return appearance
    beside = frozenset(key for neighbor in neighbors for key in neighbor.names)
    countries = appearance.countries.union(country for neighbor in neighbors for country in _countries_of(neighbor))
    return _in_context(appearance, beside.difference(appearance.names), countries)


def _in_context(
    appearance: EntityAppearance,
    beside: frozenset[str],
    countries: frozenset[str],
    around: frozenset[str] | None = None,
) -> EntityAppearance:
    """Return an entity with what its document says of it by other names. A place without a country has regions."""
    if appearance.record.label in PLACE_LABELS and not countries:
        return replace(appearance, beside=beside, fields=beside, around=around)
    return replace(appearance, beside=beside, countries=countries, around=around)


def _countries_of(appearance: EntityAppearance) -> Iterator[str]:
    for name in appearance.names.values():
        country = tables.country_of(name.text)
        if country is not None:
            yield country.name
        else:
            yield from (country.name for country in tables.countries_of_demonym(name.text))


def _capital_of(appearance: EntityAppearance) -> Iterator[str]:
    """Yield the country of which a place is the capital."""
    for name in appearance.names.values():
        country = tables.country_of_capital(name.text) if name.label in PLACE_LABELS else None
        if country is not None:
            yield country.name


def appearance_of(
    record: EntityRecord,
    beside: Collection[str] = (),
    countries: Collection[str] = (),
    around: Collection[str] | None = None,
) -> EntityAppearance | None:
    """Return an entity as it is compared with those of other documents, or None if its names have no letter.

    Args:
        record: The entity.
        beside: What `appearances_of` found as its `beside`.
        countries: What it found as its `countries`.
        around: What it found as its `around`.
    """
    appearance = _appearance_alone(record)
    if appearance is None or not (beside or countries or around):
        return appearance
    names = None if around is None else frozenset(around)
    return _in_context(appearance, frozenset(beside), frozenset(countries), names)


def _appearance_alone(record: EntityRecord) -> EntityAppearance | None:
    member = ProfileMember(record.document, record.id)
    if len(record.names) == 1:
        ((text, label, _),) = record.names
        alone = _name_alone(text, label, record.label)
        if alone is None:
            return None
        fields = alone.legal_families or _fields_of_person(record)
        return EntityAppearance(member, record, alone.names, alone.aliases, fields, countries=alone.countries)
    crossing = [(name, item) for name in record.names if (item := _crossing_name(name.text, name.label)) is not None]
    if not crossing:
        return None
    groups = UnionFind[str]()
    key_of = {name.text: item.key for name, item in crossing}
    subordinate: set[str] = set()
    for link in record.links:
        a, b = key_of.get(link.a), key_of.get(link.b)
        if a is None or b is None:
            continue
        if link.rule in BRIDGING or _is_official_form(link, record.label):
            groups.join(a, b)
        else:
            subordinate.add(a)
    mentions: dict[str, int] = {}
    kinds: dict[str, NameKind] = {}
    for name, item in crossing:
        root = groups.root(item.key)
        mentions[root] = mentions.get(root, 0) + name.mentions
        kinds[root] = min(kinds.get(root, item.kind), item.kind)
    canonical = groups.root(key_of.get(record.name, crossing[0][1].key))
    subordinate_roots = {groups.root(key) for key in subordinate}

    def rank(root: str) -> tuple[bool, bool, bool, int, str]:
        return (kinds[root] not in STRONG, root in subordinate_roots, root != canonical, -mentions[root], root)

    main = min(mentions, key=rank)
    own = _without_doubtful(
        {item.key: item for _, item in crossing if groups.root(item.key) == main}, key_of.get(record.name, "")
    )
    strong = {key: item for key, item in own.items() if item.kind in STRONG}
    if not strong:
        best = min(own.values(), key=lambda item: (item.kind, item.key))
        strong = {best.key: best}
    aliases = {item.key: _as_alias(item) for _, item in crossing if item.key not in strong}
    is_body = record.label == "ORG"
    fields = legal_families(name.text for name in record.names) if is_body else _fields_of_person(record)
    home_aliases, countries = _names_at_home(strong) if is_body else _NOWHERE
    return EntityAppearance(member, record, strong, {**home_aliases, **aliases}, fields, countries=countries)


@lru_cache(maxsize=1 << 18)
def _name_alone(text: str, label: str, entity_label: str) -> _NameAlone | None:
    """Return what the only name of an entity says of it, or None if it has no letter. All such entities share it."""
    name = _crossing_name(text, label)
    if name is None:
        return None
    names = {name.key: name}
    if entity_label != "ORG":
        return _NameAlone(names, _NO_NAMES, _NO_FIELDS, frozenset())
    aliases, countries = _names_at_home(names)
    return _NameAlone(names, aliases or _NO_NAMES, legal_families((text,)), countries)


def _is_official_form(link: LinkRecord, label: str) -> bool:
    """Return whether a link joins a country or a town with its official name: "Republic of Albania".

    "State of Georgia" is none, since a state may have the name of a country.
    """
    if link.rule != Rule.HEAD or label != "GPE":
        return False
    official = _OFFICIAL_FORM.fullmatch(link.b)
    return official is not None and official[1] == link.a


_crossing_name: Final = lru_cache(maxsize=1 << 18)(crossing_name)


def _names_at_home(names: Mapping[str, CrossingName]) -> tuple[Mapping[str, CrossingName], frozenset[str]]:
    """Return the names of a body without the country in them, and the countries: "Supreme Court of Tarnia"."""
    homes = [(name, home) for name in names.values() if (home := home_name(name)) is not None]
    if not homes:
        return _NOWHERE
    aliases = {home.name.key: home.name._replace(text=name.text) for name, home in homes if home.name.key not in names}
    return aliases, frozenset(home.country for _, home in homes)


def _fields_of_person(record: EntityRecord) -> frozenset[str]:
    """Return the fields of a person's occupations."""
    words = record.description.words
    return _fields_of_work(words) if words and record.label == "PERSON" else _NO_FIELDS


@lru_cache(maxsize=1 << 12)
def _fields_of_work(words: tuple[str, ...]) -> frozenset[str]:
    """Return the fields of the occupations among some words."""
    occupations = tables.occupations()
    return frozenset(field for word in words for field in occupations.get(word, ()))


def _as_alias(name: CrossingName) -> CrossingName:
    """Return an alias; initials that the tables list for another body are no more than initials here."""
    return name._replace(kind=NameKind.ACRONYM) if name.kind is NameKind.LISTED and is_acronym(name.text) else name


def _without_doubtful(names: dict[str, CrossingName], canonical: str) -> dict[str, CrossingName]:
    """Return the names of an entity without listed ones that mean another body here.

    A document that spells out initials which the tables list for another body means its own one. Of two listed names,
    only one can be the entity's.
    """
    listed = [key for key, name in names.items() if name.kind is NameKind.LISTED]
    if not listed or len(names) == 1:
        return names
    is_spelled_out = any(name.kind is NameKind.PROPER and len(name.tokens) > 1 for name in names.values())
    doubtful = {key for key in listed if is_spelled_out and is_acronym(names[key].text)}
    trusted = [key for key in listed if key not in doubtful]
    if len(trusted) > 1:
        doubtful.update(key for key in trusted if key != (canonical if canonical in trusted else min(trusted)))
    return {key: name for key, name in names.items() if key not in doubtful} or names
