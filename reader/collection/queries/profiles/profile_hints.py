"""What tells profiles of one name apart: an occupation, a body, a place, a companion or a title of a document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Final, TypeAlias

from reader.collection.identity.evidence.description_words import telling_words
from reader.collection.storage.collection_storage import CollectionStorage, rows_of_pairs
from reader.collection.storage.entity_reader import stored_description
from reader.collection.storage.search_phrase import fold
from reader.names import tables
from reader.structures.lazy_dataclass import dataclass

_MOST_PROFILES: Final = 100
"""Profiles of a list that get a hint, the first ones: a list must not wait for its hints."""
_MOST_NAMESAKES: Final = 40
"""Profiles of one name that are compared."""
_MOST_ENTITIES: Final = 16
"""Entities of a profile that are looked at."""
_MOST_MENTIONS: Final = 10
"""Mentions of a profile beside which companions are looked for."""
_MOST_COMPANIONS: Final = 8
_MOST_PARTS: Final = 2

Listed: TypeAlias = tuple[int, str, str]
"""The id, the name and the label of a profile."""


@dataclass(slots=True)
class _Facts:
    """What documents say of one profile, the most frequent first."""

    words: list[str] = field(default_factory=list)
    births: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    companions: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def hints_in_list(storage: CollectionStorage, profiles: Iterable[Listed], *, without: int = 0) -> dict[int, str]:
    """Return what tells those profiles of a list apart that have the same name and label there, by id.

    Args:
        storage: The index.
        profiles: The profiles of the list.
        without: The id of a profile that all of them are beside; 0 if there is none.
    """
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for id, name, label in profiles:
        groups[name.casefold(), label].append(id)
        names[id] = name
    hints: dict[int, str] = {}
    for group in groups.values():
        hinted = group[: min(_MOST_NAMESAKES, _MOST_PROFILES - len(hints))]
        if len(group) > 1 and hinted:
            hints |= hints_among(storage, {id: names[id] for id in hinted}, without=without)
    return hints


def hints_among(storage: CollectionStorage, names: Mapping[int, str], *, without: int = 0) -> dict[int, str]:
    """Return what tells some profiles from each other, by id; "" where nothing does.

    Args:
        storage: The index.
        names: The canonical names of the profiles by id.
        without: The id of a profile that all of them are beside; 0 if there is none.
    """
    facts = {id: _Facts() for id in names}
    _read_descriptions(storage, facts)
    own_names = set(map(fold, names.values()))
    for id, item in facts.items():
        if not _hint(item, _namesakes(facts, id)):
            item.companions = _companions(storage, (id, without), own_names)
            item.titles = _titles(storage, id)
    return {id: _hint(item, _namesakes(facts, id)) for id, item in facts.items()}


def _namesakes(facts: Mapping[int, _Facts], id: int) -> list[_Facts]:
    return [item for namesake, item in facts.items() if namesake != id]


def _read_descriptions(storage: CollectionStorage, facts: Mapping[int, _Facts]) -> None:
    """Read what documents say of profiles beside their names."""
    beside: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for id, item in facts.items():
        words, births = Counter[str](), Counter[str]()
        for document, label, detail in storage.rows(
            "SELECT e.document, e.label, e.detail FROM entities e JOIN documents d ON d.id = e.document"
            " WHERE e.profile = ? ORDER BY d.digest, e.number LIMIT ?",
            (id, _MOST_ENTITIES),
        ):
            description = stored_description(detail)
            telling = telling_words(description.words) if label != "PERSON" else set()
            words.update(word for word in description.words if word in telling or word in tables.occupations())
            births.update([f"born {description.born}"] if description.born else ())
            for number in description.beside:
                beside[document, number].append(id)
        item.words = [word for word, _ in words.most_common()]
        item.births = [birth for birth, _ in births.most_common()]
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    sql = (
        "SELECT e.document, e.number, p.name FROM entities e JOIN profiles p ON p.id = e.profile"
        " WHERE (e.document, e.number) IN ({})"
    )
    for document, number, name in rows_of_pairs(storage, sql, beside):
        for id in beside[document, number]:
            counts[id][name] += 1
    for id, names in counts.items():
        facts[id].beside = sorted(names, key=lambda name: (-names[name], name))


def _companions(storage: CollectionStorage, profiles: tuple[int, int], own_names: Collection[str]) -> list[str]:
    """Return the names of the profiles in the paragraphs of some mentions of the first of two, the closest first.

    The second one is left out.
    """
    rows = storage.rows(
        "SELECT p.name, sum(CASE WHEN m.sentence_start = o.sentence_start THEN 1 ELSE 0 END) AS close, count(*) AS near"
        " FROM (SELECT m.document, m.paragraph, m.sentence_start FROM entities e JOIN mentions m ON m.entity = e.id"
        " JOIN documents d ON d.id = m.document WHERE e.profile = ? ORDER BY d.digest, m.start_offset LIMIT ?) AS o"
        " JOIN mentions m ON m.document = o.document AND m.paragraph = o.paragraph"
        " JOIN entities e ON e.id = m.entity JOIN profiles p ON p.id = e.profile"
        " WHERE p.id NOT IN (?, ?) AND p.label <> 'NORP'"
        " GROUP BY p.id, p.name ORDER BY close DESC, near DESC, p.name LIMIT ?",
        (profiles[0], _MOST_MENTIONS, *profiles, _MOST_COMPANIONS),
    )
    return [name for name, _, _ in rows if fold(name) not in own_names]


def _titles(storage: CollectionStorage, profile: int) -> list[str]:
    rows = storage.rows(
        "SELECT d.title FROM entities e JOIN documents d ON d.id = e.document WHERE e.profile = ?"
        " ORDER BY d.day DESC, d.digest LIMIT 1",
        (profile,),
    )
    return [f"in “{title}”" for (title,) in rows if title]


def _hint(facts: _Facts, namesakes: Sequence[_Facts]) -> str:
    """Return the first facts that none of the others have, with what the profile is; "" if there are none."""
    own_words = _own(facts.words, [namesake.words for namesake in namesakes])
    neighbors = [[*namesake.beside, *namesake.companions] for namesake in namesakes]
    parts = [
        *own_words[:1],
        *_own(facts.births, [namesake.births for namesake in namesakes])[:1],
        *_own(facts.beside, neighbors)[:1],
    ]
    if not own_words and parts:
        parts = [*facts.words[:1], *parts]
    if len(parts) < _MOST_PARTS:
        parts += own_words[1:_MOST_PARTS]
    parts = parts or [f"beside {name}" for name in _own(facts.companions, neighbors)[:1]]
    return ", ".join(parts[:_MOST_PARTS] or facts.titles)


def _own(values: Sequence[str], shared: Iterable[Sequence[str]]) -> list[str]:
    """Return the values that no other profile has."""
    folded = {value.casefold() for values_of_one in shared for value in values_of_one}
    return [value for value in values if value.casefold() not in folded]
