"""The review of the document on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.ui.keys.action_table import ActionTable

if TYPE_CHECKING:
    from reader.review.session import Review
    from reader.ui.screens.reading.actions.reading_workspace import ReadingWorkspace
    from reader.ui.screens.review_screen import ReviewScreen


class DocumentReview:
    """Opens the review, which continues where it was left."""

    def __init__(self, workspace: ReadingWorkspace) -> None:
        self._workspace = workspace
        self._review: Review | None = None
        """The progress of the review."""
        self._screen: ReviewScreen | None = None
        """The screen of the review, while it is open."""

    async def open(self) -> None:
        """Open the review; then go to the mention, or the sentence, from which it was left."""
        from reader.ui.screens.reading.actions.history_actions import go_to_offset
        from reader.ui.screens.review_screen import ReviewScreen

        workspace = self._workspace
        self._screen = ReviewScreen(workspace.reading, workspace.keymap, self._review)
        destination = await workspace.ask(self._screen)
        self._review, self._screen = self._screen.review, None
        self._review.pause()
        workspace.show_changes()
        if destination is not None:
            go_to_offset(workspace, *destination)

    def reload(self) -> None:
        """Show new suggestions in the review, if it is open."""
        if self._screen is not None:
            self._screen.reload()


DOCUMENT_REVIEW_ACTIONS: Final = ActionTable[DocumentReview](plain={"review": DocumentReview.open})
