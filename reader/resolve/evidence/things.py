"""Compare two names of things: organizations, places, events, works."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reader.names import tables
from reader.names.acronyms import INNER, SYLLABLES, WITH_STOP_WORDS, acronym_score
from reader.names.normal import fold
from reader.recognize import LABELS
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import PEOPLE_PREFIX, NameFacts, is_state, legal_words
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule

_PREPOSITIONS: Final = frozenset({"of", "in", "at", "for", "on", "from", "near", "de", "and"})
_LABELS_WITH_HEADS: Final = frozenset({"ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT"})
_PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
_WORK_LABELS: Final = frozenset({"WORK_OF_ART", "LAW"})
_LABELS_WITH_ACRONYMS: Final = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "LAW"})
_SETTLEMENTS: Final = frozenset({"village", "town", "township", "city", "resort"})
_AREAS: Final = frozenset(
    {"area", "basin", "border", "coast", "delta", "district", "plain", "region", "valley", "zone"}
)
_BODY_LABELS: Final = frozenset({"ORG", "FAC", "EVENT"})
_OFTEN_SEVERAL: Final = frozenset(
    {"avenue", "building", "department", "ministry", "office", "road", "station", "street"}
)
"""Kinds of things of which a text usually has several, even if it names only one."""
_NAMED_AFTER_PLACE: Final = frozenset(
    {"academy", "bank", "church", "college", "hospital", "institute", "museum", "school", "university"}
)
"""Kinds of bodies of which one place may have several, told apart by the word before the kind."""
_KINDS_BY_LABEL: Final = {
    "EVENT": frozenset(
        {
            *(
                "award",
                "awards",
                "campaign",
                "championship",
                "championships",
                "convention",
                "crisis",
                "cup",
                "election",
            ),
            *(
                "exhibition",
                "festival",
                "fire",
                "flood",
                "games",
                "gala",
                "marathon",
                "massacre",
                "mutiny",
                "offensive",
            ),
            *(
                "open",
                "operation",
                "race",
                "rally",
                "rebellion",
                "regatta",
                "resistance",
                "revolt",
                "revolution",
                "riots",
            ),
            *("siege", "summit", "tournament", "uprising", "war", "wars"),
        }
    ),
    "ORG": frozenset({"marine", "maritime", "petroleum", "securities", "tankers", "trading", "ventures"}),
    "PRODUCT": frozenset(
        {
            *(
                "aircraft",
                "airplane",
                "bomber",
                "browser",
                "drone",
                "fighter",
                "helicopter",
                "jet",
                "missile",
                "missiles",
            ),
            *("probe", "rifle", "rocket", "rover", "satellite", "scanner", "space", "spacecraft", "tank", "telescope"),
            *("torpedo", "vaccine"),
        }
    ),
}
"""Kinds of companies, events and products, which may end a name."""
_KINDS_BEFORE_NAME: Final = {
    "EVENT": frozenset({"cyclone", "hurricane", "operation", "storm", "super", "tropical", "typhoon"}),
    "PRODUCT": frozenset(
        {
            *("carrier", "cruiser", "destroyer", "ferry", "frigate", "hms", "hmas", "hmcs", "liner", "mv", "orbiter"),
            *("probe", "rms", "rover", "satellite", "ship", "shuttle", "space", "spacecraft", "spaceship", "ss"),
            *("steamer", "steamship", "submarine", "tanker", "trawler", "uss", "yacht"),
        }
    ),
}
"""Kinds of storms, operations, ships and spacecraft, which precede a name: "Cyclone Orla", "Space Shuttle Meridian"."""
_OFFSHOOTS: Final = frozenset({"foundation", "fund", "library", "museum", "press"})
"""Kinds of bodies that are named after another one: "Ford", "Ford Foundation"."""
_SCOPES: Final = frozenset({"asian", "european", "international", "national", "olympic", "regional", "world"})
"""Words before the kind of an event that name no event by themselves: "World", "World Championship"."""
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)?")
_DISTINCTIVE_TOKENS: Final = 4
"""A name with at least this many tokens is distinctive whatever single word precedes it."""
_COMMON_INITIALS: Final = 2
"""Initials with at most this many letters fit too many names with another label."""
_LONGEST_LEAD: Final = 3
"""Most tokens before the name of a kind ("Board") that stands for a longer name."""
_RECOGNIZED_LABELS: Final = frozenset(LABELS)
"""The labels that recognition assigns, and may confuse."""
_SUGGESTED_PARTS: Final = frozenset({"EVENT", "GPE", "LAW"})
"""Labels of names of two or more tokens that are suggested for a longer name that starts with them."""
_TITLE_LABELS: Final = frozenset({"PRODUCT", "WORK_OF_ART"})
"""Labels of names of which one that adds words is a variant or a sequel, unless a colon precedes these words."""
_NAMED_AFTER_NEIGHBOR: Final = _AREAS | {
    *("avenue", "canton", "county", "expressway", "governorate", "highway", "municipality", "oblast", "prefecture"),
    *("province", "railway", "river", "road", "station", "street", "voivodeship"),
}
"""Kinds of places that are named after another place there: "Albury", "Albury County", "Albury Station"."""


def compare(x: NameFacts, y: NameFacts) -> Evidence | None:
    """Return the evidence of the strongest rule that applies to two names of things, or None."""
    a, b = Name(x.text, x.label), Name(y.text, y.label)
    if is_state(x.tokens) and is_state(y.tokens) and x.tokens[0] != y.tokens[0] and x.tokens[2:] == y.tokens[2:]:
        return Evidence(Phase.VETO, 1.0, Rule.TWO_STATES, a, b)
    identity = _compare_identity(x, y, a, b)
    if identity is not None:
        return None if _labels_differ_on_purpose(x, y) else identity
    if x.listed_name and x.listed_name == y.listed_name:
        return None
    if x.listed_name and y.listed_name:
        return Evidence(Phase.VETO, 0.9, Rule.TWO_KNOWN, a, b)
    if ((len(x.tokens), len(x.fold)) > (len(y.tokens), len(y.fold)) and not x.acronym) or (y.acronym and not x.acronym):
        x, y, a, b = y, x, b, a
    weakly_listed = _compare_weakly_listed(x, y, a, b) or _compare_weakly_listed(y, x, b, a)
    if weakly_listed is not None:
        return weakly_listed
    if x.acronym and not y.acronym:
        score = acronym_score(x.text, y.text)
        if score:
            return _compare_acronym(x, y, a, b, score)
    return _compare_partial_acronym(x, y, a, b) or _compare_contained(x, y, a, b)


def _labels_differ_on_purpose(x: NameFacts, y: NameFacts) -> bool:
    """Return whether two names that are spelled alike are two entities because of their labels.

    A label that the user chose is meant as a difference, and an event is often named after its place.
    """
    labels = {x.label, y.label}
    if len(labels) == 2 and not labels <= _RECOGNIZED_LABELS:
        return True
    return (x.label == "EVENT") != (y.label == "EVENT") and bool(labels & _PLACE_LABELS)


def _compare_identity(x: NameFacts, y: NameFacts, a: Name, b: Name) -> Evidence | None:
    """Compare two names that may be two spellings of one name."""
    if x.normal == y.normal:
        return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, a, b)
    if x.listed_name and x.listed_name == y.listed_name and not x.listed_name.startswith(PEOPLE_PREFIX):
        rule = Rule.COUNTRY if tables.country_of(x.text) is not None else Rule.KNOWN
        return Evidence(Phase.IDENTITY, 0.97, rule, a, b)
    short_words = len(x.fold) <= 3 or x.normal in tables.common_words() or y.normal in tables.common_words()
    if x.fold == y.fold and not short_words:
        return Evidence(Phase.IDENTITY, 0.98, Rule.CASE, a, b)
    if x.tokens == y.tokens and not short_words:
        return Evidence(Phase.IDENTITY, 0.97, Rule.SPELLED, a, b)
    if x.canonical == y.canonical and len(x.fold) > 3 and len(y.fold) > 3 and not _are_two_listed(x, y):
        if (len(x.canonical) == 1 and x.label != y.label) or not x.canonical:
            return Evidence(Phase.SUGGESTION, 0.7, Rule.DESCRIPTOR, a, b)
        return Evidence(Phase.IDENTITY, 0.95, Rule.DESCRIPTOR, a, b)
    if x.letters == y.letters and len(x.letters) > 4 and not short_words:
        return Evidence(Phase.IDENTITY, 0.96, Rule.CASE, a, b)
    return None


def _are_two_listed(x: NameFacts, y: NameFacts) -> bool:
    """Return whether the tables list two things that differ by the order of words: "Miami University"."""
    return bool(x.listed_name and y.listed_name) and x.listed_name != y.listed_name


def _compare_weakly_listed(x: NameFacts, y: NameFacts, a: Name, b: Name) -> Evidence | None:
    """Compare a name that often stands for a listed one ("Emirates", "OK") with that name."""
    if not y.listed_name or y.listed_name not in tables.weakly_known(x.text):
        return None
    if x.label != y.label:
        return None
    if _is_shared_by_countries(x.text, y.listed_name):
        return Evidence(Phase.SUGGESTION, 0.6, Rule.LOOSE_NAME, a, b)
    return Evidence(Phase.SHORT, 0.92, Rule.LOOSE_NAME, a, b)


@lru_cache(maxsize=4096)
def _is_shared_by_countries(weak_name: str, listed_name: str) -> bool:
    """Return whether a weak name of a country may mean another country that the text does not name.

    It does not if the demonym belongs to one country only: "Koreans" are South Koreans, so "Korea" is South Korea, but
    "Congo" may be either of two countries.
    """
    countries = [country for country in map(tables.country_of, tables.weakly_known(weak_name)) if country is not None]
    form = weak_name.casefold()
    owners = [country for country in countries if any(word.casefold().startswith(form) for word in country.demonyms)]
    return len(countries) > 1 and [owner.name for owner in owners] != [listed_name]


def _compare_acronym(x: NameFacts, y: NameFacts, a: Name, b: Name, score: float) -> Evidence | None:
    """Return the evidence for an acronym that fits a name with a score."""
    alike = x.label == y.label or len(x.acronym) > _COMMON_INITIALS
    if score >= SYLLABLES and {x.label, y.label} <= _LABELS_WITH_ACRONYMS and alike and not x.listed_name:
        return Evidence(Phase.SHORT, round(score * 0.93, 3), Rule.ACRONYM, a, b)
    if not alike:
        return None
    return Evidence(Phase.SUGGESTION, 0.6 if score > INNER else 0.5, Rule.ACRONYM, a, b)


def _compare_partial_acronym(x: NameFacts, y: NameFacts, a: Name, b: Name) -> Evidence | None:
    """Compare "407th AEG" with "407th Air Expeditionary Group": shared words, then the initials of the others."""
    words, longer = x.normal.split(), y.normal.split()
    shared = len(words) - 1
    if not 0 < shared < len(longer) - 1 or words[:shared] != longer[:shared]:
        return None
    if acronym_score(words[-1], " ".join(longer[shared:])) < WITH_STOP_WORDS:
        return None
    return Evidence(Phase.SHORT, 0.9, Rule.ACRONYM, a, b)


def _compare_contained(x: NameFacts, y: NameFacts, a: Name, b: Name) -> Evidence | None:
    """Compare a name with a longer one that starts or ends with it."""
    size = len(x.tokens)
    if not size or size >= len(y.tokens):
        return None
    if y.tokens[:size] == x.tokens:
        return _compare_beginning(x, y, a, b, y.tokens[size:])
    if y.tokens[-size:] == x.tokens:
        return _compare_end(x, y, a, b, y.tokens[:-size])
    return None


@lru_cache(maxsize=1)
def kind_words() -> frozenset[str]:
    """Return the words for kinds of things, such as "university"."""
    return tables.heads() | tables.place_words() | tables.descriptors()


def _compare_beginning(x: NameFacts, y: NameFacts, a: Name, b: Name, tail: tuple[str, ...]) -> Evidence | None:
    """Compare a name with a longer one that starts with it: "Harvard" and "Harvard University"."""
    own_kinds = _KINDS_BY_LABEL.get(x.label, frozenset())
    kinds = own_kinds if x.label == "PRODUCT" else kind_words() | own_kinds
    alike = x.label == y.label
    if alike and x.label == "ORG" and (_is_first_word_of_company(x, y) or _is_company_before_and(x, y)):
        return Evidence(Phase.SHORT, 0.84, Rule.HEAD, a, b)
    if alike and x.label == "ORG" and len(tail) > 1:
        kind = tuple(word for word in tail if word not in legal_words())
        tail = kind if len(kind) == 1 else tail  # "Halden Pharmaceuticals Inc." is Halden
    if set(tail) <= kinds:
        if alike and x.label in _LABELS_WITH_HEADS and _is_distinctive(x, tail):
            return Evidence(Phase.SHORT, 0.86, Rule.HEAD, a, b)
        is_neighbor = x.label in _PLACE_LABELS and (bool(x.listed_name) or tail[-1] in _NAMED_AFTER_NEIGHBOR)
        return Evidence(Phase.SUGGESTION, 0.45, Rule.PART, a, b) if alike and not is_neighbor else None
    if not alike or (tail[0] == "and" and (x.label != "ORG" or tail[-1] not in kinds)):
        return None
    if tail[0] == "of" and _YEAR.fullmatch(" ".join(tail[1:])) and x.label == "LAW" and len(x.tokens) > 1:
        return Evidence(Phase.SHORT, 0.85, Rule.HEAD, a, b)
    if tail[0] in _PREPOSITIONS:
        headed = tail[0] != "and" and (x.tokens[-1] in kinds or (len(x.tokens) > 1 and tail[0] != "of"))
        branch = tail[0] != "of" and _is_owner(" ".join(tail[1:]))
        if headed and not branch and x.label in _LABELS_WITH_HEADS and x.tokens[0] not in _OFTEN_SEVERAL:
            return Evidence(Phase.SHORT, 0.83, Rule.PLACE_OF, a, b)
        return Evidence(Phase.SUGGESTION, 0.55, Rule.PLACE_OF, a, b)
    if x.listed_name or x.acronym or _has_number(tail):
        return None
    if x.label in _TITLE_LABELS:
        is_short_title = y.normal.startswith(f"{x.normal}:")
        return Evidence(Phase.SUGGESTION, 0.45, Rule.PART, a, b) if is_short_title else None
    if x.label == "ORG" and _is_owner(" ".join(tail)):
        return None  # a branch: "Ostermann Australia"
    if len(x.tokens) >= 2:
        return Evidence(Phase.SUGGESTION, 0.55, Rule.PART, a, b) if x.label in _SUGGESTED_PARTS else None
    return Evidence(Phase.SUGGESTION, 0.45, Rule.PART, a, b) if x.label not in {"GPE", "NORP"} else None


def _is_first_word_of_company(x: NameFacts, y: NameFacts) -> bool:
    """Return whether a name is the first of the two words of a company with a legal form: "Marlow", "Marlow Lines ASA".

    A branch ("Ostermann Australia Ltd") and a namesake ("Ostermann Foundation Inc.") are other organizations.
    """
    words = fold(tables.without_legal_form(y.text)).split(" ")
    if len(words) == len(y.text.split(" ")) or len(words) != 2 or words[0] != x.fold:
        return False
    if x.listed_name or x.acronym or x.normal in tables.common_words() or x.fold in tables.given_names():
        return False
    return _is_distinctive(x, (words[1],)) and not _is_owner(words[1]) and not _is_place(words[1])


def _is_company_before_and(x: NameFacts, y: NameFacts) -> bool:
    """Return whether a name is the part of a company's name before "and": "Marlow Bulk", "Marlow Bulk & Trading AS"."""
    if x.listed_name or set(x.tokens) <= kind_words() or tables.given_names().keys() & {x.tokens[0]}:
        return False
    return fold(tables.words_before_and(y.text)) == x.fold


