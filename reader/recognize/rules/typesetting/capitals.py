"""Lines in capitals, where every word looks like a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Final

from reader.names import common_words, fold
from reader.names.tables import given_names, titles
from reader.recognize.models.find import BUNDLED
from reader.recognize.rules.gazetteer import GazetteerEntry, gazetteer
from reader.recognize.rules.typesetting.headlines import as_sentence, capitalized_pairs
from reader.structures.lazy_pattern import lazy_pattern

_MIN_LETTERS: Final = 8
"""A line in capitals has at least this many letters …"""
_QUICK_LOOK: Final = 40
"""Code points at the start of a line; most lines have a lower-case letter there and need no other look."""
_MIN_SHARE: Final = 0.9
"""… of which at least this share are capitals."""
_WORD: Final = lazy_pattern(r"([^\W\d_]{2,})(?:['’](?:S|T|D|M|RE|VE|LL)(?![^\W_]))?")
_KEEP_CAPITALS: Final = frozenset({"US"})
"""Names that in capitals look like a word, but are hardly ever that word in a headline."""
_SMALL_WORDS: Final = BUNDLED / "small_words.txt"
_MIN_WORD_LENGTH: Final = 4
"""Names of one word are looked for in lines in capitals if they have at least this many letters."""

_CAPITALS: Final = r"[^\W\d_a-z](?:[^\W\d_a-z]|'(?=[^\W\d_a-z]{2})|-(?=[^\W\d_a-z]{2})){2,24}(?![^\W_]|[&'-]\w|\.\w)"
"""A word of at least three letters in capitals."""
_HAS_CAPITALS: Final = lazy_pattern(rf"(?<![\w&.'-]){_CAPITALS}")
_NAME_WITH_CAPITALS: Final = lazy_pattern(
    r"(?<![\w.'-])(?P<given>[^\W\d_a-z][^\W\d_A-Z][^\W\d_]{0,20}(?:-[^\W\d_]{1,20})?)(?P<dot>\.)?"
    rf"(?: [A-Z]\.| [A-Z][a-z]{{1,20}}){{0,2}} (?:(?:van|von|de|di|da|al|bin) )?(?P<surname>{_CAPITALS})"
)
_IN_PARENTHESES: Final = lazy_pattern(rf"\(({_CAPITALS})\)")
_SPEAKER: Final = lazy_pattern(
    rf"(?P<title>(?:{_CAPITALS}|[A-Z]{{2}})\.? )?(?P<name>{_CAPITALS}(?: {_CAPITALS}){{0,2}})"
    r"(?: \([^()\n]{1,40}\))?: (?=\S)"
)


def in_capitals(line: str) -> bool:
    """Return whether a line is written in capitals."""
    beginning = line[:_QUICK_LOOK]
    if beginning.upper() != beginning:
        return False
    letters = [char for char in line if char.isalpha()]
    return len(letters) >= _MIN_LETTERS and sum(map(str.isupper, letters)) >= _MIN_SHARE * len(letters)


class Casing:
    """The usual case of words, by the prose of a document and by the language."""

    def __init__(self, prose: Iterable[str] = (), small: Collection[str] | None = None) -> None:
        """Learn the usual case of words.

        Args:
            prose: The lines of the document that are in normal case.
            small: Lower-case words that are hardly ever names; None for those of the bundled pipeline.
        """
        self._prose = tuple(prose)
        self._small = small_words() if small is None else small

    def as_title(self, line: str) -> str:
        """Return a line in capitals in the case of a headline: "Iraqi forces" for "IRAQI FORCES".

        A recognizer that was trained on sentences finds more names in it. Abbreviations in the tables keep their
        capitals. The length and all offsets stay the same.
        """
        return _WORD.sub(
            lambda match: self._usual_case(match[1], match.start() == 0) + match[0][len(match[1]) :].lower(),
            line,
        )

    def as_sentence(self, line: str) -> str:
        """Return a line in headline case in sentence case: "Peace talks fail" for "Peace Talks Fail"; same length."""
        return as_sentence(line, self._pairs, self._small)

    def as_prose(self, line: str) -> str:
        """Return a line of prose with its names in capitals in usual case; same length and offsets.

        Examples are "Joanne Pell" for "Joanne PELL", "Pell" for "PELL" where that surname is elsewhere in the text, and
        the tag of a speaker: "Karasu: No." Abbreviations keep their capitals.
        """
        if speaker := find_speaker(line):
            line = as_names(line, 0, speaker[1])
        surnames = self._surnames_in_capitals
        return _HAS_CAPITALS.sub(lambda match: _titled(match[0]) if match[0] in surnames else match[0], line)

    @cached_property
    def _surnames_in_capitals(self) -> frozenset[str]:
        return frozenset(
            match["surname"]
            for line in self._prose
            for match in _NAME_WITH_CAPITALS.finditer(line)
            if self._is_surname(match["surname"], match["given"], has_dot=bool(match["dot"]))
        )

    @cached_property
    def _defined(self) -> frozenset[str]:
        """The abbreviations that the text defines in parentheses."""
        return frozenset(word for line in self._prose for word in _IN_PARENTHESES.findall(line))

    def _is_surname(self, word: str, before: str, *, has_dot: bool) -> bool:
        """Return whether a word in capitals is a surname, by the word before it: "PELL" after "Joanne" or "Mr"."""
        if is_abbreviation(word) or word in self._defined:
            return False
        if before.casefold() in titles():
            return True
        if has_dot:
            return False  # the end of a sentence
        return fold(before) in given_names() or (
            before.lower() not in small_words() and before not in gazetteer() and _titled(word) in self._prose_words
        )

    @cached_property
    def _prose_words(self) -> frozenset[str]:
        return frozenset(word for line in self._prose for word in _WORD.findall(line))

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return frozenset().union(*map(capitalized_pairs, self._prose))

    def _usual_case(self, word: str, is_first: bool) -> str:
        if word in _KEEP_CAPITALS or (word in gazetteer() and word not in common_words()):
            return word
        small = word.lower()
        titled = word[0] + small[1:]
        if len(small) != len(word):
            return word
        if is_first or not (small in self._prose_words or (titled not in self._prose_words and small in self._small)):
            return titled
        return small


def has_capitals(line: str) -> bool:
    """Return whether a line has a word in capitals."""
    return _HAS_CAPITALS.search(line) is not None


def is_abbreviation(word: str) -> bool:
    """Return whether the tables list a word in capitals as it is: "NATO"."""
    return word in gazetteer() and word not in common_words()


def find_speaker(line: str) -> tuple[int, int] | None:
    """Return the span of the name in the tag of a speaker at the start of a line: "KARASU: No."; None without one."""
    speaker = _SPEAKER.match(line)
    if speaker is None or not _are_names(speaker["name"]):
        return None
    return speaker.span("name")


def _are_names(words: str) -> bool:
    return all(
        word.lower() not in small_words() and word.casefold() not in titles() and not is_abbreviation(word)
        for word in words.split(" ")
    )


def as_names(line: str, start: int, end: int) -> str:
    """Return a line with the words in capitals in `start:end` in the case of names: "Leyla Karasu"; same length."""
    return line[:start] + _WORD.sub(lambda match: _titled(match[0]), line[start:end]) + line[end:]


def _titled(name: str) -> str:
    """Return a name in capitals in the case of names: "O'Hara", "Smith-Jones"; same length."""
    titled = re.sub(r"[^\W\d_]{2,}", lambda match: match[0][0] + match[0][1:].lower(), name)
    return titled if len(titled) == len(name) else name


@cache
def small_words() -> frozenset[str]:
    """Return the words that are nearly always in lower case, from the folder of the bundled pipeline."""
    return frozenset(_SMALL_WORDS.read_text(encoding="utf-8").split())


def forms_by_capitals(forms: Iterable[str]) -> dict[str, str]:
    """Return a dictionary from surface forms in capitals to the forms themselves.

    Short words and abbreviations are left out, because too many other words look like them.
    """
    return {
        form.upper(): form for form in forms if " " in form or (len(form) >= _MIN_WORD_LENGTH and not form.isupper())
    }


@cache
def gazetteer_in_capitals() -> Mapping[str, GazetteerEntry]:
    """Return the entries of the unambiguous names in the tables by their surface form in capitals."""
    entries = gazetteer()
    unambiguous = [form for form, entry in entries.items() if entry.unambiguous and form not in common_words()]
    abbreviations = {form: form for form in unambiguous if form.isupper()}
    capitals = abbreviations | forms_by_capitals(unambiguous)
    return MappingProxyType({upper: entries[form] for upper, form in capitals.items()})
