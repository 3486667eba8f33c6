"""What the user has chosen in each view of a collection, and where the cursor was."""

from __future__ import annotations

from typing import Final

from reader.ui.screens.collection.collection_views import CollectionView, ViewState, orders_of

_VIEWS: Final = tuple(CollectionView)


class ViewStates:
    """The state of each view of one collection, and which view is shown: the documents at first."""

    def __init__(self) -> None:
        self.view = CollectionView.DOCUMENTS
        """The view that is shown."""
        self.cursors = dict.fromkeys(_VIEWS, 0)
        """The index of the cursor in each view, as the user left it."""
        self._states = {view: ViewState(view) for view in _VIEWS}

    @property
    def state(self) -> ViewState:
        """The state of the view that is shown."""
        return self._states[self.view]

    @property
    def lists_documents(self) -> bool:
        """Whether the view that is shown is that of the documents."""
        return self.view is CollectionView.DOCUMENTS

    def of(self, view: CollectionView) -> ViewState:
        """Return the state of a view."""
        return self._states[view]

    def put(self, state: ViewState) -> None:
        """Put a view in another state, with the cursor at the start."""
        self._states[state.view] = state
        self.cursors[state.view] = 0

    def view_after(self, count: int) -> CollectionView:
        """Return the view so many views after the one that is shown."""
        return _VIEWS[(_VIEWS.index(self.view) + count) % len(_VIEWS)]

    def title(self, collection: str, total: str) -> tuple[str, tuple[str, ...]]:
        """Return the title of a screen with these views, and what it says at its end.

        Args:
            collection: The name of the collection.
            total: How many lines the view has, in words.
        """
        views = "  ".join(f"[{view}]" if view is self.view else view for view in _VIEWS)
        state, orders = self.state, orders_of(self.view)
        order = f"by {orders[state.order]}{', reversed' if state.is_reversed else ''}" if orders else ""
        parts = (total, state.text and f"“{state.text}”", state.label, order)
        return f"{collection}:  {views}", tuple(filter(None, parts))
