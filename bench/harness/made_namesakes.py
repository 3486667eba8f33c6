"""Made documents about people whose names are spelled in several ways, and bodies of one name in two countries."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_SPELLINGS: Final = (
    ("Hennadii", "Gennady", "Gennadiy"), ("Oleksandr", "Aleksandr"), ("Serhii", "Sergei", "Sergey"),
    ("Volodymyr", "Vladimir"), ("Yuliia", "Yulia", "Yuliya"), ("Mykola", "Nikolai"), ("Farid", "Fareed"),
    ("Youssef", "Yusuf"), ("Mahmoud", "Mahmud"), ("Mohammed", "Muhammad", "Mohamed"),
)  # fmt: skip
_SURNAME_ENDINGS: Final = (
    ("chuk",),
    ("enko",),
    ("skyi", "sky", "skiy"),
    ("nyi", "ny"),
    ("ouni", "uni"),
    ("ssem", "sem"),
)
_FORMS: Final = ("Ltd", "GmbH", "Inc.", "AB", "Oy")
_COUNTRIES: Final = ("Kenya", "Hungary", "Chile", "Norway", "Ghana", "Peru")
_MINISTRIES: Final = ("Ministry of Fisheries", "National Audit Office", "Ministry of Mines", "National Library")
_SYLLABLES: Final = [c + v for c in "bdfglmnprtv" for v in "aeiou"]
_PERSON_LEADS: Final = (
    "{name} met {friend} in {town} on Monday.",
    "A court in {town} heard {name} and {friend} for three hours.",
    "In {town}, {friend} said that {name} had signed the contract.",
)
_COMPANY_LEADS: Final = (
    "{name} will close its plant in {town}, {friend} told the staff.",
    "Workers at {name} in {town} voted on Tuesday, {friend} said.",
)
_MINISTRY_LEADS: Final = (
    "The {name} in {country} published its figures on Friday.",
    "{country} waits for the report of the {name}, which is late.",
)
_FILLER: Final = "The weather stayed mild for the rest of the week."


class NamesakeStory(NamedTuple):
    """A made document, and what its names mean."""

    text: str
    truth: dict[str, str]
    """The id of the entity that each name means in the document."""


def namesake_stories(seed: int, count: int = 30) -> list[NamesakeStory]:
    """Return made documents about `count` people and as many companies, and about ministries, shuffled."""
    rng = random.Random(seed)
    stories = [*_people(rng, count), *_companies(rng, count), *_ministries(rng)]
    rng.shuffle(stories)
    return stories


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=3))


def _people(rng: random.Random, count: int) -> Iterator[NamesakeStory]:
    for number in range(count):
        given_names, endings, stem = rng.choice(_SPELLINGS), rng.choice(_SURNAME_ENDINGS), _word(rng).capitalize()
        friend, town = _full_name(rng), _word(rng).capitalize()
        for _ in range(rng.randint(2, 4)):
            name = f"{rng.choice(given_names)} {stem}{rng.choice(endings)}"
            lead = rng.choice(_PERSON_LEADS).format(name=name, friend=friend, town=town)
            yield NamesakeStory(f"{lead} {_FILLER}", {name: f"person {number}"})


def _companies(rng: random.Random, count: int) -> Iterator[NamesakeStory]:
    for number in range(count):
        name = f"{_word(rng).capitalize()} Robotics"
        for bearer, form in enumerate(rng.sample(_FORMS, 2)):
            friend, town = _full_name(rng), _word(rng).capitalize()
            names: Sequence[str] = (f"{name} {form}", f"{name} {form}", name)
            for written in names[: rng.randint(2, 3)]:
                lead = rng.choice(_COMPANY_LEADS).format(name=written, friend=friend, town=town)
                yield NamesakeStory(f"{lead} {_FILLER}", {written: f"company {number} {bearer}"})


def _ministries(rng: random.Random) -> Iterator[NamesakeStory]:
    for name in _MINISTRIES:
        for country in rng.sample(_COUNTRIES, 2):
            for _ in range(rng.randint(2, 3)):
                lead = rng.choice(_MINISTRY_LEADS).format(name=name, country=country)
                yield NamesakeStory(f"{lead} {_FILLER}", {name: f"ministry {name} {country}"})


def _full_name(rng: random.Random) -> str:
    return f"{_word(rng).capitalize()} {_word(rng).capitalize()}"
