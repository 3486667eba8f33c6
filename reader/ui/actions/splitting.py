"""Taking names or single mentions out of an entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from reader.annotate import Decision
from reader.annotate.decisions import NamesSame
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.ui.actions.entity_choice import ask_entity
from reader.ui.actions.workspace import Workspace
from reader.ui.dialogs.base.choice import Choice

_CONTEXT: Final = 18
"""Code points shown on either side of a mention."""


async def split_entity(workspace: Workspace, entity: Entity, alias: str) -> None:
    """Ask which names or mentions leave an entity, and where the mentions go; do it in one step.

    Args:
        workspace: The reading screen.
        entity: The entity to split.
        alias: The name to tick at first, "" for none.
    """
    reading = workspace.reading
    all_names = reading.names_of(entity)
    if len(entity.mentions) < 2:
        workspace.show_message(f"“{entity.name}” has a single mention: there is nothing to split")
        return
    names = all_names if len(all_names) > 1 else ()
    choices = [*_name_choices(reading, entity, names), *(_excerpt(reading, mention) for mention in entity.mentions)]
    ticked = await workspace.prompts.ask_ticks(
        f"Tick the names and mentions that do not belong to “{entity.name}”",
        choices,
        [index for index, name in enumerate(names) if name.text == alias],
    )
    if not ticked:
        return
    leaving = tuple(names[index] for index in ticked if index < len(names))
    staying = tuple(name for name in all_names if name not in leaving)
    if not staying:
        workspace.show_message("leave at least one name unticked")
        return
    mentions = [entity.mentions[index - len(names)] for index in ticked if index >= len(names)]
    single_mentions = [mention for mention in mentions if reading.name_of(mention) not in leaving]
    moves = await ask_entity(workspace, single_mentions) if single_mentions else []
    if single_mentions and not moves:
        return
    apart: list[Decision] = [reading.keep_apart(leaving, staying)] if leaving else []
    together = [NamesSame(leaving)] if len(leaving) > 1 else []
    if decisions := [*apart, *together, *moves]:
        workspace.decide(*decisions)


def _name_choices(reading: Reading, entity: Entity, names: Sequence[Name]) -> list[Choice]:
    counts = Counter(reading.name_of(mention) for mention in entity.mentions)
    return [Choice(name.text, f"{counts[name]:,}", label=name.label) for name in names]


def _excerpt(reading: Reading, mention: Mention) -> Choice:
    text = reading.document.text
    prefix = text[max(mention.start - _CONTEXT, 0) : mention.start]
    suffix = text[mention.end : mention.end + _CONTEXT]
    return Choice(" ".join(f"  …{prefix}{text[mention.start : mention.end]}{suffix}…".split("\n")))
