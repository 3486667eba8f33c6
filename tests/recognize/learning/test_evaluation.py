from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.recognize import RecognizerError
from reader.recognize.learning.evaluation import TOTAL, Counts, evaluate, read_gold

TEXT = "Ada Kovacs left Port Ellis. Harbor Watch stayed in Oslo."


def ent(name: str, label: str) -> dict[str, object]:
    start = TEXT.index(name)
    return {"start": start, "end": start + len(name), "label": label}


def write(path: Path, *objects: object) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in objects), "utf-8")
    return path


def test_span_and_label_must_both_be_right(tiny_pipeline: Path, tmp_path: Path) -> None:
    ents = [ent("Ada Kovacs", "PER"), ent("Port Ellis", "GPE"), ent("Oslo", "GPE"), ent("Harbor", "ORG")]
    path = write(tmp_path / "gold.jsonl", {"text": TEXT, "ents": ents})
    counts = evaluate(str(tiny_pipeline), read_gold(path)).counts
    assert counts["PERSON"] == Counts(1, 0, 0)
    assert counts["ORG"] == Counts(0, 1, 1)
    assert counts["LOC"] == Counts(0, 1, 0)
    total = counts[TOTAL]
    assert total.right == sum(one.right for label, one in counts.items() if label != TOTAL)
    assert total.f == pytest.approx(2 * total.precision * total.recall / (total.precision + total.recall))


def test_an_export_is_gold_too(tmp_path: Path) -> None:
    exported = {"schema": 1, "document": {"text": TEXT}, "mentions": [ent("Ada Kovacs", "PERSON"), ent("Oslo", "DATE")]}
    (gold,) = read_gold(write(tmp_path / "gold.jsonl", exported))
    assert [TEXT[s.start : s.end] for s in gold.spans] == ["Ada Kovacs"]


def test_what_was_not_annotated_counts_neither_way(tiny_pipeline: Path, tmp_path: Path) -> None:
    start = TEXT.index("Harbor")
    gold = {
        "text": TEXT, "ents": [ent("Ada Kovacs", "PERSON")],
        "covers": ["PERSON", "ORG"], "unmapped": [{"start": start, "end": start + 12}],
    }  # fmt: skip
    result = evaluate(str(tiny_pipeline), read_gold(write(tmp_path / "gold.jsonl", gold)))
    assert result.counts[TOTAL] == Counts(1, 0, 0)


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"text": "x"}', '{"text": 3, "ents": [{}]}', '{"document": 1}'])
def test_a_line_that_is_no_gold_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "x", "ents": []}\n' + line + "\n")
    with pytest.raises(RecognizerError, match=r"gold\.jsonl, line 2"):
        list(read_gold(path))


def test_a_mention_outside_of_the_text_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", {"text": "x", "ents": [{"start": 0, "end": 9, "label": "ORG"}]})
    with pytest.raises(RecognizerError, match="0:9"):
        list(read_gold(path))


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"\xff\xff\n")
    for name in ("none", "latin", "."):
        with pytest.raises(RecognizerError):
            list(read_gold(tmp_path / name))
