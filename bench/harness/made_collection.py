"""Made documents for collections: as files with generated text, and as records of a large index."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from bench.startup import generated_text
from reader.collection.document_record import DateRecord, DocumentRecord, EntityRecord, MentionRecord, NameRecord

SYLLABLES: Final = (
    "ba", "ka", "lo", "mi", "ren", "dor", "vel", "sta", "nor", "hal", "tis", "gre", "mon", "par", "qui", "sel", "tar",
    "und", "vor", "wes",
)  # fmt: skip
_WORDS: Final = (
    "the", "of", "and", "to", "in", "a", "that", "was", "for", "on", "with", "as", "by", "at", "from", "an", "were",
    "which", "committee", "report", "said", "contract", "money", "bank", "office", "letter", "company", "government",
    "police", "court", "river", "bridge", "harbor", "ship", "meeting", "plan", "bribe", "account", "payment", "year",
)  # fmt: skip
_LABELS: Final = ("PERSON", "PERSON", "ORG", "GPE")
_SENTENCES: Final = 25
_MENTIONS_IN_SENTENCE: Final = 2


def write_files(folder: Path, count: int) -> None:
    """Write files of about 2,000 code points each, 500 to a folder."""
    for number in range(count):
        path = folder / f"{number // 500:03}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(generated_text(number + 1, 320), encoding="utf-8")


def records(count: int, seed: int = 1) -> Iterator[DocumentRecord]:
    """Yield documents with 50 mentions each, of names that are as unevenly frequent as words."""
    numbers = random.Random(seed)
    names = list(islice(_names(numbers), 20 + count * 3))
    weights = [1 / (rank + 10) for rank in range(len(names))]
    for number in range(count):
        yield _record(number, numbers, names, weights)


def _names(numbers: random.Random) -> Iterator[tuple[str, str]]:
    used: set[str] = set()
    while True:
        label = numbers.choice(_LABELS)
        words = 1 if label == "GPE" else numbers.choice((2, 2, 3))
        name = " ".join("".join(numbers.choices(SYLLABLES, k=numbers.randint(2, 3))).capitalize() for _ in range(words))
        if name not in used:
            used.add(name)
            yield name, label


def _word(numbers: random.Random) -> str:
    return "".join(numbers.choices(SYLLABLES, k=numbers.randint(2, 3))).capitalize()


def _record(number: int, numbers: random.Random, names: list[tuple[str, str]], weights: list[float]) -> DocumentRecord:
    cast = list(dict.fromkeys(numbers.choices(names, weights, k=25)))
    pieces: list[str] = []
    mentions: list[MentionRecord] = []
    dates: list[DateRecord] = []
    length = 0
    for sentence in range(_SENTENCES):
        start, spans = length, []
        for name, label in numbers.choices(cast, k=_MENTIONS_IN_SENTENCE):
            words = " ".join(numbers.choices(_WORDS, k=8)) + " "
            pieces += (words, name, " ")
            spans.append((length + len(words), length + len(words) + len(name), name, label))
            length += len(words) + len(name) + 1
        year = str(numbers.randint(1990, 2025))
        pieces += ("in ", year, ".\n\n" if sentence % 3 == 2 else ". ")
        if sentence % 5 == 0:
            dates.append(DateRecord(length + 3, length + 7, year, start))
        end = length + 8
        length += 8 + len(pieces[-1]) - 1
        for first, last, name, label in spans:
            entity = f"e{cast.index((name, label)) + 1}"
            mentions.append(MentionRecord(first, last, label, entity, "model", False, sentence // 3, start, end))
    text = "".join(pieces)
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    counts = [sum(mention.entity == f"e{index + 1}" for mention in mentions) for index in range(len(cast))]
    entities = tuple(
        EntityRecord(digest, f"e{index + 1}", name, label, (NameRecord(name, label, counts[index]),))
        for index, (name, label) in enumerate(cast)
        if counts[index]
    )
    day = f"{numbers.randint(2000, 2025)}-{numbers.randint(1, 12):02}-{numbers.randint(1, 28):02}"
    return DocumentRecord(
        digest, digest, f"/made/{number:06}.txt", f"Document {number}", "", day, text, "made 1", tuple(mentions),
        entities, tuple(dates),
    )  # fmt: skip
