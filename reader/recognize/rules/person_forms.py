"""Find names of persons in forms that recognizers break up.

These are "KARASU, Leyla" in a list, a nickname in quotation marks inside a name, and initials without spaces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reader.document import Block, BlockKind
from reader.names import country_of, country_of_demonym, fold, titles
from reader.names.matcher import words
from reader.names.tables import given_names, heads, occupations, particles
from reader.recognize.rules.gazetteer import gazetteer
from reader.recognize.rules.name_patterns import MONTHS_AND_WEEKDAYS
from reader.recognize.rules.typesetting.capitals import find_speaker, gazetteer_in_capitals, small_words
from reader.structures.lazy_pattern import lazy_pattern

_SURNAME_IN_CAPITALS: Final = r"(?:(?:[Aa]l|AL|[Ee]l|EL)-)?[^\W\d_a-z][^\W\d_a-z']{1,24}"
_GIVEN: Final = r"[^\W\d_a-z][^\W\d_A-Z'][^\W\d_']{0,20}(?:-[^\W\d_]{1,20})?"
_INVERTED: Final = (
    rf"(?P<surname>{_SURNAME_IN_CAPITALS}(?:[ -]{_SURNAME_IN_CAPITALS}){{0,3}}), "
    rf"(?P<given>{_GIVEN}(?: (?:{_GIVEN}|[A-Z]\.)){{0,3}})"
    r"(?=$|\n|[;.(]| ?[(\[]|,? (?:[-–—]|DOB|born|b\.|a\.k\.a\.|aka|\d)|, [a-z\d])"
)
_INVERTED_AT_START: Final = lazy_pattern(_INVERTED)
_INVERTED_IN_LIST: Final = lazy_pattern(r"(?<=[;:] )" + _INVERTED)
_MOST_SEARCHES: Final = 100
"""With more names than this in a list of other things, none is looked for in the rest of the text."""
_MARKED_ITEM: Final = lazy_pattern(r"(?:[-*•·]|\(?\d{1,4}[.)]) +")

_ROLES: Final = words(
    """ANALYST ANSWER AUDIENCE CHAIR CHAIRMAN CLERK COUNSEL COURT DEFENDANT DEFENSE HOST INTERPRETER INTERVIEWER JUDGE
    JUROR MODERATOR NARRATOR OFFICER OPERATOR PRESIDENT PROSECUTION QUESTION REPORTER SPEAKER UNIDENTIFIED WITNESS"""
)
"""Tags of speakers that are no names."""

_FEWEST_SPEAKERS: Final = 3
"""Different tags that make a text a transcript."""
_SHORTEST_TAG: Final = 4
"""Letters of a tag that is used once; a shorter one may be a code."""
_TITLE_BEFORE: Final = lazy_pattern(r"([^\W\d_]+\.?) \Z")
_LONGEST_TITLE: Final = 24

_AUTHOR_NAME: Final = r"[^\W\d_a-z](?:[^\W\d_a-z]|['.-]){0,24}(?: [^\W\d_a-z](?:[^\W\d_a-z]|['.-]){0,24}){1,3}"
_AUTHOR: Final = lazy_pattern(_AUTHOR_NAME)
_BYLINE: Final = lazy_pattern(
    rf"By (?P<authors>{_AUTHOR_NAME}(?:(?:, and |, | and ){_AUTHOR_NAME}){{0,5}})"
    r"(?=$|\n|[,|;•]| (?:in|at|for|of)\b| [-–—|])"
)

_NAME_WORD: Final = r"[^\W\d_a-z][^\W\d_]{1,24}(?:(?:-|'(?!s\b))[^\W\d_]{1,24}){0,2}"
_NICKNAMED: Final = lazy_pattern(
    rf"(?<![\w'\"-])(?P<given>{_NAME_WORD}(?: (?:{_NAME_WORD}|[A-Z]\.)){{0,2}}) "
    r"(?P<quote>[\"'])(?P<nickname>[^\W\d_a-z][\w.-]{0,20}(?: [\w.-]{1,20}){0,2}|the [^\W\d_a-z][\w-]{1,20})(?P=quote) "
    rf"(?P<surname>(?:(?:van|von|der|de|del|di|da|la|el|al|bin|ben|dos) ){{0,2}}{_NAME_WORD})(?!\w)"
)
_BEFORE_TITLE_OF_WORK: Final = lazy_pattern(r"(?:\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|its)|['’]s?) $")

_INITIALED: Final = lazy_pattern(
    r"(?<![\w.'&-])(?P<initials>(?:[A-Z]\.-?){2,3}|[A-Z]\. [A-Z]\.(?: [A-Z]\.)?) ?"
    rf"(?P<surname>(?:(?:van|von|der|de|del|di|da|al|el|bin) ){{0,2}}{_NAME_WORD})(?!\w|\.\w)"
)
_NOT_INITIALS: Final = words(
    """AC AD AFC AM BC BS CD DC EU FC GB HMS HQ ID IQ LA MA MD MP NC ND NH NJ NM NY OK PC PM PO PR PS RI SC SD SS TV UAE
    UK UN US USA USS VA WV WW"""
)
"""Abbreviations of other things than given names: countries, states, times, degrees, ships, clubs."""
_GIVEN_BEFORE: Final = lazy_pattern(r"(?<![\w.&'’/-])(?P<given>[A-Z][a-z]{2,19}(?:-[A-Z][a-z]{1,19})?) \Z")
_LONGEST_GIVEN_NAME: Final = 44
"""Code points before a surname in which a given name is looked for."""
_MOST_GIVEN_NAMES: Final = 2
_NEXT_CAPITALIZED: Final = lazy_pattern(r" (?:& )?[^\W\d_a-z]")


def find_inverted_names(text: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the spans of names with the surname first and in capitals: "KARASU, Leyla".

    They begin a line or an item of a list. A name counts if the given name is a known one, the text has the name in
    the usual order too, or the text has several such names and none of them is a place ("AUSTIN, Texas").
    """
    matches: list[re.Match[str]] = []
    for block in blocks:
        if block.kind is BlockKind.CODE:
            continue
        marker = _MARKED_ITEM.match(text, block.start, block.end)
        start = marker.end() if marker else block.start
        first = _INVERTED_AT_START.match(text, start, block.end)
        matches += [first] if first else []
        matches += _INVERTED_IN_LIST.finditer(text, first.end() if first else start, block.end)
    matches = [match for match in matches if _may_be_inverted(match)]
    is_list = len(matches) > 1 and not any(_is_place(match["given"]) for match in matches)
    return [
        match.span()
        for match in matches
        if not _is_place(match["given"])
        and (
            is_list
            or fold(match["given"].split(" ", 1)[0]) in given_names()
            or (len(matches) <= _MOST_SEARCHES and f"{match['given']} {_titled(match['surname'])}" in text)
        )
    ]


