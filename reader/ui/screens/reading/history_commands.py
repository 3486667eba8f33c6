"""What the reading screen shows of the decisions as a whole: notes, history, lost places; and going back in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotate.anchors import placed
from reader.annotate.describe import describe_arrival
from reader.annotate.summaries import names_about
from reader.structures.intervals import count_up_to
from reader.ui.keys.commands import COMMANDS
from reader.ui.screens.reading.messages import Telling

if TYPE_CHECKING:
    from reader.annotate import Decision, Step
    from reader.resolve import Entity


class Overviews(Telling):
    """The commands of the reading screen that are about all decisions."""

    names_listed = False
    """Whether the list of what holds in every article is shown; what is changed there is not another window's."""

    def decide(self, *decisions: Decision) -> None:
        """Keep a decision, then show what follows from it."""
        raise NotImplementedError

    def do_undo(self, count: int) -> None:
        """Take back the last step of this window."""
        self._step_back(count, undo=True)

    def do_redo(self, count: int) -> None:
        """Do again what was undone."""
        self._step_back(count, undo=False)

    def do_hold_everywhere(self, count: int) -> None:
        """Let the last decision hold in every article, or here alone again."""
        del count
        done = self.reading.toggle_general()
        if done:
            self._show_changes()
        self.say(done or "the last decision is about this article alone", alarm=not self._kept)

    async def do_names(self, count: int) -> None:
        """Show what holds in every article."""
        from reader.ui.screens.names_screen import NamesScreen

        del count
        self.names_listed = True
        await self.ask(NamesScreen(self.reading.store, self.keymap))
        self.names_listed = False
        if self.reading.refresh():
            self._show_changes()

    async def do_notes(self, count: int) -> None:
        """Show the notes; go to the one that is chosen."""
        from reader.ui.screens.notes_screen import NotesScreen

        del count
        note = await self.ask(NotesScreen(self.reading, self.keymap))
        self._show_changes()
        if note and note.span:
            self._go_to(note.span[0])
        elif note and (bearers := [each for name in note.names for each in self.reading.entities_with(name)]):
            self.article.jump(bearers[0].mentions[0].start)
            self.select(bearers[0], bearers[0].mentions[0])
            self.focus_pane(self.article)

    async def do_note_document(self, count: int) -> None:
        """Write a note on the article."""
        from reader.ui.actions.note_actions import note_document

        del count
        await note_document(self)

    async def do_tag_document(self, count: int) -> None:
        """Give tags to the article."""
        from reader.ui.actions.note_actions import tag_document

        del count
        await tag_document(self)

    async def do_history(self, count: int) -> None:
        """Show what was decided, and undo to any step of it."""
        from reader.ui.screens.history_screen import HistoryScreen

        del count
        await self.ask(HistoryScreen(self.reading, self.keymap))
        self._show_changes()

    async def do_orphans(self, count: int) -> None:
        """Show decisions that lost their place; go on where the last was attached."""
        from reader.display.words import snap
        from reader.ui.screens.orphans_screen import OrphansScreen

        del count
        chosen = self.article.selection
        span = snap(self.reading.document.text, chosen.start, chosen.end) if chosen else (0, 0)
        place = await self.ask(OrphansScreen(self.reading, self.keymap, span if span[0] < span[1] else None))
        self.say("")  # how many had lost their place no longer holds
        self._show_changes()
        if place is not None:
            self.article.set_selection(None)
            self._go_to(place)

    def arrival(self) -> str:
        """Return what became of the decisions about an earlier text where they have just been carried over."""
        if not self.reading.store.carried_over(self.reading.document):
            return ""
        history = self.reading.history
        command = next(each for each in COMMANDS if each.id == "orphans")
        key = next(iter(self.keymap.keys_of(command)), "")
        shown = f": {key} shows {'it' if len(history.orphans) == 1 else 'them'}" if history.orphans and key else ""
        return describe_arrival(history) + shown

    def _go_to(self, place: int) -> None:
        mention = self.reading.mention_at(place)
        self.article.jump(place)
        self.select(self.reading.entity_of(mention) if mention else None, mention)
        self.focus_pane(self.article)

    def _show_changes(self) -> None:
        raise NotImplementedError

    @property
    def _kept(self) -> bool:
        """Whether every decision is where it should be: on disk, or in memory because the user wants that."""
        return self.reading.store.safe

    def _step_back(self, count: int, *, undo: bool) -> None:
        done: str | None = None
        elsewhere = False
        for _ in range(count):
            step = self.reading.undo() if undo else self.reading.redo()
            if step is None:
                break
            done, moved = step, self.reading.last_reverted
            elsewhere = moved is not None and self.reading.store.made_in_other_window(moved)
        word = "undid" if undo else "redid"
        if done and elsewhere:
            word += " what another window did"
        moved = self.reading.last_reverted if done else None
        self._show_changes()
        if moved:
            self._show_step(moved)
        self.say(f"{word}: {done}" if done else f"nothing to {'undo' if undo else 'redo'}", alarm=not self._kept)

    def _show_step(self, step: Step) -> None:
        """Go where a step that was taken back or brought back made a difference."""
        for decision in step.applied:
            if placed(decision):
                self.article.jump(decision.start)
                exactly = self.reading.mention_with(decision.start, decision.end)
                if mention := exactly or self.reading.mention_at(decision.start):
                    self.select(self.reading.entity_of(mention), mention)
                return
            for name in names_about(decision):
                if bearers := self.reading.entities_with(name):
                    self._show_entity(bearers[0])
                    return

    def _show_entity(self, entity: Entity) -> None:
        """Go to the mention of an entity that was left last, so that the next key is about what the panes show."""
        before = count_up_to(entity.mentions, (self.article.cursor,))
        mention = entity.mentions[max(before - 1, 0)]
        if self.focused is self.article:
            self.article.jump(mention.start)
        self.select(entity, mention)
