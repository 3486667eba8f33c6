"""Generated texts and edited copies of them, with the span of every name in both."""

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
_FILLERS: Final = (
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


class Word(NamedTuple):
    """A word of a text, or a name, which has a number that it keeps through every edit."""

    text: str
    name: int = -1


Sentence = list[Word]
Paragraph = list[Sentence]


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text and an edited copy of it, with the spans of the names by their numbers."""

    old: str
    new: str
    old_spans: dict[int, tuple[int, int]]
    new_spans: dict[int, tuple[int, int]]


def edited_text(seed: int, paragraph_count: int = 30) -> EditedText:
    """Return a text and a copy with sentences and paragraphs inserted, deleted, moved and reworded."""
    rng = random.Random(seed)
    generator = _Generator(rng)
    old = [[generator.sentence() for _ in range(rng.randrange(1, 7))] for _ in range(paragraph_count)]
    if rng.random() < 0.5:  # repeat a sentence word for word
        for _ in range(3):
            rng.choice(old).append(old[0][0] if rng.random() < 0.5 else [Word(word.text) for word in old[1][0]])
    old = generator.renumbered(old)
    new = [[list(sentence) for sentence in paragraph] for paragraph in old]
    for _ in range(rng.randrange(1, 12)):
        rng.choice((_insert, _insert_paragraph, _delete, _delete_paragraph, _move, _reword, _reword, _copy))(
            new, generator
        )
    separator = rng.choice(("\n", "\n\n"))
    old_text, old_spans = _render(old, separator)
    new_text, new_spans = _render(new, separator)
    return EditedText(old_text, new_text, old_spans, new_spans)


class _Generator:
    """Generates sentences and numbers their names."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.copied: list[Sentence] = []
        self._last_number = 0

    def name(self) -> Word:
        """Return a name with a number of its own."""
        # A few names are frequent, as in real texts.
        weights = [12 // (rank + 1) + 1 for rank in range(len(NAMES))]
        self._last_number += 1
        return Word(self.rng.choices(NAMES, weights)[0], self._last_number)

    def other_name(self, sentence: Sentence) -> Word:
        """Return a name that shares no word with the sentence."""
        words = {part for word in sentence for part in word.text.split()}
        candidates = [name for name in NAMES if not words & set(name.split())]
        return self.name()._replace(text=self.rng.choice(candidates))

    def was_copied(self, sentence: Sentence) -> bool:
        """Return whether this very sentence was copied."""
        return any(sentence is copied for copied in self.copied)

    def words(self, count: int) -> list[Word]:
        """Return words that are not names."""
        return [Word(self.rng.choice(self.rng.choice((_NOUNS, _VERBS, _FILLERS)))) for _ in range(count)]

    def sentence(self) -> Sentence:
        """Return a sentence with two or three names."""
        rng = self.rng
        lead = [Word(word) for word in rng.choice(_LEADS).split()] if rng.random() < 0.4 else []
        middle = [self.name(), *self.words(rng.randrange(1, 6)), self.name(), *self.words(rng.randrange(1, 9))]
        return [*lead, *middle, *([self.name()] if rng.random() < 0.3 else [])]

    def renumbered(self, paragraphs: list[Paragraph]) -> list[Paragraph]:
        """Return a copy in which every name has a number of its own, even in repeated sentences."""
        return [[[self._renumbered(word) for word in sentence] for sentence in paragraph] for paragraph in paragraphs]

    def _renumbered(self, word: Word) -> Word:
        if word.text not in NAMES:
            return word
        self._last_number += 1
        return Word(word.text, self._last_number)


def _insert(text: list[Paragraph], generator: _Generator) -> None:
    paragraph = generator.rng.choice(text)
    paragraph.insert(generator.rng.randrange(len(paragraph) + 1), generator.sentence())


def _insert_paragraph(text: list[Paragraph], generator: _Generator) -> None:
    index = generator.rng.randrange(len(text) + 1)
    text.insert(index, [generator.sentence() for _ in range(generator.rng.randrange(1, 4))])


def _delete(text: list[Paragraph], generator: _Generator) -> None:
    paragraph = generator.rng.choice(text)
    index = generator.rng.randrange(len(paragraph))
    if len(paragraph) > 1 and not generator.was_copied(paragraph[index]):
        del paragraph[index]


def _delete_paragraph(text: list[Paragraph], generator: _Generator) -> None:
    index = generator.rng.randrange(len(text))
    if len(text) > 2 and not any(map(generator.was_copied, text[index])):
        del text[index]


def _move(text: list[Paragraph], generator: _Generator) -> None:
    text.insert(generator.rng.randrange(len(text)), text.pop(generator.rng.randrange(len(text))))


def _copy(text: list[Paragraph], generator: _Generator) -> None:
    """Insert a sentence elsewhere that is almost the same as an existing one."""
    source = generator.rng.choice(generator.rng.choice(text))
    # The source must not be deleted later: nobody could tell that from moving and rewording it.
    generator.copied.append(source)
    near_copy = _reworded(source, generator, 0.2)
    (renumbered,) = generator.renumbered([[near_copy]])
    generator.rng.choice(text).extend(renumbered)


def _reword(text: list[Paragraph], generator: _Generator) -> None:
    rate = generator.rng.choice((0.1, 0.2, 0.3, 0.5))
    for sentence in generator.rng.choice(text):
        sentence[:] = _reworded(sentence, generator, rate)


def _reworded(sentence: Sentence, generator: _Generator, rate: float) -> Sentence:
    """Return the sentence with words changed, dropped or added at this rate; names a third as often."""
    rng = generator.rng
    changed: Sentence = []
    for word in sentence:
        roll = rng.random() * (1 if word.name < 0 else 3)
        if roll < rate / 2:
            changed += generator.words(1) if word.name < 0 else [generator.other_name(sentence)]
        elif roll >= rate * 0.8:
            changed.append(word)
        if roll < rate and word.name < 0 and roll >= rate * 0.8:
            changed += generator.words(1)
    return changed or sentence


def _render(text: list[Paragraph], separator: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return the text as a string, and the spans of its names by number."""
    parts: list[str] = []
    spans: dict[int, tuple[int, int]] = {}
    offset = 0
    for paragraph_index, paragraph in enumerate(text):
        for sentence_index, sentence in enumerate(paragraph):
            for index, word in enumerate(sentence):
                parts.append(" " if index or sentence_index else separator if paragraph_index else "")
                offset += len(parts[-1])
                if word.name >= 0:
                    spans[word.name] = (offset, offset + len(word.text))
                parts.append(word.text if index else word.text[0].upper() + word.text[1:])
                offset += len(parts[-1])
            parts.append(".")
            offset += 1
    return "".join(parts), spans
