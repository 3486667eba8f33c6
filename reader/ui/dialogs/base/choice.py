"""What the user can choose in a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from reader.structures.named_tuple import NamedTuple


class Choice(NamedTuple):
    """One row of a dialog."""

    text: str
    note: str = ""
    """Shown at the right edge."""
    key: str = ""
    """The letter that chooses the row at once."""
    label: str = ""
    """The label whose color the text has, "" for none."""


def matching_choices(choices: Sequence[Choice], typed: str) -> list[tuple[int, Choice]]:
    """Return the choices whose text contains every typed word, each with its index."""
    words = typed.casefold().split()
    return [
        (index, choice) for index, choice in enumerate(choices) if all(word in choice.text.casefold() for word in words)
    ]
