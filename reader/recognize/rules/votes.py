"""Decide the label of each surface form of a document by weighted votes.

The recognizer, the knowledge tables, definitions in the text, and full names of persons vote.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import Final

from reader.names import common_words, find_definitions, fold, strip_titles, surface, titles
from reader.names.definitions.cue_ids import Cue
from reader.names.matcher import WORD, words
from reader.names.persons import parse
from reader.names.tables import given_names, heads, place_words, sides, without_legal_form, words_before_and
from reader.recognize.mention import LABELS, Mention
from reader.recognize.rules.club_matches import CLUB_WORDS
from reader.recognize.rules.context.apposition import label_from_neighbors
from reader.recognize.rules.context.company_cues import COMPANY_CUE
from reader.recognize.rules.gazetteer import forms_starting_with, gazetteer
from reader.recognize.rules.name_patterns import find_titled_persons
from reader.recognize.rules.typesetting.capitals import as_names, is_abbreviation, small_words
from reader.structures.intervals import DisjointSpans
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_NAME_LABELS: Final = frozenset(LABELS)

# Weights of votes, in mentions found by the recognizer.
_DEFINITION: Final = 2.0
"""One half of a definition, for the label of the other half."""
_SURNAME: Final = 3.0
"""The surname of a person with a full name in the text, for PERSON."""
_SURNAME_PER_MENTION: Final = 0.25
"""The same, in addition for each mention of the full name by the recognizer."""
_TITLE: Final = 1.0
"""A name after a title, for PERSON."""
_TITLED: Final = 2.0
"""A name that its title alone gives away, for PERSON."""
_SHORT_FORM: Final = 3.0
"""The name of an organization without its legal form or final word, for ORG."""
_NEIGHBORS: Final = 3.0
"""A name next to words that tell its label, for that label."""
_CERTAIN: Final = 2.0
"""A place in a dateline, and a club that plays, for its label."""
_IN_CAPITALS: Final = 0.3
"""A mention in a line in capitals."""

_LABEL_SHARING_CUES: Final = frozenset({Cue.DEFINED, Cue.QUOTED, Cue.ALSO_KNOWN_AS, Cue.FORMERLY, Cue.SO_CALLED})
_LABEL_SETTING_CUES: Final = frozenset({Cue.DEFINED, Cue.QUOTED})

_ARABIC_PREFIX: Final = lazy_pattern(r"(?:al|el|ul|ar|as|ash|at|ad|an|az|bin|ibn)[-‐‑](?=[^\W\d_])", re.IGNORECASE)
_BUSINESS_WORDS: Final = words(
    """Airlines Airways Bank Biosciences Biotech Brewery Capital Chemicals Electronics Energy Entertainment Financial
    Foods Group Holdings Industries Insurance Labs Logistics Marine Maritime Media Motors Partners Pharma
    Pharmaceuticals Pictures Properties Records Semiconductor Shipping Software Solutions Steel Stores Studios
    Systems Technologies Technology Telecom Therapeutics Ventures"""
)
"""Final words that are often left out of the name of a company: "Brightwater Bank"."""
_GENERAL_WORDS: Final = words(
    "American Central Eastern First General Global Grand Great Imperial Metropolitan National New Northern Old "
    "Premier Public Regional Royal Southern Standard State United Universal Western World"
)
"""Words that many names begin with: none is a short form by itself."""
_NAME: Final = r"([^\W\d_a-z][\w'-]*(?: [^\W\d_a-z][\w'-]*){0,3})"
_IN_PLACE: Final = lazy_pattern(
    rf"(?<!\b[Ss]hare )(?<!\b[Ss]hares )(?<!\b[Ss]take )(?<!\b[Ss]takes )"
    rf"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]cross|[Aa]round) {_NAME}"
)
"""A name that the preposition before it makes a place, unless it is a company of which someone has a share."""
_OF_COMPANY: Final = lazy_pattern(COMPANY_CUE + _NAME)
"""A name that the words before it make a company."""
_STRAY_PLACE_VOTES: Final = 1.2
"""Votes for a place by one mention, which may be wrong, are no reason against a short form of a company."""
_PLACE_SHARE: Final = 0.75
"""A form with a larger share of votes for a place is no short form, even of a company with its legal form."""
_MIN_DERIVED_CAPITALS: Final = 4
"""Letters of a surname that is also looked for in capitals; a shorter one may be an abbreviation."""
_TITLE_LENGTH: Final = 40
"""Code points before a name in which a title is looked for."""


class FormVerdict(NamedTuple):
    """The outcome of the vote on a surface form."""

    label: str
    weight: float
    """The votes for the label, in mentions."""
    share: float
    """The share of the label in all votes, 0 to 1."""
    model_count: int
    """The number of mentions that the recognizer found."""
    in_definition: bool
    is_surname: bool
    is_short_form: bool
    unambiguous: bool


@dataclass(slots=True)
class FormVotes:
    """The votes on a surface form."""

    by_label: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """The weight of the votes for each label, in mentions."""
    model_count: int = 0
    """The number of mentions that the recognizer found."""
    defined_label: str = ""
    """For a short form that the text defines, the label of its long form."""
    in_definition: bool = False
    """Whether the form is one half of a definition in the text."""
    is_surname: bool = False
    """Whether the text has the full name of a person with this surname."""
    is_short_form: bool = False
    """Whether the text has the name of a company that begins with this form: "Marlow Inc."."""
    unambiguous: bool = False
    """Whether the tables have the form and it can hardly be anything else."""

    @property
    def label(self) -> str:
        """The label from a definition, or else the one that wins the vote."""
        return self.defined_label or winning_label(self.by_label)

    @property
    def is_candidate(self) -> bool:
        """Whether to look for the form in the text."""
        return bool(self.by_label) and (
            self.model_count > 0 or self.in_definition or self.is_surname or self.is_short_form or self.unambiguous
        )

    def verdict(self) -> FormVerdict:
        """Count the votes."""
        label = self.label
        weight = self.by_label[label]
        share = weight / sum(self.by_label.values())
        return FormVerdict(
            label,
            weight,
            share,
            self.model_count,
            self.in_definition,
            self.is_surname,
            self.is_short_form,
            self.unambiguous,
        )


_RANKS: Final = {label: rank for rank, label in enumerate(LABELS)}
_PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})


def winning_label(votes: Mapping[str, float]) -> str:
    """Return the label that wins a vote.

    The labels of places first count together. If they win, the place label with the most votes is returned. A tie goes
    to the first label in the order of `LABELS`.
    """
    place_total = sum(votes.get(label, 0.0) for label in _PLACE_LABELS)

    def rank(label: str) -> tuple[float, float, int]:
        return (-place_total if label in _PLACE_LABELS else -votes[label]), -votes[label], _RANKS.get(label, 99)

    return min(votes, key=rank)


def collect_verdicts(
    text: str,
    mentions: Sequence[Mention],
    capitals: DisjointSpans,
    certain_labels: Mapping[tuple[int, int], str] = MappingProxyType({}),
) -> dict[str, FormVerdict]:
    """Return a verdict on every surface form that may be a name in this document.

    Args:
        text: The text of the document, with spaces for line breaks within paragraphs.
        mentions: The cleaned mentions of the recognizer.
        capitals: The spans that are written in capitals throughout.
        certain_labels: Labels that the form of the text leaves no doubt about, by span.
    """
    forms: dict[str, FormVotes] = {}
    for mention in mentions:
        if mention.label not in _NAME_LABELS:
            continue
        weight = _IN_CAPITALS if capitals.covers(mention.start) else 1.0
        votes = forms.setdefault(surface(text[mention.start : mention.end]), FormVotes())
        votes.by_label[mention.label] += weight * mention.score
        votes.model_count += 1
        if mention.label != "PERSON" and follows_title(text, mention.start) and not _is_body(text, mention):
            votes.by_label["PERSON"] += _TITLE
        if label := label_from_neighbors(text, mention):
            votes.by_label[label] += _NEIGHBORS
    for (start, end), label in certain_labels.items():
        certain_votes = forms.get(as_names(text[start:end], 0, end - start))
        if certain_votes is not None:
            certain_votes.by_label[label] += _CERTAIN
    _add_gazetteer(text, forms)
    _add_definitions(text, forms)
    _add_surnames(forms)
    _add_titled(text, forms)
    _add_short_forms(text, forms)
    return {form: votes.verdict() for form, votes in forms.items() if votes.is_candidate}


def _is_body(text: str, mention: Mention) -> bool:
    """Return whether a mention ends with the word for a body: "Prosecutor General's Office"."""
    return mention.label == "ORG" and text[mention.start : mention.end].rpartition(" ")[2].lower() in heads()


def follows_title(text: str, start: int) -> bool:
    """Return whether the title of a person comes right before an offset."""
    if start == 0 or not text[start - 1].isspace():
        return False
    words = text[max(0, start - _TITLE_LENGTH) : start].rsplit(None, 1)
    return bool(words) and words[-1][:1].isupper() and words[-1].casefold().rstrip(".") in titles()


def _add_gazetteer(text: str, forms: dict[str, FormVotes]) -> None:
    entries = gazetteer()
    for form in forms_starting_with(frozenset(WORD.findall(text))):
        entry = entries[form]
        if entry.unambiguous or form in forms:
            votes = forms.setdefault(form, FormVotes())
            votes.by_label[entry.label] += entry.weight
            votes.unambiguous = entry.unambiguous


def _add_definitions(text: str, forms: dict[str, FormVotes]) -> None:
    """Let both halves of each definition vote for one label; a short form takes the label of its long form."""
    for definition in find_definitions(text):
        # A title is not part of a name, even in a definition: "known as Emperor Norton".
        short = strip_titles(surface(text[definition.short_start : definition.short_end]))[1]
        long = strip_titles(surface(text[definition.long_start : definition.long_end]))[1]
        if definition.cue not in _LABEL_SHARING_CUES and not long.startswith(f"{short} "):  # "known simply as Marlow"
            continue
        source = next((form for form in (long, short) if form in forms and forms[form].by_label), None)
        if source is None:
            continue
        label = forms[source].label
        for form in (short, long):
            if form[:1].isalnum() and any(char.isupper() for char in form):
                votes = forms.setdefault(form, FormVotes())
                votes.by_label[label] += _DEFINITION
                votes.in_definition = True
        if definition.cue in _LABEL_SETTING_CUES and source is long and short in forms:
            forms[short].defined_label = label


def _add_surnames(forms: dict[str, FormVotes]) -> None:
    """Let the full name of each person vote for the surname."""
    full_names = [
        (form, votes) for form, votes in forms.items() if " " in form and votes.by_label and votes.label == "PERSON"
    ]
    entries = gazetteer()
    for full_name, full_name_votes in full_names:
        for form in (*surname_forms(full_name), *_forms_in_capitals(full_name)):
            votes = forms.get(form)
            if form in entries and entries[form].unambiguous and (votes is None or not votes.model_count):
                continue
            if form.isupper() and (is_abbreviation(form) or (votes is not None and votes.in_definition)):
                continue
            votes = forms.setdefault(form, FormVotes())
            votes.by_label["PERSON"] += _SURNAME + _SURNAME_PER_MENTION * full_name_votes.model_count
            votes.is_surname = True


def _add_titled(text: str, forms: dict[str, FormVotes]) -> None:
    """Let the titles before a name vote for it where the text has the name without a title, too."""
    for start, end in find_titled_persons(text, 0, len(text)):
        form = surface(text[start:end])
        if " " in form or form.isupper() or form.casefold() in titles():  # "Mr Speaker"
            continue
        votes = forms.setdefault(form, FormVotes())
        votes.by_label["PERSON"] += _TITLED
        votes.is_surname = True


def surname_forms(name: str) -> Iterator[str]:
    """Yield the forms of a person's surname by itself: "al-Sudani" and "Sudani", "van Gogh" and "Van Gogh"."""
    person = parse(name)
    if not person.given:
        return
    forms = [person.surname]
    if particle := next((index for index, token in enumerate(person.given) if index and " " in token), 0):
        forms.append(" ".join((*person.given[particle:], person.surname)))  # "da Silva Rivas"
    if match := _ARABIC_PREFIX.match(person.surname):
        forms += [person.surname[match.end() :], match[0].capitalize() + person.surname[match.end() :]]
    elif " " in person.surname:
        forms += [person.surname[:1].upper() + person.surname[1:], person.surname.rsplit(" ", 1)[1]]
    for form in dict.fromkeys(forms):
        last = form.rsplit(" ", 1)[-1].rsplit("-", 1)[-1]
        if len(last) < 3 or not last[:1].isupper():
            continue
        if not last.isupper():
            yield form
        elif len(last) >= _MIN_DERIVED_CAPITALS or not person.given[0].isupper():  # "Joanne PELL"
            yield form
            yield form[: -len(last)] + last[0] + last[1:].lower()


