"""Full names that a father and a son have: "Ivo Sandmark" where documents say "Ivo Sandmark Jr.", too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reader.collection.identity.evidence.appearance import EntityAppearance
from reader.collection.identity.names.crossing import NameKind


def names_of_two_generations(entities: Sequence[EntityAppearance], by_key: Mapping[str, Sequence[int]]) -> set[str]:
    """Return the keys of the full names without a generation that two people have.

    Some documents say "Jr." after such a name and others "Sr.", or one document has it with and without "Jr.".

    Args:
        entities: The entities that names connect.
        by_key: The indexes of those that have a name, by its key.
    """
    with_generation: defaultdict[str, list[str]] = defaultdict(list)
    for key, (number, *_) in by_key.items():
        name = entities[number].names[key]
        bare = f"person {' '.join(name.tokens)}"
        if name.kind is NameKind.FULL and key != bare:
            with_generation[bare].append(key)

    def documents(key: str) -> set[str]:
        return {entities[number].member.document for number in by_key.get(key, ())}

    return {
        bare
        for bare, keys in with_generation.items()
        if len(keys) > 1 or not documents(bare).isdisjoint(documents(keys[0]))
    }
