"""Names that were added or dismissed everywhere: what later articles show at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import GENERAL_DOCUMENT, Decision, Store
from reader.annotate.decisions import (
    EntityDismissed,
    EntityRestored,
    EntityRetagged,
    MentionAdded,
    MentionRemoved,
    MentionRetagged,
    NameKnown,
    NamesSame,
)
from reader.annotate.general_decisions import add_decisions, list_entries, remove_entries
from reader.annotate.personal_names import personal, places_of, with_names
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from tests.resolve.texts import marked

RUFAYI, MIRROR = Name("Rufayi", "PERSON"), Name("Mirror", "ORG")
FIRST = "Rufayi spoke to the [Mirror|ORG]. Rufayi left."
SECOND = "The [Mirror|ORG] met [Abu Rufayi|PERSON] and Rufayi’s men; [Rufayi Road|FAC] was closed."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "annotations.db")


def reading_of(source: str, store: Store) -> Reading:
    text, mentions = marked(source)
    reading = Reading(Document(text, (Block(0, len(text)),), text[:12], f"{text[:9]}.txt"), store)
    reading.set_recognized(mentions)
    return reading


def shown(reading: Reading) -> list[tuple[str, str]]:
    return [(reading.document.text[each.start : each.end], each.label) for each in reading.mentions]


KNOWN = [("Mirror", "ORG"), ("Abu Rufayi", "PERSON"), ("Rufayi", "PERSON"), ("Rufayi Road", "FAC")]


def test_a_name_that_was_added_is_known_in_every_article(store: Store) -> None:
    first = reading_of(FIRST, store)
    first.decide(MentionAdded(0, 6, "PERSON"))
    assert shown(first) == [("Rufayi", "PERSON"), ("Mirror", "ORG")]
    assert first.toggle_general() == "in every document: marked every “Rufayi” as PERSON"
    assert shown(first) == [("Rufayi", "PERSON"), ("Mirror", "ORG"), ("Rufayi", "PERSON")]
    second = reading_of(SECOND, store)
    assert shown(second) == KNOWN
    assert [each.origin for each in second.mentions] == ["model", "model", "user", "model"]
    assert first.toggle_general() == "in this document only: marked “Rufayi” as PERSON"
    assert len(shown(first)) == 2
    first.toggle_general()
    first.undo()
    assert shown(first) == [("Mirror", "ORG")]
    assert shown(reading_of(SECOND, store)) == [each for each in KNOWN if each[0] != "Rufayi"]
    first.redo()
    assert shown(reading_of(SECOND, store)) == KNOWN


@pytest.mark.parametrize("decision", [MentionRetagged(20, 26, "FAC"), EntityRetagged((MIRROR,), "FAC")])
def test_so_is_one_of_another_kind(store: Store, decision: Decision) -> None:
    first = reading_of(FIRST, store)
    first.decide(decision)
    assert first.toggle_general() == "in every document: marked every “Mirror” as FAC"
    assert ("Mirror", "FAC") in shown(reading_of(SECOND, store))


@pytest.mark.parametrize("decision", [MentionRemoved(20, 26), EntityDismissed((MIRROR,))])
def test_what_was_removed_is_left_alone(store: Store, decision: Decision) -> None:
    first = reading_of(FIRST, store)
    first.decide(decision)
    assert first.toggle_general() == "in every document: dismissed “Mirror”"
    second = reading_of(SECOND, store)
    assert "Mirror" not in dict(shown(second))
    second.decide(EntityRestored((Name("Mirror", ""),)))
    assert "Mirror" in dict(shown(second))


def test_what_an_article_says_itself_wins(store: Store) -> None:
    before = reading_of(SECOND, store)
    at = before.document.text.index("Rufayi’s")
    before.decide(MentionRemoved(at, at + 6))
    before.decide(EntityRetagged((MIRROR,), "PRODUCT"))
    add_decisions(store, [NameKnown(RUFAYI), NameKnown(MIRROR)])
    assert shown(reading_of(SECOND, store)) == [("Mirror", "PRODUCT"), ("Abu Rufayi", "PERSON"), ("Rufayi Road", "FAC")]
    first = reading_of(FIRST, store)
    first.decide(EntityDismissed((RUFAYI,)))
    assert shown(first) == [("Mirror", "ORG")]


def test_the_later_of_two_holds_and_is_listed(store: Store) -> None:
    def listed() -> list[Decision]:
        return [entry.decision for entry in list_entries(store.history(GENERAL_DOCUMENT))]

    product = NameKnown(Name("Mirror", "PRODUCT"))
    alone = EntityDismissed((Name("Mirror", ""), RUFAYI))
    for decision in (NameKnown(MIRROR), product):
        add_decisions(store, [decision])
    assert listed() == [product]
    assert ("Mirror", "PRODUCT") in shown(reading_of(SECOND, store))
    add_decisions(store, [alone])
    assert listed() == [alone]
    assert "Mirror" not in dict(shown(reading_of(SECOND, store)))
    assert add_decisions(store, [NameKnown(MIRROR)]) == 1  # said before, but overruled since
    assert listed() == [alone, NameKnown(MIRROR)]
    assert ("Mirror", "ORG") in shown(reading_of(SECOND, store))
    remove_entries(store, [list_entries(store.history(GENERAL_DOCUMENT))[-1]])
    assert listed() == [alone]


def test_the_text_alone_is_shown_until_recognition_has_spoken(store: Store) -> None:
    add_decisions(store, [NameKnown(RUFAYI)])
    reading = Reading(Document(FIRST, (Block(0, len(FIRST)),), "", ""), store)
    assert reading.mentions == []
    reading.set_recognized(())
    assert len(reading.mentions) == 2


def test_a_name_does_not_reach_into_the_next_block() -> None:
    text = "He met Ada\nQuill died. Ada\nQuill too."
    document = Document(text, (Block(0, 10), Block(11, len(text))), "", "")
    assert [place.start for place in places_of(document, {"Ada Quill": "PERSON"})] == [23]


def test_a_known_name_replaces_what_it_overlaps_but_nothing_longer() -> None:
    found = [Mention(0, 4, "ORG"), Mention(5, 9, "GPE"), Mention(10, 20, "ORG"), Mention(30, 34, "ORG")]
    places = [Mention(2, 7, "LOC", "user"), Mention(12, 15, "LOC", "user"), Mention(30, 34, "LOC", "user")]
    assert with_names(found, places) == [places[0], found[2], places[2]]
    assert with_names(found, []) is found


_known = st.builds(NameKnown, st.builds(Name, st.sampled_from(["A", "B", "A B"]), st.sampled_from(["ORG", "GPE"])))
_dismissed = st.builds(
    EntityDismissed,
    st.lists(st.builds(Name, st.sampled_from(["A", "B", "A B"]), st.sampled_from(["ORG", ""])), min_size=1, max_size=2)
    .map(tuple),
)  # fmt: skip
_same = st.just(NamesSame((RUFAYI, MIRROR)))


@given(st.lists(st.one_of(_known, _dismissed, _same), max_size=8))
def test_no_name_is_known_and_dismissed(decisions: list[Decision]) -> None:
    said = personal(tuple(decisions))
    dismissed = {name.text for each in said.decisions if isinstance(each, EntityDismissed) for name in each.names}
    assert dismissed.isdisjoint(said.known)
    last: dict[str, str | None] = {}
    for each in decisions:
        if isinstance(each, NameKnown):
            last[each.name.text] = each.name.label
        elif isinstance(each, EntityDismissed):
            last |= dict.fromkeys((name.text for name in each.names), None)
    assert dict(said.known) == {text: label for text, label in last.items() if label is not None}
    kept = tuple(each for number, each in enumerate(decisions) if number not in said.overruled)
    assert personal(kept).known == said.known


def test_known_names_are_found_in_lines_in_capitals() -> None:
    text = "KORNET CREWS HIDE IN BUSH OF QASR AL-MILH\n\nThe KORNET crews said KOR."
    document = Document(text, (Block(0, 41), Block(43, len(text))), "t", "s")
    known = {"Kornet": "PRODUCT", "Bush": "PERSON", "Crews": "PERSON", "Qasr al-Milh": "GPE", "Kor": "ORG"}
    found = [(text[place.start : place.end], place.label) for place in places_of(document, known)]
    assert found == [("KORNET", "PRODUCT"), ("QASR AL-MILH", "GPE")]


def test_a_name_that_is_known_in_capitals_goes_before_its_own_capitals() -> None:
    text = "KORNET CREWS LEAVE THE HARBOR"
    document = Document(text, (Block(0, len(text)),), "t", "s")
    (place,) = places_of(document, {"Kornet": "PRODUCT", "KORNET": "ORG"})
    assert place.label == "ORG"
