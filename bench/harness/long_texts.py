"""Long texts by kind, each of which has once delayed the first paint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice, product
from string import ascii_uppercase
from typing import Final

_FIRST_LINE: Final = "The delegation of Lower Orm met the ferry board in the harbor on Monday and left in the evening."
"""The line by which the first paint is noticed."""
_WORDS_IN_LINE: Final = 12


def _acronyms() -> Iterator[str]:
    """Yield different acronyms: "AAAA", "AAAB" and so on."""
    return map("".join, product(ascii_uppercase, repeat=4))


def _words(words: Iterator[str], size: int, line_words: int = 0, between: str = " ") -> str:
    """Return at least `size` code points of words, in lines of `line_words` words; 0 puts all in one line."""
    pieces: list[str] = []
    length = 0
    for number, word in enumerate(words, 1):
        pieces += (word, "\n" if line_words and number % line_words == 0 else between)
        length += len(word) + 1
        if length >= size:
            break
    return "".join(pieces)


def _repeat(text: str) -> Callable[[int], str]:
    return lambda size: text * (size // len(text) + 1)


def _spaced_brackets(size: int) -> str:
    return _words((f"({word[:2]})" for _ in count() for word in _acronyms()), size)


def _undefined_acronyms(size: int) -> str:
    return _words((f"the board ({word})" for _ in count() for word in _acronyms()), size, _WORDS_IN_LINE)


def _distinct_acronyms(size: int) -> str:
    longs = (f"{a.title()}on {b.title()}ar ({a}{b})" for a, b in product(islice(_acronyms(), 2_000), repeat=2))
    return _words(longs, size, _WORDS_IN_LINE)


def _table(size: int) -> str:
    return _words((f"Orm {n}\tFerry Board   {n % 97}    left" for n in count()), size, 1)


KINDS: Final[dict[str, Callable[[int], str]]] = {
    "prose": _repeat("Ann Renn of the Ferry Board said in Orm that the harbor would open again in May. " * 6 + "\n\n"),
    "wrapped prose": _repeat(
        ("Ann Renn of the Ferry Board said that the harbor\nof Orm would open again in May. " * 6) + "\n\n"
    ),
    "brackets, spaced": _spaced_brackets,
    "brackets in a row": _repeat("(AB)"),
    "opening brackets": _repeat("("),
    "acronyms in brackets": _undefined_acronyms,
    "defined acronyms": _distinct_acronyms,
    "hyphens": _repeat("-"),
    "hyphens in lines": _repeat("-" * 70 + "\n"),
    "quotes": _repeat("“"),
    "quote marks in lines": _repeat("> > \n"),
    "one token": _repeat("a"),
    "spaces": lambda size: " " * size + "end",
    "short lines": _repeat("Ann Renn\n"),
    "list": _repeat("- Ann Renn, 34\n"),
    "table": _table,
}
"""For each kind, a function that returns such a text of a given number of code points."""


def long_text(kind: str, size: int) -> str:
    """Return a line of prose and a text of a kind, together `size` code points or a little more."""
    return f"{_FIRST_LINE}\n\n{KINDS[kind](size)}\n"
