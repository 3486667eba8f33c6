"""Marking names: one, all places of one, within another; and doing the last annotation again."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Final

from reader.annotate import Decision, EntityRetagged, MentionAdded, MentionConfirmed, MentionOverlaid, MentionRetagged
from reader.display.occurrences import Occurrence, find_occurrences
from reader.display.words import next_word, snap
from reader.document import one_line
from reader.recognize import Mention
from reader.ui.actions.entity_choice import move
from reader.ui.actions.last_annotation import Annotation, Kind
from reader.ui.actions.mention_actions import Correcting, remove, remove_name, retag
from reader.ui.actions.navigation import with_mention
from reader.ui.actions.workspace import Desk

if TYPE_CHECKING:
    from reader.ui.dialogs.label_menu import Way

_MOST_SHOWN: Final = 80
"""Code points of what is marked that a question quotes, so that its answers have room."""


class Annotating(Correcting):
    """Commands that mark a name at the cursor or on the selection."""

    async def do_add_mention(self, count: int) -> None:
        """Mark the selection, or some words from the cursor on."""
        await self._ask_and_mark(count, beside=False)

    async def do_add_beside(self, count: int) -> None:
        """Mark the selection, or some words, and let the names that it overlaps stay."""
        await self._ask_and_mark(count, beside=True)

    async def do_annotate_all(self, count: int) -> None:
        """Mark every place of the name at the cursor, after a preview."""
        desk, text = self._desk, self._desk.reading.document.text
        start, end = self._span(count)
        here = desk.meant or desk.reading.mention_at(desk.article.cursor)
        if here and not desk.article.selection and (desk.meant or end <= here.end):
            start, end = here[:2]
        found = list(find_occurrences(desk.reading.document, text[start:end]))
        if not found:
            desk.say("no word here to mark")
            return
        ways = _ways(desk, [each for span in found for each in _others(desk, *span)], found)
        words = one_line(text[start:end], _MOST_SHOWN)
        title = f"Mark every “{words}” as"
        chosen = await desk.ask_mark(title, here.label if here else "", ways)
        if chosen is None:
            return
        places = [_place(desk, *span, chosen.label, beside=chosen.beside) for span in found]
        cursor = next((index for index, span in enumerate(found) if span[0] >= start), 0)
        title = f"“{words}” as {chosen.label}"
        ticked = await desk.ask_places(title, text, chosen.label, places, cursor)
        if ticked is None:
            return
        spans = [found[index] for index in ticked]
        decisions = [_made(desk, *span, chosen.label, beside=chosen.beside) for span in spans]
        self._keep([each for each in decisions if each is not None], (start, end), chosen.label, beside=chosen.beside)
        desk.say(f"marked “{words}” as {chosen.label} in {len(spans):,} of {len(found):,} places")

    def do_repeat(self, count: int) -> Awaitable[None] | None:
        """Do the last annotation again at the cursor."""
        desk, last = self._desk, self._desk.last_annotation
        if last is None:
            desk.say("nothing was annotated yet: . does the last annotation again")
            return None
        if last.kind is Kind.MARK:
            return self._mark_again(last, count)
        if last.kind is Kind.CONFIRM:
            return self.do_confirm_mention(count)
        if last.kind is Kind.CONFIRM_ENTITY:
            return self.do_confirm_entity(count)
        return with_mention(desk, lambda mention: self._again(last, mention, count))

    def _again(self, last: Annotation, mention: Mention, count: int) -> None:
        match last:
            case Annotation(Kind.RETAG, label):
                retag(self._desk, mention, label, count)
            case Annotation(Kind.RETAG_ENTITY, label):
                self._retag_entity_as(mention, label)
            case Annotation(Kind.REMOVE):
                remove(self._desk, mention, count)
            case Annotation(Kind.REMOVE_NAME):
                remove_name(self._desk, mention)
            case Annotation(Kind.MOVE, to=name) if name is not None:
                move(self._desk, mention, name)

    def _mark_again(self, last: Annotation, count: int) -> Awaitable[None] | None:
        desk = self._desk
        inside = desk.reading.mentions_at(desk.article.cursor)
        if inside and not desk.article.selection and not last.beside:
            return with_mention(desk, lambda mention: retag(desk, mention, last.label, count))
        start, end = self._span(count)
        if start >= end:
            desk.say("no word here to mark")
        else:
            self._mark(start, end, last.label, beside=last.beside)
        return None

    async def _ask_and_mark(self, count: int, *, beside: bool) -> None:
        desk, text = self._desk, self._desk.reading.document.text
        start, end = self._span(count)
        if start >= end:
            desk.say("no word here to mark")
            return
        ways = _ways(desk, _others(desk, start, end), [(start, end)])
        same = desk.reading.mention_with(start, end)
        title = f"Mark “{one_line(text[start:end], _MOST_SHOWN)}” as"
        chosen = await desk.ask_mark(title, same.label if same else "", ways, beside=beside)
        if chosen:
            self._mark(start, end, chosen.label, beside=chosen.beside)

    def _mark(self, start: int, end: int, label: str, *, beside: bool) -> None:
        desk = self._desk
        make: type[MentionAdded | MentionOverlaid | MentionConfirmed] = MentionOverlaid if beside else MentionAdded
        before, same = _others(desk, start, end), desk.reading.mention_with(start, end)
        if same and same.label == label and not before:
            make = MentionConfirmed  # it stays with the entity to which it was moved
        self._keep([make(start, end, label)], (start, end), label, beside=beside)
        if gone := [each for each in before if desk.reading.mention_with(*each[:2]) is None]:
            first = one_line(desk.reading.document.text[gone[0].start : gone[0].end], _MOST_SHOWN)
            desk.say(f"{desk.message} in place of “{first}”{f' and {len(gone) - 1} more' if gone[1:] else ''}")

    def _keep(self, decisions: Sequence[Decision], span: tuple[int, int], label: str, *, beside: bool) -> None:
        desk = self._desk
        desk.article.set_selection(None)
        desk.article.move_cursor(span[0])
        if decisions:
            desk.decide(*decisions)
        desk.last_annotation = Annotation(Kind.MARK, label, beside)
        if mention := desk.reading.mention_with(*span):
            desk.select(desk.reading.entity_of(mention), mention)

    def _span(self, count: int) -> tuple[int, int]:
        """Return what is to be marked: the selection, what was searched for, or words from the cursor on."""
        article, text = self._desk.article, self._desk.reading.document.text
        if chosen := article.selection:
            return snap(text, chosen.start, chosen.end)
        found = article.matches.span_at(article.cursor) if count == 1 else None
        start, end = snap(text, *(found or (article.cursor, article.cursor + 1)))
        block = article.block_at_cursor()
        for _ in range(count - 1):
            after = next_word(text, end - 1)
            if start >= end or block is None or after >= block.end:
                break
            end = snap(text, after, after + 1)[1]
        return start, end

    def _retag_entity_as(self, mention: Mention, label: str) -> None:
        entity = self._desk.reading.entity_of(mention)
        if entity and any(each.label != label for each in entity.mentions):
            self._desk.decide(EntityRetagged(self._desk.reading.names_of(entity), label))


def _others(desk: Desk, start: int, end: int) -> list[Mention]:
    """Return the mentions that a place overlaps, but for the one that stands exactly there."""
    return [each for each in desk.reading.mentions_between(start, end) if each[:2] != (start, end)]


def _ways(desk: Desk, others: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> tuple[Way, ...]:
    """Return what a new mention can be to those that it overlaps; nothing where it overlaps none."""
    if not others:
        return ()
    from reader.ui.dialogs.label_menu import Way

    names, one = _named(desk, others), len(others) == 1
    relation = _relation(*spans[0], others[0]) if len(spans) == 1 else "beside"
    it, its, stay = ("it", "its", "stays") if one else ("them", "their", "stay")
    beside = Way(f"{relation} {names}, which {stay}", f"{relation} {it}")
    return Way(f"in place of {names}", f"in {its} place"), beside


def _place(desk: Desk, start: int, end: int, label: str, *, beside: bool) -> Occurrence:
    same, others = desk.reading.mention_with(start, end), _others(desk, start, end)
    if same is not None:
        return Occurrence(start, end, description=same.label if same.label == label else f"now {same.label}")
    if not others:
        return Occurrence(start, end)
    around = any(each.start <= start and end <= each.end for each in others)
    relation = _relation(start, end, others[0]) if beside else "in place of"
    return Occurrence(start, end, beside or not around, f"{relation} {_named(desk, others)}")


def _made(desk: Desk, start: int, end: int, label: str, *, beside: bool) -> Decision | None:
    """Return what to decide so that a name stands there; None where that is decided already."""
    same = desk.reading.mention_with(start, end)
    if same is None:
        others = beside and _others(desk, start, end)
        return MentionOverlaid(start, end, label) if others else MentionAdded(start, end, label)
    if same.label != label:
        return MentionRetagged(start, end, label)
    return None if same.origin == "user" else MentionConfirmed(start, end, label)


def _relation(start: int, end: int, other: Mention) -> str:
    if other.start <= start and end <= other.end:
        return "within"
    return "around" if start <= other.start and other.end <= end else "across"


def _named(desk: Desk, mentions: Sequence[Mention]) -> str:
    text = desk.reading.document.text
    names = list(dict.fromkeys(f"“{' '.join(text[each.start : each.end].split())}”" for each in mentions))
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
