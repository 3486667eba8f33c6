"""Taking names or single mentions out of an entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reader.annotate import Decision, NamesSame
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.ui.actions.entity_choice import ask_where
from reader.ui.actions.workspace import Desk
from reader.ui.dialogs.choice import Choice

_AROUND = 18
"""Code points shown on either side of a mention."""


async def split_entity(desk: Desk, entity: Entity, alias: str) -> None:
    """Ask which names or mentions leave an entity, and where mentions go; do it in one step."""
    reading = desk.reading
    names = reading.names_of(entity)
    if len(entity.mentions) < 2:
        desk.say(f"“{entity.name}” is mentioned once, there is nothing to split")
        return
    shown = names if len(names) > 1 else ()
    rows = [*_name_rows(reading, entity, shown), *(_mention_row(reading, each) for each in entity.mentions)]
    ticked = await desk.ask_ticks(
        f"What is not “{entity.name}”? Tick names, or single mentions below",
        rows,
        [index for index, name in enumerate(shown) if name.text == alias],
    )
    if not ticked:
        return
    left = tuple(shown[index] for index in ticked if index < len(shown))
    right = tuple(name for name in names if name not in left)
    if not right:
        desk.say("at least one name has to stay")
        return
    chosen = [entity.mentions[index - len(shown)] for index in ticked if index >= len(shown)]
    moving = [mention for mention in chosen if reading.name_of(mention) not in left]
    moved = await ask_where(desk, moving) if moving else []
    if moving and not moved:
        return
    apart: list[Decision] = [reading.keep_apart(left, right)] if left else []
    together = [NamesSame(left)] if len(left) > 1 else []
    if decisions := [*apart, *together, *moved]:
        desk.decide(*decisions)


def _name_rows(reading: Reading, entity: Entity, names: Sequence[Name]) -> list[Choice]:
    counts = Counter(reading.name_of(mention) for mention in entity.mentions)
    return [Choice(name.text, f"{counts[name]:,}", label=name.label) for name in names]


def _mention_row(reading: Reading, mention: Mention) -> Choice:
    text = reading.document.text
    before = text[max(mention.start - _AROUND, 0) : mention.start]
    after = text[mention.end : mention.end + _AROUND]
    return Choice(" ".join(f"  …{before}{text[mention.start : mention.end]}{after}…".split("\n")))
