"""Commands of the article pane: moving through the text, and annotating it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import islice
from operator import attrgetter

from reader.annotate import EntityDismissed, EntityRetagged, MentionAdded, MentionRemoved, MentionRetagged
from reader.recognize import Mention
from reader.resolve import Entity
from reader.ui.article import Highlights
from reader.ui.handlers.attach import attach_mention
from reader.ui.handlers.desk import Desk
from reader.ui.handlers.remarks import TextRemarks
from reader.ui.selection import select_word
from reader.ui.words import next_word, previous_word, snap

_start = attrgetter("start")


def _step_through(entity: Entity, offset: int, step: int) -> tuple[int, bool]:
    """Return the index of the entity's mention `step` away from a place, and whether the end was passed."""
    starts = [mention.start for mention in entity.mentions]
    index = bisect_right(starts, offset) - 1 + step if step > 0 else bisect_left(starts, offset) + step
    return index % len(starts), not 0 <= index < len(starts)


def go_through_entity(desk: Desk, step: int) -> None:
    """Go to the next mention of the selected entity, or of the one under the cursor, round at the ends."""
    here = desk.reading.mention_at(desk.article.cursor)
    entity = desk.article.entity or (desk.reading.entity_of(here) if here else None)
    if entity is None:
        desk.say("no entity is selected: ] goes to the next mention")
        return
    index, wrapped = _step_through(entity, desk.article.cursor, step)
    mention = entity.mentions[index]
    desk.article.jump(mention.start)
    desk.select(entity, mention)
    turned = ", from the other end" if wrapped and len(entity.mentions) > 1 else ""
    desk.say(f"{entity.name}: {index + 1} of {len(entity.mentions)}{turned}")


