"""Compare two names of persons."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Final

from reader.names import persons, tables
from reader.names.normal import fold
from reader.names.persons import Person
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import NameFacts, facts_of, is_initial_token, surname_parts
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule
from reader.structures.lazy_pattern import lazy_pattern

_FAMILY_FIRST_COUNTRY: Final = lazy_pattern(
    r"\b(?:Chin(?:a|ese)|Taiwan(?:ese)?|Japan(?:ese)?|Koreans?|Korea|Vietnam(?:ese)?|Hungar(?:y|ians?))\b"
    r"|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
)
_LONGEST_COUNTRY: Final = 16
"""Code points that no match of that pattern exceeds."""
_PORTION: Final = 65_536
"""Code points that are searched at once."""
_OCCUPATION: Final = lazy_pattern(r"\w+ist|\w{6,}er")
"""A folded word for what a person does: "novelist", "bricklayer"."""


_NAMESAKE_TOKENS: Final = 3
"""Tokens of a name whose first two may be the whole name of another person."""
_FEW_LETTERS: Final = 4
"""Names with the same letters count as one only if they have more letters than this."""


def compare(first: NameFacts, second: NameFacts) -> Evidence | None:
    """Return the evidence of the strongest rule that applies to two names of persons, or None."""
    if first.person is None or second.person is None:
        return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, first.name, second.name) if first.fold == second.fold else None
    if veto := _veto(first, second, first.person, second.person):
        return veto
    if first.person.suffix != second.person.suffix:
        return _compare_suffixed(first, second)
    has_same_letters = first.letters == second.letters
    if (
        first.fold == second.fold
        or first.tokens == second.tokens
        or (has_same_letters and len(first.letters) > _FEW_LETTERS)
    ):
        if first.normal == second.normal:
            return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, first.name, second.name)
        rule = Rule.CASE if has_same_letters else Rule.PREFIX
        return Evidence(Phase.IDENTITY, 0.98, rule, first.name, second.name)
    if len(first.tokens) > 1 and sorted(first.tokens) == sorted(second.tokens):
        if _is_family_first(first.tokens, second.tokens) or _is_family_first(second.tokens, first.tokens):
            return Evidence(Phase.IDENTITY, 0.94, Rule.WORD_ORDER, first.name, second.name)
        return Evidence(Phase.SUGGESTION, 0.7, Rule.WORD_ORDER, first.name, second.name)
    if surname := _compare_surname_with_particle(first, second) or _compare_surname_with_particle(second, first):
        return surname
    compare_ordered = _compare_single_token if min(len(first.tokens), len(second.tokens)) == 1 else _compare_full
    if _length(first) > _length(second):
        return compare_ordered(second, first, second.person, first.person)
    return compare_ordered(first, second, first.person, second.person)


def _veto(first: NameFacts, second: NameFacts, first_person: Person, second_person: Person) -> Evidence | None:
    """Return a veto if suffixes or titles show that two names are those of two people."""
    if first_person.suffix and second_person.suffix and first_person.suffix != second_person.suffix:
        return Evidence(Phase.VETO, 1.0, Rule.SUFFIX, first.name, second.name)
    if not (first_person.titles and second_person.titles):
        return None
    titles = {title.text.casefold().rstrip(".") for title in (*first_person.titles, *second_person.titles)}
    are_mother_and_daughter = len(first.tokens) == len(second.tokens) == 1 and {"mrs", "miss"} <= titles
    if are_mother_and_daughter or not persons.genders_agree(first_person, second_person):
        return Evidence(Phase.VETO, 1.0, Rule.GENDER, first.name, second.name)
    return None


def _length(facts: NameFacts) -> tuple[int, int]:
    """Return a key by which the shorter of two names sorts first: by tokens, then by written-out tokens."""
    return len(facts.tokens), -sum(map(is_initial_token, facts.tokens))


def without_titled_rivals(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the evidence, with a bare surname as a short form if two people have it with different titles.

    "Moor" alone is then neither "Mr. Moor" nor "Mrs. Moor".
    """
    pieces = list(evidence)
    apart = {frozenset((piece.a, piece.b)) for piece in pieces if piece.phase is Phase.VETO}
    rivals = {name for pair in apart for name in pair}
    if not rivals:
        return pieces
    titled: dict[Name, set[Name]] = {}
    for piece in pieces:
        if piece.rule == Rule.PREFIX and piece.phase is Phase.IDENTITY:
            for bare, full in ((piece.a, piece.b), (piece.b, piece.a)):
                if full in rivals:
                    titled.setdefault(bare, set()).add(full)
    shared = {bare for bare, full in titled.items() if any(frozenset(pair) in apart for pair in combinations(full, 2))}
    return [
        _as_short_form(piece, piece.a in shared)
        if piece.rule == Rule.PREFIX and piece.phase is Phase.IDENTITY and (piece.a in shared or piece.b in shared)
        else piece
        for piece in pieces
    ]


