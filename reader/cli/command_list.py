"""The commands of the command line, and the module of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    pass


COMMANDS: Final = {
    "show": "print the article with its names highlighted",
    "entities": "list the entities with their aliases",
    "mentions": "list every mention in its context",
    "export": "hand articles on with everything found and decided",
    "history": "list what was decided about an article, and what was taken back",
    "backup": "copy the annotations to a file",
    "restore": "put a copy of the annotations in the place of the present ones",
    "import": "take in what was exported elsewhere",
    "names": "list, add, export, import and remove what holds in every article",
    "library": "list the articles read before, and the samples",
    "model": "list, add, remove and compare the pipelines that find names",
    "doctor": "check that everything is in place",
}
"""Name and purpose; each is the module of that name in `reader.cli.commands`."""


_MODULES: Final = {"import": "import_"}
"""Where that is a word of Python's."""
