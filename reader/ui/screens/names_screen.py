"""The decisions that apply in every document: names that are the same, different, known or ignored."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment

from reader.annotate import GENERAL_DOCUMENT, Decision, Store
from reader.annotate.decisions import EntityDismissed, NameKnown
from reader.annotate.general_decisions import GeneralEntry, add_decisions, list_entries, remove_entries
from reader.display.cells import fit
from reader.display.colors.labels import all_looks
from reader.document import one_line
from reader.names import surface
from reader.names.matcher import WORD
from reader.resolve import Name
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.advice import advice_heading
from reader.ui.screens.base.common_actions import GO_BACK_ACTIONS
from reader.ui.screens.base.list_screen import ListScreen


class NameRows(RowList):
    """A row for each decision."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(id="names")
        self._keymap = keymap
        self.entries: list[GeneralEntry] = []

    def item_count(self) -> int:
        """Return the number of decisions."""
        return len(self.entries)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return an empty line, or advice while the list is empty."""
        everywhere, in_review = self._keymap.key_of("hold-everywhere"), self._keymap.key_of("review-everywhere")
        add = self._keymap.key_of("names-add")
        advice = (
            f"Nothing yet: after a decision press {everywhere} ({in_review} in the review); {add} adds a name here."
        )
        return advice_heading(self, advice, width)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the row of a decision."""
        return [[Segment(fit(f"  {one_line(self.entries[index].decision.describe(''))}", width))]]


class NamesScreen(ListScreen[None]):
    """Lists the decisions, adds names and removes decisions."""

    AUTO_FOCUS = "#names"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    CONTEXT = Context.NAMES
    PASSES_KEYS_BELOW = True

    def __init__(self, store: Store, keymap: Keymap) -> None:
        self._rows = NameRows(keymap)
        super().__init__(keymap, self._rows)
        self._store = store
        self._changes: list[tuple[Decision, bool]] = []
        """What was done on this screen, for undo: each decision, and whether it was added (or else removed)."""
        self.actions.bind(GO_BACK_ACTIONS, self)
        self.actions.bind(_ACTIONS, self)

    def fill(self, message: str = "") -> None:
        """Show the list."""
        self._rows.entries = list_entries(self._store.history(GENERAL_DOCUMENT))
        self._rows.refill()
        count = len(self._rows.entries)
        self.title_bar.show("Decisions in every document", (f"{count:,} decision{'' if count == 1 else 's'}",))
        self.status_bar.show(message, alarm=bool(message) and not self._store.saved)

    async def add_name(self) -> None:
        """Ask for a name to recognize or to ignore in every document."""
        typed = await self.prompts.ask_line("Name to recognize or ignore in every document")
        text = surface(typed or "")
        if WORD.search(text):
            await self._ask_label(Name(text, ""))
        elif typed is not None:
            self.status_bar.show("a name has at least one letter or digit")

    async def change_label(self) -> None:
        """Ask for another label of the name under the cursor."""
        match self._rows.entries[self._rows.cursor].decision if self._rows.entries else None:
            case NameKnown(name) | EntityDismissed((name,)):
                await self._ask_label(name)
            case _:
                self.status_bar.show("only a decision about a single name has a label")

    def remove_decision(self) -> None:
        """Remove the decision under the cursor from the list."""
        if not self._rows.entries:
            return
        entry = self._rows.entries[self._rows.cursor]
        remove_entries(self._store, [entry])
        self._changes.append((entry.decision, False))
        undo_key = self.keymap.key_of("undo")
        self.fill(f"removed from the list: {entry.decision.describe('')}; {undo_key} restores it")

    def undo(self) -> None:
        """Undo the last change made on this screen."""
        if not self._changes:
            self.status_bar.show("nothing to undo: this list is unchanged")
            return
        decision, was_added = self._changes.pop()
        if was_added:
            remove_entries(self._store, [entry for entry in self._rows.entries if entry.decision == decision][-1:])
        else:
            add_decisions(self._store, [decision])
        self.fill(f"{'removed again' if was_added else 'restored'}: {decision.describe('')}")

    async def _ask_label(self, name: Name) -> None:
        """Ask for the label of a name, or whether to ignore it, and store the answer."""
        labels = [look.label for look in all_looks()]
        choices = [Choice(look.label, look.words, look.key, look.label) for look in all_looks()]
        choices.append(Choice("ignore", "not a name in any document", "x"))
        cursor = labels.index(name.label) if name.label in labels else 0
        index = await self.prompts.ask_choice(f"Every “{name.text}” is", choices, cursor)
        if index is None:
            return
        decision: Decision = EntityDismissed((Name(name.text, ""),))
        if index < len(labels):
            decision = NameKnown(Name(name.text, labels[index]))
        if not add_decisions(self._store, [decision]):
            self.status_bar.show(f"already in the list: {decision.describe('')}")
            return
        self._changes.append((decision, True))
        undo_key = self.keymap.key_of("undo")
        self.fill(f"in every document: {decision.describe('')}; {undo_key} removes it again")
        self._rows.move_to(self._rows.item_count() - 1)


_ACTIONS: Final = ActionTable[NamesScreen](
    plain={
        "names-add": NamesScreen.add_name,
        "names-retag": NamesScreen.change_label,
        "names-remove": NamesScreen.remove_decision,
        "undo": NamesScreen.undo,
    },
)
