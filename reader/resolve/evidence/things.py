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


def compare(left: NameFacts, right: NameFacts) -> Evidence | None:
    """Return the evidence of the strongest rule that applies to two names of things, or None."""
    if (
        is_state(left.tokens)
        and is_state(right.tokens)
        and left.tokens[0] != right.tokens[0]
        and left.tokens[2:] == right.tokens[2:]
    ):
        return Evidence(Phase.VETO, 1.0, Rule.TWO_STATES, left.name, right.name)
    identity = _compare_identity(left, right)
    if identity is not None:
        return None if _labels_differ_on_purpose(left, right) else identity
    if left.listed_name and left.listed_name == right.listed_name:
        return None
    if left.listed_name and right.listed_name:
        return Evidence(Phase.VETO, 0.9, Rule.TWO_KNOWN, left.name, right.name)
    if ((len(left.tokens), len(left.fold)) > (len(right.tokens), len(right.fold)) and not left.acronym) or (
        right.acronym and not left.acronym
    ):
        left, right = right, left
    weakly_listed = _compare_weakly_listed(left, right) or _compare_weakly_listed(right, left)
    if weakly_listed is not None:
        return weakly_listed
    if left.acronym and not right.acronym:
        score = acronym_score(left.text, right.text)
        if score:
            return _compare_acronym(left, right, score)
    return _compare_partial_acronym(left, right) or _compare_contained(left, right)


def _labels_differ_on_purpose(left: NameFacts, right: NameFacts) -> bool:
    """Return whether two names that are spelled alike are two entities because of their labels.

    A label that the user chose is meant as a difference, and an event is often named after its place.
    """
    labels = {left.label, right.label}
    if len(labels) == 2 and not labels <= _RECOGNIZED_LABELS:
        return True
    return (left.label == "EVENT") != (right.label == "EVENT") and bool(labels & _PLACE_LABELS)


def _compare_identity(left: NameFacts, right: NameFacts) -> Evidence | None:
    """Compare two names that may be two spellings of one name."""
    if left.normal == right.normal:
        return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, left.name, right.name)
    if left.listed_name and left.listed_name == right.listed_name and not left.listed_name.startswith(PEOPLE_PREFIX):
        rule = Rule.COUNTRY if tables.country_of(left.text) is not None else Rule.KNOWN
        return Evidence(Phase.IDENTITY, 0.97, rule, left.name, right.name)
    short_words = len(left.fold) <= 3 or left.normal in tables.common_words() or right.normal in tables.common_words()
    if left.fold == right.fold and not short_words:
        return Evidence(Phase.IDENTITY, 0.98, Rule.CASE, left.name, right.name)
    if left.tokens == right.tokens and not short_words:
        return Evidence(Phase.IDENTITY, 0.97, Rule.SPELLED, left.name, right.name)
    if (
        left.canonical == right.canonical
        and len(left.fold) > 3
        and len(right.fold) > 3
        and not _are_two_listed(left, right)
    ):
        if (len(left.canonical) == 1 and left.label != right.label) or not left.canonical:
            return Evidence(Phase.SUGGESTION, 0.7, Rule.DESCRIPTOR, left.name, right.name)
        return Evidence(Phase.IDENTITY, 0.95, Rule.DESCRIPTOR, left.name, right.name)
    if left.letters == right.letters and len(left.letters) > 4 and not short_words:
        return Evidence(Phase.IDENTITY, 0.96, Rule.CASE, left.name, right.name)
    return None


def _are_two_listed(left: NameFacts, right: NameFacts) -> bool:
    """Return whether the tables list two things that differ by the order of words: "Miami University"."""
    return bool(left.listed_name and right.listed_name) and left.listed_name != right.listed_name


def _compare_weakly_listed(short: NameFacts, long: NameFacts) -> Evidence | None:
    """Compare a name that often stands for a listed one ("Emirates", "OK") with that name."""
    if not long.listed_name or long.listed_name not in tables.weakly_known(short.text):
        return None
    if short.label != long.label:
        return None
    if _is_shared_by_countries(short.text, long.listed_name):
        return Evidence(Phase.SUGGESTION, 0.6, Rule.LOOSE_NAME, short.name, long.name)
    return Evidence(Phase.SHORT, 0.92, Rule.LOOSE_NAME, short.name, long.name)


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


def _compare_acronym(short: NameFacts, long: NameFacts, score: float) -> Evidence | None:
    """Return the evidence for an acronym that fits a name with a score."""
    alike = short.label == long.label or len(short.acronym) > _COMMON_INITIALS
    if score >= SYLLABLES and {short.label, long.label} <= _LABELS_WITH_ACRONYMS and alike and not short.listed_name:
        return Evidence(Phase.SHORT, round(score * 0.93, 3), Rule.ACRONYM, short.name, long.name)
    if not alike:
        return None
    return Evidence(Phase.SUGGESTION, 0.6 if score > INNER else 0.5, Rule.ACRONYM, short.name, long.name)


