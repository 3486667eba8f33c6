"""The names and purposes of the commands, and the modules that run them."""

from __future__ import annotations

from typing import Final

_GROUPS: Final = {
    "reading": {
        "show": "print a document with its names highlighted",
        "entities": "list the entities with their aliases",
        "mentions": "list every mention in context",
        "toc": "print the headings of a document",
        "info": "print the source, format, size and annotations of a document",
        "library": "list the documents of a collection, those that were opened, and the samples",
        "tutorial": "open the document that teaches the keys",
        "serve": "show the app in a browser on this machine",
    },
    "exchange": {
        "export": "write documents with their mentions, entities and decisions, for other programs",
        "import": "add decisions from an export",
    },
    "collection": {
        "index": "add documents to a collection, and bring it up to date",
        "forget": "take documents out of a collection; annotations and files stay",
        "search": "search the texts of a collection",
        "profiles": "list the people, organizations and other entities of a collection",
        "profile": "show the profile of one entity of a collection",
        "timeline": "list the dated sentences about one entity of a collection",
        "together": "show where two entities of a collection appear together",
        "watch": "add, list, show and remove watchlists: your own lists of names",
        "screen": "find names in documents that are like those of a watchlist",
    },
    "decisions": {
        "history": "list the decisions about a document, including undone ones",
        "notes": "print the notes and tags of documents",
        "names": "list, add, export, import and remove decisions about names in every document",
        "backup": "back up the annotations to a file",
        "restore": "replace the annotations with a backup",
    },
    "program": {
        "model": "list, add, remove, train and compare the pipelines that find names",
        "config": "show or edit the settings, or print the path of their file",
        "keys": "print the keys of the app, including your changes",
        "completion": "print completions for bash, zsh or fish",
        "manual": "print the manual page",
        "doctor": "check the installation, the settings and the annotations",
    },
}
"""The purpose of each command by its name, in the folders of `reader.cli.commands` that have their modules."""

_OTHER_NAMES: Final = {
    "import": "import_", "notes": "list_notes", "profiles": "profile_list", "search": "search_texts",
}  # fmt: skip
"""Modules that cannot have the name of their command: Python reserves it, or another module has it."""

COMMANDS: Final = {name: purpose for group in _GROUPS.values() for name, purpose in group.items()}
"""The purpose of each command, by its name."""

MODULES: Final = {
    "open": "reader.cli.commands.reading.open",
    **{
        name: f"reader.cli.commands.{folder}.{_OTHER_NAMES.get(name, name)}"
        for folder, group in _GROUPS.items()
        for name in group
    },
}
"""The module of each command, by its name; "open" opens a document or the collection."""

_ALL_OPTIONS: Final = ("model", "language", "encoding", "field", "all-text", "no-all-text", "refresh", "no-annotations")
_LOADING_OPTIONS: Final = ("encoding", "field", "all-text", "no-all-text", "refresh")

DOCUMENT_OPTIONS: Final = {
    **dict.fromkeys(("open", "show", "entities", "mentions", "serve", "export", "index", "screen"), _ALL_OPTIONS),
    **dict.fromkeys(("toc", "history", "notes", "import"), _LOADING_OPTIONS),
    "info": (*_LOADING_OPTIONS, "no-annotations"),
    "tutorial": ("model", "no-annotations"),
    **dict.fromkeys(("model", "doctor"), ("model",)),
}
"""The options for how documents are read that have an effect on a command, by its name. Other commands have none."""
