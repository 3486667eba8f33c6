"""The document of the decisions that hold in every article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.document import Document

if TYPE_CHECKING:
    pass


def _nowhere() -> Document:
    document = Document("", (), "every article", "")
    object.__setattr__(document, "digest", "everywhere")  # not that of the empty text
    return document


EVERYWHERE: Final = _nowhere()
"""Under which they are kept."""
