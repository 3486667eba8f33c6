"""Actions on a mention that exists: confirm, retag, move, remove, resize. With a count, also on those that follow."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import Final

from reader.annotate import Decision
from reader.annotate.decisions import (
    EntityConfirmed,
    EntityDismissed,
    EntityRetagged,
    MentionAdded,
    MentionConfirmed,
    MentionRemoved,
    MentionRetagged,
)
from reader.display.words import parts_of
from reader.document import one_line
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.actions.entity_choice import attach_mention
from reader.ui.actions.last_annotation import Annotation, AnnotationKind
from reader.ui.actions.text.navigation import go_to, go_to_next_undecided, with_mention
from reader.ui.actions.text.resize_actions import resize
from reader.ui.actions.workspace import Workspace
from reader.ui.article.resizing import start_resizing
from reader.ui.keys.action_table import ActionTable, Outcome
from reader.ui.panels.status import labels_kept


def confirm_mention(workspace: Workspace, count: int) -> Outcome:
    """Confirm the mention under the cursor and go to the next undecided one; without a mention, only go there."""
    if not workspace.reading.mentions_at(workspace.article.cursor):
        workspace.show_message("")
        go_to_next_undecided(workspace)
        return None
    return with_mention(workspace, lambda mention: _confirm(workspace, mention, count))


def confirm_entity(workspace: Workspace) -> Outcome:
    """Confirm every mention of the entity under the cursor and go to the next undecided mention."""

    def confirm(mention: Mention) -> None:
        if entity := workspace.reading.entity_of(mention):
            confirm_all_mentions(workspace, entity)
            go_to_next_undecided(workspace)

    return with_mention(workspace, confirm)


def retag_mention(workspace: Workspace, count: int) -> Outcome:
    """Ask for another label of the mention under the cursor."""
    return with_mention(workspace, lambda mention: ask_and_retag(workspace, mention, count))


def retag_entity(workspace: Workspace) -> Outcome:
    """Ask for another label of the entity under the cursor."""

    async def ask(mention: Mention) -> None:
        if entity := workspace.reading.entity_of(mention):
            await ask_and_retag_entity(workspace, entity)

    return with_mention(workspace, ask)


def move_mention(workspace: Workspace) -> Outcome:
    """Ask to which entity the mention under the cursor belongs."""
    return with_mention(workspace, lambda mention: attach_mention(workspace, mention))


def remove_mention(workspace: Workspace, count: int) -> Outcome:
    """Remove the mention under the cursor."""
    return with_mention(workspace, lambda mention: remove(workspace, mention, count))


def remove_name_here(workspace: Workspace) -> Outcome:
    """Remove every mention of the name under the cursor."""
    return with_mention(workspace, lambda mention: remove_name(workspace, mention))


def resize_mention(workspace: Workspace) -> Outcome:
    """Start to move the edges of the mention under the cursor."""
    return with_mention(workspace, lambda mention: resize(workspace, start_resizing(workspace.reading, mention)))


def split_mention(workspace: Workspace) -> Outcome:
    """Divide the mention under the cursor in two, at the part of the compound that the cursor is on."""
    return with_mention(workspace, lambda mention: _split(workspace, mention))


def _split(workspace: Workspace, mention: Mention) -> None:
    text, cursor = workspace.reading.document.text, workspace.article.cursor
    parts = parts_of(text, mention.start, mention.end)
    if len(parts) < 2:
        name = one_line(text[mention.start : mention.end])
        workspace.show_message(f"“{name}” has only one part: {workspace.keymap.key_of('resize-mention')} resizes it")
        return
    # Before the part under the cursor; if that is the first one, after it.
    border = max(sum(start <= cursor for start, _ in parts) - 1, 1)
    spans = (parts[0][0], parts[border - 1][1]), (parts[border][0], parts[-1][1])
    added = [MentionAdded(start, end, mention.label) for start, end in spans]
    workspace.article.move_cursor(spans[0][0])
    workspace.decide(*added, at=spans[0])
    first, second = (one_line(text[start:end]) for start, end in spans)
    workspace.show_message(f"divided into “{first}” and “{second}”")


def _confirm(workspace: Workspace, mention: Mention, count: int) -> None:
    """Confirm a mention and the undecided ones that follow it, `count` in all, as one step; go to the next one."""
    decided = workspace.reading.decided
    mentions = [mention, *islice(decided.undecided_after(mention[:2]), count - 1)]
    undecided = [candidate for candidate in mentions if candidate not in decided]
    if undecided:
        confirmed = [MentionConfirmed(candidate.start, candidate.end, candidate.label) for candidate in undecided]
        _decide(workspace, confirmed, Annotation(AnnotationKind.CONFIRM))
    else:
        workspace.show_message("")
    if mentions[-1] is not mention and (last := workspace.reading.mention_with(*mentions[-1][:2])):
        go_to(workspace, last)
    go_to_next_undecided(workspace)


def confirm_all_mentions(workspace: Workspace, entity: Entity) -> None:
    """Confirm every mention of an entity."""
    decided = workspace.reading.decided
    if all(mention.origin == "user" for mention in entity.mentions):
        workspace.show_message(f"every mention of “{entity.name}” is already decided")
        return
    count_before, names = decided.count, workspace.reading.names_of(entity)
    _decide(workspace, [EntityConfirmed(names)], Annotation(AnnotationKind.CONFIRM_ENTITY))
    count = len(entity.mentions)
    if workspace.reading.decided.count > count_before:
        message = f"confirmed “{entity.name}”: {count:,} mention{'s' if count != 1 else ''}"
        other_labels = labels_kept(workspace.reading, workspace.keymap, names[0])
        workspace.show_message(f"{message}; {other_labels}" if other_labels else message)


async def ask_and_retag(workspace: Workspace, mention: Mention, count: int = 1) -> None:
    """Ask for another label of a mention, and of those that follow it, `count` in all."""
    text = workspace.reading.document.text[mention.start : mention.end]
    more = f" and {count - 1} more are" if count > 1 else " is"
    label = await workspace.prompts.ask_label(f"This “{text}”{more}", mention.label)
    if label:
        retag(workspace, mention, label, count)


def retag(workspace: Workspace, mention: Mention, label: str, count: int = 1) -> None:
    """Give a label to a mention, and to those that follow it, `count` in all."""
    mentions = _from_here(workspace, mention, count)
    decisions = [MentionRetagged(target.start, target.end, label) for target in mentions if target.label != label]
    if decisions:
        _decide(workspace, decisions, Annotation(AnnotationKind.RETAG, label))
    else:
        key = workspace.keymap.key_of("confirm-mention")
        workspace.show_message(f"it is already {label}: {key} confirms it")


async def ask_and_retag_entity(workspace: Workspace, entity: Entity) -> None:
    """Ask for another label of an entity."""
    label = await workspace.prompts.ask_label(f"Every “{entity.name}” is", entity.label)
    if label and not retag_all_mentions(workspace, entity, label):
        workspace.show_message(f"“{entity.name}” is already {label}")


def retag_all_mentions(workspace: Workspace, entity: Entity, label: str) -> bool:
    """Give a label to every mention of an entity; return whether that changed any."""
    if all(mention.label == label for mention in entity.mentions):
        return False
    retagged = EntityRetagged(workspace.reading.names_of(entity), label)
    _decide(workspace, [retagged], Annotation(AnnotationKind.RETAG_ENTITY, label))
    return True


def remove(workspace: Workspace, mention: Mention, count: int = 1) -> None:
    """Remove a mention, and those that follow it, `count` in all."""
    removed = [MentionRemoved(target.start, target.end) for target in _from_here(workspace, mention, count)]
    _decide(workspace, removed, Annotation(AnnotationKind.REMOVE))


def remove_name(workspace: Workspace, mention: Mention) -> None:
    """Remove every mention of the entity that has the same name as this one, under whatever label."""
    reading = workspace.reading
    name, entity = reading.name_of(mention), reading.entity_of(mention)
    names = dict.fromkeys(map(reading.name_of, (mention, *(entity.mentions if entity else ()))))
    same = tuple(candidate for candidate in names if candidate.text == name.text)
    _decide(workspace, [EntityDismissed(same)], Annotation(AnnotationKind.REMOVE_NAME))


def _from_here(workspace: Workspace, mention: Mention, count: int) -> list[Mention]:
    """Return a mention and those that follow it, `count` in all."""
    mentions = workspace.reading.mentions
    after = bisect_right(mentions, mention) if count > 1 else 0
    return [mention, *mentions[after : after + count - 1]]


def _decide(workspace: Workspace, decisions: Sequence[Decision], annotation: Annotation) -> None:
    message = workspace.decide(*decisions)
    if len(decisions) > 1:
        workspace.show_message(f"{message} and {len(decisions) - 1} more")
    workspace.last_annotation = annotation


MENTION_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "confirm-entity": confirm_entity,
        "retag-entity": retag_entity,
        "attach-mention": move_mention,
        "remove-name": remove_name_here,
        "resize-mention": resize_mention,
        "split-mention": split_mention,
    },
    counted={
        "confirm-mention": confirm_mention,
        "retag-mention": retag_mention,
        "remove-mention": remove_mention,
    },
)
