"""Measures text in terminal cells, with a single test per paragraph if possible."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from rich.cells import get_character_cell_size, split_graphemes

from reader.display.cell_table import cell_table
from reader.structures.lazy_pattern import lazy_pattern

_BMP_END: Final = 0xFFFF

NO_CELLS: Final = "\u200b"
"""Stands for characters that take no cells: as many as there are, so that offsets stay the same."""
# A tab has no fixed width, and many terminals reserve a cell for a soft hyphen without showing it.
_LONGEST_CLUSTER: Final = 32
"""Code points that are looked at for the end of a grapheme cluster: more than any real one has."""
_DISPLAY: Final = {ord("\t"): " ", 0xAD: NO_CELLS}
_CHANGED: Final = ("\t", "\n", "\xad", "\u200d")
"""Characters that are displayed as others, or not at all."""
_INDENTATION: Final = lazy_pattern(r"\n[ \t]+")
"""A line break within a paragraph, and the indentation of the next line: one space together."""
_EMOJI: Final = "\u2190-\u2bff\U0001f000-\U0001fbff"
_LONE_JOINER: Final = lazy_pattern(f"(?<![{_EMOJI}\ufe0f\U000e007f])\u200d|\u200d(?![{_EMOJI}])")
"""A zero-width joiner that joins no emoji. Rich gives the character after any joiner no cell."""


def displayed(text: str) -> str:
    """Return the text as displayed; the number of code points stays the same.

    Tabs and line breaks become spaces. Soft hyphens and the indentation after a line break take no cells.
    """
    if not any(character in text for character in _CHANGED):
        return text
    text = flattened(text).translate(_DISPLAY)
    return _LONE_JOINER.sub(NO_CELLS, text) if "\u200d" in text else text


def flattened(text: str) -> str:
    """Return text with spaces for line breaks and zero-width spaces for the characters of indentations."""
    if "\n" not in text:
        return text
    return _INDENTATION.sub(lambda match: " " + NO_CELLS * (len(match[0]) - 1), text).replace("\n", " ")


def printed(text: str) -> str:
    """Return the text as displayed, without the zero-width characters that only keep offsets the same."""
    return displayed(text).replace(NO_CELLS, "")


# Nearly all paragraphs consist of these characters of one cell; other text needs the full table.
_PLAIN: Final = "\t\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff"
_JOINED: Final = lazy_pattern("[\u0900-\u1cff\u302e\u302f\ua800-\uabff\U00010000-\U0001ffff]")
"""Characters among which are those that `clusters` joins to the one before."""
_NOT_PLAIN: Final = lazy_pattern(f"[^{_PLAIN}]")


@cache
def _not_one_cell() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns for characters that do not take one cell, in the basic multilingual plane and beyond it.

    There are two because a character class with ranges beyond the basic plane is searched linearly, many times slower.
    """
    ranges = [
        f"\\u{max(start, 0x20):04x}-\\u{min(end, _BMP_END):04x}"
        for start, end, width in cell_table().widths
        if width != 1 and start <= _BMP_END and end >= 0x20
    ]
    return re.compile("[\\x00-\\x08\\x0b-\\x1f\\u007f-\\u009f\\u00ad" + "".join(ranges) + "]"), re.compile(
        "[\U00010000-\U0010ffff]"
    )


def is_narrow(text: str, start: int = 0, end: int | None = None) -> bool:
    """Return whether every character of `text[start:end]` takes one cell; line breaks and tabs count as one."""
    stop = len(text) if end is None else end
    if _INDENTATION.search(text, start, stop) is not None:
        return False
    first = _NOT_PLAIN.search(text, start, stop)
    if first is None:
        return True
    start = first.start()
    basic, astral = _not_one_cell()
    return basic.search(text, start, stop) is None and astral.search(text, start, stop) is None


def clusters(text: str) -> list[tuple[int, int, int]]:
    """Split text into grapheme clusters, each as (start, end, cells)."""
    spans = split_graphemes(displayed(text))[0]
    return spans if _JOINED.search(text) is None else _join(text, spans)


def _join(text: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return grapheme clusters; the letters of a flag, and a consonant with its spacing marks, are one cluster."""
    joined: list[tuple[int, int, int]] = []
    for start, end, size in spans:
        if joined:
            first, last, previous_size = joined[-1]
            is_second_letter = _is_flag_letter(text[start]) and last - first == 1 and _is_flag_letter(text[first])
            if is_second_letter or unicodedata.category(text[start]) == "Mc":
                joined[-1] = first, end, previous_size + size
                continue
        joined.append((start, end, size))
    return joined


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def takes_two_cells(character: str) -> bool:
    """Return whether a character takes two cells by itself."""
    return get_character_cell_size(character) == 2


def cluster_end(text: str, offset: int, end: int) -> int:
    """Return the end of the grapheme cluster that starts at `offset`, at most `end`."""
    if is_narrow(text, offset, min(offset + 2, end)):
        return min(offset + 1, end)
    following = clusters(text[offset : min(offset + _LONGEST_CLUSTER, end)])
    return offset + following[0][1] if following else end


def cells(text: str) -> int:
    """Return the width of a text in cells."""
    if (text.isascii() and text.isprintable()) or is_narrow(text):
        return len(text)
    return split_graphemes(displayed(text))[1]


def fit(text: str, width: int, *, ellipsis: str = "…") -> str:
    """Return the text, cut between grapheme clusters and ending in an ellipsis if it is wider than `width` cells."""
    if cells(text) <= width:
        return text
    if width <= cells(ellipsis):
        return ellipsis[: max(width, 0)]
    room = width - cells(ellipsis)
    end = used = 0
    for _, stop, size in clusters(text):
        if used + size > room:
            break
        end, used = stop, used + size
    return text[:end] + ellipsis


def pad(text: str, width: int) -> str:
    """Return the text cut or padded with spaces to exactly `width` cells."""
    text = fit(text, width)
    return text + " " * (width - cells(text))
