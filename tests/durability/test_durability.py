"""The promises of docs/durability.md under random trouble, in short; `python -m bench durability` takes longer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.harness import carry_over, damage, disk_errors, edited_texts, kills, two_writers

linux = pytest.mark.skipif(sys.platform != "linux", reason="kills, terminals and preloaded libraries as on Linux")


@linux
def test_no_decision_called_saved_is_lost_to_a_kill(tmp_path: Path) -> None:
    result = kills.run(5, tmp_path, seed=3, min_saved=1)
    assert result.called_saved >= 5
    assert (result.lost, result.broken) == (0, 0)


def test_damage_loses_no_readable_record(tmp_path: Path) -> None:
    result = damage.run(15, tmp_path, seed=2)
    assert result.readable > 1000
    assert (result.raised, result.lost, result.not_writable) == (0, 0, 0)


@linux
@pytest.mark.skipif(disk_errors.compiler() is None, reason="no C compiler")
def test_a_decision_that_the_disk_refused_is_not_called_saved(tmp_path: Path) -> None:
    result = disk_errors.run(tmp_path, interval=11)
    assert result.errors > 20
    assert (result.false_saved, result.lost, result.duplicates, result.raised) == (0, 0, 0, 0)


def test_two_processes_lose_nothing_and_see_the_same_decisions(tmp_path: Path) -> None:
    assert two_writers.run(60, tmp_path) == two_writers.TwoWritersResult(120, 0, 0, same_view=True)


def test_decisions_follow_their_own_mentions_only(tmp_path: Path) -> None:
    result = carry_over.run(12, tmp_path)
    assert result.decisions >= 2000
    assert (result.wrong, result.unaccounted) == (0, 0)
    assert result.clear_followed >= 0.98 * result.clear
    assert result.surviving > 0.9 * result.decisions


def test_edited_texts_have_their_names_at_the_given_spans() -> None:
    text = edited_texts.edited_text(4)
    assert text.old != text.new
    names = {name.casefold() for name in edited_texts.NAMES}
    for version, spans in ((text.old, text.old_spans), (text.new, text.new_spans)):
        assert all(version[start:end].casefold() in names for start, end in spans.values())
