"""Knowledge about names: normal forms, parts of persons' names, acronyms, tables, and definitions in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.lazy import lazy_names
from reader.names.normal import fold, normal, surface  # not lazy: `normal` is also the name of its module

if TYPE_CHECKING:
    from reader.names.acronyms import acronym_score, is_acronym
    from reader.names.definitions.definition_finder import Definition, find_definitions
    from reader.names.persons import Person, parse, strip_titles
    from reader.names.tables import (
        Country,
        Organization,
        Title,
        common_words,
        countries,
        countries_of_demonym,
        country_of,
        country_of_demonym,
        known_names,
        organization_of,
        organizations,
        organizations_of,
        particles,
        titles,
    )

__all__ = [
    "Country",
    "Definition",
    "Organization",
    "Person",
    "Title",
    "acronym_score",
    "common_words",
    "countries",
    "countries_of_demonym",
    "country_of",
    "country_of_demonym",
    "find_definitions",
    "fold",
    "is_acronym",
    "known_names",
    "normal",
    "organization_of",
    "organizations",
    "organizations_of",
    "parse",
    "particles",
    "strip_titles",
    "surface",
    "titles",
]

__getattr__ = lazy_names(
    __name__,
    {
        "Country": "tables",
        "Definition": "definitions.definition_finder",
        "Organization": "tables",
        "Person": "persons",
        "Title": "tables",
        "acronym_score": "acronyms",
        "common_words": "tables",
        "countries": "tables",
        "countries_of_demonym": "tables",
        "country_of": "tables",
        "country_of_demonym": "tables",
        "find_definitions": "definitions.definition_finder",
        "is_acronym": "acronyms",
        "known_names": "tables",
        "organization_of": "tables",
        "organizations": "tables",
        "organizations_of": "tables",
        "parse": "persons",
        "particles": "tables",
        "strip_titles": "persons",
        "titles": "tables",
    },
)
