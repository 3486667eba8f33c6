"""Texts and recognizers for the tests of `reader.recognize`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from reader.document import Block, BlockKind, Document
from reader.recognize import Mention

PATTERNS = {
    "Ada Kovacs": "PER",
    "Harbor Watch": "ORG",
    "Port Ellis": "LOC",
    "three": "CARDINAL",
}

SAMPLE_TEXT = """Ada Kovacs founded Harbor Watch (HW) in Port Ellis.

HW has since grown. “Nobody believed in us,” Kovacs said in France.

Critics of HW, among them three French ministers, left Port Ellis in May."""


def document(text: str, kinds: Mapping[int, BlockKind] | None = None) -> Document:
    """Return a document whose blocks are the paragraphs of a text; `kinds` sets the kind of blocks by number."""
    blocks = []
    for number, match in enumerate(re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)):
        blocks.append(Block(match.start(), match.end(), (kinds or {}).get(number, BlockKind.PARAGRAPH)))
    return Document(text, tuple(blocks), title="t", source="s.txt")


def model_mentions(text: str, *names: tuple[str, str], score: float = 1.0) -> list[Mention]:
    """Return mentions as a recognizer might find them: the first occurrence of each name, sorted by offset."""
    return sorted(
        Mention(text.index(name), text.index(name) + len(name), label, "model", score) for name, label in names
    )


def labeled_texts(document: Document, mentions: Sequence[Mention]) -> list[tuple[str, str]]:
    """Return the text and label of each mention."""
    return [(document.text[mention.start : mention.end], mention.label) for mention in mentions]


class WordList:
    """A recognizer that finds the names in a list."""

    name = "word-list"
    version = "1"

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._pattern = re.compile(
            "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or r"(?!)"
        )
        self.seen_texts: list[str] = []

    def recognize(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """Yield the mentions of every name in each text."""
        for text in texts:
            self.seen_texts.append(text)
            yield [Mention(match.start(), match.end(), self._names[match[0]]) for match in self._pattern.finditer(text)]


_SHOUTING = """\
import re


class Shouting:
    name = "shouting"
    version = "0.7"

    def recognize(self, texts):
        for text in texts:
            print("a plug-in may print")
            yield [(match.start(), match.end(), "ORG") for match in re.finditer(r"[A-Z]{4,}", text)]


def make():
    return Shouting()
"""


def shouting_plugin(folder: Path, *, module: str = "shouting_names", code: str = _SHOUTING) -> Path:
    """Install a plug-in in a folder as a package manager does: a module, and a .dist-info with its entry point."""
    (folder / f"{module}.py").write_text(code)
    info = folder / f"{module}-0.7.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module.replace('_', '-')}\nVersion: 0.7\n")
    (info / "entry_points.txt").write_text(f"[entity_reader.recognizers]\nshouting = {module}:make\n")
    return folder
