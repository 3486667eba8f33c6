"""Bookmarks, as the decisions in force add up to them, also in a changed text."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from reader.annotate import Decision, MalformedRecordError, Orphan, Store, last_changes
from reader.annotate.decisions import BookmarkRemoved, BookmarkSet
from reader.annotate.decisions.decision_codec import decode_decision
from reader.annotate.effects.bookmarks import collect_bookmarks
from reader.document import Document
from reader.exchange import FORMATS, READERS
from reader.reading import Reading
from reader.resolve import Name

TEXT = (
    "The ferry left Hallum before dawn.\n"
    "Nobody on the quay saw who had untied the second boat.\n"
    "A storm was forecast for the evening.\n"
)


def make_document(text: str) -> Document:
    return Document(text, (), "The ferry", "ferry.txt")


DOCUMENT = make_document(TEXT)


def bookmark(letter: str, word: str, text: str = TEXT) -> BookmarkSet:
    start = text.index(word)
    return BookmarkSet(start, start + len(word), letter)


def decide(store: Store, document: Document, *decisions: Decision) -> None:
    """Make decisions, one step each."""
    for decision in decisions:
        store.append(document, [decision])


def words_at_bookmarks(store: Store, document: Document) -> dict[str, str]:
    bookmarks = collect_bookmarks(store.history(document).steps)
    return {letter: document.text[offset:].split()[0] for letter, offset in bookmarks.items()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.db"


def test_the_last_bookmark_of_a_letter_counts_after_a_restart(path: Path) -> None:
    with Store.open(path) as store:
        decide(store, DOCUMENT, bookmark("b", "ferry"), bookmark("a", "quay"), bookmark("b", "storm"))
    with Store.open(path) as store:
        assert list(words_at_bookmarks(store, DOCUMENT).items()) == [("a", "quay"), ("b", "storm")]
        decide(store, DOCUMENT, BookmarkRemoved("a"))
        assert words_at_bookmarks(store, DOCUMENT) == {"b": "storm"}
        store.undo(DOCUMENT)
        assert words_at_bookmarks(store, DOCUMENT) == {"a": "quay", "b": "storm"}


def test_no_window_loses_the_bookmarks_of_another(path: Path) -> None:
    with Store.open(path) as first, Store.open(path) as second:
        decide(first, DOCUMENT, bookmark("a", "ferry"))
        decide(second, DOCUMENT, bookmark("b", "quay"), bookmark("a", "storm"))
        decide(first, DOCUMENT, bookmark("c", "dawn"))
        expected = {"a": "storm", "b": "quay", "c": "dawn."}
        assert words_at_bookmarks(first, DOCUMENT) == words_at_bookmarks(second, DOCUMENT) == expected


def test_a_bookmark_follows_its_word_through_a_changed_text(path: Path) -> None:
    changed = make_document("Corrected.\n" + TEXT.replace("saw who had untied the second", "saw who untied the second"))
    with Store.open(path) as store:
        decide(store, DOCUMENT, bookmark("a", "quay"), bookmark("b", "evening"), bookmark("c", "y on the"))
    with Store.open(path) as store:
        assert words_at_bookmarks(store, changed) == {"a": "quay", "b": "evening.", "c": "y"}
        assert store.history(changed).orphans == ()


def test_a_bookmark_whose_text_is_gone_is_an_orphan_until_it_is_set_again(path: Path) -> None:
    shortened = make_document(TEXT.replace("A storm was forecast for the evening.\n", ""))
    lost = bookmark("b", "storm")
    with Store.open(path) as store:
        decide(store, DOCUMENT, bookmark("b", "ferry"), bookmark("a", "quay"), lost)
        history = store.history(shortened)
        assert words_at_bookmarks(store, shortened) == {"a": "quay"}, "an earlier b was replaced"
        assert [orphan.decision for orphan in history.orphans] == [lost]
        reattached = history.orphans[0].reattached(shortened.text.index("boat"), shortened.text.index("boat") + 4)
        store.append(shortened, reattached)
        assert words_at_bookmarks(store, shortened) == {"a": "quay", "b": "boat."}
        store.undo(shortened)
        decide(store, shortened, bookmark("b", "dawn", shortened.text))
        assert words_at_bookmarks(store, shortened) == {"a": "quay", "b": "dawn."}
        assert store.history(shortened).orphans == ()


def test_only_the_last_bookmark_of_a_letter_becomes_an_orphan(path: Path) -> None:
    shortened = make_document(TEXT.replace("A storm was forecast for the evening.\n", ""))
    lost = [bookmark("b", "storm"), bookmark("a", "forecast"), bookmark("b", "evening")]
    with Store.open(path) as store:
        decide(store, DOCUMENT, bookmark("c", "ferry"), *lost, BookmarkRemoved("a"))

        def decision_of(orphan: Orphan) -> Decision:
            return orphan.decision

        assert list(map(decision_of, store.history(shortened).orphans)) == lost[2:]


def test_bookmarks_are_exported_and_imported(path: Path, tmp_path: Path) -> None:
    output = io.BytesIO()
    with Store.open(path) as source, Store.open(tmp_path / "other.db") as target:
        decide(source, DOCUMENT, bookmark("a", "quay"), bookmark("b", "storm"), BookmarkRemoved("b"))
        FORMATS["jsonl"].write([Reading(DOCUMENT, source)], output)
        target.import_records(READERS["jsonl"].read(io.BytesIO(output.getvalue())))
        assert words_at_bookmarks(target, DOCUMENT) == {"a": "quay"}


def test_a_bookmark_changes_no_entity() -> None:
    quay = Name("quay", "FAC")
    assert last_changes([bookmark("a", "quay")], lambda _start, _end: quay) == {}


@pytest.mark.parametrize("letter", ["", "ab", " ", "\x1b", "-", 7])
def test_a_bookmark_has_one_letter_or_digit(letter: object) -> None:
    with pytest.raises(MalformedRecordError):
        decode_decision("bookmark-removed", json.dumps({"letter": letter}))
