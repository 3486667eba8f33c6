from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.corpora import (
    LABELS,
    Sample,
    digest,
    fill_demonyms,
    paragraphs,
    read_corpus,
    read_demonyms,
    split_held_back,
    training_samples,
)

TEXT = "Ann Lee left Oslo.\nThe Norwegian firm Acme stayed.\n\nNobody spoke Basque."


def sample(**changes: Any) -> Sample:
    values: dict[str, Any] = {
        "text": TEXT,
        "names": ((0, 7, "PERSON"), (13, 17, "GPE")),
        "unknown": (),
        "covers": frozenset({"PERSON", "GPE"}),
        "source": "own/test",
    }
    return Sample(**(values | changes))


def record(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"id": "a", "text": TEXT, "ents": [{"start": 0, "end": 7, "label": "PERSON"}]}
    return values | changes


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def test_values_are_left_out_and_languages_are_unknown(tmp_path: Path) -> None:
    ents = [{"start": 0, "end": 7, "label": "DATE"}, {"start": 65, "end": 71, "label": "LANGUAGE"}]
    unmapped = [{"start": 39, "end": 43}]
    (document,) = read_corpus(write(tmp_path / "own.jsonl", record(ents=ents, unmapped=unmapped)))
    assert document.names == ()
    assert document.unknown == ((39, 43), (65, 71))


def test_a_document_without_covers_is_annotated_completely(tmp_path: Path) -> None:
    full, partial = read_corpus(write(tmp_path / "own.jsonl", record(), record(covers=["PERSON", "DATE"])))
    assert full.covers == frozenset(LABELS)
    assert partial.covers == frozenset({"PERSON"})


def test_laws_count_as_annotated_in_corpora_that_rarely_have_them(tmp_path: Path) -> None:
    (document,) = read_corpus(write(tmp_path / "docred.jsonl", record(covers=["PERSON"])))
    assert document.covers == frozenset({"PERSON", "LAW"})


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "a", "text": "x"}',
        '{"id": "a", "text": "x", "ents": [{"start": 0, "end": 9, "label": "ORG"}]}',
    ],
)
def test_the_message_names_an_invalid_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"own\.jsonl, line 2"):
        read_corpus(path)


def test_names_keep_their_text_in_paragraphs() -> None:
    parts = list(paragraphs(sample(names=((0, 7, "PERSON"), (38, 42, "ORG")))))
    assert [part.text for part in parts] == TEXT.replace("\n\n", "\n").split("\n")
    assert [part.text[start:end] for part in parts for start, end, _ in part.names] == ["Ann Lee", "Acme"]


def test_a_name_across_a_border_is_unknown_on_both_sides() -> None:
    first, second, third = paragraphs(sample(names=((13, 22, "GPE"),)))
    assert first.names == second.names == third.names == ()
    assert [first.text[start:end] for start, end in first.unknown] == ["Oslo."]
    assert [second.text[start:end] for start, end in second.unknown] == ["The"]
    assert third.unknown == ()


def test_demonyms_are_annotated_if_the_corpus_does_not_annotate_them() -> None:
    filled = fill_demonyms(sample(), frozenset({"Norwegian"}))
    assert [(filled.text[start:end], label) for start, end, label in filled.names] == [
        ("Ann Lee", "PERSON"),
        ("Oslo", "GPE"),
        ("Norwegian", "NORP"),
    ]
    assert "NORP" in filled.covers


def test_demonyms_inside_names_or_in_an_annotated_corpus_are_left_alone() -> None:
    with_firm = sample(names=((19, 32, "ORG"),))
    assert fill_demonyms(with_firm, frozenset({"Norwegian"})).names == with_firm.names
    covered = sample(covers=frozenset(LABELS))
    assert fill_demonyms(covered, frozenset({"Norwegian"})) is covered


def test_demonyms_come_from_the_third_column(tmp_path: Path) -> None:
    path = tmp_path / "countries.psv"
    path.write_text(
        "# a|b|c\nNorway||Norwegian;Norwegians|Oslo\nSan Marino||San Marinese;Sammarinese|\n", encoding="utf-8"
    )
    assert read_demonyms(path) == {"Norwegian", "Norwegians", "Sammarinese"}


def test_small_corpora_are_repeated() -> None:
    assert len(training_samples([sample(source="re3d/x")], frozenset())) == 3 + 3 + 2
    assert len(training_samples([sample(source="gum/x")], frozenset())) == 3


def test_the_same_seed_holds_back_the_same_documents() -> None:
    documents = [sample(source=str(number)) for number in range(20)]
    first, second = split_held_back(documents, 0.1, 3), split_held_back(documents, 0.1, 3)
    assert first == second
    assert len(first[1]) == 2
    assert not {document.source for document in first[0]} & {document.source for document in first[1]}


def test_digest_is_sha256_in_hex(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    assert digest(path).startswith("e3b0c44298fc1c14")
