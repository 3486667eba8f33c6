from __future__ import annotations

import pytest

from reader.recognize import LABELS, VALUE_LABELS
from reader.recognize.label_mapping import map_label


@pytest.mark.parametrize(
    ("label", "mapped"),
    [
        ("PER", "PERSON"),
        ("per", "PERSON"),
        ("B-ORG", "ORG"),
        ("LOC", "LOC"),
        ("NORP", "NORP"),
        ("Creative Work", "WORK_OF_ART"),
    ],
)
def test_labels_of_other_pipelines_are_mapped_to_ours(label: str, mapped: str) -> None:
    assert map_label(label) == mapped


def test_our_own_labels_do_not_change() -> None:
    assert [map_label(label) for label in LABELS] == list(LABELS)


def test_labels_of_values_are_dropped_unless_requested() -> None:
    assert {map_label(label) for label in VALUE_LABELS} == {None}
    assert [map_label(label, values=True) for label in VALUE_LABELS] == list(VALUE_LABELS)


@pytest.mark.parametrize("label", ["MISC", "B-MISC", "misc"])
def test_labels_without_an_equivalent_do_not_change(label: str) -> None:
    assert map_label(label) == "MISC"


@pytest.mark.parametrize("label", ["O", "", "1", "<PAD>", "A" * 99, "bold]x[/", "\x1b[31m"])
def test_texts_that_are_no_label_are_dropped(label: str) -> None:
    assert map_label(label) is None