def _compare_partial_acronym(short: NameFacts, long: NameFacts) -> Evidence | None:
    """Compare "407th AEG" with "407th Air Expeditionary Group": shared words, then the initials of the others."""
    words, longer = short.normal.split(), long.normal.split()
    shared = len(words) - 1
    if not 0 < shared < len(longer) - 1 or words[:shared] != longer[:shared]:
        return None
    if acronym_score(words[-1], " ".join(longer[shared:])) < WITH_STOP_WORDS:
        return None
    return Evidence(Phase.SHORT, 0.9, Rule.ACRONYM, short.name, long.name)


def _compare_contained(short: NameFacts, long: NameFacts) -> Evidence | None:
    """Compare a name with a longer one that starts or ends with it."""
    size = len(short.tokens)
    if not size or size >= len(long.tokens):
        return None
    if long.tokens[:size] == short.tokens:
        return _compare_beginning(short, long, long.tokens[size:])
    if long.tokens[-size:] == short.tokens:
        return _compare_end(short, long, long.tokens[:-size])
    return None


@lru_cache(maxsize=1)
def kind_words() -> frozenset[str]:
    """Return the words for kinds of things, such as "university"."""
    return tables.heads() | tables.place_words() | tables.descriptors()


def _compare_beginning(short: NameFacts, long: NameFacts, tail: tuple[str, ...]) -> Evidence | None:
    """Compare a name with a longer one that starts with it: "Harvard" and "Harvard University"."""
    own_kinds = _KINDS_BY_LABEL.get(short.label, frozenset())
    kinds = own_kinds if short.label == "PRODUCT" else kind_words() | own_kinds
    alike = short.label == long.label
    if (
        alike
        and short.label == "ORG"
        and (_is_first_word_of_company(short, long) or _is_company_before_and(short, long))
    ):
        return Evidence(Phase.SHORT, 0.84, Rule.HEAD, short.name, long.name)
    if alike and short.label == "ORG" and len(tail) > 1:
        kind = tuple(word for word in tail if word not in legal_words())
        tail = kind if len(kind) == 1 else tail  # "Halden Pharmaceuticals Inc." is Halden
    if set(tail) <= kinds:
        if alike and short.label in _LABELS_WITH_HEADS and _is_distinctive(short, tail):
            return Evidence(Phase.SHORT, 0.86, Rule.HEAD, short.name, long.name)
        is_neighbor = short.label in _PLACE_LABELS and (bool(short.listed_name) or tail[-1] in _NAMED_AFTER_NEIGHBOR)
        return Evidence(Phase.SUGGESTION, 0.45, Rule.PART, short.name, long.name) if alike and not is_neighbor else None
    if not alike or (tail[0] == "and" and (short.label != "ORG" or tail[-1] not in kinds)):
        return None
    if tail[0] == "of" and _YEAR.fullmatch(" ".join(tail[1:])) and short.label == "LAW" and len(short.tokens) > 1:
        return Evidence(Phase.SHORT, 0.85, Rule.HEAD, short.name, long.name)
    if tail[0] in _PREPOSITIONS:
        headed = tail[0] != "and" and (short.tokens[-1] in kinds or (len(short.tokens) > 1 and tail[0] != "of"))
        branch = tail[0] != "of" and _is_owner(" ".join(tail[1:]))
        if headed and not branch and short.label in _LABELS_WITH_HEADS and short.tokens[0] not in _OFTEN_SEVERAL:
            return Evidence(Phase.SHORT, 0.83, Rule.PLACE_OF, short.name, long.name)
        return Evidence(Phase.SUGGESTION, 0.55, Rule.PLACE_OF, short.name, long.name)
    if short.listed_name or short.acronym or _has_number(tail):
        return None
    if short.label in _TITLE_LABELS:
        is_short_title = long.normal.startswith(f"{short.normal}:")
        return Evidence(Phase.SUGGESTION, 0.45, Rule.PART, short.name, long.name) if is_short_title else None
    if short.label == "ORG" and _is_owner(" ".join(tail)):
        return None  # a branch: "Ostermann Australia"
    if len(short.tokens) >= 2:
        return (
            Evidence(Phase.SUGGESTION, 0.55, Rule.PART, short.name, long.name)
            if short.label in _SUGGESTED_PARTS
            else None
        )
    return (
        Evidence(Phase.SUGGESTION, 0.45, Rule.PART, short.name, long.name)
        if short.label not in {"GPE", "NORP"}
        else None
    )