def _may_be_inverted(match: re.Match[str]) -> bool:
    surname, given_name = match["surname"], match["given"].split(" ", 1)[0]
    return (
        surname not in gazetteer_in_capitals()
        and surname not in gazetteer()
        and given_name not in MONTHS_AND_WEEKDAYS
        and not (given_name.lower() in small_words() and fold(given_name) not in given_names())
        and not (" " not in surname and surname.lower() in small_words() and fold(given_name) not in given_names())
    )


def _is_place(name: str) -> bool:
    entry = gazetteer().get(name)
    return country_of(name) is not None or (entry is not None and entry.label in {"GPE", "LOC", "FAC"})


def _titled(surname: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), surname)


def find_speakers(text: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the spans of the names in the tags of speakers in a transcript, such as "KARASU: No".

    A tag counts if it has a title ("MR. KARASU:") or begins several blocks. If one tag does and there are several tags,
    those that begin a single block count too, unless they are short.
    """
    spans = [
        (block.start + speaker[0], block.start + speaker[1])
        for block in blocks
        if block.kind is not BlockKind.CODE and (speaker := find_speaker(text[block.start : block.end]))
    ]
    tags = Counter(text[slice(*span)] for span in spans)
    for role in _ROLES:
        del tags[role]
    is_transcript = len(tags) >= _FEWEST_SPEAKERS and max(tags.values()) > 1

    def is_speaker(start: int, end: int) -> bool:
        tag = text[start:end]
        if title := _TITLE_BEFORE.search(text, max(0, start - _LONGEST_TITLE), start):
            return title[1].casefold().rstrip(".") in titles()
        return tags[tag] > 1 or (tags[tag] == 1 and is_transcript and len(tag) >= _SHORTEST_TAG)

    return [span for span in spans if is_speaker(*span)]


def find_authors(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names in capitals in a byline: "By ADA BRILL, OTTO KAYE and LEYLA KARASU"."""
    for block in blocks:
        byline = _BYLINE.match(text, block.start, block.end)
        if byline is None:
            continue
        for name in _AUTHOR.finditer(text, *byline.span("authors")):
            words_of_name = (word for word in name[0].lower().split() if not word.endswith("."))
            if name[0] not in gazetteer_in_capitals() and not any(word in small_words() for word in words_of_name):
                yield name.span()


def find_nicknamed_persons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of names with a nickname in quotation marks: 'Sean "Diddy" Combes'.

    Args:
        text: The text, in normal form: with straight quotation marks.
        start: First offset.
        end: Offset after the last.
    """
    for match in _NICKNAMED.finditer(text, start, end):
        forenames = match["given"].split()
        skipped = 0
        while forenames and (forenames[0].casefold() in titles() or forenames[0].lower() in small_words()):
            skipped += len(forenames.pop(0)) + 1
        surname = match["surname"].rsplit(" ", 1)[-1]
        if (
            forenames
            and not _is_other_name(" ".join(forenames))
            and not any(word.lower() in heads() for word in (*forenames, surname))
            and surname not in MONTHS_AND_WEEKDAYS
            and not (surname.lower() in small_words() and fold(forenames[0]) not in given_names())
            and not _BEFORE_TITLE_OF_WORK.search(text, max(start, match.start() - 8), match.start())
        ):
            yield match.start() + skipped, match.end()


def find_initialed_persons(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the spans in `start:end` of surnames with two or three initials before them: "K.A. Vosse".

    Each span comes with whether it is a person's name regardless of what the recognizer found in it.
    """
    for match in _INITIALED.finditer(text, start, end):
        initials, surname = re.sub(r"[. -]", "", match["initials"]), match["surname"]
        last = surname.rsplit(" ", 1)[-1]
        if (
            initials in _NOT_INITIALS
            or match["initials"] in gazetteer()
            or last in MONTHS_AND_WEEKDAYS
            or last.lower() in small_words()
            or last.lower() in heads()
            or last.casefold() in titles()
            or surname.casefold() in particles()
            or _is_other_name(surname)
        ):
            continue
        yield *match.span(), not _NEXT_CAPITALIZED.match(text, match.end()) and not last.isupper()


def start_of_full_name(text: str, start: int, is_lowercase_word: Callable[[str], bool]) -> int:
    """Return where the name of a person begins whose surname at `start` was found: at "Gennadiy" in "Gennadiy Orlov".

    Args:
        text: The text, in normal form.
        start: The start of the surname.
        is_lowercase_word: Whether the text has a word in lower case, too.
    """
    for _ in range(_MOST_GIVEN_NAMES):
        match = _GIVEN_BEFORE.search(text, max(0, start - _LONGEST_GIVEN_NAME), start)
        if match is None:
            break
        word = match["given"]
        lower = word.lower()
        if (
            lower in small_words()
            or lower in occupations()
            or lower in heads()
            or word.casefold() in titles()
            or word in MONTHS_AND_WEEKDAYS
            or _is_other_name(word)
            or country_of_demonym(word) is not None
            or is_lowercase_word(lower)
        ):
            break
        start = match.start("given")
    return start


def _is_other_name(name: str) -> bool:
    """Return whether the tables list a name as something other than a given name."""
    return name in gazetteer() and fold(name) not in given_names()
