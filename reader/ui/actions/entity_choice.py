"""Moving a mention to another entity."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotate import MentionMoved
from reader.recognize import Mention
from reader.resolve import Name
from reader.ui.actions.entity_ranking import NEW, fitting, moved_away, moved_to, ranked
from reader.ui.actions.last_annotation import Annotation, Kind
from reader.ui.actions.workspace import Desk


async def attach_mention(desk: Desk, mention: Mention) -> None:
    """Ask to which entity a mention belongs, and move it there."""
    if moves := await ask_where(desk, [mention]):
        move(desk, mention, moves[0].to)


async def attach_mentions(desk: Desk, mentions: Sequence[Mention]) -> None:
    """Ask to which entity several mentions belong, and move them there as one step; the others stay selected."""
    reading, held = desk.reading, desk.details.entity
    moves = await ask_where(desk, mentions)
    if not moves:
        return
    desk.details.unmark_all()
    desk.decide(*moves)
    desk.last_annotation = Annotation(Kind.MOVE, to=moves[0].to)
    rest = [each for each in held.mentions if each not in mentions] if held else []
    here = reading.mention_with(*(rest or mentions)[0][:2])
    if here is not None:
        desk.select(reading.entity_of(here), here)
    desk.say(f"moved {len(moves):,} mentions to “{moves[0].to.text}”")


async def ask_where(desk: Desk, mentions: Sequence[Mention]) -> list[MentionMoved]:
    """Ask to which entity mentions of one entity belong; nothing where that was left open."""
    reading, first = desk.reading, mentions[0]
    own, entities = reading.entity_of(first), ranked(reading, first)
    if own:
        entities.append(own)
    text = reading.document.text[first.start : first.end]
    now = f", now of “{own.name}”," if own and own.name != text else ""
    what = f"This “{text}”{now} is a mention" if len(mentions) == 1 else f"These {len(mentions):,} are mentions"
    chosen = await desk.ask_among(f"{what} of", lambda typed: fitting(entities, typed, first.label, own))
    if chosen is None:
        return []
    index, typed = chosen
    if index != NEW and entities[index] is own:
        desk.say("that is where it is" if len(mentions) == 1 else "that is where they are")
        return []
    if index == NEW:
        return [moved_away(each, typed.strip()) for each in mentions]
    return [moved_to(reading, each, entities[index]) for each in mentions]


def move(desk: Desk, mention: Mention, to: Name) -> None:
    """Let a mention be one of a name."""
    if to == desk.reading.name_of(mention):
        desk.say("that is where it is")
        return
    desk.decide(MentionMoved(mention.start, mention.end, to))
    desk.last_annotation = Annotation(Kind.MOVE, to=to)
    if moved := desk.reading.mention_with(mention.start, mention.end):
        desk.select(desk.reading.entity_of(moved), moved)
