"""Articles that are edited by machine, which knows where every name went."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final, NamedTuple

NAMES: Final = (
    "Orvane", "Lister Board", "LB", "Mira Toll", "Toll", "Port Hasel", "Hasel", "Ostmark Union", "Tam", "Inga Vold",
    "Vold", "Serrat", "Quay Nine", "North Basin", "Ruel", "Ruel Haddon", "Haddon", "Kesterby", "東港", "Zoë Ñandú",
)  # fmt: skip
_NOUNS: Final = (
    "harbor",
    "barge",
    "council",
    "tariff",
    "inquiry",
    "crane",
    "ledger",
    "strike",
    "cargo",
    "permit",
    "witness",
    "river",
    "treaty",
    "fire",
    "grain",
    "lock",
)
_VERBS: Final = (
    "praised",
    "refused",
    "visited",
    "blamed",
    "left",
    "joined",
    "repaid",
    "warned",
    "ignored",
    "answered",
    "sued",
    "fined",
    "moved",
    "closed",
)
_OTHERS: Final = (
    "late",
    "again",
    "in",
    "spring",
    "at",
    "dawn",
    "without",
    "notice",
    "over",
    "a",
    "debt",
    "of",
    "last",
    "year",
    "for",
    "the",
    "third",
    "time",
    "on",
    "the",
    "same",
    "day",
)
_LEADS = (
    "Later",
    "By then",
    "In a letter",
    "According to two clerks",
    "After the vote",
    "That week",
    "Nobody knew why",
)


class Piece(NamedTuple):
    """A word of an article; a name has a number that it keeps through every edit."""

    text: str
    name: int = -1


Sentence = list[Piece]
Paragraph = list[Sentence]


@dataclass(frozen=True, slots=True)
class Edited:
    """A text before and after, and where the names were and are."""

    old: str
    new: str
    before: dict[int, tuple[int, int]]
    after: dict[int, tuple[int, int]]


def edited(seed: int, paragraphs: int = 30) -> Edited:
    """Return an article and an edited copy: sentences and paragraphs inserted, deleted, moved, reworded."""
    chance = random.Random(seed)
    maker = _Maker(chance)
    old = [[maker.sentence() for _ in range(chance.randrange(1, 7))] for _ in range(paragraphs)]
    if chance.random() < 0.5:  # a sentence that is repeated word by word
        for _ in range(3):
            chance.choice(old).append(old[0][0] if chance.random() < 0.5 else [Piece(p.text) for p in old[1][0]])
    old = maker.renumbered(old)
    new = [[list(sentence) for sentence in paragraph] for paragraph in old]
    for _ in range(chance.randrange(1, 12)):
        chance.choice((_insert, _insert_paragraph, _delete, _delete_paragraph, _move, _reword, _reword, _copy))(
            new, maker
        )
    joint = chance.choice(("\n", "\n\n"))
    old_text, before = _written(old, joint)
    new_text, after = _written(new, joint)
    return Edited(old_text, new_text, before, after)


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.copied: list[Sentence] = []
        self._next = 0

    def name(self) -> Piece:
        # A few names are everywhere, as in articles.
        weights = [12 // (rank + 1) + 1 for rank in range(len(NAMES))]
        self._next += 1
        return Piece(self.chance.choices(NAMES, weights)[0], self._next)

    def other_name(self, than: Sentence) -> Piece:
        """Return a name that shares no word with any of a sentence's."""
        words = {word for piece in than for word in piece.text.split()}
        free = [name for name in NAMES if not words & set(name.split())]
        return self.name()._replace(text=self.chance.choice(free))

    def was_copied(self, sentence: Sentence) -> bool:
        return any(sentence is each for each in self.copied)

    def words(self, count: int) -> list[Piece]:
        return [Piece(self.chance.choice(self.chance.choice((_NOUNS, _VERBS, _OTHERS)))) for _ in range(count)]

    def sentence(self) -> Sentence:
        chance = self.chance
        lead = [Piece(word) for word in chance.choice(_LEADS).split()] if chance.random() < 0.4 else []
        middle = [self.name(), *self.words(chance.randrange(1, 6)), self.name(), *self.words(chance.randrange(1, 9))]
        return [*lead, *middle, *([self.name()] if chance.random() < 0.3 else [])]

    def renumbered(self, paragraphs: list[Paragraph]) -> list[Paragraph]:
        """Give every name a number of its own, also in sentences that were repeated."""
        return [[[self._again(piece) for piece in sentence] for sentence in each] for each in paragraphs]

    def _again(self, piece: Piece) -> Piece:
        if piece.text not in NAMES:
            return piece
        self._next += 1
        return Piece(piece.text, self._next)


