from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.document import Block, BlockKind, Document
from reader.reading import Reading
from reader.recognize import Mention
from reader.settings import Settings
from reader.ui.app import ReaderApp
from reader.ui.base.bars import Bar
from reader.ui.keys.keymap import Keymap, default_keymap
from reader.ui.recognition import RecognitionListener
from reader.ui.screens.reading.reading_screen import ReadingScreen

NAMES = {
    "Harbor Relief Agency": "ORG",
    "HRA": "ORG",
    "Mira Castellan": "PERSON",
    "Castellan": "PERSON",
    "Tarn": "GPE",
    "Osel": "GPE",
    "Osel River": "LOC",
    "Bay Treaty": "LAW",
}

PARAGRAPHS = (
    "Relief reaches Tarn",
    "The Harbor Relief Agency (HRA) said on Monday that its first boats had reached Tarn, two weeks after the Osel "
    "River broke its banks. Mira Castellan, who leads the agency, called the crossing slow but safe.",
    "Castellan had asked the council of Osel for barges. HRA crews, she said, slept on deck. The Bay Treaty lets "
    "both towns share the river in an emergency.",
    "By Friday HRA had carried 40 tonnes of flour to Tarn. Castellan thanked the people of Osel; the council "
    "thanked HRA.",
)


def make_document(paragraphs: Sequence[str] = PARAGRAPHS, title: str = "Relief reaches Tarn") -> Document:
    blocks, at = [], 0
    for number, paragraph in enumerate(paragraphs):
        kind = BlockKind.HEADING if number == 0 else BlockKind.PARAGRAPH
        blocks.append(Block(at, at + len(paragraph), kind, level=1 if number == 0 else 0))
        at += len(paragraph) + 1
    return Document("\n".join(paragraphs), tuple(blocks), title, "relief.txt")


def mentions_in(text: str) -> tuple[Mention, ...]:
    longest_first = sorted(NAMES, key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
    return tuple(Mention(*found.span(), NAMES[found.group()]) for found in pattern.finditer(text))


class FixedRecognition:
    """A recognition that finds the given mentions at once, or fails."""

    def __init__(self, mentions: Sequence[Mention] = (), failure: str = "") -> None:
        self.mentions = tuple(mentions)
        self.failure = failure
        self.stopped = False
        self.listener: RecognitionListener | None = None

    async def run(self, reading: Reading, first_block: int, listener: RecognitionListener) -> None:
        del first_block
        self.listener = listener
        if self.failure:
            listener.show_failure(self.failure)
            return
        reading.set_recognized(self.mentions)
        listener.show_activity("")
        listener.mentions_changed()

    async def stop(self) -> None:
        self.stopped = True

    def another(self) -> FixedRecognition:
        return FixedRecognition(self.mentions)


class AppHarness:
    """The app with a document, and shortcuts to look into it."""

    def __init__(
        self,
        store: Store,
        *,
        document: Document | None = None,
        recognition: FixedRecognition | None = None,
        keymap: Keymap | None = None,
        settings: Settings | None = None,
        offset: int = 0,
    ) -> None:
        self.document = document or make_document()
        self.recognition = recognition or FixedRecognition(mentions_in(self.document.text))
        self.store = store
        self.app = ReaderApp(
            store,
            keymap or default_keymap(),
            self.recognition,
            document=self.document,
            settings=settings or Settings(),
            offset=offset,
        )

    @property
    def screen(self) -> ReadingScreen:
        screens = [screen for screen in self.app.screen_stack if isinstance(screen, ReadingScreen)]
        return screens[-1]

    @property
    def reading(self) -> Reading:
        return self.screen.reading

    @property
    def message(self) -> str:
        return self.screen.query_one("#status", Bar).text

    def text_under_cursor(self) -> str:
        mention = self.reading.mention_at(self.screen.article.cursor)
        return self.document.text[mention.start : mention.end] if mention else ""

    def labels(self) -> dict[str, set[str]]:
        """Return the labels of each surface form."""
        labels: dict[str, set[str]] = {}
        for mention in self.reading.mentions:
            labels.setdefault(self.document.text[mention.start : mention.end], set()).add(mention.label)
        return labels

    def names_with(self, name: str) -> set[str]:
        """Return all names of the entity that has a name."""
        entity = next(entity for entity in self.reading.entities if name in entity.names)
        return set(entity.names)

    def rows(self) -> list[str]:
        """Return the rows of the top screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "annotations.db")


@pytest.fixture
def harness(store: Store) -> AppHarness:
    return AppHarness(store)
