"""What the text shows of its names, and how wide it is."""

from __future__ import annotations

from reader.ui.actions.workspace import Desk
from reader.ui.article.view import Highlights


class Looking:
    """Commands that change what is seen and nothing else."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_toggle_values(self, count: int) -> None:
        """Show dates, times, amounts and measures, or names alone."""
        del count
        reading = self._desk.reading
        reading.values_shown = not reading.values_shown
        self._desk.article.redraw()
        number = len(reading.values)
        shown = f"{number:,} dates, times, amounts and measures shown" if number else "no dates, amounts or measures"
        self._desk.say(shown if reading.values_shown else "names alone")

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
