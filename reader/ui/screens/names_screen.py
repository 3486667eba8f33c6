"""What holds in every document: names that are the same, different, known, or no names."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment

from reader.annotate import EVERYWHERE, Decision, EntityDismissed, NameKnown, Store, describe
from reader.annotate.everywhere import Entry, entries, remove, take_in
from reader.display.cells import fit
from reader.display.labels import all_looks
from reader.document import one_line
from reader.names import surface
from reader.names.matcher import WORD
from reader.resolve import Name
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.choice import Choice
from reader.ui.dialogs.question import Prompt, Question
from reader.ui.keys.commands import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.list_screen import ListScreen
from reader.ui.screens.base.visiting_screen import VisitingScreen


class NameRows(RowList):
    """A row for each decision."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint"}

    def __init__(self) -> None:
        super().__init__(id="names")
        self.entries: list[Entry] = []

    def item_count(self) -> int:
        """Return the number of decisions."""
        return len(self.entries)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return what is to be said of an empty list."""
        if self.entries:
            return [[]]
        nothing = " Nothing yet: decide, then g a (in the review g) lets it hold everywhere; a adds a name here."
        return [[], [Segment(fit(nothing, width), self.get_component_rich_style("sides--faint", partial=True))]]

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a decision."""
        return [[Segment(fit(f"  {one_line(describe(self.entries[index].decision, ''))}", width))]]


class NamesScreen(ListScreen[None], VisitingScreen[None]):
    """Shows the list, adds names to it, and takes decisions off it."""

    AUTO_FOCUS = "#names"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    PLACE = Context.NAMES

    def __init__(self, store: Store, keymap: Keymap) -> None:
        self._rows = NameRows()
        super().__init__(keymap, self._rows)
        self._store = store
        self._done: list[tuple[Decision, bool]] = []
        """What was done here: a decision, and whether it was added (or else removed)."""

    async def do_names_add(self, count: int) -> None:
        """Add a name that is known, or left alone, everywhere."""
        del count
        typed = await self.ask(Prompt("In every article, this name"))
        text = surface(typed or "")
        if WORD.search(text):
            await self._settle(Name(text, ""))
        elif typed is not None:
            self._status.show("a name has at least one letter or digit")

    async def do_names_retag(self, count: int) -> None:
        """Change what a name is everywhere."""
        del count
        match self._rows.entries[self._rows.cursor].decision if self._rows.entries else None:
            case NameKnown(name) | EntityDismissed((name,)):
                await self._settle(name)
            case _:
                self._status.show("this is not about a single name")

    async def _settle(self, name: Name) -> None:
        """Ask what a name is, and keep it."""
        labels = [look.label for look in all_looks()]
        choices = [Choice(look.label, look.words, look.key, look.label) for look in all_looks()]
        choices.append(Choice("leave alone", "no name, wherever it stands", "x"))
        cursor = labels.index(name.label) if name.label in labels else 0
        chosen = await self.ask(Question(f"Every “{name.text}” is", choices, cursor=cursor))
        if not chosen:
            return
        decision: Decision = EntityDismissed((Name(name.text, ""),))
        if chosen[0] < len(labels):
            decision = NameKnown(Name(name.text, labels[chosen[0]]))
        if not take_in(self._store, [decision]):
            self._status.show(f"held before: {describe(decision, '')}")
            return
        self._done.append((decision, True))
        self.fill(f"in every document: {describe(decision, '')}; u takes it back")
        self._rows.move_to(self._rows.item_count() - 1)

    def do_names_remove(self, count: int) -> None:
        """Take a decision off the list."""
        del count
        if not self._rows.entries:
            return
        entry = self._rows.entries[self._rows.cursor]
        remove(self._store, [entry])
        self._done.append((entry.decision, False))
        self.fill(f"no longer everywhere: {describe(entry.decision, '')}; u puts it back")

    def do_undo(self, count: int) -> None:
        """Take back what was done here last."""
        del count
        if not self._done:
            self._status.show("nothing was done here")
            return
        decision, added = self._done.pop()
        if added:
            remove(self._store, [entry for entry in self._rows.entries if entry.decision == decision][-1:])
        else:
            take_in(self._store, [decision])
        self.fill(f"{'taken back' if added else 'put back'}: {describe(decision, '')}")

    def fill(self, message: str = "") -> None:
        """Show the list."""
        self._rows.entries = entries(self._store.history(EVERYWHERE))
        self._rows.refill()
        count = len(self._rows.entries)
        self._title.show("What holds in every article", (f"{count:,} decision{'' if count == 1 else 's'}",))
        self._status.show(message, alarm=bool(message) and not self._store.saved)
