"""What two names of persons say of each other."""

from __future__ import annotations

from reader.names import persons
from reader.names.persons import Person
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.name_facts import Facts, is_initial_token
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule


def compare(x: Facts, y: Facts) -> Evidence | None:
    """Return what the strongest rule says of two persons' names, None where none speaks."""
    a, b = Name(x.text, x.label), Name(y.text, y.label)
    one, two = x.person, y.person
    if one is None or two is None:
        return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, a, b) if x.fold == y.fold else None
    if one.suffix and two.suffix and one.suffix != two.suffix:
        return Evidence(Phase.VETO, 1.0, Rule.SUFFIX, a, b)
    if one.titles and two.titles and not persons.genders_agree(one, two):
        return Evidence(Phase.VETO, 1.0, Rule.GENDER, a, b)
    if one.suffix != two.suffix:
        return _suffixed(x, y, a, b)
    if x.fold == y.fold or x.tokens == y.tokens or (x.letters == y.letters and len(x.letters) > 4):
        if x.normal == y.normal:
            return Evidence(Phase.IDENTITY, 1.0, Rule.SAME, a, b)
        return Evidence(Phase.IDENTITY, 0.98, Rule.CASE if x.letters == y.letters else Rule.PREFIX, a, b)
    if len(x.tokens) > 1 and sorted(x.tokens) == sorted(y.tokens):
        return Evidence(Phase.IDENTITY, 0.94, Rule.WORD_ORDER, a, b)
    if len(x.tokens) > len(y.tokens) or (len(x.tokens) == len(y.tokens) and _initial_count(x) < _initial_count(y)):
        x, y, a, b, one, two = y, x, b, a, two, one
    return _one_token(x, y, a, b, one, two) if len(x.tokens) == 1 else _full(x, y, a, b, one, two)


def _suffixed(x: Facts, y: Facts, a: Name, b: Name) -> Evidence | None:
    """Compare a name with one that has a suffix: "Elizabeth" may be "Elizabeth II"."""
    if x.person is not None and x.person.suffix:
        x, y, a, b = y, x, b, a
    if len(x.tokens) > 1:
        return Evidence(Phase.OFFER, 0.55, Rule.SHARED_NAME, a, b) if x.tokens == y.tokens else None
    if x.tokens[0] == y.tokens[-1]:
        return Evidence(Phase.SHORT, 0.87, Rule.SURNAME if len(y.tokens) > 1 else Rule.GIVEN_NAME, a, b)
    return Evidence(Phase.SHORT, 0.85, Rule.GIVEN_NAME, a, b) if x.tokens == y.tokens[:1] else None


def _initial_count(facts: Facts) -> int:
    return sum(map(is_initial_token, facts.tokens))


def _one_token(x: Facts, y: Facts, a: Name, b: Name, one: Person, two: Person) -> Evidence | None:
    """Compare a single token with a full name."""
    token = x.tokens[0]
    if is_initial_token(token) or len(y.tokens) < 2:
        return None
    if x.normal.isupper() and x.normal.replace(".", "") == "".join(part[:1] for part in y.tokens).upper():
        return Evidence(Phase.SHORT, 0.86, Rule.INITIALS, a, b)
    if token == y.tokens[-1]:
        if one.titles and not persons.genders_agree(one, two):
            return Evidence(Phase.VETO, 1.0, Rule.GENDER, a, b)
        return Evidence(Phase.SHORT, 0.95, Rule.SURNAME, a, b)
    if token == y.tokens[0] and not is_initial_token(token):
        return Evidence(Phase.SHORT, 0.85, Rule.GIVEN_NAME, a, b)
    return Evidence(Phase.SHORT, 0.8, Rule.GIVEN_NAME, a, b) if token in y.tokens else None


def _full(x: Facts, y: Facts, a: Name, b: Name, one: Person, two: Person) -> Evidence | None:
    """Compare two full names, `x` with no more tokens than `y`."""
    if one.tokens and two.tokens and x.tokens[-1] != y.tokens[-1]:
        return _cut_surname(x, y, a, b)
    scores = _align(one.given, two.given)
    if scores is None:
        return _middle(x, y, a, b)
    if min(scores) == 1.0:
        return Evidence(Phase.FULL, 0.96, Rule.FULL_NAME, a, b)
    return (
        Evidence(Phase.FULL, 0.9, Rule.INITIALS, a, b)
        if 0.9 in scores
        else Evidence(Phase.FULL, 0.88, Rule.NICKNAME, a, b)
    )


def _align(short: tuple[str, ...], long: tuple[str, ...]) -> list[float] | None:
    """Return how well each given name of `short` agrees with one of `long`, in order; the first with the first."""
    short, long = _spread(short), _spread(long)
    if not short or not long:
        return None
    scores: list[float] = []
    at = 0
    for number, token in enumerate(short):
        for other in range(at, len(long)):
            score = persons.tokens_agree(token, long[other])
            if score:
                scores.append(score)
                at = other + 1
                break
            if number == 0:
                return None
        else:
            return None
    return scores


def _spread(given: tuple[str, ...]) -> tuple[str, ...]:
    """Take initials that are run together apart: "J.K." → "J.", "K."."""
    found: list[str] = []
    for token in given:
        if token.count(".") > 1 and persons.is_initial(token):
            found += [part + "." for part in token.replace("-", "").split(".") if part]
        elif len(token) == 2 and token.isupper() and token.isalpha():
            found += list(token)
        else:
            found.append(token)
    return tuple(found)


def _cut_surname(x: Facts, y: Facts, a: Name, b: Name) -> Evidence | None:
    """Compare names with different last tokens: "John D." with "John Doe", "Gabriel García" with "… García Márquez"."""
    if is_initial_token(x.tokens[-1]) and len(x.tokens) == 2 and x.tokens[0] == y.tokens[0]:
        if y.tokens[-1][:1] == x.tokens[-1][:1]:
            return Evidence(Phase.FULL, 0.86, Rule.INITIALS, a, b)
        return None
    if len(x.tokens) < len(y.tokens) and _in_order(x.tokens, y.tokens):
        whole = y.tokens[: len(x.tokens)] == x.tokens
        return Evidence(Phase.FULL, 0.9 if whole else 0.85, Rule.FULL_NAME, a, b)
    return None


def _middle(x: Facts, y: Facts, a: Name, b: Name) -> Evidence | None:
    """Compare names of which the shorter starts inside the longer: "Foster Wallace", "bin Salman"."""
    if len(x.tokens) < len(y.tokens) and _in_order(x.tokens, y.tokens):
        return Evidence(Phase.FULL, 0.86, Rule.FULL_NAME, a, b)
    return None


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(token in rest for token in short)
