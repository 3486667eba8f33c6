"""Damaged files end in a document or in one clear line."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest

from reader.document import DocumentError, load
from tests.document.loaders.office.office_files import archive, epub, open_document, paragraph, word

RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}}{\info{\title T}}\pard\outlinelevel0 Quay\par "
    rb"\trowd a\cell b\row {\listtext 1.\tab}x\u8217\'92{\footnote n}{\pict\bin2 xx}\par}"
)
FILES = {
    "word": lambda: word(paragraph("Quay", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>')),
    "open document": lambda: open_document('<text:list><text:list-item><text:p>Q<text:s text:c="3"/></text:p>'
                                           "</text:list-item></text:list>"),
    "epub": lambda: epub({"a": "<p>Quay &amp; sea</p>"}, "a"),
    "rtf": lambda: RTF,
}  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed))
        match chance.randrange(3):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randint(1, 20)]
            case _:
                changed[at:at] = changed[max(at - 20, 0) : at]
        if not changed:
            return b"x"
    return bytes(changed)


def mutated_part(data: bytes, chance: random.Random) -> bytes:
    """Return a valid archive in which one part is damaged."""
    with ZipFile(BytesIO(data)) as file:
        parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    name = chance.choice([name for name in parts if name != "mimetype"])
    content = parts[name]
    assert isinstance(content, bytes)
    parts[name] = mutated(content, chance) if content else b"<x"
    return archive(parts)


@pytest.mark.parametrize("kind", FILES)
def test_damage_never_raises_anything_else(kind: str) -> None:
    build: Callable[[], bytes] = FILES[kind]
    data = build()
    load("-", stdin=BytesIO(data))
    chance = random.Random(7)
    for round_number in range(300):
        is_part = kind != "rtf" and round_number % 2
        broken = mutated_part(data, chance) if is_part else mutated(data, chance)
        with suppress(DocumentError):
            load("-", stdin=BytesIO(broken))
