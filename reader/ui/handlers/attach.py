"""Moving a mention to another entity."""

from __future__ import annotations

from reader.annotate import MentionMoved
from reader.recognize import Mention
from reader.resolve import Name
from reader.ui.attaching import NEW, fitting, moved_away, moved_to, ranked
from reader.ui.handlers.desk import Desk
from reader.ui.repeating import Annotation, Kind


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
    move(desk, mention, decision.to)


def move(desk: Desk, mention: Mention, to: Name) -> None:
    """Let a mention be one of a name."""
    if to == desk.reading.name_of(mention):
        desk.say("that is where it is")
        return
    desk.decide(MentionMoved(mention.start, mention.end, to))
    desk.last_annotation = Annotation(Kind.MOVE, to=to)
    if moved := desk.reading.mention_with(mention.start, mention.end):
        desk.select(desk.reading.entity_of(moved), moved)
