from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.recognize import RecognizerError
from reader.recognize.learning.evaluation import TOTAL, Counts, evaluate, read_gold

TEXT = "Ada Kovacs left Port Ellis. Harbor Watch stayed in Oslo."


def gold_mention(name: str, label: str) -> dict[str, object]:
    start = TEXT.index(name)
    return {"start": start, "end": start + len(name), "label": label}


def write_lines(path: Path, *objects: object) -> Path:
    path.write_text("".join(json.dumps(item) + "\n" for item in objects), "utf-8")
    return path


def test_span_and_label_must_both_be_right(tiny_pipeline: Path, tmp_path: Path) -> None:
    mentions = [("Ada Kovacs", "PER"), ("Port Ellis", "GPE"), ("Oslo", "GPE"), ("Harbor", "ORG")]
    record = {"text": TEXT, "ents": [gold_mention(*mention) for mention in mentions]}
    path = write_lines(tmp_path / "gold.jsonl", record)
    counts = evaluate(str(tiny_pipeline), read_gold(path)).counts
    assert counts["PERSON"] == Counts(1, 0, 0)
    assert counts["ORG"] == Counts(0, 1, 1)
    assert counts["LOC"] == Counts(0, 1, 0)
    total = counts[TOTAL]
    assert total.right == sum(label_counts.right for label, label_counts in counts.items() if label != TOTAL)
    assert total.f == pytest.approx(2 * total.precision * total.recall / (total.precision + total.recall))


def test_an_export_can_be_gold(tmp_path: Path) -> None:
    mentions = [gold_mention("Ada Kovacs", "PERSON"), gold_mention("Oslo", "DATE")]
    exported = {"schema": 1, "document": {"text": TEXT}, "mentions": mentions}
    (gold,) = read_gold(write_lines(tmp_path / "gold.jsonl", exported))
    assert [TEXT[span.start : span.end] for span in gold.spans] == ["Ada Kovacs"]


def test_labels_and_spans_without_annotations_do_not_count(tiny_pipeline: Path, tmp_path: Path) -> None:
    start = TEXT.index("Harbor")
    gold = {
        "text": TEXT, "ents": [gold_mention("Ada Kovacs", "PERSON")],
        "covers": ["PERSON", "ORG"], "unmapped": [{"start": start, "end": start + 12}],
    }  # fmt: skip
    evaluation = evaluate(str(tiny_pipeline), read_gold(write_lines(tmp_path / "gold.jsonl", gold)))
    assert evaluation.counts[TOTAL] == Counts(1, 0, 0)


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"text": "x"}', '{"text": 3, "ents": [{}]}', '{"document": 1}'])
def test_the_message_names_an_invalid_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "x", "ents": []}\n' + line + "\n")
    with pytest.raises(RecognizerError, match=r"gold\.jsonl, line 2"):
        list(read_gold(path))


def test_the_message_names_a_mention_outside_the_text(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "gold.jsonl", {"text": "x", "ents": [{"start": 0, "end": 9, "label": "ORG"}]})
    with pytest.raises(RecognizerError, match="0:9"):
        list(read_gold(path))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"\xff\xff\n")
    for name in ("none", "latin", "."):
        with pytest.raises(RecognizerError):
            list(read_gold(tmp_path / name))
