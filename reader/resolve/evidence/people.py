"""Compare two names of persons."""

from __future__ import annotations

from reader.names import persons
from reader.names.persons import Person
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import NameFacts, is_initial_token
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule


def compare(x: NameFacts, y: NameFacts) -> Evidence | None:
    """Return the evidence of the strongest rule that applies to two names of persons, or None."""
    a, b = Name(x.text, x.label), Name(y.text, y.label)
    p, q = x.person, y.person
    if p is None or q is None:
        return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, a, b) if x.fold == y.fold else None
    if p.suffix and q.suffix and p.suffix != q.suffix:
        return Evidence(Phase.VETO, 1.0, Rule.SUFFIX, a, b)
    if p.titles and q.titles and not persons.genders_agree(p, q):
        return Evidence(Phase.VETO, 1.0, Rule.GENDER, a, b)
    if p.suffix != q.suffix:
        return _compare_suffixed(x, y, a, b)
    if x.fold == y.fold or x.tokens == y.tokens or (x.letters == y.letters and len(x.letters) > 4):
        if x.normal == y.normal:
            return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, a, b)
        return Evidence(Phase.IDENTITY, 0.98, Rule.CASE if x.letters == y.letters else Rule.PREFIX, a, b)
    if len(x.tokens) > 1 and sorted(x.tokens) == sorted(y.tokens):
        return Evidence(Phase.IDENTITY, 0.94, Rule.WORD_ORDER, a, b)
    if len(x.tokens) > len(y.tokens) or (len(x.tokens) == len(y.tokens) and _initial_count(x) < _initial_count(y)):
        x, y, a, b, p, q = y, x, b, a, q, p
    return _compare_single_token(x, y, a, b, p, q) if len(x.tokens) == 1 else _compare_full(x, y, a, b, p, q)


def _compare_suffixed(x: NameFacts, y: NameFacts, a: Name, b: Name) -> Evidence | None:
    """Compare a name with one that has a suffix: "Elizabeth" may be "Elizabeth II"."""
    if x.person is not None and x.person.suffix:
        x, y, a, b = y, x, b, a
    if len(x.tokens) > 1:
        return Evidence(Phase.SUGGESTION, 0.55, Rule.SHARED_NAME, a, b) if x.tokens == y.tokens else None
    if x.tokens[0] == y.tokens[-1]:
        return Evidence(Phase.SHORT, 0.87, Rule.SURNAME if len(y.tokens) > 1 else Rule.GIVEN_NAME, a, b)
    return Evidence(Phase.SHORT, 0.85, Rule.GIVEN_NAME, a, b) if x.tokens == y.tokens[:1] else None


def _initial_count(facts: NameFacts) -> int:
    return sum(map(is_initial_token, facts.tokens))


def _compare_single_token(x: NameFacts, y: NameFacts, a: Name, b: Name, p: Person, q: Person) -> Evidence | None:
    """Compare a single token with a full name."""
    token = x.tokens[0]
    if is_initial_token(token) or len(y.tokens) < 2:
        return None
    if x.normal.isupper() and x.normal.replace(".", "") == "".join(part[:1] for part in y.tokens).upper():
        return Evidence(Phase.SHORT, 0.86, Rule.INITIALS, a, b)
    if token == y.tokens[-1]:
        if p.titles and not persons.genders_agree(p, q):
            return Evidence(Phase.VETO, 1.0, Rule.GENDER, a, b)
        return Evidence(Phase.SHORT, 0.95, Rule.SURNAME, a, b)
    if token == y.tokens[0] and not is_initial_token(token):
        return Evidence(Phase.SHORT, 0.85, Rule.GIVEN_NAME, a, b)
    return Evidence(Phase.SHORT, 0.8, Rule.GIVEN_NAME, a, b) if token in y.tokens else None


def _compare_full(x: NameFacts, y: NameFacts, a: Name, b: Name, p: Person, q: Person) -> Evidence | None:
    """Compare two full names. `x` has no more tokens than `y`."""
    if p.tokens and q.tokens and x.tokens[-1] != y.tokens[-1]:
        return _compare_surnames(x, y, a, b)
    scores = _align(p.given, q.given)
    if scores is None:
        return _compare_middle(x, y, a, b)
    if min(scores) == 1.0:
        return Evidence(Phase.FULL, 0.96, Rule.FULL_NAME, a, b)
    return (
        Evidence(Phase.FULL, 0.9, Rule.INITIALS, a, b)
        if 0.9 in scores
        else Evidence(Phase.FULL, 0.88, Rule.NICKNAME, a, b)
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


def _compare_surnames(x: NameFacts, y: NameFacts, a: Name, b: Name) -> Evidence | None:
    """Compare names with different last tokens: "John D." with "John Doe", "Gabriel García" with "… García Márquez"."""
    if is_initial_token(x.tokens[-1]) and len(x.tokens) == 2 and x.tokens[0] == y.tokens[0]:
        if y.tokens[-1][:1] == x.tokens[-1][:1]:
            return Evidence(Phase.FULL, 0.86, Rule.INITIALS, a, b)
        return None
    if len(x.tokens) < len(y.tokens) and _in_order(x.tokens, y.tokens):
        is_beginning = y.tokens[: len(x.tokens)] == x.tokens
        return Evidence(Phase.FULL, 0.9 if is_beginning else 0.85, Rule.FULL_NAME, a, b)
    return None


def _compare_middle(x: NameFacts, y: NameFacts, a: Name, b: Name) -> Evidence | None:
    """Compare names of which the shorter starts inside the longer: "Foster Wallace", "bin Salman"."""
    if len(x.tokens) < len(y.tokens) and _in_order(x.tokens, y.tokens):
        return Evidence(Phase.FULL, 0.86, Rule.FULL_NAME, a, b)
    return None


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether `long` contains the tokens of `short` in the same order, with gaps or without."""
    unmatched = iter(long)
    return all(token in unmatched for token in short)