class TextCommands(TextRemarks):
    """Commands while the text has the focus."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)

    # Mentions

    def do_next_mention(self, count: int) -> None:
        """Go to a mention further down."""
        mentions = self._desk.reading.mentions
        index = bisect_right(mentions, self._desk.article.cursor, key=_start) + count - 1
        self._go_to(mentions[min(index, len(mentions) - 1)] if mentions else None, "no mention further down")

    def do_previous_mention(self, count: int) -> None:
        """Go to a mention further up."""
        mentions = self._desk.reading.mentions
        index = bisect_left(mentions, self._desk.article.cursor, key=_start) - count
        self._go_to(mentions[max(index, 0)] if mentions else None, "no mention further up")

    def do_next_doubtful(self, count: int) -> None:
        """Go to a doubtful mention further down."""
        mentions = self._desk.reading.mentions
        below = mentions[bisect_right(mentions, self._desk.article.cursor, key=_start) :]
        self._go_to_doubtful(list(islice((each for each in below if each.doubtful), count)), "further down")

    def do_previous_doubtful(self, count: int) -> None:
        """Go to a doubtful mention further up."""
        mentions = self._desk.reading.mentions
        above = mentions[: bisect_left(mentions, self._desk.article.cursor, key=_start)]
        self._go_to_doubtful(list(islice((each for each in reversed(above) if each.doubtful), count)), "further up")

    def do_toggle_values(self, count: int) -> None:
        """Show dates, times, amounts and measures, or names alone."""
        del count
        reading = self._desk.reading
        reading.values_shown = not reading.values_shown
        self._desk.article.redraw()
        number = len(reading.values)
        shown = f"{number:,} dates, times, amounts and measures shown" if number else "no dates, amounts or measures"
        self._desk.say(shown if reading.values_shown else "names alone")

    def do_next_of_entity(self, count: int) -> None:
        """Go to the entity's next mention."""
        go_through_entity(self._desk, count)

    def do_previous_of_entity(self, count: int) -> None:
        """Go to the entity's previous mention."""
        go_through_entity(self._desk, -count)

    def do_open_entity(self, count: int) -> None:
        """Show the entity under the cursor in the details."""
        del count
        mention = self._desk.reading.mention_at(self._desk.article.cursor)
        entity = self._desk.reading.entity_of(mention) if mention else self._desk.article.entity
        if entity is None:
            self._desk.say("no mention here: ] goes to the next one")
            return
        self._desk.select(entity, mention)
        self._desk.focus_pane(self._desk.details)

    # Annotating

    def do_select(self, count: int) -> None:
        """Begin a selection with the word under the cursor."""
        article = self._desk.article
        if block := article.block_of_cursor():
            text = self._desk.reading.document.text
            article.begin_selection(select_word(text, article.cursor, block.start, block.end).moved(count - 1))

    def do_select_sentence(self, count: int) -> None:
        """Select the sentence under the cursor."""
        self.do_select(count)
        selection = self._desk.article.selection
        self._desk.article.begin_selection(selection.sentence() if selection else None)

    async def do_add_mention(self, count: int) -> None:
        """Mark the selection, or the word under the cursor."""
        del count
        article, text = self._desk.article, self._desk.reading.document.text
        chosen = article.selection
        start, end = snap(text, chosen.start, chosen.end) if chosen else snap(text, article.cursor, article.cursor + 1)
        if start >= end:
            self._desk.say("no word here to mark")
            return
        label = await self._desk.ask_label(f"Mark “{text[start:end]}” as")
        if label:
            article.begin_selection(None)
            article.move_cursor(start)
            self._desk.decide(MentionAdded(start, end, label))
            if mention := self._desk.reading.mention_at(start):
                self._desk.select(self._desk.reading.entity_of(mention), mention)

    async def do_retag_mention(self, count: int) -> None:
        """Change the label of the mention under the cursor."""
        del count
        if mention := self._mention_here():
            await retag_mention(self._desk, mention)

    async def do_retag_entity(self, count: int) -> None:
        """Change the label of the entity under the cursor."""
        del count
        if (mention := self._mention_here()) and (entity := self._desk.reading.entity_of(mention)):
            await retag_entity(self._desk, entity)

    async def do_attach_mention(self, count: int) -> None:
        """Move the mention under the cursor to another entity."""
        del count
        if mention := self._mention_here():
            await attach_mention(self._desk, mention)

    def do_remove_mention(self, count: int) -> None:
        """Remove the mention under the cursor."""
        del count
        if mention := self._mention_here():
            self._desk.decide(MentionRemoved(mention.start, mention.end))

    def do_remove_name(self, count: int) -> None:
        """Remove every mention of the name under the cursor."""
        del count
        if mention := self._mention_here():
            self._desk.decide(EntityDismissed((self._desk.reading.name_of(mention),)))

    # Moving

    def do_line_down(self, count: int) -> None:
        """Move down."""
        self._desk.article.move_rows(count)

    def do_line_up(self, count: int) -> None:
        """Move up."""
        self._desk.article.move_rows(-count)

    def do_char_left(self, count: int) -> None:
        """Move left."""
        self._desk.article.move_cursor(self._desk.article.cursor - count)

    def do_char_right(self, count: int) -> None:
        """Move right."""
        self._desk.article.move_cursor(self._desk.article.cursor + count)

    def do_word_right(self, count: int) -> None:
        """Move to the next word."""
        offset = self._desk.article.cursor
        for _ in range(count):
            offset = next_word(self._desk.reading.document.text, offset)
        self._desk.article.move_cursor(offset)

    def do_word_left(self, count: int) -> None:
        """Move to the previous word."""
        offset = self._desk.article.cursor
        for _ in range(count):
            offset = previous_word(self._desk.reading.document.text, offset)
        self._desk.article.move_cursor(offset)

    def do_line_start(self, count: int) -> None:
        """Move to the start of the line."""
        del count
        self._desk.article.move_in_row(to_end=False)

    def do_line_end(self, count: int) -> None:
        """Move to the end of the line."""
        del count
        self._desk.article.move_in_row(to_end=True)

    def do_half_page_down(self, count: int) -> None:
        """Move down half a page."""
        self._desk.article.move_pages(0.5 * count)

    def do_half_page_up(self, count: int) -> None:
        """Move up half a page."""
        self._desk.article.move_pages(-0.5 * count)

    def do_page_down(self, count: int) -> None:
        """Move down a page."""
        self._desk.article.move_pages(count)

    def do_page_up(self, count: int) -> None:
        """Move up a page."""
        self._desk.article.move_pages(-count)

    def do_text_start(self, count: int) -> None:
        """Go to the start of the text."""
        del count
        self._desk.article.jump(0)

    def do_text_end(self, count: int) -> None:
        """Go to the end of the text."""
        del count
        blocks = self._desk.reading.document.blocks
        self._desk.article.jump(blocks[-1].end - 1 if blocks else 0)

    def do_jump_back(self, count: int) -> None:
        """Go back to where the last jump began."""
        del count
        self._desk.article.jump_back()

    # Looks

    def do_only_entity(self, count: int) -> None:
        """Leave other entities plain, or show all again."""
        del count
        article = self._desk.article
        if article.entity is None and not article.only_entity:
            self._desk.say("no entity is selected: ] goes to the next mention")
            return
        article.only_entity = not article.only_entity
        article.redraw()
        self._desk.say("only the selected entity is shown" if article.only_entity else "all entities are shown")

    def do_cycle_highlights(self, count: int) -> None:
        """Show all highlights, those that were decided, or none."""
        del count
        order = list(Highlights)
        article = self._desk.article
        article.highlights = order[(order.index(article.highlights) + 1) % len(order)]
        article.redraw()
        self._desk.say(f"highlights: {article.highlights}")

    def do_zen(self, count: int) -> None:
        """Show nothing but the article, or everything again."""
        del count
        self._desk.toggle_zen()

    def do_wider(self, count: int) -> None:
        """Widen the column."""
        self._desk.article.set_measure(self._desk.article.measure + 4 * count)
        self._desk.say(f"column: {self._desk.article.measure} cells")

    def do_narrower(self, count: int) -> None:
        """Narrow the column."""
        self._desk.article.set_measure(self._desk.article.measure - 4 * count)
        self._desk.say(f"column: {self._desk.article.measure} cells")

    def _go_to_doubtful(self, mentions: Sequence[Mention], where: str) -> None:
        self._go_to(mentions[-1] if mentions else None, f"no doubtful mention {where}")

    def _go_to(self, mention: Mention | None, otherwise: str) -> None:
        if mention is None or mention.start == self._desk.article.cursor:
            self._desk.say(otherwise)
            return
        self._desk.article.jump(mention.start)
        self._desk.select(self._desk.reading.entity_of(mention), mention)

    def _mention_here(self) -> Mention | None:
        mention = self._desk.reading.mention_at(self._desk.article.cursor)
        if mention is None:
            self._desk.say("no mention here: ] goes to the next one, a marks a word")
        return mention


