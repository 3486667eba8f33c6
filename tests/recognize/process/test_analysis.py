from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.recognize import cached_mentions, load_recognizer, mentions_of, recognize
from reader.recognize.process.analysis import document_pass, provisional, raw_mentions
from reader.recognize.process.segments import batches
from tests.recognize.samples import PATTERNS, SAMPLE_TEXT, WordList, document, labeled_texts

KNOWN = WordList({"Ada Kovacs": "PERSON", "Harbor Watch": "ORG", "Port Ellis": "GPE"})


def test_an_article_from_end_to_end() -> None:
    article = document(SAMPLE_TEXT)
    assert labeled_texts(article, recognize(article, KNOWN)) == [
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


def test_who_says_so_is_told() -> None:
    article = document(SAMPLE_TEXT)
    origins = {article.text[m.start : m.end]: m.origin for m in recognize(article, KNOWN)}
    assert (origins["Ada Kovacs"], origins["Kovacs"], origins["France"]) == ("model", "propagated", "rule")


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_the_order_in_which_batches_are_read_changes_nothing(order: random.Random, times: int) -> None:
    article = document("\n\n".join([SAMPLE_TEXT] * times))
    todo = batches(article.text, article.blocks)
    order.shuffle(todo)
    raw = [mention for batch in todo for mention in raw_mentions(batch, KNOWN)]
    assert document_pass(article, raw) == recognize(article, KNOWN)
    assert {mention[:2] for mention in provisional(article, sorted(raw))} <= {m[:2] for m in recognize(article, KNOWN)}


def test_every_occurrence_is_found_in_a_long_article() -> None:
    article = document("\n\n".join(["He met Ada Kovacs of Harbor Watch. Kovacs left."] * 3000))
    assert len(recognize(article, KNOWN)) == 3 * 3000


def test_the_second_time_comes_from_the_cache(tiny_pipeline: Path) -> None:
    article = document(SAMPLE_TEXT)
    assert cached_mentions(article, str(tiny_pipeline)) is None
    fresh = mentions_of(article, str(tiny_pipeline))
    assert (fresh.model_name, fresh.model_version) == ("en_tiny", "1.2.3")
    assert cached_mentions(article, str(tiny_pipeline)) == fresh == mentions_of(article, str(tiny_pipeline))


def test_nothing_is_kept_unasked(tiny_pipeline: Path) -> None:
    article = document(SAMPLE_TEXT)
    mentions_of(article, str(tiny_pipeline), use_cache=False)
    assert cached_mentions(article, str(tiny_pipeline)) is None


def test_a_pipeline_is_loaded_once(tiny_pipeline: Path) -> None:
    assert load_recognizer(str(tiny_pipeline)) is load_recognizer(str(tiny_pipeline))


def test_a_document_without_text_has_no_mentions() -> None:
    assert recognize(document(""), KNOWN) == []


def test_the_bundled_pipeline_reads_an_article() -> None:
    text = "President Ellen Johnson Sirleaf met Angela Merkel in Berlin. Merkel thanked the African Union (AU)."
    article = document(text)
    found = labeled_texts(article, mentions_of(article).mentions)
    assert ("Angela Merkel", "PERSON") in found
    assert ("Merkel", "PERSON") in found
    assert ("Berlin", "GPE") in found
    assert ("AU", "ORG") in found
    assert set(PATTERNS) & {surface for surface, _ in found} == set()
