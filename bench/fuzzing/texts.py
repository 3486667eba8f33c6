"""Generated texts of every kind that a reader opens, from one line to three megabytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

_PEOPLE: Final = (
    "Amara Delacroix",
    "Tobias Renn",
    "Yusuf al-Khatib",
    "Ilse van der Berg",
    "R. K. Sandoval",
    "Delacroix",
)
_GROUPS: Final = (
    "Northern Ferry Board (NFB)",
    "NFB",
    "Harvest Bank",
    "Council of Lower Orm",
    "Ministry of Rivers",
    "IS",
    "UN",
)
_PLACES: Final = ("Orm", "Lower Orm", "Paris", "Iraq", "the Saddle Pass", "Georgia", "Cairo")
_SENTENCES: Final = (
    "{person} of the {group} said on 3 March 2021 that {place} would receive $4.5 million.",
    "“We never met,” {person} told {other} in {place} (see note 12).",
    "The {group}, which {person} has led since 2009, left {place} at 14:30.",
    "Neither {group} nor {other} commented; {place} is 40 km away.",
    "{person} and {other} signed the Orm Accord; the {group} did not.",
)
_CJK: Final = (
    "田中太郎は東京で株式会社北星の代表と会った。",
    "王小明在北京大学发表了讲话，联合国没有回应。",
    "김민수 대표는 서울에서 삼성전자 관계자를 만났다. ",
    "Amara Delacroix は大阪を訪れた。",
)
_RTL: Final = (
    "قال أحمد علي المصري إن الأمم المتحدة وصلت إلى بغداد. ",
    "דוד כהן נפגש בירושלים עם נציגי בנק הקציר (NFB). ",
    "Amara Delacroix وصلت إلى القاهرة في 12 مارس. ",
)
_ODD: Final = (
    "e\u0301",
    "👨‍👩‍👧",
    "🇫🇷",
    "\u202e",
    "ﬁ",
    "\xad",
    "İ",
    "ß",
    "\t",
    "₆",
    "➑",
    "[/b]",
    "\x1b[31m",
    "\x00",
    "A.B.C.",
)


def _sentence(random: Random) -> str:
    person, other = random.choice(_PEOPLE), random.choice(_PEOPLE)
    return random.choice(_SENTENCES).format(
        person=person, other=other, group=random.choice(_GROUPS), place=random.choice(_PLACES)
    )


def _prose(random: Random, size: int) -> str:
    paragraphs: list[str] = []
    total = 0
    while total < size:
        paragraphs.append(" ".join(_sentence(random) for _ in range(random.randint(1, 7))))
        total += len(paragraphs[-1])
    return "\n\n".join(paragraphs) + "\n"


def _drawn(random: Random, sentences: tuple[str, ...], count: int) -> str:
    return "".join(random.choice(sentences) + "\n" * (random.random() < 0.2) for _ in range(count))


def _odd(random: Random) -> str:
    words = _prose(random, 2_000).split(" ")
    for _ in range(120):
        words.insert(random.randrange(len(words)), random.choice(_ODD))
    return " ".join(words)


def _huge(random: Random) -> str:
    chapter = _prose(random, 100_000)
    return "\n\n".join(f"Chapter {number}\n\n{chapter}" for number in range(30))


KINDS: Final[Mapping[str, Callable[[Random], str]]] = {
    "short": lambda random: _prose(random, 1_500),
    "long": lambda random: _prose(random, 60_000),
    "huge": _huge,
    "cjk": lambda random: _drawn(random, _CJK, 200),
    "right-to-left": lambda random: _drawn(random, _RTL, 200),
    "one-line": lambda random: _prose(random, 30_000).replace("\n", " "),
    "one-word": lambda random: random.choice(("Orm", "x", "NFB")) + "\n",
    "one-token": lambda random: "Delacroix" * random.randint(1, 5_000),
    "spaces": lambda random: " " * random.randint(1, 20_000) + "Orm",
    "brackets": lambda random: "(AB) [CD] " * random.randint(1, 2_000),
    "odd": _odd,
}
"""Kinds of text, each with the function that generates one."""


def generate_text(kind: str, seed: int) -> str:
    """Return the text of a kind for a seed.

    Raises:
        KeyError: There is no such kind.
    """
    return KINDS[kind](Random(f"{kind} {seed}"))
