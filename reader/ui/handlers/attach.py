"""Moving a mention to another entity."""

from __future__ import annotations

from reader.recognize import Mention
from reader.ui.attaching import NEW, fitting, moved_away, moved_to, ranked
from reader.ui.handlers.desk import Desk


async def attach_mention(desk: Desk, mention: Mention) -> None:
    """Ask to which entity a mention belongs, and move it there."""
    reading = desk.reading
    text = reading.document.text[mention.start : mention.end]
    entities = ranked(reading, mention)
    chosen = await desk.ask_among(
        f"This “{text}” is a mention of", lambda typed: fitting(entities, typed, mention.label)
    )
    if chosen is None:
        return
    index, typed = chosen
    decision = moved_away(mention, typed.strip()) if index == NEW else moved_to(reading, mention, entities[index])
    if decision.to == reading.name_of(mention):
        desk.say("that is where it is")
        return
    desk.decide(decision)
    if moved := desk.reading.mention_at(mention.start):
        desk.select(desk.reading.entity_of(moved), moved)
