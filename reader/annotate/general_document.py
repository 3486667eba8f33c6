"""The general document, under which the store keeps the decisions that hold in every document."""

from __future__ import annotations

from typing import Final

from reader.document import Document


def _make_general_document() -> Document:
    document = Document("", (), "every article", "")  # existing stores contain this title
    object.__setattr__(document, "digest", "everywhere")  # differs from the digest of an empty document
    return document


GENERAL_DOCUMENT: Final = _make_general_document()
"""A document without text."""
