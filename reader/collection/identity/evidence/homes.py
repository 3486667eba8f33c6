"""Where documents say that a place lies, and that a body is at home.

Towns, companies, associations and newspapers of two countries may have one name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, combinations, product
from typing import Final

from reader.collection.identity.evidence.appearance import EntityAppearance
from reader.collection.identity.names.business_words import names_a_newspaper
from reader.collection.identity.names.crossing import PLACE_LABELS, CrossingName, NameKind, crossing_name
from reader.names import tables
from reader.names.normal import fold
from reader.resolve.evidence.name_facts import PEOPLE_PREFIX
from reader.structures.named_tuple import NamedTuple

_LISTED: Final = "listed "
"""Begins the keys of countries."""
_PERSON: Final = "person "
"""Begins the keys of persons."""
_NOWHERE: Final[frozenset[str]] = frozenset()


class _Home(NamedTuple):
    """Where a body is at home, in the eyes of one document."""

    keys: frozenset[str]
    """The keys of the place and its country."""
    is_stated: bool
    """Whether the document says so beside the name. Otherwise it is the only country that the document names."""


def may_have_two_homes(name: CrossingName) -> bool:
    """Return whether two countries may have a body of a name."""
    return name.kind is NameKind.PROPER and name.label == "ORG"


def have_two_homes(bearers: Sequence[EntityAppearance], documents: Mapping[str, frozenset[str]]) -> bool:
    """Return whether two documents that have nothing else in common place a body in two countries or towns.

    One of them must say so beside the name, unless it is that of a newspaper.

    Args:
        bearers: The bodies that have one name.
        documents: The keys of the names in each document.
    """
    stated = [_stated_home(entity) for entity in bearers]
    is_newspaper = all(names_a_newspaper(name.tokens) for name in bearers[0].names.values())
    if not (any(stated) or is_newspaper):
        return False
    by_home: defaultdict[_Home, list[EntityAppearance]] = defaultdict(list)
    for entity, keys in zip(bearers, stated, strict=True):
        if keys:
            by_home[_Home(keys, True)].append(entity)
        elif country := only_country(entity, documents):
            by_home[_Home(frozenset({_key_of_country(country)}), False)].append(entity)
    return any(
        _are_apart(first.keys, second.keys)
        and (first.is_stated or second.is_stated or is_newspaper)
        and any(
            _name_neither(first.keys, a, second.keys, b, documents) and share_no_name(a, b, documents)
            for a, b in product(by_home[first], by_home[second])
        )
        for first, second in combinations(by_home, 2)
    )


def is_town(entity: EntityAppearance) -> bool:
    """Return whether an entity is a place that may have namesakes in other countries, listed or not."""
    if entity.record.label not in PLACE_LABELS:
        return False
    return all(
        name.kind is NameKind.SITE or (name.kind is NameKind.LISTED and tables.country_of(name.text) is None)
        for name in entity.names.values()
    )


def is_listed(town: EntityAppearance) -> bool:
    """Return whether the tables list a town."""
    return any(name.kind is NameKind.LISTED for name in town.names.values())


def are_in_two_countries(towns: Sequence[EntityAppearance], documents: Mapping[str, frozenset[str]]) -> bool:
    """Return whether two documents place a town in two countries, or in two states of one.

    A document that says no country beside the name may name another one only, and share nothing with those that say it.
    Then an unlisted town lies there; a listed one is known far from its country.

    Args:
        towns: The towns that have one name.
        documents: The keys of the names in each document.
    """
    by_country: defaultdict[frozenset[str], list[EntityAppearance]] = defaultdict(list)
    for town in towns:
        if countries := stated_countries(town):
            by_country[frozenset(map(_key_of_country, countries))].append(town)
    home = home_of_capital(towns, documents) if by_country else ""
    if home and any(
        _are_apart(frozenset({_key_of_country(home)}), keys) and not all(map(_is_capital, namesakes))
        for keys, namesakes in by_country.items()
    ):
        return True
    if any(
        _are_apart(first, second)
        and any(
            _name_neither(first, a, second, b, documents) and not (_is_capital(a) and _is_capital(b))
            for a, b in product(by_country[first], by_country[second])
        )
        for first, second in combinations(by_country, 2)
    ):
        return True
    in_states = [town for town in towns if not town.countries and stated_countries(town)]
    if any(in_two_regions(a, b, documents) for a, b in combinations(in_states, 2)):
        return True
    bare = [town for town in towns if by_country and not town.beside and not is_listed(town)]
    return any(_is_stranger(town, by_country, documents) for town in bare)


def home_of_capital(towns: Sequence[EntityAppearance], documents: Mapping[str, frozenset[str]]) -> str:
    """Return the country of which a town is the capital; "" if no document names both without another country.

    "Paris" is that of France where documents say no more, even if one is about "Paris, Texas".

    Args:
        towns: The towns that have one name.
        documents: The keys of the names in each document.
    """
    texts = [name.text for name in towns[0].names.values()] if towns else []
    country = next(filter(None, map(tables.country_of_capital, texts)), None)
    if country is None:
        return ""
    home = {_key_of_country(country.name), f"{_LISTED}{PEOPLE_PREFIX}{country.name}"}
    bare = (town for town in towns if not town.beside or country.name in town.countries)
    return country.name if any(not home.isdisjoint(town.names_around(documents)) for town in bare) else ""


def stated_countries(town: EntityAppearance) -> frozenset[str]:
    """Return the countries that a document states beside the name of a town, also by one of their states."""
    if town.countries or not town.beside:
        return town.countries
    states = _states()
    return frozenset(states[key] for key in town.beside if key in states)


@cache
def _states() -> Mapping[str, str]:
    """Return the countries of states, by the keys of their names."""
    names = ((crossing_name(state, "GPE"), country) for state, country in tables.states().items())
    return {name.key: country for name, country in names if name is not None}


def _is_stranger(
    town: EntityAppearance,
    by_country: Mapping[frozenset[str], Sequence[EntityAppearance]],
    documents: Mapping[str, frozenset[str]],
) -> bool:
    """Return whether the document of a town names one country, and has nothing in common with those that state another.

    Args:
        town: A town without a country beside its name.
        by_country: The towns that have one, by the keys of their countries.
        documents: The keys of the names in each document.
    """
    country = only_country(town, documents)
    if not country:
        return False
    own = frozenset({_key_of_country(country)})
    return all(
        _are_apart(own, keys)
        and _name_neither(own, town, keys, namesake, documents)
        and share_no_name(town, namesake, documents)
        for keys, namesakes in by_country.items()
        for namesake in namesakes
    )


def _name_neither(
    first: frozenset[str],
    a: EntityAppearance,
    second: frozenset[str],
    b: EntityAppearance,
    documents: Mapping[str, frozenset[str]],
) -> bool:
    """Return whether neither of two documents names the home that the other one gives to an entity."""
    return _with_parts(first).isdisjoint(b.names_around(documents)) and _with_parts(second).isdisjoint(
        a.names_around(documents)
    )


def _are_apart(first: frozenset[str], second: frozenset[str]) -> bool:
    """Return whether two homes have no place in common, and neither lies in the other."""
    return _with_parts(first).isdisjoint(second) and first.isdisjoint(_with_parts(second))


@lru_cache(maxsize=1 << 12)
def _with_parts(keys: frozenset[str]) -> frozenset[str]:
    """Return the keys of places, and of what lies in the countries among them."""
    parts = tables.country_parts()
    listed = (key.removeprefix(_LISTED) for key in keys if key.startswith(_LISTED))
    countries = [name for name in listed if name in parts]
    return (
        keys.union(map(_key_of_country, chain.from_iterable(map(parts.__getitem__, countries)))) if countries else keys
    )


def in_two_regions(first: EntityAppearance, second: EntityAppearance, documents: Mapping[str, frozenset[str]]) -> bool:
    """Return whether two documents put a place into two regions, neither of which the other document mentions.

    A capital lies in one region, whatever its country was called: "Constantinople" of two empires.

    Args:
        first: The place in one document.
        second: The place in the other.
        documents: The keys of the names in each document.
    """
    return (
        bool(first.beside and second.beside)
        and _name_neither(first.beside, first, second.beside, second, documents)
        and not (_is_capital(first) and _is_capital(second))
    )


def country_of_town(town: EntityAppearance, documents: Mapping[str, frozenset[str]]) -> str:
    """Return the country of a town: the one beside its name, or else the only one that its document names."""
    countries = stated_countries(town)
    if len(countries) == 1:
        country = min(countries)
        return tables.states().get(country, country)
    return "" if town.beside else only_country(town, documents)


def share_no_name(a: EntityAppearance, b: EntityAppearance, documents: Mapping[str, frozenset[str]]) -> bool:
    """Return whether the documents of two entities have no other name in common.

    Args:
        a: An entity.
        b: An entity of another document.
        documents: The keys of the names in each document.
    """
    common = a.names_around(documents) & b.names_around(documents)
    return common <= a.names.keys() | b.names.keys()


def _is_capital(entity: EntityAppearance) -> bool:
    """Return whether a document puts a place into a country of which it is the capital."""
    names = {fold(name.text) for name in entity.names.values()}
    countries = filter(None, map(tables.country_of, entity.countries))
    return any(fold(capital) in names for country in countries for capital in country.capital)


def _stated_home(entity: EntityAppearance) -> frozenset[str]:
    """Return the keys of the places, countries and bodies beside the name of a body."""
    if not (entity.beside or entity.countries):
        return _NOWHERE
    keys = {key for key in entity.beside if not key.startswith(_PERSON)}
    countries = {*entity.countries, *filter(None, map(_country_of, keys))}
    return frozenset(keys.union(map(_key_of_country, countries)))


def only_country(entity: EntityAppearance, documents: Mapping[str, frozenset[str]]) -> str:
    """Return the only country that the document of an entity names; "" if it names none or several.

    A capital may stand for a country beside others, but not alone: the news of Brussels and Geneva are about the world.
    """
    names = entity.names_around(documents)
    countries = frozenset(filter(None, map(_country_of, names)))
    if len(countries) > 1:
        parts = tables.country_parts()
        countries = frozenset(country for country in countries if parts.get(country, _NOWHERE).isdisjoint(countries))
    if len(countries) != 1:
        return ""
    country = min(countries)
    return country if not names.isdisjoint((_key_of_country(country), f"listed {PEOPLE_PREFIX}{country}")) else ""


@lru_cache(maxsize=1 << 16)
def _country_of(key: str) -> str:
    """Return the country that the name with a key means: itself, by its people or by its capital; "" for others.

    It does not depend on the form of the name, which changes with the collection.
    """
    if key.startswith(_PERSON):
        return ""
    name = key.partition(" ")[2].removeprefix(PEOPLE_PREFIX)
    country = tables.country_of(name) or tables.country_of_capital(name)
    return country.name if country is not None else ""


def _key_of_country(country: str) -> str:
    return f"{_LISTED}{country}"
