"""Hits of watchlists: signs in the panes, and the screen on which they are answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.annotate.decisions import WatchlistAnswered
from reader.collection.watchlists.saved_lists import add_list
from tests.ui.conftest import AppHarness
from tests.ui.screens.test_review_screen import settle


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path))
    source = tmp_path / "people.csv"
    source.write_text("id,name\np1,Myra Castellan\np2,Harbor Relief Agency\np3,Zed Zander\n")
    add_list("people", source)


async def searched(pilot: Pilot[Any]) -> None:
    """Wait until the watchlists have been searched."""
    await pilot.app.workers.wait_for_complete()
    await settle(pilot)


@pytest.mark.usefixtures("people")
async def test_hits_have_signs_in_text_entities_and_details(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(140, 40)) as pilot:
        await searched(pilot)
        assert "◆" in "\n".join(harness.rows())
        start = harness.document.text.index("Mira Castellan")
        assert (start, start + len("Mira Castellan")) in harness.screen.article.listed_spans
        mention = harness.reading.mention_at(start)
        assert mention is not None
        harness.screen.select(harness.reading.entity_of(mention), mention)
        await settle(pilot)
        assert "like Myra Castellan (people: p1)" in " ".join("".join(harness.rows()).split())


@pytest.mark.usefixtures("people")
async def test_only_listed_entities_pass_the_filter(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(140, 40)) as pilot:
        await searched(pilot)
        harness.screen.entity_list.set_filter("status:listed")
        await settle(pilot)
        assert harness.screen.entity_list.item_count() == 2


@pytest.mark.usefixtures("people")
async def test_an_answer_goes_to_the_next_hit_and_can_be_undone(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 30)) as pilot:
        await searched(pilot)
        await pilot.press("g", "w")
        await settle(pilot)
        assert "2 hits, 2 not reviewed" in harness.rows()[0]
        await pilot.press("x")
        await settle(pilot)
        assert "2 hits, 1 not reviewed" in harness.rows()[0]
        await pilot.press("y")
        await settle(pilot)
        answers = {
            decision.listed_id: decision.answer
            for decision in harness.reading.decisions
            if isinstance(decision, WatchlistAnswered)
        }
        assert answers == {"p2": "no", "p1": "yes"}
        await pilot.press("u", "u")
        await settle(pilot)
        assert "2 hits, 2 not reviewed" in harness.rows()[0]


@pytest.mark.usefixtures("people")
async def test_a_refused_hit_loses_its_signs(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(140, 40)) as pilot:
        await searched(pilot)
        await pilot.press("g", "w", "x", "x", "escape")
        await settle(pilot)
        assert "◆" not in "\n".join(harness.rows())
        assert not harness.screen.article.listed_spans


@pytest.mark.usefixtures("people")
async def test_enter_goes_to_the_hit_in_the_text(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(120, 30)) as pilot:
        await searched(pilot)
        await pilot.press("g", "w", "enter")
        await settle(pilot)
        assert harness.text_under_cursor() == "Harbor Relief Agency"


async def test_without_watchlists_the_screen_says_so(
    harness: AppHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path))
    async with harness.app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("g", "w")
        await settle(pilot)
        assert "reader watch add" in "\n".join(harness.rows())


@pytest.mark.usefixtures("people")
async def test_the_score_and_the_answer_are_never_cut(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(60, 24)) as pilot:
        await searched(pilot)
        await pilot.press("g", "w")
        await settle(pilot)
        rows = [row for row in harness.rows() if "% · not reviewed · " in row]
        assert len(rows) == 2
        assert all(row.endswith(" in the text") for row in rows)