def _has_number(tokens: tuple[str, ...]) -> bool:
    """Return whether any token contains a digit, as the year of an event, an edition or a sequel does."""
    return any(char.isdigit() for token in tokens for char in token)


def _is_distinctive(x: NameFacts, tail: tuple[str, ...]) -> bool:
    """Return whether a name is distinctive by itself, so that words for its kind after it add nothing."""
    if set(x.tokens) & kind_words() or set(x.tokens) <= tables.sides() | _SCOPES:
        return False
    if x.label == "GPE":
        return set(tail) <= _SETTLEMENTS and not x.listed_name
    if (x.label == "LOC" and set(tail) & _AREAS) or (x.label == "ORG" and tail[-1] in _OFFSHOOTS):
        return False
    return set(tail) <= tables.descriptors() if x.listed_name or x.acronym else True


def _compare_end(x: NameFacts, y: NameFacts, a: Name, b: Name, lead: tuple[str, ...]) -> Evidence | None:
    """Compare a name with a longer one that ends with it: "Board of Inquiry" and "UN Board of Inquiry"."""
    kinds = kind_words() | _KINDS_BY_LABEL.get(x.label, frozenset())
    if x.label == "ORG" and _ORDINAL.fullmatch(lead[-1]):
        return None
    if (lead[-1] in _PREPOSITIONS and lead[-1] != "of") or set(lead) & tables.sides() or x.label != y.label:
        return None
    if lead[-1] == "of":
        is_place = set(lead[:-1]) <= tables.place_words() and x.label in {"GPE", "LOC"}
        if is_place and not set(x.tokens) & kinds:
            return Evidence(Phase.SHORT, 0.85, Rule.HEAD, a, b)
        return Evidence(Phase.SUGGESTION, 0.42, Rule.PART, a, b) if x.label in {"ORG", "FAC"} else None
    if set(lead) <= tables.place_words() and x.label in {"LOC", "FAC"} and not set(x.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.86, Rule.HEAD, a, b)
    if set(lead) <= _KINDS_BEFORE_NAME.get(x.label, frozenset()) and not set(x.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.86, Rule.HEAD, a, b)
    if x.label in {"GPE", "NORP"}:
        return None
    if x.label == "PRODUCT" and _is_maker(" ".join(lead)) and not set(x.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.84, Rule.KEPT_HEAD, a, b)
    has_owner = _is_owner(" ".join(lead)) or all(map(_is_owner, lead))
    if not has_owner:
        has_owner = len(lead) == 1 and len(x.tokens) >= _DISTINCTIVE_TOKENS and not _has_number(lead)
    if has_owner and _is_named_after_place(x.tokens):
        return None  # "Chinese University of Hong Kong" is not the University of Hong Kong
    if has_owner and set(x.tokens) & kinds and x.label not in _WORK_LABELS:
        return Evidence(Phase.SHORT, 0.84, Rule.KEPT_HEAD, a, b)
    if x.label == "ORG" and x.tokens[-1][-1] in "sx" and not set(x.tokens) & kinds and _is_place(" ".join(lead)):
        return Evidence(Phase.SHORT, 0.84, Rule.TEAM, a, b)
    if (
        x.label in _BODY_LABELS
        and x.tokens[0] not in _OFTEN_SEVERAL
        and set(x.tokens) <= kind_words() - (tables.descriptors() - tables.place_words())
        and len(lead) <= _LONGEST_LEAD
    ):
        return Evidence(Phase.SHORT, 0.8, Rule.KIND, a, b)
    if _has_number(lead) or set(lead) & _PREPOSITIONS:
        return None
    return Evidence(Phase.SUGGESTION, 0.5 if len(x.tokens) > 1 else 0.4, Rule.PART, a, b)


