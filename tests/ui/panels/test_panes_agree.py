"""After any decision, every pane shows what `reader entities` prints of the same document."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import Decision, Store
from reader.cli.commands.reading.entities import entity_object
from reader.reading import Reading
from reader.resolve import Rule
from reader.ui.base.row_list import RowList
from tests.decisions import MENTIONS, decisions, make_document
from tests.ui.conftest import AppHarness, FixedRecognition

_SIZE = (220, 70)
_LIST_WIDTH = 60
"""Cells of the side panes in which no name is cut, whatever signs are beside it."""
_steps = st.lists(
    st.one_of(st.lists(decisions, min_size=1, max_size=2), st.sampled_from(["undo", "redo"])), min_size=1, max_size=8
)


def _drawn(pane: RowList) -> list[str]:
    """Return the whole pane as rows of text, as if it were tall enough."""
    top = pane.scroll_offset.y
    strips = (pane.render_line(y - top) for y in range(pane.virtual_size.height))
    return ["".join(segment.text for segment in strip).strip() for strip in strips]


def _list_rows(entities: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    rows = []
    for entity in entities:
        alias_count = len(entity["names"]) - 1
        rows.append((*entity["name"].split(), *([f"+{alias_count}"] if alias_count else []), str(entity["mentions"])))
    return rows


def _heading(entity: dict[str, Any], names: dict[str, str]) -> list[str]:
    """Return the lines of the details pane that can be derived from the output of `reader entities`."""
    plural = "" if entity["mentions"] == 1 else "s"
    lines = [entity["name"], f"{entity['label']} · {entity['mentions']} mention{plural}"]
    forms = [(form["name"], form["mentions"]) for form in entity["names"]]
    if [form for form, _ in forms] != [entity["name"]]:
        lines += [f"{form} {count}" for form, count in forms]
    lines += [f"{link['a']} = {link['b']}: {Rule(link['rule']).explanation}" for link in entity["links"]]
    candidates = {suggestion["entity"] for suggestion in entity["maybe"]}
    lines += [f"related: {names[id]}" for id in entity["related"] if id not in candidates]
    return lines + [f"maybe also: {names[suggestion['entity']]}" for suggestion in entity["maybe"]]


def _squeezed(lines: list[str]) -> str:
    """Join lines, without the gaps between columns and at line ends."""
    return " ".join(" ".join(lines).split())


async def _check(harness: AppHarness, store: Store) -> None:
    fresh = Reading(make_document(), store)
    fresh.set_recognized(MENTIONS)
    printed = [entity_object(fresh, entity) for entity in fresh.entities]
    names = {entity["id"]: entity["name"] for entity in printed}

    rows = [row.replace("▌", " ").split() for row in _drawn(harness.screen.entity_list) if row][1:]
    listed = [tuple(word for word in row[1:] if word not in {"?", "=?", "★", "✎"}) for row in rows]
    assert listed == _list_rows(printed)

    details, article = harness.screen.details, harness.screen.article
    assert details.entity is article.entity is harness.screen.entity_list.entity
    if details.entity is None:
        return
    index = fresh.entities.index(details.entity)
    text = _squeezed(_drawn(details))
    for line in _heading(printed[index], names):
        assert _squeezed([line]) in text


async def _run(steps: list[list[Decision] | str], path: Path, selected: int) -> None:
    store = Store.open(path)
    harness = AppHarness(store, document=make_document(), recognition=FixedRecognition(MENTIONS))
    async with harness.app.run_test(size=_SIZE) as pilot:
        await pilot.pause()
        harness.screen.query_one("#panes").styles.grid_columns = (_LIST_WIDTH, "1fr", _LIST_WIDTH)
        await pilot.pause()
        mention = MENTIONS[selected]
        harness.screen.article.jump(mention.start)
        harness.screen.select(harness.reading.entity_of(mention), mention)
        for step in steps:
            if step == "undo":
                await pilot.press("u")
            elif step == "redo":
                await pilot.press("ctrl+r")
            else:
                assert not isinstance(step, str)
                harness.screen.decide(*step)
            await pilot.pause()
            await _check(harness, store)
    store.close()


@given(_steps, st.integers(0, len(MENTIONS) - 1))
@settings(max_examples=25, deadline=None)
def test_every_pane_agrees_with_the_entities_command(steps: list[list[Decision] | str], selected: int) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_run(steps, Path(folder) / "annotations.db", selected))
