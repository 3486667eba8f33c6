"""Commands of the details pane: going through the mentions of one entity."""

from __future__ import annotations

from reader.annotate import MentionConfirmed
from reader.ui.handlers.attach import attach_mention
from reader.ui.handlers.correcting import remove, retag_mention
from reader.ui.handlers.desk import Desk
from reader.ui.handlers.remarks import DetailsRemarks


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

    def do_details_confirm(self, count: int) -> None:
        """Confirm this mention, and go on to the next."""
        del count
        if mention := self._desk.details.current:
            if mention not in self._desk.reading.decided:
                self._desk.decide(MentionConfirmed(mention.start, mention.end, mention.label))
            self._desk.details.move(1)

    async def do_details_retag(self, count: int) -> None:
        """Change the label of this mention."""
        del count
        if mention := self._desk.details.current:
            await retag_mention(self._desk, mention)

    async def do_details_attach(self, count: int) -> None:
        """Move this mention to another entity."""
        del count
        if mention := self._desk.details.current:
            await attach_mention(self._desk, mention)

    def do_details_remove(self, count: int) -> None:
        """Remove this mention."""
        del count
        if mention := self._desk.details.current:
            remove(self._desk, mention)
