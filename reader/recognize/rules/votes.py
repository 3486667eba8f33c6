"""What speaks for each surface form of a document: the recognizer, the tables, definitions, full names of persons."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from reader.names import find_definitions, strip_titles, surface, titles
from reader.names.matcher import WORD
from reader.names.persons import parse
from reader.recognize.mention import LABELS, Mention
from reader.recognize.rules.apposition import described
from reader.recognize.rules.gazetteer import gazetteer, known_in
from reader.structures.intervals import DisjointSpans

_NAMES: Final = frozenset(LABELS)
_DEFINED: Final = 2.0
"""Mentions that a definition counts as, for the label that its other half has."""
_SURNAME: Final = 3.0
"""… that being the surname of a person named in full counts as, and a share of each time the full name stands."""
_TITLED: Final = 1.0
"""… that standing after a title counts as, for PERSON."""
_DESCRIBED: Final = 3.0
"""… that words next to it say what it is counts as, for what they say."""
_CAPITALS: Final = 0.3
"""What a mention in a line of capitals counts."""
_UNITING_RULES: Final = frozenset({"defined", "quoted", "also-known-as", "formerly", "so-called"})
_SETTLING_RULES: Final = frozenset({"defined", "quoted"})

_PREFIXED: Final = re.compile(r"(?:al|el|ul|ar|as|ash|at|ad|an|az|bin|ibn)[-‐‑](?=[^\W\d_])", re.IGNORECASE)
_LOOK_BACK: Final = 40


class Verdict(NamedTuple):
    """What is settled about a surface form."""

    label: str
    strength: float
    """The votes for the label, in mentions."""
    unity: float
    """The label's share of all votes, 0 to 1."""
    by_model: int
    defined: bool
    surname: bool
    sure: bool


@dataclass(slots=True)
class Evidence:
    """What speaks for a surface form."""

    votes: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Label by label, in mentions."""
    by_model: int = 0
    """How many times the recognizer marked it."""
    settled: str = ""
    """The label of the long form for which, by the text's own words, this short form stands."""
    defined: bool = False
    """It is one half of a definition in the text."""
    surname: bool = False
    """A person of this surname is named in full."""
    sure: bool = False
    """The tables know it and it is nothing else."""

    @property
    def label(self) -> str:
        """What the text defines it as, else the label with most votes; ties go to the first in the order of labels."""
        return self.settled or winner(self.votes)

    @property
    def spoken_for(self) -> bool:
        """Whether it is to be looked for in the text."""
        return bool(self.votes) and (self.by_model > 0 or self.defined or self.surname or self.sure)

    def verdict(self) -> Verdict:
        """Count the votes."""
        label = self.label
        strength = self.votes[label]
        unity = strength / sum(self.votes.values())
        return Verdict(label, strength, unity, self.by_model, self.defined, self.surname, self.sure)


_RANK: Final = {label: rank for rank, label in enumerate(LABELS)}
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})


def winner(votes: Mapping[str, float]) -> str:
    """Return the label that the votes elect.

    Kinds of places are one party: which of them it is, is decided when the place has won. Ties go to the first in the
    order of labels.
    """
    places = sum(votes.get(label, 0.0) for label in _PLACES)

    def rank(label: str) -> tuple[float, float, int]:
        return (-places if label in _PLACES else -votes[label]), -votes[label], _RANK.get(label, 99)

    return min(votes, key=rank)


def gather(text: str, mentions: Sequence[Mention], capitals: DisjointSpans) -> dict[str, Verdict]:
    """Return a verdict on every surface form that may be a name here.

    Args:
        text: The document's text, line breaks within paragraphs as spaces.
        mentions: Cleaned mentions by the recognizer.
        capitals: The stretches that are written in capitals throughout.
    """
    evidence: dict[str, Evidence] = {}
    for mention in mentions:
        if mention.label not in _NAMES:
            continue
        weight = _CAPITALS if capitals.covers(mention.start) else 1.0
        found = evidence.setdefault(surface(text[mention.start : mention.end]), Evidence())
        found.votes[mention.label] += weight * mention.score
        found.by_model += 1
        if mention.label != "PERSON" and title_before(text, mention.start):
            found.votes["PERSON"] += _TITLED
        if said := described(text, mention):
            found.votes[said] += _DESCRIBED
    _add_known(text, evidence)
    _add_definitions(text, evidence)
    _add_surnames(evidence)
    return {form: found.verdict() for form, found in evidence.items() if found.spoken_for}


def title_before(text: str, start: int) -> bool:
    """Say whether a title that belongs to persons stands directly before."""
    if start == 0 or not text[start - 1].isspace():
        return False
    words = text[max(0, start - _LOOK_BACK) : start].rsplit(None, 1)
    return bool(words) and words[-1][:1].isupper() and words[-1].casefold().rstrip(".") in titles()


def _add_known(text: str, evidence: dict[str, Evidence]) -> None:
    table = gazetteer()
    for form in known_in(frozenset(WORD.findall(text))):
        known = table[form]
        if known.sure or form in evidence:
            found = evidence.setdefault(form, Evidence())
            found.votes[known.label] += known.weight
            found.sure = known.sure


def _add_definitions(text: str, evidence: dict[str, Evidence]) -> None:
    """Let the two halves of a definition speak for each other; what a short form stands for settles its label."""
    for definition in find_definitions(text):
        if definition.rule not in _UNITING_RULES:
            continue
        # A title is no part of a name, also where a definition has one: "known as Emperor Norton".
        short = strip_titles(surface(text[definition.short_start : definition.short_end]))[1]
        long = strip_titles(surface(text[definition.long_start : definition.long_end]))[1]
        source = next((form for form in (long, short) if form in evidence and evidence[form].votes), None)
        if source is None:
            continue
        label = evidence[source].label
        for form in (short, long):
            if form[:1].isalnum() and any(char.isupper() for char in form):
                found = evidence.setdefault(form, Evidence())
                found.votes[label] += _DEFINED
                found.defined = True
        if definition.rule in _SETTLING_RULES and source is long and short in evidence:
            evidence[short].settled = label


def _add_surnames(evidence: dict[str, Evidence]) -> None:
    """Let every full name speak for its surname."""
    full = [
        (form, found) for form, found in evidence.items() if " " in form and found.votes and found.label == "PERSON"
    ]
    known = gazetteer()
    for form, person in full:
        for surname in surnames(form):
            found = evidence.get(surname)
            if surname in known and known[surname].sure and (found is None or not found.by_model):
                continue
            found = evidence.setdefault(surname, Evidence())
            found.votes["PERSON"] += _SURNAME + 0.25 * person.by_model
            found.surname = True


def surnames(name: str) -> Iterator[str]:
    """Yield the forms in which a person's surname stands alone: "al-Sudani" and "Sudani", "van Gogh" and "Van Gogh"."""
    person = parse(name)
    if not person.given:
        return
    forms = [person.surname]
    if match := _PREFIXED.match(person.surname):
        forms += [person.surname[match.end() :], match[0].capitalize() + person.surname[match.end() :]]
    elif " " in person.surname:
        forms += [person.surname[:1].upper() + person.surname[1:], person.surname.rsplit(" ", 1)[1]]
    for form in dict.fromkeys(forms):
        last = form.rsplit(" ", 1)[-1].rsplit("-", 1)[-1]
        if len(last) >= 3 and last[:1].isupper() and not last.isupper():
            yield form