def _as_short_form(piece: Evidence, is_short_first: bool) -> Evidence:
    short, full = (piece.a, piece.b) if is_short_first else (piece.b, piece.a)
    return piece._replace(phase=Phase.SHORT, score=0.95, rule=Rule.SURNAME, a=short, b=full)


def writes_family_first(text: str) -> bool:
    """Return whether a text is about a country where family names precede given names, or contains its script."""
    # In portions, because no other thread runs during a search. The end of a portion is no end of a word.
    for start in range(0, len(text), _PORTION):
        match = _FAMILY_FIRST_COUNTRY.search(text, start, start + _PORTION + _LONGEST_COUNTRY)
        if match and (match.end() < start + _PORTION + _LONGEST_COUNTRY or match.end() == len(text)):
            return True
    return False


def with_family_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the evidence of a text that `writes_family_first`; two names that differ in word order are one.

    Names with a common given name are not: "Ali Hassan" and "Hassan Ali" remain two.
    """
    return [
        piece._replace(phase=Phase.IDENTITY, score=0.92)
        if piece.rule == Rule.WORD_ORDER and piece.a.label == "PERSON" and _may_be_rotated(piece.a, piece.b)
        else piece
        for piece in evidence
    ]


def _may_be_rotated(a: Name, b: Name) -> bool:
    first, second = facts_of(*a).tokens, facts_of(*b).tokens
    rotated = first[1:] + first[:1] == second or second[1:] + second[:1] == first
    return rotated and tables.given_names().keys().isdisjoint(first)


def _is_family_first(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Return whether one name is the other with its family name moved from the front to the end: "Yang Zhiyu".

    The moved token must be listed as a family name that precedes given names. No other token may be one as well, or a
    common given name: "Ali Hassan" and "Hassan Ali", "Kim Lee" and "Lee Kim" are as often two people as one.
    """
    families, given_names = tables.family_first(), tables.given_names()
    return (
        first[1:] + first[:1] == second
        and first[0] in families
        and first[0] not in given_names
        and not any(token in families for token in first[1:])
    )


def _compare_surname_with_particle(short: NameFacts, long: NameFacts) -> Evidence | None:
    """Compare a surname whose particle has a capital with a full name: "Van Gogh", "Vincent van Gogh"."""
    if (
        long.person is None
        or not long.person.given
        or " " not in long.person.surname
        or short.fold != fold(long.person.surname)
    ):
        return None
    return Evidence(Phase.SHORT, 0.95, Rule.SURNAME, short.name, long.name)


def _compare_suffixed(first: NameFacts, second: NameFacts) -> Evidence | None:
    """Compare a name with one that has a suffix: "Elizabeth" may be "Elizabeth II"."""
    short, long = (second, first) if first.person is not None and first.person.suffix else (first, second)
    if len(short.tokens) > 1:
        is_same = short.tokens == long.tokens
        return Evidence(Phase.SUGGESTION, 0.55, Rule.SHARED_NAME, short.name, long.name) if is_same else None
    if short.tokens[0] == long.tokens[-1]:
        rule = Rule.SURNAME if len(long.tokens) > 1 else Rule.GIVEN_NAME
        return Evidence(Phase.SHORT, 0.87, rule, short.name, long.name)
    if short.tokens == long.tokens[:1]:
        return Evidence(Phase.SHORT, 0.85, Rule.GIVEN_NAME, short.name, long.name)
    return None


