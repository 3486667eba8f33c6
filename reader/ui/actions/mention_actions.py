"""Deciding about mentions that are there: confirming, retagging, moving, removing, resizing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Awaitable, Sequence
from itertools import islice

from reader.annotate import (
    Decision,
    EntityConfirmed,
    EntityDismissed,
    EntityRetagged,
    MentionConfirmed,
    MentionRemoved,
    MentionRetagged,
)
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.actions.entity_choice import attach_mention
from reader.ui.actions.last_annotation import Annotation, Kind
from reader.ui.actions.navigation import go_on, go_to, with_mention
from reader.ui.actions.workspace import Desk
from reader.ui.article.resizing import start_resizing
from reader.ui.panels.status import labels_kept


class Correcting:
    """Commands about the mention under the cursor; with a count, also about those that follow it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_confirm_mention(self, count: int) -> Awaitable[None] | None:
        """Confirm the mention and go on to the next undecided."""
        if not self._desk.reading.mentions_at(self._desk.article.cursor):
            self._desk.say("")
            go_on(self._desk)
            return None
        return with_mention(self._desk, lambda mention: confirm(self._desk, mention, count))

    def do_confirm_entity(self, count: int) -> Awaitable[None] | None:
        """Confirm every mention of the entity and go on to the next undecided."""
        del count
        return with_mention(self._desk, self._confirm_entity)

    def do_retag_mention(self, count: int) -> Awaitable[None] | None:
        """Change the label of the mention."""
        return with_mention(self._desk, lambda mention: retag_mention(self._desk, mention, count))

    def do_retag_entity(self, count: int) -> Awaitable[None] | None:
        """Change the label of the entity."""
        del count
        return with_mention(self._desk, self._retag_entity)

    def do_attach_mention(self, count: int) -> Awaitable[None] | None:
        """Move the mention to another entity."""
        del count
        return with_mention(self._desk, lambda mention: attach_mention(self._desk, mention))

    def do_remove_mention(self, count: int) -> Awaitable[None] | None:
        """Remove the mention."""
        return with_mention(self._desk, lambda mention: remove(self._desk, mention, count))

    def do_remove_name(self, count: int) -> Awaitable[None] | None:
        """Remove every mention of the name."""
        del count
        return with_mention(self._desk, lambda mention: remove_name(self._desk, mention))

    def do_resize_mention(self, count: int) -> Awaitable[None] | None:
        """Begin to move the edges of the mention."""
        del count
        return with_mention(self._desk, self._resize)

    def _confirm_entity(self, mention: Mention) -> None:
        if entity := self._desk.reading.entity_of(mention):
            confirm_entity(self._desk, entity)
            go_on(self._desk)

    async def _retag_entity(self, mention: Mention) -> None:
        if entity := self._desk.reading.entity_of(mention):
            await retag_entity(self._desk, entity)

    def _resize(self, mention: Mention) -> None:
        self._desk.resize(start_resizing(self._desk.reading, mention))


def confirm(desk: Desk, mention: Mention, count: int = 1) -> None:
    """Confirm a mention and some undecided ones that follow it, as one step; go on to the next that is undecided."""
    decided = desk.reading.decided
    todo = [mention, *islice(decided.below(mention[:2]), count - 1)]
    fresh = [each for each in todo if each not in decided]
    if fresh:
        _decide(desk, [MentionConfirmed(each.start, each.end, each.label) for each in fresh], Annotation(Kind.CONFIRM))
    else:
        desk.say("")
    if todo[-1] is not mention and (last := desk.reading.mention_with(*todo[-1][:2])):
        go_to(desk, last)
    go_on(desk)


def confirm_entity(desk: Desk, entity: Entity) -> None:
    """Confirm every mention of an entity."""
    decided = desk.reading.decided
    if all(mention.origin == "user" for mention in entity.mentions):
        desk.say(f"every mention of “{entity.name}” is decided already")
        return
    before, names = decided.count, desk.reading.names_of(entity)
    _decide(desk, [EntityConfirmed(names)], Annotation(Kind.CONFIRM_ENTITY))
    number, stays = len(entity.mentions), labels_kept(desk.reading, desk.keymap, names[0])
    if desk.reading.decided.count > before:
        done = f"confirmed “{entity.name}”: {number:,} mention{'s' if number != 1 else ''}"
        desk.say(f"{done}; {stays}" if stays else done)


async def retag_mention(desk: Desk, mention: Mention, count: int = 1) -> None:
    """Ask for another label of a mention, and of some that follow it."""
    text = desk.reading.document.text[mention.start : mention.end]
    more = f" and {count - 1} more are" if count > 1 else " is"
    label = await desk.ask_label(f"This “{text}”{more}", mention.label)
    if label:
        retag(desk, mention, label, count)


def retag(desk: Desk, mention: Mention, label: str, count: int = 1) -> None:
    """Give a mention, and some that follow it, a label."""
    todo = [each for each in from_here(desk, mention, count) if each.label != label]
    decisions = [MentionRetagged(each.start, each.end, label) for each in todo]
    if decisions:
        _decide(desk, decisions, Annotation(Kind.RETAG, label))
    else:
        desk.say(f"it is {label} already: y confirms it")


async def retag_entity(desk: Desk, entity: Entity) -> None:
    """Ask for another label of an entity."""
    label = await desk.ask_label(f"Every “{entity.name}” is", entity.label)
    if label and any(mention.label != label for mention in entity.mentions):
        _decide(desk, [EntityRetagged(desk.reading.names_of(entity), label)], Annotation(Kind.RETAG_ENTITY, label))
    elif label:
        desk.say(f"“{entity.name}” is {label} already")


def remove(desk: Desk, mention: Mention, count: int = 1) -> None:
    """Remove a mention, and some that follow it."""
    todo = from_here(desk, mention, count)
    _decide(desk, [MentionRemoved(each.start, each.end) for each in todo], Annotation(Kind.REMOVE))


def remove_name(desk: Desk, mention: Mention) -> None:
    """Remove every mention of the name that a mention bears."""
    _decide(desk, [EntityDismissed((desk.reading.name_of(mention),))], Annotation(Kind.REMOVE_NAME))


def from_here(desk: Desk, mention: Mention, count: int) -> list[Mention]:
    """Return a mention and those that follow it, as many as are wanted."""
    mentions = desk.reading.mentions
    after = bisect_right(mentions, mention) if count > 1 else 0
    return [mention, *mentions[after : after + count - 1]]


def _decide(desk: Desk, decisions: Sequence[Decision], annotation: Annotation) -> None:
    desk.decide(*decisions)
    if len(decisions) > 1:
        desk.say(f"{desk.message} and {len(decisions) - 1} more")
    desk.last_annotation = annotation
