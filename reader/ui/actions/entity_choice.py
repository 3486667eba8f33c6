"""Moving mentions to another entity."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotate.decisions import MentionMoved
from reader.recognize import Mention
from reader.resolve import Name
from reader.ui.actions.entity_ranking import NEW_ENTITY, matching_entities, move_to_entity, move_to_new, ranked_entities
from reader.ui.actions.last_annotation import Annotation, AnnotationKind
from reader.ui.actions.workspace import Workspace


async def attach_mention(workspace: Workspace, mention: Mention) -> None:
    """Ask to which entity a mention belongs, and move it there."""
    if moves := await ask_entity(workspace, [mention]):
        move(workspace, mention, moves[0].to)


async def attach_mentions(workspace: Workspace, mentions: Sequence[Mention]) -> None:
    """Ask to which entity several mentions belong, move them there in one step, and select one that stays behind."""
    entity = workspace.details.entity
    moves = await ask_entity(workspace, mentions)
    if not moves:
        return
    workspace.details.unmark_all()
    staying = [mention for mention in entity.mentions if mention not in mentions] if entity else []
    workspace.decide(*moves, at=(staying or mentions)[0][:2])
    workspace.last_annotation = Annotation(AnnotationKind.MOVE, to=moves[0].to)
    workspace.show_message(f"moved {len(moves):,} mentions to “{moves[0].to.text}”")


async def ask_entity(workspace: Workspace, mentions: Sequence[Mention]) -> list[MentionMoved]:
    """Ask to which entity mentions of one entity belong.

    Returns:
        The decisions that move the mentions, none if the user left the question or chose their own entity.
    """
    reading, first = workspace.reading, mentions[0]
    own, entities = reading.entity_of(first), ranked_entities(reading, first)
    if own:
        entities.append(own)
    text = reading.document.text[first.start : first.end]
    source = f" from “{own.name}”" if own and own.name != text else ""
    subject = f"this “{text}”" if len(mentions) == 1 else f"these {len(mentions):,} mentions"
    chosen = await workspace.prompts.ask_among(
        f"Move {subject}{source} to", lambda typed: matching_entities(reading, entities, typed, first.label, own)
    )
    if chosen is None:
        return []
    index, typed = chosen
    if index == NEW_ENTITY:
        return [move_to_new(mention, typed.strip()) for mention in mentions]
    if entities[index] is own:
        workspace.show_message(_already_there(len(mentions)))
        return []
    return [move_to_entity(reading, mention, entities[index]) for mention in mentions]


def move(workspace: Workspace, mention: Mention, to: Name) -> None:
    """Make a mention one of the mentions of a name."""
    if to == workspace.reading.name_of(mention):
        workspace.show_message(_already_there(1))
        return
    message = workspace.decide(MentionMoved(mention.start, mention.end, to), at=mention[:2])
    if mention.label != to.label:
        workspace.show_message(f"{message}, as {to.label}")
    workspace.last_annotation = Annotation(AnnotationKind.MOVE, to=to)


def _already_there(count: int) -> str:
    return "the mention already belongs to this entity" if count == 1 else "the mentions already belong to this entity"