def _compare_single_token(
    short: NameFacts, long: NameFacts, short_person: Person, long_person: Person
) -> Evidence | None:
    """Compare a single token with a full name."""
    token = short.tokens[0]
    if is_initial_token(token) or len(long.tokens) < 2:
        return None
    if short.normal.isupper() and short.normal.replace(".", "") == "".join(part[:1] for part in long.tokens).upper():
        return Evidence(Phase.SHORT, 0.86, Rule.INITIALS, short.name, long.name)
    if token == long.tokens[-1]:
        if short_person.titles and not persons.genders_agree(short_person, long_person):
            return Evidence(Phase.VETO, 1.0, Rule.GENDER, short.name, long.name)
        return Evidence(Phase.SHORT, 0.95, Rule.SURNAME, short.name, long.name)
    if token == long.tokens[0] and _is_plain(long_person):
        return Evidence(Phase.SHORT, 0.85, Rule.GIVEN_NAME, short.name, long.name)
    if _has_two_surnames(long.tokens) and token == long.tokens[-2]:
        return Evidence(Phase.SHORT, 0.85, Rule.SURNAME, short.name, long.name)
    if token in surname_parts(long.tokens):
        if not persons.genders_agree(short_person, long_person):
            return None
        return Evidence(Phase.SUGGESTION, 0.5, Rule.PART, short.name, long.name)
    # A middle name is no surname: "Hussein" may be Saddam Hussein beside Barack Hussein Obama.
    return Evidence(Phase.SUGGESTION, 0.5, Rule.PART, short.name, long.name) if token in long.tokens else None


def _is_plain(person: Person) -> bool:
    """Return whether a name contains no number: not "Moss in 1950"."""
    return not any(token.isdigit() for token in person.tokens)


def _has_two_surnames(tokens: tuple[str, ...]) -> bool:
    """Return whether a name ends in two surnames, as Spanish ones do: "Gabriel García Márquez"."""
    spanish = tables.two_surname_given_names()
    return (
        len(tokens) > 2
        and tokens[0] in spanish
        and not any(token in spanish or token in tables.given_names() for token in tokens[-2:])
        and not is_initial_token(tokens[-2])
    )


def _compare_full(short: NameFacts, long: NameFacts, short_person: Person, long_person: Person) -> Evidence | None:
    """Compare two full names. `short` has no more tokens than `long`."""
    if short_person.tokens and long_person.tokens and short.tokens[-1] != long.tokens[-1]:
        return _compare_surnames(short, long)
    if _contradict(short_person.given, long_person.given):
        return Evidence(Phase.VETO, 1.0, Rule.MIDDLE_INITIALS, short.name, long.name)
    scores = _align(short_person.given, long_person.given)
    if scores is None:
        return _compare_middle(short, long, long_person)
    if min(scores) == 1.0:
        return Evidence(Phase.FULL, 0.96, Rule.FULL_NAME, short.name, long.name)
    return (
        Evidence(Phase.FULL, 0.9, Rule.INITIALS, short.name, long.name)
        if 0.9 in scores
        else Evidence(Phase.FULL, 0.88, Rule.NICKNAME, short.name, long.name)
    )


def _align(short: tuple[str, ...], long: tuple[str, ...]) -> list[float] | None:
    """Match each given name of `short` with one of `long`, in order, the first with the first.

    Returns:
        How well each pair agrees; None if a given name has no match.
    """
    short, long = _split_initials(short), _split_initials(long)
    if not short or not long:
        return None
    scores: list[float] = []
    first_free = 0
    for number, token in enumerate(short):
        for index in range(first_free, len(long)):
            score = persons.tokens_agree(token, long[index])
            if score:
                scores.append(score)
                first_free = index + 1
                break
            if number == 0:
                return None
        else:
            return None
    return scores


