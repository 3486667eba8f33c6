"""Say which of several entities of a collection a name was taken for."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from reader.cli.command_errors import print_error
from reader.display.counted import counted

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
    is_largest = all(meant.documents >= namesake.documents for namesake in others)
    reason = "the one in most documents" if is_largest else "the one that is listed under it"
    print_error(
        f"{counted(len(others) + 1, 'entity')} have the name {name}: this is {meant.name}"
        f" ({meant.hint or meant.label}), {reason};"
        f" `reader profile {shlex.quote(name)}` lists the keys of the others"
    )
