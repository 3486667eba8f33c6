"""Commands that choose what a view of a collection shows: filter, search, label, order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Protocol

from reader.collection.listing.document_order import STATUSES
from reader.collection.queries.search_advice import SYNTAX
from reader.ui.dialogs.prompts import Prompts
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.keymap import Keymap
from reader.ui.screens.collection.collection_views import CollectionView, ViewState, orders_of
from reader.ui.screens.collection.view_states import ViewStates

_FILTER_ADVICE: Final = {
    CollectionView.DOCUMENTS: (
        "words of the name, author, path or date; each must occur",
        f"status: and one of {', '.join(STATUSES)}",
    ),
    CollectionView.ENTITIES: ("a part of a name",),
    CollectionView.REVIEW: ("a part of a name or of a title; or a rule, such as same or spelling",),
}
"""What can be typed to filter a view."""


class ViewsHost(Protocol):
    """The screen that shows the views."""

    prompts: Prompts
    keymap: Keymap
    views: ViewStates

    def show_message(self, message: str, *, alarm: bool = False) -> None:
        """Show one line."""

    def change_view(self, state: ViewState, message: str = "") -> None:
        """Show a view in another state."""


class ViewChoices:
    """Asks what a view should show, and has it shown."""

    def __init__(self, host: ViewsHost) -> None:
        self._host = host

    @property
    def _state(self) -> ViewState:
        return self._host.views.state

    async def filter_lines(self) -> None:
        """Ask for a part of a name, title, source or rule, and show only what has it."""
        views, state = self._host.views, self._state
        if views.view is CollectionView.PASSAGES:
            await self.search()
            return

        def show_matching(text: str) -> None:
            if text.strip() != self._state.text:
                self._host.change_view(replace(state, text=text.strip()))

        title, advice = f"Filter the {views.view.lower()}", _FILTER_ADVICE[views.view]
        text = await self._host.prompts.ask_line(title, state.text, changed=show_matching, advice=advice)
        show_matching(state.text if text is None else text)

    async def search(self) -> None:
        """Ask what to search for in the texts, and show the passages."""
        passages = self._host.views.of(CollectionView.PASSAGES)
        text = await self._host.prompts.ask_line("Search the texts", passages.text, advice=SYNTAX)
        if text is not None:
            self._host.change_view(replace(self._host.views.of(CollectionView.PASSAGES), text=text.strip()))

    async def choose_label(self) -> None:
        """Ask for a label, and show only what has it."""
        if self._host.views.lists_documents:
            key = self._host.keymap.key_of("collection-filter")
            self._host.show_message(f"documents have no label; {key} filters them")
            return
        label = await self._host.prompts.ask_label("Only this label; the same one again shows all", self._state.label)
        if label is not None:
            self._host.change_view(replace(self._state, label="" if label == self._state.label else label))

    def sort(self) -> None:
        """Sort by the next order."""
        orders = orders_of(self._host.views.view)
        if not orders:
            self._host.show_message("the best come first")
            return
        order = (self._state.order + 1) % len(orders)
        self._host.change_view(replace(self._state, order=order, is_reversed=False), f"sorted by {orders[order]}")

    def reverse(self) -> None:
        """Sort the documents from the other end, or as before."""
        if not self._host.views.lists_documents:
            self._host.show_message("only documents can be sorted from the other end")
            return
        self._host.change_view(replace(self._state, is_reversed=not self._state.is_reversed))


CHOICE_ACTIONS: Final = ActionTable[ViewChoices](
    plain={
        "collection-filter": ViewChoices.filter_lines,
        "collection-label": ViewChoices.choose_label,
        "collection-sort": ViewChoices.sort,
        "collection-reverse": ViewChoices.reverse,
        "search": ViewChoices.search,
    },
)