def _contradict(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Return whether the middle initials of two names differ although the given names agree: "H. W.", "W.".

    Middle names are compared from the left. A middle name that only one of the names has is no contradiction.
    """
    first, second = _split_initials(first), _split_initials(second)
    if not first or not second or not persons.tokens_agree(first[0], second[0]):
        return False
    return any(
        (persons.is_initial(a) or persons.is_initial(b)) and not persons.tokens_agree(a, b)
        for a, b in zip(first[1:], second[1:], strict=False)
    )


def _split_initials(given_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return given names with joined initials split: "J.K." → "J.", "K."."""
    tokens: list[str] = []
    for token in given_names:
        if token.count(".") > 1 and persons.is_initial(token):
            tokens += [part + "." for part in token.replace("-", "").split(".") if part]
        elif len(token) == 2 and token.isupper() and token.isalpha():
            tokens += list(token)
        else:
            tokens.append(token)
    return tuple(tokens)


def _compare_surnames(short: NameFacts, long: NameFacts) -> Evidence | None:
    """Compare names with different last tokens: "John D." with "John Doe", "Gabriel García" with "… García Márquez"."""
    if is_initial_token(short.tokens[-1]) and len(short.tokens) == 2 and short.tokens[0] == long.tokens[0]:
        if long.tokens[-1][:1] == short.tokens[-1][:1]:
            return Evidence(Phase.FULL, 0.86, Rule.INITIALS, short.name, long.name)
        return None
    if len(short.tokens) < len(long.tokens) and _in_order(short.tokens, long.tokens):
        if long.tokens[: len(short.tokens)] == short.tokens and not _may_be_namesake(long):
            return Evidence(Phase.FULL, 0.9, Rule.FULL_NAME, short.name, long.name)
        # "María Rivas" for "María Paz Rivas Soto"
        if _has_two_surnames(long.tokens) and short.tokens == (long.tokens[0], long.tokens[-2]):
            return Evidence(Phase.FULL, 0.87, Rule.FULL_NAME, short.name, long.name)
        return Evidence(Phase.SUGGESTION, 0.55, Rule.PART, short.name, long.name)
    return None


def _may_be_namesake(facts: NameFacts) -> bool:
    """Return whether a name may be that of a namesake, who has the given names of another person: "Martin Luther King".

    A name with several surnames or patronyms, or with the particles of one, is often cut after the first of them:
    "Pedro Rivas Soto", "Abdallah Makki Muslih al-Rufayi". A name of three tokens that starts with a common English
    given name is not.
    """
    return (
        len(facts.tokens) == _NAMESAKE_TOKENS
        and facts.tokens[0] in tables.given_names()
        and not _has_two_surnames(facts.tokens)
        and facts.person is not None
        and not any(" " in token or "-" in token for token in facts.person.tokens[1:])
    )


def _compare_middle(short: NameFacts, long: NameFacts, long_person: Person) -> Evidence | None:
    """Compare names of which the shorter starts inside the longer: "Foster Wallace", "Nawaz Sharif".

    It may be the surname of the longer one, or a relative who has no other given name: "Maryam Nawaz Sharif" is the
    daughter of Nawaz Sharif. It is the same person if the longer name starts with what the person is ("Novelist Ivo
    Sand") or if its surnames start there ("Pedro Rivas de Santa Rosa", "Pedro Rivas Soto").
    """
    size = len(short.tokens)
    if size < len(long.tokens) and _in_order(short.tokens, long.tokens):
        if long.tokens[-size:] == short.tokens and (
            _describes(long_person.tokens[:-size])
            or " " in long_person.tokens[-size]
            or (size == 2 and _has_two_surnames(long.tokens))
        ):
            return Evidence(Phase.FULL, 0.86, Rule.FULL_NAME, short.name, long.name)
        return Evidence(Phase.SUGGESTION, 0.6, Rule.PART, short.name, long.name)
    return None


def _describes(tokens: tuple[str, ...]) -> bool:
    """Return whether the tokens before a name say what the person is: a nationality, an occupation, an office."""
    words = [word for token in tokens for word in token.split()]
    if len(words) > len(tokens) or any(word.islower() for word in words):
        return any(word.casefold() in tables.titles() for word in words)
    return all(
        bool(tables.countries_of_demonym(word))
        or (_OCCUPATION.fullmatch(word.casefold()) is not None and word.casefold() not in tables.given_names())
        for word in words
    )


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether `long` contains the tokens of `short` in the same order, with gaps or without."""
    unmatched = iter(long)
    return all(token in unmatched for token in short)
