"""Snapshots of the app. `pytest tests/ui/test_looks.py --snapshot-update` accepts a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from reader.annotate import NullStore
from reader.document import Block, BlockKind, Document, Hyperlink
from reader.settings import Settings
from tests.ui.conftest import AppHarness, FixedRecognition

Compare = Callable[..., bool]


def _rich_document() -> Document:
    parts = [
        ("What the tide left", BlockKind.HEADING, 1, ""),
        ("Mira Castellan counted three boats, two of them from 長崎.", BlockKind.PARAGRAPH, 0, ""),
        ("flour, forty tonnes", BlockKind.LIST_ITEM, 1, "•"),
        (
            "rope, of which nobody had asked for any but which filled half of the second boat",
            BlockKind.LIST_ITEM,
            2,
            "1.",
        ),
        ("“We did not choose the river,” the council of Osel wrote.", BlockKind.QUOTE, 1, ""),
        ("depth = 4.2\n  falling", BlockKind.CODE, 0, ""),
    ]
    blocks, at = [], 0
    for text, kind, level, marker in parts:
        blocks.append(Block(at, at + len(text), kind, level, marker))
        at += len(text) + 1
    text = "\n".join(part[0] for part in parts)
    link = text.index("three boats")
    return Document(text, tuple(blocks), "What the tide left", "tide.md", links=(Hyperlink(link, link + 11, "x:"),))


def looks(compare: Compare, harness: AppHarness, *keys: str, size: tuple[int, int]) -> bool:
    async def press(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    return compare(harness.app, terminal_size=size, run_before=press)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_side_by_side(snap_compare: Compare, theme: str) -> None:
    harness = AppHarness(NullStore(), settings=Settings(theme=theme))
    assert looks(snap_compare, harness, "]", "]", "]", "}", size=(130, 26))


def test_a_column_beside_the_text(snap_compare: Compare) -> None:
    assert looks(snap_compare, AppHarness(NullStore()), "]", "]", "g", "e", "m", "j", "m", size=(90, 24))


def test_the_text_alone(snap_compare: Compare) -> None:
    assert looks(snap_compare, AppHarness(NullStore()), "]", "v", "w", size=(60, 20))


def test_blocks_of_every_kind(snap_compare: Compare) -> None:
    harness = AppHarness(NullStore(), document=_rich_document(), recognition=FixedRecognition())
    assert looks(snap_compare, harness, "j", size=(60, 24))


def test_the_label_menu(snap_compare: Compare) -> None:
    assert looks(snap_compare, AppHarness(NullStore()), "]", "t", size=(100, 30))