def _forms_in_capitals(name: str) -> Iterator[str]:
    """Yield the forms in capitals by which a text may also call a person: "KARASU" and "LEYLA KARASU"."""
    for form in (name, parse(name).surname):
        if len(form) >= _MIN_DERIVED_CAPITALS and form.replace(" ", "").replace("-", "").isalpha():
            yield form.upper()


def _add_short_forms(text: str, forms: dict[str, FormVotes]) -> None:
    """Let the name of each company vote for its short form: "Marlow" for "Marlow Inc."."""
    organizations = [form for form, votes in forms.items() if " " in form and votes.by_label and votes.label == "ORG"]
    marked_forms = {form for form, votes in forms.items() if votes.model_count}
    names_of_places = _names_after(_IN_PLACE, text) if organizations else frozenset()
    names_of_companies = _names_after(_OF_COMPANY, text) if organizations else frozenset()
    for organization in organizations:
        has_legal_form = without_legal_form(organization) != organization
        for form, is_legal in company_short_forms(organization, marked_forms):
            votes = forms.get(form)
            labels = votes.by_label if votes is not None else {}
            place_votes = sum(labels.get(label, 0.0) for label in _PLACE_LABELS)
            may_be_place = place_votes > (_STRAY_PLACE_VOTES if is_legal and " " not in form else 0.0)
            if has_legal_form and votes is not None and not votes.is_surname:
                # A name that the recognizer takes now for a place, now for something else is one that it does not know.
                may_be_place = may_be_place and place_votes > _PLACE_SHARE * sum(labels.values())
            if may_be_place and form not in names_of_companies:
                continue
            if form in names_of_places:
                continue
            votes = forms.setdefault(form, FormVotes())
            # Without its legal form, the name of a company is nothing else, unless it may be that of its founder.
            is_whole_name = is_legal and " " in form and fold(form).split()[0] not in given_names()
            other_votes = sum(votes.by_label.values()) if is_whole_name and not votes.is_surname else 0.0
            votes.by_label["ORG"] += _SHORT_FORM + other_votes
            votes.is_short_form = " " in form or form.lower() not in small_words()


