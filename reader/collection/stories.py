"""Which stories a document tells: news in brief, a list of notices, several reports in one file.

Names of one story say something about each other; those of two stories of one document do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reader.resolve.evidence.name_facts import facts_of
from reader.structures.named_tuple import NamedTuple
from reader.structures.union_find import UnionFind

if TYPE_CHECKING:
    from reader.resolve import Entity

_FEWEST_STORIES: Final = 3
"""A document with fewer parts that share no name tells one story, as far as anybody can say."""
_FEWEST_CONNECTING: Final = 2
_FEWEST_NAMES: Final = 4
"""A part with fewer names, or with fewer that connect paragraphs, continues the part before it."""
_PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC", "NORP"})


class PlacedMention(NamedTuple):
    """A mention of an entity in a paragraph."""

    paragraph: int
    entity: str


def stories_of(mentions: Sequence[PlacedMention], entities: Iterable[Entity]) -> Mapping[str, tuple[int, ...]]:
    """Return the numbers of the stories that mention each entity, by its id; nothing if the document tells one story.

    Two paragraphs tell one story if both mention a person, a body or a thing. Places and known bodies connect nothing:
    unrelated news have them in common. A document tells several stories if none of them has most of the names.

    Args:
        mentions: Its mentions, in order.
        entities: Its entities.
    """
    paragraphs: defaultdict[int, set[str]] = defaultdict(set)
    for paragraph, entity in mentions:
        paragraphs[paragraph].add(entity)
    if len(paragraphs) < _FEWEST_STORIES:
        return {}
    connecting = {entity.id for entity in entities if _connects(entity)}
    parts = _parts(paragraphs, connecting)
    sizes = [len(part & connecting) for part in parts]
    if len(parts) < _FEWEST_STORIES or max(sizes) * 2 > sum(sizes):
        return {}
    stories: defaultdict[str, list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        for id in part:
            stories[id].append(number)
    return {id: tuple(numbers) for id, numbers in stories.items()}


def _connects(entity: Entity) -> bool:
    """Return whether an entity connects the paragraphs that mention it."""
    return entity.label not in _PLACE_LABELS and not facts_of(entity.name, entity.label).listed_name


def _parts(paragraphs: Mapping[int, Set[str]], connecting: Set[str]) -> list[set[str]]:
    """Return the entities of each part of a document, in order.

    Args:
        paragraphs: The entities of each paragraph.
        connecting: The entities that connect paragraphs.
    """
    groups = UnionFind[int]()
    latest: dict[str, int] = {}
    numbers = sorted(paragraphs)
    for number in numbers:
        for id in sorted(paragraphs[number] & connecting):
            groups.join(latest.get(id, number), number)
            latest[id] = number
    parts: defaultdict[int, set[str]] = defaultdict(set)
    for number in numbers:
        parts[groups.root(number)] |= paragraphs[number]

    def is_small(root: int) -> bool:
        return len(parts[root]) < _FEWEST_NAMES or len(parts[root] & connecting) < _FEWEST_CONNECTING

    for number, next_number in pairwise(numbers):
        root, next_root = groups.root(number), groups.root(next_number)
        if root != next_root and (is_small(next_root) or (number == numbers[0] and is_small(root))):
            groups.join(number, next_number)
            parts[root] |= parts.pop(next_root)
    return list(parts.values())
