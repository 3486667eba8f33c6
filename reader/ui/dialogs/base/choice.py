"""What the user can choose in a dialog."""

from __future__ import annotations

from typing import NamedTuple


class Choice(NamedTuple):
    """One row of a dialog."""

    text: str
    note: str = ""
    """Shown at the right edge."""
    key: str = ""
    """The letter that chooses the row at once."""
    label: str = ""
    """The label whose color the text has, "" for none."""
