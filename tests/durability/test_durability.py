"""The promises of docs/durability.md under random trouble, in short; `python -m bench durability` does it at length."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.durability import anchors, damage, edits, faulty, kills, together

linux = pytest.mark.skipif(sys.platform != "linux", reason="kills, terminals and preloaded libraries as on Linux")


@linux
def test_nothing_that_was_called_saved_is_lost_to_a_kill(tmp_path: Path) -> None:
    outcome = kills.run(5, tmp_path, seed=3, least=1)
    assert outcome.called_saved >= 5
    assert (outcome.lost, outcome.broken) == (0, 0)


def test_damage_loses_nothing_that_can_be_read(tmp_path: Path) -> None:
    outcome = damage.run(15, tmp_path, seed=2)
    assert outcome.readable > 1000
    assert (outcome.raised, outcome.lost, outcome.unusable) == (0, 0, 0)


@linux
@pytest.mark.skipif(faulty.compiler() is None, reason="no C compiler")
def test_nothing_is_called_saved_that_the_disk_refused(tmp_path: Path) -> None:
    outcome = faulty.run(tmp_path, every=11)
    assert outcome.errors > 20
    assert (outcome.false_saved, outcome.lost, outcome.twice, outcome.raised) == (0, 0, 0, 0)


def test_two_processes_lose_nothing_and_see_the_same(tmp_path: Path) -> None:
    assert together.run(60, tmp_path) == together.Outcome(120, 0, 0, True)


def test_decisions_follow_their_mentions_and_nothing_else(tmp_path: Path) -> None:
    outcome = anchors.run(12, tmp_path)
    assert outcome.decisions >= 2000
    assert (outcome.wrong, outcome.unaccounted) == (0, 0)
    assert outcome.clear_followed >= 0.98 * outcome.clear
    assert outcome.standing > 0.9 * outcome.decisions


def test_the_edits_are_real() -> None:
    article = edits.edited(4)
    assert article.old != article.new
    for text, places in ((article.old, article.before), (article.new, article.after)):
        assert all(text[start:end].casefold() in map(str.casefold, edits.NAMES) for start, end in places.values())
