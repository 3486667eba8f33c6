"""The Textual app: screens, panes, dialogs, and the table of commands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.document import Document
    from reader.settings import Settings
    from reader.ui.app import ReaderApp
    from reader.ui.document_lists import DocumentList

__all__ = ["run", "run_library", "run_list"]


def run(
    document: Document, store: Store, settings: Settings, *, model: str | None = None, first_offset: int = 0
) -> int:
    """Show a document in the app until the user quits.

    Args:
        document: The document.
        store: Where decisions are kept.
        settings: Theme, width of the text, labels.
        model: The pipeline that recognizes names; None for the bundled one.
        first_offset: Where reading starts, in code points.

    Returns:
        The exit code.
    """
    return _run(_app(store, settings, model, document, first_offset))


def run_library(store: Store, settings: Settings, *, model: str | None = None, language: str = "") -> int:
    """Show the collection of everything that was opened in the app until the user quits.

    Args:
        store: Where decisions are kept.
        settings: Theme, width of the text, labels.
        model: The pipeline that recognizes names; None for the bundled one.
        language: The code of the language of the documents opened there; "" leaves it to recognition.

    Returns:
        The exit code.
    """
    return _run(_app(store, settings, model, language=language))


def run_list(
    documents: DocumentList, store: Store, settings: Settings, *, model: str | None = None, language: str = ""
) -> int:
    """Show a list of documents in the app until the user quits.

    Args:
        documents: The documents to choose from.
        store: Where decisions are kept.
        settings: Theme, width of the text, labels.
        model: The pipeline that recognizes names; None for the bundled one.
        language: The code of the language of the documents; "" leaves it to recognition.

    Returns:
        The exit code.
    """
    return _run(_app(store, settings, model, language=language, documents=documents))


def _run(app: ReaderApp) -> int:
    """Run the app, and then forget what the user has forgotten in it. Return the exit code."""
    code = app.run() or app.return_code or 0
    for problem in app.session.carry_out(app.store):
        print(f"reader: {problem}", file=sys.stderr)
    return code


def _app(
    store: Store,
    settings: Settings,
    model: str | None,
    document: Document | None = None,
    offset: int = 0,
    language: str = "",
    documents: DocumentList | None = None,
) -> ReaderApp:
    from reader.directories import config_dir
    from reader.ui.app import ReaderApp
    from reader.ui.keys.keymap import load_keymap
    from reader.ui.recognition import ProcessRecognition

    keymap = load_keymap(config_dir() / "keymap.toml")
    keymap.problems += settings.problems
    recognition = ProcessRecognition(model)
    return ReaderApp(
        store,
        keymap,
        recognition,
        document=document,
        documents=documents,
        offset=offset,
        settings=settings,
        language=language,
    )
