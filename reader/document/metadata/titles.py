"""Finds a title for every document: its stated title, first heading, file name or first words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from reader.document.blocks import Block, BlockKind
from reader.document.sanitize import one_line
from reader.structures.lazy_pattern import lazy_pattern

MAX_TITLE: Final = 120
"""Maximum length of a title in code points."""
_FIRST_WORDS: Final = 8
_WORD_SEPARATORS: Final = lazy_pattern(r"[\s_]+|(?<=\w)-+(?=\w)")


def title_of(stated: str, text: str, blocks: Sequence[Block], name: str) -> str:
    """Return the title of a document: one sanitized line of at most `MAX_TITLE` code points, never empty.

    Args:
        stated: The title in the source's metadata, or "".
        text: The document's text.
        blocks: The document's blocks. A heading counts only if it is one of the first three.
        name: The file name, or "" if there is none.
    """
    candidates = (stated, _first_heading(text, blocks), _words_of_name(name), _first_words(text))
    return next((line for line in (one_line(candidate, MAX_TITLE) for candidate in candidates) if line), "Untitled")


def _first_heading(text: str, blocks: Sequence[Block]) -> str:
    for block in blocks[:3]:
        if block.kind is BlockKind.HEADING:
            return text[block.start : block.end]
    return ""


def _words_of_name(name: str) -> str:
    """Return a file name as words, "islamic-state_2025.txt" as "Islamic state 2025"."""
    words = _WORD_SEPARATORS.sub(" ", PurePath(name).stem if name else "").strip()
    return words[:1].upper() + words[1:]


def _first_words(text: str) -> str:
    words = text[:400].split()
    return " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")
