"""Labels of one or two letters that lead to the mentions in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LABEL_LETTERS: Final = "asdfghjkleiruwoqptyvncmxbz"
"""The letters of labels, those that are easiest to type first."""


def assign_labels(offsets: Sequence[int], cursor: int, letters: str = LABEL_LETTERS) -> dict[int, str]:
    """Return a label for each offset. No label begins with another one; the offsets nearest the cursor have short ones.

    With 26 letters there are labels for 676 offsets; further ones get none.

    Args:
        offsets: Where the labels lead.
        cursor: The offset of the cursor.
        letters: The letters to use, the best first.
    """
    nearest = sorted(set(offsets), key=lambda offset: (abs(offset - cursor), offset))
    size = len(letters)
    # Of n letters, p begin labels of two letters: (n - p) + n * p labels.
    prefix_count = next((count for count in range(size + 1) if size - count + size * count >= len(nearest)), size)
    singles = letters[: size - prefix_count]
    labels = [*singles, *(first + second for first in letters[size - prefix_count :] for second in letters)]
    return dict(zip(nearest, labels, strict=False))
