"""The names and purposes of the commands."""

from __future__ import annotations

from typing import Final

COMMANDS: Final = {
    "show": "print a document with its names highlighted",
    "entities": "list the entities with their aliases",
    "mentions": "list every mention in context",
    "export": "write documents with their mentions, entities and decisions, for other programs",
    "index": "add documents to a collection, and bring it up to date",
    "search": "search the texts of a collection",
    "profiles": "list the people, organizations and other entities of a collection",
    "profile": "show what a collection knows of one entity",
    "timeline": "list the dated sentences about one entity of a collection",
    "together": "show where two entities of a collection appear together",
    "info": "print where a document comes from, what it is, and what was annotated in it",
    "history": "list the decisions about a document, including undone ones",
    "backup": "back up the annotations to a file",
    "restore": "replace the annotations with a backup",
    "import": "add decisions from an export",
    "names": "list, add, export, import and remove decisions about names in every document",
    "watch": "add, list, show and remove watchlists: your own lists of names",
    "screen": "find names that are like those of a watchlist in documents",
    "tutorial": "open the article that teaches the keys",
    "library": "list recent documents and the samples",
    "model": "list, add, remove, train and compare the pipelines that find names",
    "toc": "print the headings of a document",
    "notes": "print the notes and tags of documents",
    "keys": "print the keys of the app, with your changes",
    "config": "show the settings, their file, or edit it",
    "completion": "print completions for bash, zsh or fish",
    "manual": "print the manual page",
    "serve": "show the app in a browser on this machine",
    "doctor": "check the installation, the settings and the annotations",
}
"""Purpose of each command, by name. Each is a module of `reader.cli.commands`."""

WITHOUT_DOCUMENTS: Final = frozenset(
    (
        "watch", "keys", "config", "completion", "manual", "backup", "restore", "search", "profiles", "profile",
        "timeline", "together",
    )
)  # fmt: skip
"""Commands that recognize no document: they have no options for it."""

MODULE_NAMES: Final = {
    "import": "import_", "notes": "list_notes", "profiles": "profile_list", "search": "search_texts",
}  # fmt: skip
"""Modules that cannot have the name of their command: Python reserves it, or another module has it."""
