"""Documents without text. The store keeps decisions under them that belong to no single text."""

from __future__ import annotations

from typing import Final

from reader.document import Document


def _without_text(digest: str, title: str) -> Document:
    document = Document("", (), title, "")
    object.__setattr__(document, "digest", digest)  # differs from the digest of an empty document
    return document


GENERAL_DOCUMENT: Final = _without_text("everywhere", "every article")  # existing stores contain this title
"""The decisions that hold in every document."""
CHOICES_DOCUMENT: Final = _without_text("choices", "how sources are loaded")
"""What the user chose about how sources are loaded. It must be known before there is a text."""
WITHOUT_TEXT: Final = (GENERAL_DOCUMENT.digest, CHOICES_DOCUMENT.digest)
"""The digests of the documents without text, which no list shows."""
