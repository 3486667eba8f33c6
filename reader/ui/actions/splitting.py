"""Taking names or single mentions out of an entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from reader.annotate import Decision
from reader.annotate.decisions import NamesSame
from reader.display.excerpts import excerpt
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.ui.actions.entity_choice import ask_entity
from reader.ui.actions.workspace import Workspace
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.base.dialog import wide_dialog_width

_INDENT: Final = "  "
_OTHER_CELLS: Final = 13
"""Cells of the dialog beside a choice: its margins, the tick box and the scroll bar."""
_LEAST_WIDTH: Final = 20
"""Cells that an excerpt has on the narrowest terminal."""


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
    width = wide_dialog_width(workspace.article.app.size.width) - _OTHER_CELLS
    excerpts = [_excerpt(reading, mention, width) for mention in entity.mentions]
    choices = [*_name_choices(reading, entity, names), *excerpts]
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


def _excerpt(reading: Reading, mention: Mention, width: int) -> Choice:
    (row,) = excerpt(reading.document, mention, max(width - len(_INDENT), _LEAST_WIDTH), 1)
    return Choice(f"{_INDENT}{row.before}{row.name}{row.after}")