class SelectingCommands:
    """Commands while a stretch of text is being selected."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._text = TextCommands(desk)

    def do_extend_right(self, count: int) -> None:
        """Move the active end to the right."""
        self._move(count)

    def do_extend_left(self, count: int) -> None:
        """Move the active end to the left."""
        self._move(-count)

    def do_extend_word_end(self, count: int) -> None:
        """Take in the rest of the word, then further words."""
        self._move(count)

    def do_extend_down(self, count: int) -> None:
        """Extend down."""
        self._by_moving(lambda: self._desk.article.move_rows(count))

    def do_extend_up(self, count: int) -> None:
        """Extend up."""
        self._by_moving(lambda: self._desk.article.move_rows(-count))

    def do_extend_line_end(self, count: int) -> None:
        """Extend to the end of the line."""
        del count
        self._by_moving(lambda: self._desk.article.move_in_row(to_end=True))

    def do_extend_line_start(self, count: int) -> None:
        """Extend to the start of the line."""
        del count
        self._by_moving(lambda: self._desk.article.move_in_row(to_end=False))

    def do_swap_ends(self, count: int) -> None:
        """Let the other end move."""
        del count
        if selection := self._desk.article.selection:
            self._desk.article.begin_selection(selection.swapped())

    def do_extend_sentence(self, count: int) -> None:
        """Extend to the sentence."""
        del count
        if selection := self._desk.article.selection:
            self._desk.article.begin_selection(selection.sentence())

    async def do_add_selection(self, count: int) -> None:
        """Mark the selection as a name."""
        await self._text.do_add_mention(count)

    def do_stop_selecting(self, count: int) -> None:
        """Leave the selection."""
        del count
        self._desk.article.begin_selection(None)

    def _move(self, words: int) -> None:
        if selection := self._desk.article.selection:
            self._desk.article.begin_selection(selection.moved(words))

    def _by_moving(self, move: Callable[[], None]) -> None:
        article = self._desk.article
        if selection := article.selection:
            move()
            article.begin_selection(selection.stretched(article.cursor))


async def retag_mention(desk: Desk, mention: Mention) -> None:
    """Ask for another label of one mention."""
    text = desk.reading.document.text[mention.start : mention.end]
    label = await desk.ask_label(f"This “{text}” is", mention.label)
    if label and label != mention.label:
        desk.decide(MentionRetagged(mention.start, mention.end, label))


async def retag_entity(desk: Desk, entity: Entity) -> None:
    """Ask for another label of an entity."""
    label = await desk.ask_label(f"Every “{entity.name}” is", entity.label)
    if label and label != entity.label:
        desk.decide(EntityRetagged(desk.reading.names_of(entity), label))
