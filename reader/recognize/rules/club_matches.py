"""Find clubs by the matches that a text reports: "Orsen Rovers beat Sporting Marlow 3-1"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reader.names import fold
from reader.names.matcher import words
from reader.names.tables import given_names
from reader.recognize.rules.gazetteer import gazetteer
from reader.structures.lazy_pattern import lazy_pattern

CLUB_WORDS: Final = words("Albion Athletic FC Hotspur Rangers Rovers United Wanderers")
"""Last words of clubs that are left out of short names: "Marlow" for "Marlow Rovers"."""
_VERBS: Final = (" beat ", " beats ", " defeated ", " thrashed ")
_NAME: Final = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}"
_SCORE: Final = r" \d{1,2}[-–]\d{1,2}(?![\d/]|[-–]\d|,? \d{1,2}[-–]\d)"
_LOSER: Final = lazy_pattern(rf"(?P<club>{_NAME}){_SCORE}")
"""The loser and the score of a match. Scores of several sets are those of tennis players."""
_WINNER: Final = lazy_pattern(rf"(?<![\w.&'’-]){_NAME}$")
_LENGTH: Final = 120
"""Code points before and after the verb in which the clubs and the score are looked for."""


def find_clubs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of clubs of which one beat the other, with one score for the match."""
    for verb in _VERBS:
        offset = text.find(verb)
        while offset >= 0:
            after = offset + len(verb)
            loser = _LOSER.match(text, after, after + _LENGTH)
            if loser is not None and " " in loser["club"] and not _may_be_player(loser["club"]):
                yield loser.span("club")
                winner = _WINNER.search(text, max(0, offset - _LENGTH), offset)
                if winner is not None and not _may_be_player(winner[0]):
                    yield winner.span()
            offset = text.find(verb, after)


def _may_be_player(name: str) -> bool:
    """Return whether a side of a match may be a person or the team of a country."""
    return name in gazetteer() or fold(name.split(" ", 1)[0]) in given_names()