def _is_named_after_place(tokens: tuple[str, ...]) -> bool:
    """Return whether a name is complete with its place: a nationality before it makes another organization."""
    if len(tokens) < 3 or tokens[1] not in {"of", "in", "at"}:
        return False
    place = " ".join(tokens[2:])
    known = _is_place(place) or tables.known_names().get(place.title(), ("", ""))[0] == "GPE"
    return tokens[0] in _NAMED_AFTER_PLACE and (known or tokens[0] == "university")


@lru_cache(maxsize=4096)
def _is_place(words: str) -> bool:
    """Return whether folded words are a place that the tables list."""
    return any(entry.label == "GPE" for entry in tables.organizations_of(words)) or tables.country_of(words) is not None


@lru_cache(maxsize=4096)
def _is_maker(words: str) -> bool:
    """Return whether folded words are an organization that the tables list: "google"."""
    forms = (words, words.title(), words.upper())
    return any(entry.label == "ORG" for form in forms for entry in tables.organizations_of(form))


@lru_cache(maxsize=4096)
def _is_owner(word: str) -> bool:
    """Return whether a folded word is a country, a people or the initials of a listed body: "us", "iraqi", "un"."""
    forms = (word, word.upper(), word.capitalize())
    return any(tables.country_of(form) or tables.countries_of_demonym(form) for form in forms) or (
        len(word) <= 5 and bool(tables.organizations_of(word.upper()))
    )
