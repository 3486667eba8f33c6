"""Commands of the details pane: going through the mentions of one entity."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotate import Decision, MentionConfirmed, MentionRemoved, MentionRetagged
from reader.ui.actions.entity_choice import attach_mention, attach_mentions
from reader.ui.actions.mention_actions import remove, retag_mention
from reader.ui.actions.note_actions import DetailsRemarks
from reader.ui.actions.workspace import Desk


class DetailsCommands(DetailsRemarks):
    """Commands while the details have the focus."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)

    def do_details_down(self, count: int) -> None:
        """Move down."""
        self._desk.details.move(count)

    def do_details_up(self, count: int) -> None:
        """Move up."""
        self._desk.details.move(-count)

    def do_details_page_down(self, count: int) -> None:
        """Move down a page."""
        self._desk.details.move(count * self._desk.details.page_size())

    def do_details_page_up(self, count: int) -> None:
        """Move up a page."""
        self._desk.details.move(-count * self._desk.details.page_size())

    def do_details_first(self, count: int) -> None:
        """Go to the first mention."""
        del count
        self._desk.details.move_to(0)

    def do_details_last(self, count: int) -> None:
        """Go to the last mention."""
        del count
        self._desk.details.move_to(self._desk.details.item_count() - 1)

    def do_details_open(self, count: int) -> None:
        """Go on reading at this mention."""
        del count
        if mention := self._desk.details.current:
            self._desk.article.jump(mention.start)
            self._desk.focus_pane(self._desk.article)

    def do_details_mark(self, count: int) -> None:
        """Mark this mention and some that follow, or take the marks away, and go on to the next."""
        details = self._desk.details
        for _ in range(min(count, details.item_count())):
            if mention := details.current:
                details.toggle_mark(mention)
                details.move(1)
        number = len(details.marked)
        marked = f"{number:,} marked: e moves {'it' if number == 1 else 'them'} to another entity, as one step"
        self._desk.say(marked if number else "nothing is marked")

    def do_details_confirm(self, count: int) -> None:
        """Confirm what is marked; or else this mention, and go on to the next."""
        del count
        details, decided = self._desk.details, self._desk.reading.decided
        several = details.marked
        if fresh := [each for each in details.targets if each not in decided]:
            self._decide([MentionConfirmed(each.start, each.end, each.label) for each in fresh])
        elif details.targets:
            self._desk.say("decided already")
        if several:
            details.unmark_all()
        else:
            details.move(1)

    async def do_details_retag(self, count: int) -> None:
        """Change the label of what is marked, or of this mention."""
        del count
        chosen = self._desk.details.targets
        if len(chosen) == 1:
            await retag_mention(self._desk, chosen[0])
        elif chosen and (label := await self._desk.ask_label(f"These {len(chosen):,} are", chosen[0].label)):
            self._decide([MentionRetagged(each.start, each.end, label) for each in chosen if each.label != label])
            self._desk.details.unmark_all()

    async def do_details_attach(self, count: int) -> None:
        """Move what is marked, or this mention, to another entity."""
        del count
        marked, current = self._desk.details.marked, self._desk.details.current
        if marked:
            await attach_mentions(self._desk, marked)
        elif current:
            await attach_mention(self._desk, current)

    def do_details_remove(self, count: int) -> None:
        """Remove what is marked, or this mention."""
        del count
        chosen = self._desk.details.targets
        if len(chosen) == 1:
            remove(self._desk, chosen[0])
        else:
            self._decide([MentionRemoved(each.start, each.end) for each in chosen])
        self._desk.details.unmark_all()

    def _decide(self, decisions: Sequence[Decision]) -> None:
        if not decisions:
            self._desk.say("that is what they are")
            return
        self._desk.decide(*decisions)
        if len(decisions) > 1:
            self._desk.say(f"{self._desk.message} and {len(decisions) - 1:,} more")
