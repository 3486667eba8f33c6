"""The sources of texts from standard input."""

from __future__ import annotations

from typing import Final

STANDARD_INPUT: Final = "-"
"""The source of a text that is read from standard input now."""
PIPED_START: Final = "stdin://"
"""What the source of a text begins with that was read from standard input before, and kept."""
_DIGITS: Final = 12
"""Hexadecimal digits of a digest that tell texts apart."""


def piped_source(digest: str) -> str:
    """Return the source under which a collection keeps a text from standard input: one for each text.

    Args:
        digest: The digest of the text, as `sha256:…`.
    """
    return PIPED_START + digest.rpartition(":")[2][:_DIGITS]


def is_unnamed(source: str) -> bool:
    """Return whether a source is neither a file nor a web address, so that nothing is there to be read again."""
    return source in ("", STANDARD_INPUT) or source.startswith(PIPED_START)
