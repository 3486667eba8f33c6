"""What can be chosen in a question."""

from __future__ import annotations

from typing import NamedTuple


class Choice(NamedTuple):
    """One row of a question."""

    text: str
    note: str = ""
    """Shown at the right."""
    key: str = ""
    """The letter that chooses it at once."""
    label: str = ""
    """In whose color the text is drawn."""
