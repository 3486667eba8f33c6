from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.recognize import cached_mentions, load_recognizer, mentions_of, recognize
from reader.recognize.process.analysis import document_pass, provisional_mentions, raw_mentions
from reader.recognize.process.segments import batches
from tests.recognize.samples import PATTERNS, SAMPLE_TEXT, WordList, document, labeled_texts

RECOGNIZER = WordList({"Ada Kovacs": "PERSON", "Harbor Watch": "ORG", "Port Ellis": "GPE"})


def test_all_mentions_of_a_document_are_found() -> None:
    sample = document(SAMPLE_TEXT)
    assert labeled_texts(sample, recognize(sample, RECOGNIZER)) == [
        ("Ada Kovacs", "PERSON"),
        ("Harbor Watch", "ORG"),
        ("HW", "ORG"),
        ("Port Ellis", "GPE"),
        ("HW", "ORG"),
        ("Kovacs", "PERSON"),
        ("France", "GPE"),
        ("HW", "ORG"),
        ("French", "NORP"),
        ("Port Ellis", "GPE"),
    ]


def test_every_mention_has_its_origin() -> None:
    sample = document(SAMPLE_TEXT)
    origins = {sample.text[m.start : m.end]: m.origin for m in recognize(sample, RECOGNIZER)}
    assert (origins["Ada Kovacs"], origins["Kovacs"], origins["France"]) == ("model", "propagated", "rule")


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_the_order_of_batches_does_not_change_the_result(order: random.Random, times: int) -> None:
    sample = document("\n\n".join([SAMPLE_TEXT] * times))
    shuffled = batches(sample.text, sample.blocks)
    order.shuffle(shuffled)
    raw = [mention for batch in shuffled for mention in raw_mentions(batch, RECOGNIZER)]
    assert document_pass(sample, raw) == recognize(sample, RECOGNIZER)
    assert {mention[:2] for mention in provisional_mentions(sample, sorted(raw))} <= {
        m[:2] for m in recognize(sample, RECOGNIZER)
    }


def test_every_occurrence_is_found_in_a_long_document() -> None:
    sample = document("\n\n".join(["He met Ada Kovacs of Harbor Watch. Kovacs left."] * 3000))
    assert len(recognize(sample, RECOGNIZER)) == 3 * 3000


def test_a_second_analysis_comes_from_the_cache(tiny_pipeline: Path) -> None:
    sample = document(SAMPLE_TEXT)
    assert cached_mentions(sample, str(tiny_pipeline)) is None
    result = mentions_of(sample, str(tiny_pipeline))
    assert (result.model_name, result.model_version) == ("en_tiny", "1.2.3")
    assert cached_mentions(sample, str(tiny_pipeline)) == result == mentions_of(sample, str(tiny_pipeline))


def test_nothing_is_cached_without_use_cache(tiny_pipeline: Path) -> None:
    sample = document(SAMPLE_TEXT)
    mentions_of(sample, str(tiny_pipeline), use_cache=False)
    assert cached_mentions(sample, str(tiny_pipeline)) is None


def test_a_pipeline_is_loaded_only_once(tiny_pipeline: Path) -> None:
    assert load_recognizer(str(tiny_pipeline)) is load_recognizer(str(tiny_pipeline))


def test_a_document_without_text_has_no_mentions() -> None:
    assert recognize(document(""), RECOGNIZER) == []


def test_the_bundled_pipeline_finds_names() -> None:
    text = "President Ellen Johnson Sirleaf met Angela Merkel in Berlin. Merkel thanked the African Union (AU)."
    sample = document(text)
    mentions = labeled_texts(sample, mentions_of(sample).mentions)
    assert ("Angela Merkel", "PERSON") in mentions
    assert ("Merkel", "PERSON") in mentions
    assert ("Berlin", "GPE") in mentions
    assert ("AU", "ORG") in mentions
    assert set(PATTERNS) & {surface for surface, _ in mentions} == set()
