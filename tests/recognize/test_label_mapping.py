from __future__ import annotations

import pytest

from reader.recognize import LABELS, VALUE_LABELS
from reader.recognize.label_mapping import own_label


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("PER", "PERSON"),
        ("per", "PERSON"),
        ("B-ORG", "ORG"),
        ("LOC", "LOC"),
        ("NORP", "NORP"),
        ("Creative Work", "WORK_OF_ART"),
    ],
)
def test_labels_of_other_pipelines_become_ours(theirs: str, ours: str) -> None:
    assert own_label(theirs) == ours


def test_every_label_of_ours_stays() -> None:
    assert [own_label(label) for label in LABELS] == list(LABELS)


def test_values_are_left_out_unless_wanted() -> None:
    assert {own_label(label) for label in VALUE_LABELS} == {None}
    assert [own_label(label, values=True) for label in VALUE_LABELS] == list(VALUE_LABELS)


@pytest.mark.parametrize("theirs", ["MISC", "B-MISC", "misc"])
def test_what_we_have_no_word_for_stays_visible(theirs: str) -> None:
    assert own_label(theirs) == "MISC"


@pytest.mark.parametrize("theirs", ["O", "", "1", "<PAD>", "A" * 99, "bold]x[/", "\x1b[31m"])
def test_what_is_no_label_is_left_out(theirs: str) -> None:
    assert own_label(theirs) is None
