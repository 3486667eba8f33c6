"""Replaces the screen of a document that was loaded again, in another encoding or with all its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from reader.reading import Reading

if TYPE_CHECKING:
    from reader.annotate import Decision
    from reader.document import Document
    from reader.ui.article.pane import Article
    from reader.ui.screens.reading.position_memory import PositionMemory
    from reader.ui.screens.reading.recognition_task import RecognitionTask


class ReplaceableScreen(Protocol):
    """The reading screen, as far as another one takes its place."""

    reading: Reading
    article: Article
    recognition: RecognitionTask
    position_memory: PositionMemory
    replacement: Replacement[Any]
    first_message: str

    async def ask(self, dialog: Any) -> Any:
        """Show another screen, and return the result with which it was left."""

    def leave(self, result: Any) -> None:
        """Leave the screen with a result."""


ReplacedScreen = TypeVar("ReplacedScreen", bound=ReplaceableScreen)


class Replacement(Generic[ReplacedScreen]):
    """Shows a document that was loaded again on a screen of its own.

    It is above the first screen, which shows one such screen after the other: each is left with the one that replaces
    it, None at the end.
    """

    def __init__(self, screen: ReplacedScreen, create: Callable[[Reading, int], ReplacedScreen]) -> None:
        """Replace a screen when asked.

        Args:
            screen: The screen.
            create: Returns a screen for a reading, with the cursor at an offset.
        """
        self._screen = screen
        self._create = create
        self._is_shown_by_another = False
        """Whether the screen itself replaces another one."""
        self.latest = screen
        """The screen that shows the document as it was loaded last."""

    async def show(self, document: Document, *decisions: Decision, message: str = "") -> None:
        """Show the document as it was loaded again.

        Args:
            document: The document.
            decisions: What to record in its log, as one step.
            message: What to say there.
        """
        old = self._screen
        await old.recognition.stop()
        old.position_memory.remember_at_once()  # decisions are carried over from it
        store = old.reading.store
        store.carry_over_again(document)
        offset = round(old.article.cursor / max(len(old.reading.document.text), 1) * len(document.text))
        reading = Reading(document, store)
        if decisions:
            reading.decide(*decisions)
        screen = self._create(reading, offset)
        screen.first_message = message
        screen.article.measure = old.article.measure
        self.latest = screen
        if self._is_shown_by_another:
            old.leave(screen)
        else:
            await self._show_each(screen)

    async def _show_each(self, screen: ReplacedScreen) -> None:
        """Show a screen and those that replace it, until one of them is left for good; then leave the first, too."""
        shown: ReplacedScreen | None = screen
        while shown is not None:
            shown.replacement._is_shown_by_another = True
            self.latest = shown
            shown = await self._screen.ask(shown)
        self._screen.leave(None)
