"""Phrases from which the description of a decision is made. Each is one printable line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.annotate.decisions.appearances import Appearance
from reader.resolve import Name

_MAX_LENGTH: Final = 40
"""Quoted text is cut to this many code points."""


def printable(text: str) -> str:
    """Return `text` on one line, cut to a readable length, without characters that control a terminal."""
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))
    return line if len(line) <= _MAX_LENGTH else line[: _MAX_LENGTH - 1].rstrip() + "…"


def quoted(text: str) -> str:
    """Return `text` in quotation marks, made printable."""
    return f"“{printable(text)}”"


def list_names(names: Sequence[Name]) -> str:
    """Return names as a list in a sentence: “A”, “B” and “C”; more than three are counted.

    A text with several labels is listed once.
    """
    quotes = [quoted(text) for text in dict.fromkeys(name.text for name in names)]
    if len(quotes) > 3:
        return f"{quotes[0]}, {quotes[1]} and {len(quotes) - 2} more"
    if len(quotes) > 1:
        return f"{', '.join(quotes[:-1])} and {quotes[-1]}"
    return quotes[0]


def in_document(appearance: Appearance) -> str:
    """Return a name and the title of its document: “A” in “Report”."""
    title = f" in {quoted(appearance.title)}" if appearance.title.strip() else ""
    return f"{quoted(appearance.name.text)}{title}"


def list_appearances(appearances: Sequence[Appearance]) -> str:
    """Return names in documents as a list in a sentence; of more than two, the first and their number."""
    if len(appearances) > 2:
        return f"{in_document(appearances[0])} and {len(appearances) - 1} more"
    return " and ".join(map(in_document, appearances))


def merged_names(names: Sequence[Name], preferred: str) -> str:
    """Describe a merge of names; `preferred` is the canonical name, or "" if the user chose none."""
    suffix = f" as {quoted(preferred)}" if preferred and preferred != names[-1].text else ""
    if len(names) == 1:
        return f"merged {quoted(names[0].text)}{suffix}"
    if [name.text for name in names] == [names[0].text] * 2:
        first, second = (f"{quoted(name.text)} ({name.label})" for name in names)
        return f"merged {first} with {second}{suffix}"
    return f"merged {quoted(names[0].text)} with {list_names(names[1:])}{suffix}"


def note_change(subject: str, note: str) -> str:
    """Describe a note on a subject as added; an empty note was removed."""
    return f"noted on {subject}: {quoted(note)}" if note else f"removed the note on {subject}"


def tag_change(subject: str, added: Sequence[str], removed: Sequence[str]) -> str:
    """Describe how the tags of a subject changed."""
    new_tags, old_tags = (", ".join(printable(f"#{tag}") for tag in tags) for tags in (added, removed))
    if not new_tags:
        return f"removed {old_tags} from {subject}" if old_tags else f"left the tags of {subject} unchanged"
    return f"tagged {subject} {new_tags}" + (f" and removed {old_tags}" if old_tags else "")
