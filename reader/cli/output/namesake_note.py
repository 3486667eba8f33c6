"""Say which of several entities of a collection a name was taken for."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from reader.display.counted import counted
from reader.document import one_line

if TYPE_CHECKING:
    from reader.collection.collection import Collection


def print_namesake_note(collection: Collection, name: str) -> None:
    """Print one line on stderr if several entities have a name: which one is meant, and how to name another.

    Args:
        collection: The collection.
        name: The name that the user gave.
    """
    meant, *others = collection.namesakes(name)
    if not others:
        return
    hint = f" ({meant.hint})" if meant.hint else ""
    sys.stdout.flush()
    print(
        one_line(
            f"{counted(len(others) + 1, 'entity')} have the name {name}: this is {meant.name}{hint}, the one in most"
            f" documents; `reader profile {shlex.quote(name)}` lists the keys of the others"
        ),
        file=sys.stderr,
    )
