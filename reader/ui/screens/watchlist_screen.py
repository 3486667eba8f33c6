"""The hits of the watchlists: what is like a listed name, why, and the user's answers."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from textual import on

from reader.annotate.decisions import WatchlistAnswered
from reader.collection.watchlists.saved_lists import saved_names
from reader.collection.watchlists.screening import WatchlistHit
from reader.display.cells import fit
from reader.display.counted import counted
from reader.display.excerpts import sentence_excerpt
from reader.document import one_line
from reader.reading import Reading
from reader.resources import resource_folder
from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.advice import advice_heading
from reader.ui.screens.base.decision_list import DECISION_ACTIONS, DecisionList
from reader.ui.screens.base.list_screen import ListScreen
from reader.ui.watchlist_hits import ANSWER_WORDS, WatchlistHits


class HitRows(RowList):
    """For each hit the name and the listed name, the reasons, and a sentence."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sides--faint", "sides--strong"}
    ITEM_HEIGHT: ClassVar[int] = 5

    def __init__(self, reading: Reading) -> None:
        super().__init__(id="hits")
        self._reading = reading
        self.hits: tuple[WatchlistHit, ...] = ()

    @property
    def current(self) -> WatchlistHit | None:
        """The hit under the cursor."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    def item_count(self) -> int:
        """Return the number of hits."""
        return len(self.hits)

    def draw_heading(self, width: int) -> list[list[Segment]]:
        """Return an empty line, or advice while the list is empty."""
        advice = "`reader watch add NAME FILE` adds a list of names."
        if saved_names():
            advice = "No name in this document is like one of your watchlists."
        return advice_heading(self, advice, width)

    def draw_item(self, index: int, width: int) -> list[list[Segment]]:
        """Return the rows of a hit."""
        faint, strong = (self.get_component_rich_style(f"sides--{name}", partial=True) for name in ("faint", "strong"))
        hit = self.hits[index]
        label = f" · {hit.entity.label}" if hit.entity is not None else ""
        name = fit(f"  {one_line(hit.text)}", max(width // 2, 8))
        listed = f"  is like  {one_line(hit.listed_name)} ({hit.watchlist}: {hit.listed.id})"
        state = f"    {hit.score:.0%} · {ANSWER_WORDS[hit.answer]}{label} · {len(hit.spans):,} in the text"
        reasons = f"    {one_line('; '.join(hit.reasons))}"
        sentence = f"    “{sentence_excerpt(self._reading.document, hit.spans[0][0])}”"
        return [
            [Segment(name, strong), Segment(fit(listed, max(width - len(name), 1)))],
            [Segment(fit(state, width))],
            [Segment(fit(reasons, width), faint)],
            [Segment(fit(sentence, width), faint)],
            [],
        ]


class WatchlistScreen(ListScreen[int | None]):
    """Lists the hits; its result is the offset of the hit to go to, None to stay."""

    AUTO_FOCUS = "#hits"
    CSS_PATH = resource_folder("styles") / "review.tcss"
    CONTEXT = Context.WATCHLISTS
    PASSES_KEYS_BELOW = True

    def __init__(self, reading: Reading, keymap: Keymap, watchlist_hits: WatchlistHits) -> None:
        self._rows = HitRows(reading)
        super().__init__(keymap, self._rows)
        self.reading = reading
        self._hits = watchlist_hits
        self._decisions = DecisionList(self, reading)
        self.actions.bind(DECISION_ACTIONS, self._decisions)
        self.actions.bind(_ACTIONS, self)

    def on_mount(self) -> None:
        """Follow the changes of other windows."""
        self._decisions.watch()

    def fill(self, message: str = "") -> None:
        """Show the hits, the best first, and refused ones last."""
        self._decisions.mark_shown()
        current = self._rows.current
        self._hits.update()
        self._rows.hits = tuple(sorted(self._hits.hits, key=lambda hit: hit.answer == "no"))
        same = [
            index
            for index, hit in enumerate(self._rows.hits)
            if current is not None and (hit.key, hit.names) == (current.key, current.names)
        ]
        self._rows.refill(cursor=same[0] if same else None)
        open_count = sum(not hit.answer for hit in self._rows.hits)
        self.title_bar.show("Watchlists", (f"{counted(len(self._rows.hits), 'hit')}, {open_count:,} not reviewed",))
        self._decisions.show_message(message)

    def answer_yes(self) -> None:
        """Note that the entity is the listed one."""
        self._answer("yes")

    def answer_no(self) -> None:
        """Note that the entity is not the listed one."""
        self._answer("no")

    def answer_unsure(self) -> None:
        """Note that the entity may be the listed one."""
        self._answer("unsure")

    def show_in_text(self) -> None:
        """Go to the first place of the hit in the text."""
        if hit := self._rows.current:
            self.leave(hit.spans[0][0])

    def go_back(self) -> None:
        """Go back to where the user was."""
        self.leave(None)

    @on(RowList.Chosen)
    def _show_clicked(self) -> None:
        self.show_in_text()

    def _answer(self, answer: str) -> None:
        hit = self._rows.current
        if hit is None:
            return
        following = self._rows.hits[self._rows.cursor + 1 :]
        next_hit = next((later_hit for later_hit in following if not later_hit.answer), None)
        self._decisions.decide(WatchlistAnswered(hit.names, *hit.key, hit.listed_name, answer))
        if next_hit is not None:
            keys = [(later_hit.key, later_hit.names) for later_hit in self._rows.hits]
            self._rows.move_to(keys.index((next_hit.key, next_hit.names)))


_ACTIONS: Final = ActionTable[WatchlistScreen](
    plain={
        "watchlist-yes": WatchlistScreen.answer_yes,
        "watchlist-no": WatchlistScreen.answer_no,
        "watchlist-unsure": WatchlistScreen.answer_unsure,
        "watchlist-show": WatchlistScreen.show_in_text,
        "cancel": WatchlistScreen.go_back,
        "quit": WatchlistScreen.go_back,
    },
)
