"""The hints in the footer of the collection: of the commands for one view, only where they do something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.ui.keys.keymap import Keymap
from reader.ui.screens.base.command_screen import Hint
from reader.ui.screens.collection.collection_views import CollectionView

_ANSWERS: Final = ("collection-same", "collection-different")
"""The commands that answer a question of the review."""
_OF_DOCUMENTS: Final = ("collection-path", "collection-forget")
"""Commands of which the footer speaks only where documents are listed."""
_FILTER: Final = ("collection-filter",)
_SORT: Final = ("collection-sort",)
_SEARCH: Final = ("search",)


def hints_of_view(hints: Sequence[Hint], view: CollectionView, keymap: Keymap) -> tuple[Hint, ...]:
    """Return the hints for a view: after opening come the next view and searching.

    In the review answers come first. The order of questions and passages, the best ones first, cannot be changed.

    Args:
        hints: The hints for all views; the first one is that for opening.
        view: The view.
        keymap: The keys.
    """
    next_view = keymap.key_of("next-pane")
    answering, listing, filtering, sorting, searching = (
        {key for command in commands for key in keymap.keys_with_id(command)}
        for commands in (_ANSWERS, _OF_DOCUMENTS, _FILTER, _SORT, _SEARCH)
    )
    opening, *own_hints = hints
    own_hints = sorted((hint for hint in own_hints if hint[0] != next_view), key=lambda hint: hint[0] not in searching)
    arranged = [opening, (next_view, "view"), *own_hints]
    if view is CollectionView.REVIEW:
        own = [hint for hint in arranged if hint[0] not in listing | sorting]
        return tuple(sorted(own, key=lambda hint: hint[0] not in answering))
    if view is CollectionView.PASSAGES:
        own = [hint for hint in arranged if hint[0] not in answering | listing | filtering | sorting]
        return tuple(sorted(own, key=lambda hint: hint[0] not in searching))
    hidden = answering if view is CollectionView.DOCUMENTS else answering | listing
    return tuple(hint for hint in arranged if hint[0] not in hidden)