def _names_after(cue: re.Pattern[str], text: str) -> frozenset[str]:
    """Return the capitalized words after a cue; of several words, also every beginning."""
    names = set()
    for match in cue.finditer(text):
        name = ""
        for word in match[1].removesuffix("'s").split(" "):
            name = f"{name} {word}".lstrip()
            names.add(name)
    return frozenset(names)


def company_short_forms(name: str, names: Container[str] = ()) -> Iterator[tuple[str, bool]]:
    """Yield the short forms of a company's name: "Marlow Steel" and "Marlow" of "Marlow Steel Inc.".

    Each form comes with whether only a legal form was left out.

    Args:
        name: The name of a company.
        names: Forms that are known to be names in the text, even if they are ordinary words ("Meridian").
    """
    base = without_legal_form(name)
    if base != name and _is_distinctive(base, names):
        yield base, True
    if " & " in base:
        yield base.replace(" & ", " and "), True
    first, _, last = base.rpartition(" ")
    if last in CLUB_WORDS and first and _is_distinctive(first, names):
        yield first, False
    if last in _BUSINESS_WORDS and first and _is_distinctive(first, names):
        yield first, False
        shorter, _, last = first.rpartition(" ")
        if last in _BUSINESS_WORDS and shorter and _is_distinctive(shorter, names):
            yield shorter, base != name  # "Marlow" of "Marlow Steel Holdings Ltd."
    elif base != name and first and " " not in first and _is_distinctive(first, names):
        yield first, False  # "Marlow" of "Marlow Lines ASA"
    beginning = words_before_and(name)
    if beginning and _is_distinctive(beginning, names) and fold(beginning).split()[0] not in given_names():
        yield beginning, False  # "Marlow Bulk" of "Marlow Bulk & Trading AS"


def _is_distinctive(form: str, names: Container[str] = ()) -> bool:
    """Return whether a form is long enough, and neither the name of something else nor an ordinary word.

    Ordinary words among `names` are distinctive, too.
    """
    if len(form) < 3 or not form[0].isupper() or form in common_words() or form in gazetteer() or fold(form) in sides():
        return False
    if form in _GENERAL_WORDS or form.lower() in heads() or form.lower() in place_words():
        return False
    return " " in form or ((form in names or form.lower() not in small_words()) and fold(form) not in given_names())
