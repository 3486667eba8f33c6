"""Asks for the collection to show."""

from __future__ import annotations

from reader.collection.queries.document_list import count_documents
from reader.collection.storage.collection_storage import CollectionError
from reader.collection.storage.index_files import DEFAULT_NAME, collection_names, index_path
from reader.display.counted import counted
from reader.ui.base.abandoned_work import run_in_thread
from reader.ui.dialogs.base.choice import Choice
from reader.ui.dialogs.prompts import Prompts
from reader.ui.screens.collection.collection_access import CollectionAccess


async def choose_collection(prompts: Prompts, current: str) -> str:
    """Ask for a collection, and let the user name a new one. Return its name, "" for none.

    Args:
        prompts: Asks.
        current: The name of the collection that is shown.
    """
    names = list(dict.fromkeys((DEFAULT_NAME, current, *await run_in_thread(collection_names))))
    notes = await run_in_thread(lambda: [_note(name) for name in names])
    choices = [Choice(name, note) for name, note in zip(names, notes, strict=True)]
    index = await prompts.ask_choice(
        "Which collection?", [*choices, Choice("another one …", "named now, filled next")], names.index(current)
    )
    if index is None:
        return ""
    return names[index] if index < len(names) else await _ask_name(prompts)


async def _ask_name(prompts: Prompts) -> str:
    """Ask for the name of a new collection until it can be one."""
    name, problem = "", ""
    while True:
        advice = (problem,) if problem else ("letters, digits, hyphens and underscores",)
        answer = await prompts.ask_line("Name of the collection", name, advice=advice)
        if answer is None or not answer.strip():
            return ""
        name = answer.strip()
        try:
            index_path(name)
        except CollectionError as error:
            problem = str(error)
        else:
            return name


def _note(name: str) -> str:
    """Return how many documents the index of a collection has."""
    access = CollectionAccess(name)
    scope = "everything that was opened; " if access.is_default else ""
    if not access.exists:
        return f"{scope}nothing indexed"
    try:
        storage = access.open()
        try:
            return f"{scope}{counted(count_documents(storage), 'document')} indexed"
        finally:
            storage.close()
    except CollectionError:
        return "cannot be read"