def _is_first_word_of_company(short: NameFacts, long: NameFacts) -> bool:
    """Return whether a name is the first of the two words of a company with a legal form: "Marlow", "Marlow Lines ASA".

    A branch ("Ostermann Australia Ltd") and a namesake ("Ostermann Foundation Inc.") are other organizations.
    """
    words = fold(tables.without_legal_form(long.text)).split(" ")
    if len(words) == len(long.text.split(" ")) or len(words) != 2 or words[0] != short.fold:
        return False
    if (
        short.listed_name
        or short.acronym
        or short.normal in tables.common_words()
        or short.fold in tables.given_names()
    ):
        return False
    return _is_distinctive(short, (words[1],)) and not _is_owner(words[1]) and not _is_place(words[1])


def _is_company_before_and(short: NameFacts, long: NameFacts) -> bool:
    """Return whether a name is the part of a company's name before "and": "Marlow Bulk", "Marlow Bulk & Trading AS"."""
    if short.listed_name or set(short.tokens) <= kind_words() or tables.given_names().keys() & {short.tokens[0]}:
        return False
    return fold(tables.words_before_and(long.text)) == short.fold


def _has_number(tokens: tuple[str, ...]) -> bool:
    """Return whether any token contains a digit, as the year of an event, an edition or a sequel does."""
    return any(char.isdigit() for token in tokens for char in token)


def _is_distinctive(facts: NameFacts, tail: tuple[str, ...]) -> bool:
    """Return whether a name is distinctive by itself, so that words for its kind after it add nothing."""
    if set(facts.tokens) & kind_words() or set(facts.tokens) <= tables.sides() | _SCOPES:
        return False
    if facts.label == "GPE":
        return set(tail) <= _SETTLEMENTS and not facts.listed_name
    if (facts.label == "LOC" and set(tail) & _AREAS) or (facts.label == "ORG" and tail[-1] in _OFFSHOOTS):
        return False
    return set(tail) <= tables.descriptors() if facts.listed_name or facts.acronym else True


def _compare_end(short: NameFacts, long: NameFacts, lead: tuple[str, ...]) -> Evidence | None:
    """Compare a name with a longer one that ends with it: "Board of Inquiry" and "UN Board of Inquiry"."""
    kinds = kind_words() | _KINDS_BY_LABEL.get(short.label, frozenset())
    if short.label == "ORG" and _ORDINAL.fullmatch(lead[-1]):
        return None
    if (lead[-1] in _PREPOSITIONS and lead[-1] != "of") or set(lead) & tables.sides() or short.label != long.label:
        return None
    if lead[-1] == "of":
        is_place = set(lead[:-1]) <= tables.place_words() and short.label in {"GPE", "LOC"}
        if is_place and not set(short.tokens) & kinds:
            return Evidence(Phase.SHORT, 0.85, Rule.HEAD, short.name, long.name)
        return (
            Evidence(Phase.SUGGESTION, 0.42, Rule.PART, short.name, long.name)
            if short.label in {"ORG", "FAC"}
            else None
        )
    if set(lead) <= tables.place_words() and short.label in {"LOC", "FAC"} and not set(short.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.86, Rule.HEAD, short.name, long.name)
    if set(lead) <= _KINDS_BEFORE_NAME.get(short.label, frozenset()) and not set(short.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.86, Rule.HEAD, short.name, long.name)
    if short.label in {"GPE", "NORP"}:
        return None
    if short.label == "PRODUCT" and _is_maker(" ".join(lead)) and not set(short.tokens) & kinds:
        return Evidence(Phase.SHORT, 0.84, Rule.KEPT_HEAD, short.name, long.name)
    has_owner = _is_owner(" ".join(lead)) or all(map(_is_owner, lead))
    if not has_owner:
        has_owner = len(lead) == 1 and len(short.tokens) >= _DISTINCTIVE_TOKENS and not _has_number(lead)
    if has_owner and _is_named_after_place(short.tokens):
        return None  # "Chinese University of Hong Kong" is not the University of Hong Kong
    if has_owner and set(short.tokens) & kinds and short.label not in _WORK_LABELS:
        return Evidence(Phase.SHORT, 0.84, Rule.KEPT_HEAD, short.name, long.name)
    if (
        short.label == "ORG"
        and short.tokens[-1][-1] in "sx"
        and not set(short.tokens) & kinds
        and _is_place(" ".join(lead))
    ):
        return Evidence(Phase.SHORT, 0.84, Rule.TEAM, short.name, long.name)
    if (
        short.label in _BODY_LABELS
        and short.tokens[0] not in _OFTEN_SEVERAL
        and set(short.tokens) <= kind_words() - (tables.descriptors() - tables.place_words())
        and len(lead) <= _LONGEST_LEAD
    ):
        return Evidence(Phase.SHORT, 0.8, Rule.KIND, short.name, long.name)
    if _has_number(lead) or set(lead) & _PREPOSITIONS:
        return None
    return Evidence(Phase.SUGGESTION, 0.5 if len(short.tokens) > 1 else 0.4, Rule.PART, short.name, long.name)


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
