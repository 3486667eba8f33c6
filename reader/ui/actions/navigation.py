"""Going from mention to mention."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from itertools import islice

from reader.recognize import Mention
from reader.resolve import Entity
from reader.structures.intervals import count_before, count_up_to
from reader.ui.actions.workspace import Desk
from reader.ui.dialogs.choice import Choice
from reader.ui.panels.status import needs_check


def _step_through(entity: Entity, offset: int, step: int) -> tuple[int, bool]:
    """Return the index of the entity's mention `step` away from a place, and whether the end was passed."""
    mentions = entity.mentions
    first = count_up_to(mentions, (offset,)) - 1 if step > 0 else count_before(mentions, (offset,))
    index = first + step
    return index % len(mentions), not 0 <= index < len(mentions)


def go_through_entity(desk: Desk, step: int) -> None:
    """Go to the next mention of the selected entity, or of the one under the cursor, round at the ends."""
    here = desk.reading.mention_at(desk.article.cursor)
    entity = desk.article.entity or (desk.reading.entity_of(here) if here else None)
    if entity is None:
        desk.say("no entity is selected: ] goes to the next mention")
        return
    index, wrapped = _step_through(entity, desk.article.cursor, step)
    mention = entity.mentions[index]
    go_to(desk, mention)
    turned = ", from the other end" if wrapped and len(entity.mentions) > 1 else ""
    desk.say(f"{entity.name}: {index + 1} of {len(entity.mentions)}{turned}")


def go_to(desk: Desk, mention: Mention) -> None:
    """Put the cursor on a mention and let its entity stand out."""
    desk.article.jump(mention.start)
    desk.select(desk.reading.entity_of(mention), mention)


def place_of(desk: Desk) -> tuple[int, ...]:
    """Return where the cursor is among the mentions: on the one that is meant, or else at a code point."""
    return desk.meant[:2] if desk.meant else (desk.article.cursor,)


def go_on(desk: Desk) -> None:
    """Go to the next mention that is not decided; say so where there is none."""
    decided, said = desk.reading.decided, desk.message
    if mention := next(iter(decided.below(place_of(desk))), None):
        go_to(desk, mention)
        return
    desk.say("; ".join(filter(None, (said, _end(desk)))))


def _end(desk: Desk) -> str:
    decided = desk.reading.decided
    left = decided.total - decided.count
    if left:
        return f"nothing undecided further down; {left:,} above: ( goes there"
    return f"all {decided.total:,} mentions are decided" if decided.total else "there are no mentions"


def with_mention(desk: Desk, do: Callable[[Mention], Awaitable[None] | None]) -> Awaitable[None] | None:
    """Do something with the mention that is meant; where several lie under the cursor, ask which."""
    around = [desk.meant] if desk.meant else desk.reading.mentions_at(desk.article.cursor)
    if not around:
        desk.say("no mention here: ] goes to the next one, a marks a word")
        return None
    if len(around) > 1:
        return _with_one_of(desk, around, do)
    if desk.meant is None:
        desk.select(desk.reading.entity_of(around[0]), around[0])
    return do(around[0])


async def _with_one_of(desk: Desk, around: list[Mention], do: Callable[[Mention], Awaitable[None] | None]) -> None:
    text = desk.reading.document.text
    rows = [
        Choice(text[each.start : each.end], each.label, letter, each.label)
        for each, letter in zip(around, "abcdefghi", strict=False)
    ]
    chosen = await desk.ask_choice("Which one is meant?", rows, near=desk.article.region_of(*around[0][:2]))
    if chosen is not None:
        mention = around[chosen]
        desk.select(desk.reading.entity_of(mention), mention)
        outcome = do(mention)
        if outcome is not None:
            await outcome


class Going:
    """Commands that go to a mention."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_next_mention(self, count: int) -> None:
        """Go to a mention further down."""
        mentions, place = self._desk.reading.mentions, place_of(self._desk)
        index = count_up_to(mentions, place) + count - 1
        self._go(mentions[min(index, len(mentions) - 1)] if mentions else None, "no mention further down")

    def do_previous_mention(self, count: int) -> None:
        """Go to a mention further up."""
        mentions, place = self._desk.reading.mentions, place_of(self._desk)
        index = count_before(mentions, place) - count
        self._go(mentions[max(index, 0)] if mentions else None, "no mention further up")

    def do_next_undecided(self, count: int) -> None:
        """Go to an undecided mention further down."""
        below = self._desk.reading.decided.below(place_of(self._desk))
        self._go_to_last_of(below, count, _end(self._desk))

    def do_previous_undecided(self, count: int) -> None:
        """Go to an undecided mention further up."""
        above = self._desk.reading.decided.above(place_of(self._desk))
        self._go_to_last_of(above, count, "nothing undecided further up")

    def do_next_doubtful(self, count: int) -> None:
        """Go to a doubtful mention further down."""
        mentions = self._desk.reading.mentions
        first = count_up_to(mentions, (self._desk.article.cursor,))
        below = (mentions[index] for index in range(first, len(mentions)))
        self._go_to_last_of(filter(self._in_doubt, below), count, "no doubtful mention further down")

    def do_previous_doubtful(self, count: int) -> None:
        """Go to a doubtful mention further up."""
        mentions = self._desk.reading.mentions
        first = count_before(mentions, (self._desk.article.cursor,))
        above = (mentions[index] for index in range(first - 1, -1, -1))
        self._go_to_last_of(filter(self._in_doubt, above), count, "no doubtful mention further up")

    def _in_doubt(self, mention: Mention) -> bool:
        return needs_check(self._desk.reading, mention)

    def do_next_of_entity(self, count: int) -> None:
        """Go to the entity's next mention."""
        go_through_entity(self._desk, count)

    def do_previous_of_entity(self, count: int) -> None:
        """Go to the entity's previous mention."""
        go_through_entity(self._desk, -count)

    def do_open_entity(self, count: int) -> Awaitable[None] | None:
        """Show the entity under the cursor in the details."""
        del count
        entity = self._desk.article.entity
        if self._desk.reading.mention_at(self._desk.article.cursor):
            return with_mention(self._desk, self._open)
        if entity is None:
            self._desk.say("no mention here: ] goes to the next one")
            return None
        self._desk.select(entity)
        self._desk.focus_pane(self._desk.details)
        return None

    def _open(self, mention: Mention) -> None:
        self._desk.select(self._desk.reading.entity_of(mention), mention)
        self._desk.focus_pane(self._desk.details)

    def _go_to_last_of(self, mentions: Iterable[Mention], count: int, otherwise: str) -> None:
        found = list(islice(mentions, count))
        self._go(found[-1] if found else None, otherwise)

    def _go(self, mention: Mention | None, otherwise: str) -> None:
        if mention is None or (mention.start == self._desk.article.cursor and self._desk.meant in (None, mention)):
            self._desk.say(otherwise)
            return
        go_to(self._desk, mention)
