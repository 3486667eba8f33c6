"""The names and purposes of the commands."""

from __future__ import annotations

from typing import Final

COMMANDS: Final = {
    "show": "print a document with its names highlighted",
    "entities": "list the entities with their aliases",
    "mentions": "list every mention in context",
    "export": "write documents with their mentions, entities and decisions, for other programs",
    "history": "list the decisions about a document, including undone ones",
    "backup": "back up the annotations to a file",
    "restore": "replace the annotations with a backup",
    "import": "add decisions from an export",
    "names": "list, add, export, import and remove decisions about names in every document",
    "watch": "add, list, show and remove watchlists: your own lists of names",
    "screen": "find names that are like those of a watchlist in documents",
    "library": "list recent documents and the samples",
    "model": "list, add, remove, train and compare the pipelines that find names",
    "doctor": "check the installation, the settings and the annotations",
}
"""Purpose of each command, by name. Each is a module of `reader.cli.commands`."""

MODULE_NAMES: Final = {"import": "import_"}
"""Modules that cannot have the name of their command, because Python reserves it."""