def _insert(text: list[Paragraph], maker: _Maker) -> None:
    paragraph = maker.chance.choice(text)
    paragraph.insert(maker.chance.randrange(len(paragraph) + 1), maker.sentence())


def _insert_paragraph(text: list[Paragraph], maker: _Maker) -> None:
    text.insert(maker.chance.randrange(len(text) + 1), [maker.sentence() for _ in range(maker.chance.randrange(1, 4))])


def _delete(text: list[Paragraph], maker: _Maker) -> None:
    paragraph = maker.chance.choice(text)
    index = maker.chance.randrange(len(paragraph))
    if len(paragraph) > 1 and not maker.was_copied(paragraph[index]):
        del paragraph[index]


def _delete_paragraph(text: list[Paragraph], maker: _Maker) -> None:
    index = maker.chance.randrange(len(text))
    if len(text) > 2 and not any(map(maker.was_copied, text[index])):
        del text[index]


def _move(text: list[Paragraph], maker: _Maker) -> None:
    text.insert(maker.chance.randrange(len(text)), text.pop(maker.chance.randrange(len(text))))


def _copy(text: list[Paragraph], maker: _Maker) -> None:
    """Put in, elsewhere, a sentence that is nearly one that is there."""
    source = maker.chance.choice(maker.chance.choice(text))
    maker.copied.append(source)  # deleted, it would have been moved, as far as anyone can tell
    likeness = _reworded(source, maker, 0.2)
    (renumbered,) = maker.renumbered([[likeness]])
    maker.chance.choice(text).extend(renumbered)


def _reword(text: list[Paragraph], maker: _Maker) -> None:
    rate = maker.chance.choice((0.1, 0.2, 0.3, 0.5))
    for sentence in maker.chance.choice(text):
        sentence[:] = _reworded(sentence, maker, rate)


def _reworded(sentence: Sentence, maker: _Maker, rate: float) -> Sentence:
    """Change, drop or add a word at this rate; names are changed and dropped, too, but a third as often."""
    chance = maker.chance
    changed: Sentence = []
    for piece in sentence:
        roll = chance.random() * (1 if piece.name < 0 else 3)
        if roll < rate / 2:
            changed += maker.words(1) if piece.name < 0 else [maker.other_name(sentence)]
        elif roll >= rate * 0.8:
            changed.append(piece)
        if roll < rate and piece.name < 0 and roll >= rate * 0.8:
            changed += maker.words(1)
    return changed or sentence


def _written(text: list[Paragraph], joint: str) -> tuple[str, dict[int, tuple[int, int]]]:
    parts: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    at = 0

    def put(part: str) -> None:
        nonlocal at
        parts.append(part)
        at += len(part)

    for number, paragraph in enumerate(text):
        put(joint if number else "")
        for order, sentence in enumerate(paragraph):
            put(" " if order else "")
            for index, piece in enumerate(sentence):
                put(" " if index else "")
                if piece.name >= 0:
                    places[piece.name] = (at, at + len(piece.text))
                put(piece.text[0].upper() + piece.text[1:] if not index else piece.text)
            put(".")
    return "".join(parts), places
