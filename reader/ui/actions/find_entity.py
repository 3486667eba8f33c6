"""Going to an entity by typing parts of any of its names."""

from __future__ import annotations

from typing import Final

from reader.names.normal import fold
from reader.reading import Reading
from reader.ui.actions.entity_ranking import match_rank
from reader.ui.actions.workspace import Workspace
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.action_table import ActionTable

_MIN_SIMILARITY: Final = 65
"""How similar a name must be to what was typed, 0 to 100, if it does not contain the words."""
_MOST_SIMILAR: Final = 50
"""The number of similar names that are offered."""


class FoldedNames:
    """The names of the entities, folded once, so that each typed letter is answered quickly."""

    def __init__(self, reading: Reading) -> None:
        self._entities = reading.entities
        by_name: dict[tuple[str, int], str] = {}
        for index, entity in enumerate(self._entities):
            for name in reading.all_names_of(entity):
                by_name.setdefault((fold(name), index), name)
        self._folded = [folded for folded, _ in by_name]
        self._owners = [index for _, index in by_name]
        self._names = list(by_name.values())

    def matching(self, typed: str) -> list[tuple[int, Choice]]:
        """Return the entities with a name like what was typed, the best first, with their indexes.

        A name that is it comes first, then names that begin with it, names of which a word does, names that contain
        all typed words, and similar names. Among equals, the entity with more mentions comes first.
        """
        query = " ".join(typed.split())
        if not query:
            by_count = sorted(range(len(self._entities)), key=lambda index: -len(self._entities[index].mentions))
            return [(index, self._choice(index, self._entities[index].name)) for index in by_count]
        folded = fold(query)
        ranked: dict[int, tuple[int, int, int]] = {}
        for position, name in enumerate(self._folded):
            rank = match_rank(name, folded)
            if rank is not None:
                owner = self._owners[position]
                key = rank, -len(self._entities[owner].mentions), position
                ranked[owner] = min(ranked.get(owner, key), key)
        if not ranked:
            return self._similar(folded)
        return [
            (owner, self._choice(owner, self._names[key[2]]))
            for owner, key in sorted(ranked.items(), key=lambda item: item[1])
        ]

    def _similar(self, folded: str) -> list[tuple[int, Choice]]:
        from rapidfuzz import fuzz, process

        similar = process.extract(
            folded, self._folded, scorer=fuzz.WRatio, score_cutoff=_MIN_SIMILARITY, limit=_MOST_SIMILAR
        )
        positions: dict[int, int] = {}
        for _, _, position in similar:
            positions.setdefault(self._owners[position], position)
        return [(owner, self._choice(owner, self._names[position])) for owner, position in positions.items()]

    def _choice(self, index: int, matched_name: str) -> Choice:
        entity = self._entities[index]
        alias = f"{matched_name} · " if matched_name != entity.name else ""
        return Choice(entity.name, f"{alias}{len(entity.mentions):,}", label=entity.label)


async def find_entity(workspace: Workspace) -> None:
    """Let the user choose an entity, and go to its first mention."""
    entities = workspace.reading.entities
    if not entities:
        workspace.show_message(workspace.no_names)
        return
    chosen = await workspace.prompts.ask_among("Go to entity", FoldedNames(workspace.reading).matching)
    if chosen is None:
        return
    entity = workspace.reading.current(entities[chosen[0]])
    if entity is None:
        return
    mention = entity.mentions[0]
    workspace.article.jump(mention.start)
    workspace.select(entity, mention)
    workspace.focus_pane(workspace.article)
    workspace.show_message(f"{entity.name}: 1 of {len(entity.mentions):,}")


FIND_ENTITY_ACTIONS: Final = ActionTable[Workspace](plain={"find-entity": find_entity})
