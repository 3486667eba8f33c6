"""The same words give the same entities, however they are typeset."""

from __future__ import annotations

import random
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.document import Document, load
from reader.reading import Reading
from reader.recognize.process.analysis import load_recognizer, recognize
from reader.resources import resource_folder

SAMPLES = [*sorted(resource_folder("seeds").glob("*.txt")), Path(__file__).parent / "articles" / "astrid-maren.txt"]


def _wrapped(width: int) -> Callable[[str], str]:
    def wrap(text: str) -> str:
        fill = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False).fill
        return "\n\n".join(fill(paragraph) for paragraph in text.split("\n\n"))

    return wrap


def _ragged(text: str) -> str:
    """Every paragraph in lines of 30 to 60 code points."""
    choose = random.Random(5)
    paragraphs = []
    for paragraph in text.split("\n\n"):
        lines, line, limit = [], "", choose.randint(30, 60)
        for word in paragraph.split():
            if line and len(line) + len(word) >= limit:
                lines.append(line)
                line, limit = "", choose.randint(30, 60)
            line = f"{line} {word}".strip()
        paragraphs.append("\n".join([*lines, line]))
    return "\n\n".join(paragraphs)


def _odd_spaces(text: str) -> str:
    choose = random.Random(7)
    return "".join(choose.choice([" ", "\u00a0", "  ", "\u2009", " \u200b"]) if char == " " else char for char in text)


def _soft_hyphens(text: str) -> str:
    choose = random.Random(9)
    pieces = []
    for char, following in zip(text, text[1:] + " ", strict=True):
        pieces.append(char)
        if char.isalpha() and following.isalpha() and choose.random() < 0.1:
            pieces.append(choose.choice(["\u00ad", "\u200b", "\u2060"]))
    return "".join(pieces)


def _typographic(text: str) -> str:
    return text.replace("'", "’").replace(" - ", " — ").replace("-", "‑")


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _plain(path: Path) -> str:
    """A text in its plainest form: each paragraph in one line."""
    document = load(str(path))
    return "\n\n".join(" ".join(document.text[block.start : block.end].split()) for block in document.blocks)


def _entities(text: str, path: Path) -> list[tuple[str, str, list[str], int]]:
    """Name, label, aliases and number of mentions of every entity."""
    path.write_text(text, encoding="utf-8")
    reading = Reading(load(str(path)))
    reading.set_recognized(recognize(reading.document, load_recognizer()))
    for mention in reading.mentions:
        assert reading.document.text[mention.start] not in " \n\u00ad\u200b\u2060"
    return [(entity.name, entity.label, sorted(entity.names), len(entity.mentions)) for entity in reading.entities]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "typeset",
    [
        *(_wrapped(40), _wrapped(72), _wrapped(80), _wrapped(100), _ragged),
        *(_odd_spaces, _soft_hyphens, _typographic, _decomposed),
    ],
    ids=["40", "72", "80", "100", "ragged", "spaces", "soft-hyphens", "typographic", "decomposed"],
)  # fmt: skip
def test_entities_do_not_depend_on_typesetting(sample: Path, typeset: Callable[[str], str], tmp_path: Path) -> None:
    plain = _plain(sample)
    expected = _entities(plain, tmp_path / "plain.txt")
    assert expected
    assert _entities(typeset(plain), tmp_path / "typeset.txt") == expected


def test_a_document_is_not_altered(tmp_path: Path) -> None:
    text = "Ignacio Del\u00admonte met Conor O’Hara in Mar-\nseille."
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    document: Document = load(str(path))
    assert document.text == text
