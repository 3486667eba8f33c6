"""Bookmarks: setting, removing and going to them. They are decisions, so they stay with the document."""

from __future__ import annotations

from typing import Final

from reader.annotate.decisions import BookmarkRemoved, BookmarkSet
from reader.annotate.decisions.bookmark_decisions import is_bookmark_letter
from reader.annotate.effects.bookmarks import collect_bookmarks
from reader.display.moving.positions import percentage_of, row_around
from reader.display.words import word_at
from reader.document import one_line
from reader.structures.lazy_pattern import lazy_pattern
from reader.ui.actions.text.jump_actions import jump_back, jump_to
from reader.ui.actions.workspace import Workspace
from reader.ui.dialogs.base.choice import Choice, matching_choices
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.key_reader import KeyReader

_QUOTE_LENGTH: Final = 24
"""Code points of a row that a message quotes."""
_REMOVE_KEY: Final = "-"
"""Typed instead of a letter: removes the bookmarks of the row."""
_NOT_SPACE: Final = lazy_pattern(r"\S")


def set_bookmark(workspace: Workspace) -> None:
    """Set the bookmark whose letter is typed next, or remove those of this row."""

    def take(key: str) -> bool:
        if is_bookmark_letter(key):
            _set(workspace, key)
        elif key in (_REMOVE_KEY, "minus"):
            _remove_from_row(workspace)
        else:
            workspace.show_message(f"{key} is not a letter: no bookmark is set")
        return False

    workspace.show_message(f"type a letter to set a bookmark here, or {_REMOVE_KEY} to remove those of this line")
    workspace.read_keys(KeyReader("BOOKMARK", take, lambda: None))


def go_to_bookmark(workspace: Workspace) -> None:
    """Go to the bookmark whose letter is typed next; the key of this command goes back before the last jump."""
    bookmarks = _bookmarks(workspace)
    own_keys = workspace.keymap.keys_with_id("go-to-bookmark")

    def take(key: str) -> bool:
        if key in own_keys:
            jump_back(workspace, 1)
        elif key in bookmarks:
            workspace.show_message("")
            jump_to(workspace, bookmarks[key], always_record=True)
        else:
            set_key = workspace.keymap.key_of("set-bookmark")
            letters = f"set: {' '.join(bookmarks)}" if bookmarks else f"{set_key} and a letter set one"
            workspace.show_message(f"there is no bookmark {key}; {letters}")
        return False

    quotes = [f"{letter} {_quote(workspace, offset)}" for letter, offset in bookmarks.items()]
    again = f"{own_keys[0]} again goes back" if own_keys else ""
    workspace.show_message("; ".join(filter(None, (f"bookmarks: {', '.join(quotes) or 'none'}", again))))
    workspace.read_keys(KeyReader("BOOKMARK", take, lambda: None))


async def list_bookmarks(workspace: Workspace) -> None:
    """Let the user choose a bookmark, and go there."""
    page = workspace.article.page
    bookmarks = sorted(_bookmarks(workspace).items(), key=lambda item: item[1])
    if page is None or not bookmarks:
        workspace.show_message(f"no bookmarks: {workspace.keymap.key_of('set-bookmark')} and a letter set one here")
        return
    choices = [
        Choice(f"{letter}  {_row_text(workspace, offset)}", f"{percentage_of(offset, page)}%")
        for letter, offset in bookmarks
    ]
    chosen = await workspace.prompts.ask_among("Bookmarks", lambda typed: matching_choices(choices, typed))
    if chosen is not None:
        jump_to(workspace, bookmarks[chosen[0]][1], always_record=True)


def _bookmarks(workspace: Workspace) -> dict[str, int]:
    return collect_bookmarks(workspace.reading.history.steps)


def _set(workspace: Workspace, letter: str) -> None:
    span = _span_to_anchor(workspace.reading.document.text, workspace.article.cursor)
    if span is None:
        workspace.show_message("there is no text here: no bookmark is set")
        return
    replaced = _bookmarks(workspace).get(letter)
    if replaced != span[0]:
        workspace.decide(BookmarkSet(*span, letter))
    back = workspace.keymap.key_of("go-to-bookmark")
    moved = f"; it was at {_quote(workspace, replaced)}" if replaced not in (None, span[0]) else ""
    _confirm(workspace, f"bookmark {letter} is set: {back} and {letter} go back here{moved}")


def _remove_from_row(workspace: Workspace) -> None:
    page = workspace.article.page
    start, end = row_around(workspace.article.cursor, page) if page else (0, 0)
    letters = [letter for letter, offset in _bookmarks(workspace).items() if start <= offset < end]
    if not letters:
        workspace.show_message("there is no bookmark in this line")
        return
    workspace.decide(*map(BookmarkRemoved, letters))
    undo = workspace.keymap.key_of("undo")
    _confirm(workspace, f"removed bookmark {' '.join(letters)}: {undo} sets it again")


def _confirm(workspace: Workspace, message: str) -> None:
    workspace.show_message(message, alarm=not workspace.reading.store.safe)


def _span_to_anchor(text: str, offset: int) -> tuple[int, int] | None:
    """Return the span from an offset to the end of its word; in white space, of the next word, or else the last.

    A short span is found again even if other words of its sentence change. None if the text is empty.
    """
    match = _NOT_SPACE.search(text, offset)
    start = match.start() if match else len(text.rstrip()) - 1
    return (start, max(word_at(text, start)[1], start + 1)) if start >= 0 else None


def _row_text(workspace: Workspace, offset: int, limit: int = 0) -> str:
    page = workspace.article.page
    start, end = row_around(offset, page) if page else (offset, offset)
    return one_line(workspace.reading.document.text[start:end], limit)


def _quote(workspace: Workspace, offset: int) -> str:
    return f"“{_row_text(workspace, offset, _QUOTE_LENGTH)}”"


BOOKMARK_ACTIONS: Final = ActionTable[Workspace](
    plain={"set-bookmark": set_bookmark, "go-to-bookmark": go_to_bookmark, "bookmarks": list_bookmarks},
)
