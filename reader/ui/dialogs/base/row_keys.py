"""The keys that move the cursor of a dialog's list: the same ones in every dialog."""

from __future__ import annotations

from typing import Final

from reader.ui.base.row_list import RowList

_PAGE: Final = 10
_STEPS: Final = {"down": 1, "up": -1, "pagedown": _PAGE, "pageup": -_PAGE, "ctrl+d": _PAGE, "ctrl+u": -_PAGE}
_LETTER_STEPS: Final = {"j": 1, "k": -1}


def moves_rows(rows: RowList, key: str, *, letters: bool = True) -> bool:
    """Move the cursor of a list if a key does that.

    Args:
        rows: The list.
        key: The name of the key.
        letters: Whether letters move the cursor, too: `j`, `k`, `g` and `G`.

    Returns:
        Whether the key moves the cursor of a list.
    """
    if key == "home" or (letters and key == "g"):
        rows.move_to(0)
    elif key == "end" or (letters and key == "G"):
        rows.move_to(rows.item_count() - 1)
    elif step := _STEPS.get(key) or (_LETTER_STEPS.get(key) if letters else None):
        rows.move(step)
    else:
        return False
    return True
