"""Names that the user added or dismissed in every document."""

from __future__ import annotations

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
from reader.annotate.effects.personal_names import add_known_mentions, find_known_names, personal_list
from reader.annotate.general_decisions import add_decisions, list_entries, remove_entries
from reader.document import Block, BlockKind, Document
from reader.document.normal_text import NormalText
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from tests.annotate.readings import reading_of

RUFAYI, MIRROR = Name("Rufayi", "PERSON"), Name("Mirror", "ORG")
FIRST = "Rufayi spoke to the [Mirror|ORG]. Rufayi left."
SECOND = "The [Mirror|ORG] met [Abu Rufayi|PERSON] and Rufayi’s men; [Rufayi Road|FAC] was closed."


def shown_names(reading: Reading) -> list[tuple[str, str]]:
    return [(reading.document.text[mention.start : mention.end], mention.label) for mention in reading.mentions]


SECOND_NAMES = [("Mirror", "ORG"), ("Abu Rufayi", "PERSON"), ("Rufayi", "PERSON"), ("Rufayi Road", "FAC")]


def test_an_added_name_is_known_in_every_document(store: Store) -> None:
    first = reading_of(FIRST, store)
    first.decide(MentionAdded(0, 6, "PERSON"))
    assert shown_names(first) == [("Rufayi", "PERSON"), ("Mirror", "ORG")]
    assert first.toggle_general() == "in every document: added every “Rufayi” as PERSON"
    assert shown_names(first) == [("Rufayi", "PERSON"), ("Mirror", "ORG"), ("Rufayi", "PERSON")]
    second = reading_of(SECOND, store)
    assert shown_names(second) == SECOND_NAMES
    assert [mention.origin for mention in second.mentions] == ["model", "model", "user", "model"]
    assert first.toggle_general() == "in this document only: added “Rufayi” as PERSON"
    assert len(shown_names(first)) == 2
    first.toggle_general()
    first.undo()
    assert shown_names(first) == [("Mirror", "ORG")]
    assert shown_names(reading_of(SECOND, store)) == [name for name in SECOND_NAMES if name[0] != "Rufayi"]
    first.redo()
    assert shown_names(reading_of(SECOND, store)) == SECOND_NAMES


@pytest.mark.parametrize("decision", [MentionRetagged(20, 26, "FAC"), EntityRetagged((MIRROR,), "FAC")])
def test_a_retagged_name_is_known_in_every_document(store: Store, decision: Decision) -> None:
    first = reading_of(FIRST, store)
    first.decide(decision)
    assert first.toggle_general() == "in every document: added every “Mirror” as FAC"
    assert ("Mirror", "FAC") in shown_names(reading_of(SECOND, store))


@pytest.mark.parametrize("decision", [MentionRemoved(20, 26), EntityDismissed((MIRROR,))])
def test_a_removed_name_is_dismissed_in_every_document(store: Store, decision: Decision) -> None:
    first = reading_of(FIRST, store)
    first.decide(decision)
    assert first.toggle_general() == "in every document: dismissed “Mirror”"
    second = reading_of(SECOND, store)
    assert "Mirror" not in dict(shown_names(second))
    second.decide(EntityRestored((Name("Mirror", ""),)))
    assert "Mirror" in dict(shown_names(second))


def test_decisions_on_the_document_win(store: Store) -> None:
    second = reading_of(SECOND, store)
    start = second.document.text.index("Rufayi’s")
    second.decide(MentionRemoved(start, start + 6))
    second.decide(EntityRetagged((MIRROR,), "PRODUCT"))
    add_decisions(store, [NameKnown(RUFAYI), NameKnown(MIRROR)])
    assert shown_names(reading_of(SECOND, store)) == [
        ("Mirror", "PRODUCT"),
        ("Abu Rufayi", "PERSON"),
        ("Rufayi Road", "FAC"),
    ]
    first = reading_of(FIRST, store)
    first.decide(EntityDismissed((RUFAYI,)))
    assert shown_names(first) == [("Mirror", "ORG")]


def test_the_later_of_two_decisions_holds_and_is_listed(store: Store) -> None:
    def listed_decisions() -> list[Decision]:
        return [entry.decision for entry in list_entries(store.history(GENERAL_DOCUMENT))]

    product = NameKnown(Name("Mirror", "PRODUCT"))
    dismissal = EntityDismissed((Name("Mirror", ""), RUFAYI))
    for decision in (NameKnown(MIRROR), product):
        add_decisions(store, [decision])
    assert listed_decisions() == [product]
    assert ("Mirror", "PRODUCT") in shown_names(reading_of(SECOND, store))
    add_decisions(store, [dismissal])
    assert listed_decisions() == [dismissal]
    assert "Mirror" not in dict(shown_names(reading_of(SECOND, store)))
    assert add_decisions(store, [NameKnown(MIRROR)]) == 1  # decided before, but overruled since
    assert listed_decisions() == [dismissal, NameKnown(MIRROR)]
    assert ("Mirror", "ORG") in shown_names(reading_of(SECOND, store))
    remove_entries(store, [list_entries(store.history(GENERAL_DOCUMENT))[-1]])
    assert listed_decisions() == [dismissal]


def test_known_names_are_not_shown_before_recognition(store: Store) -> None:
    add_decisions(store, [NameKnown(RUFAYI)])
    reading = Reading(Document(FIRST, (Block(0, len(FIRST)),), "", ""), store)
    assert reading.mentions == []
    reading.set_recognized(())
    assert len(reading.mentions) == 2


def test_a_known_name_does_not_cross_blocks() -> None:
    text = "He met Ada\nQuill died. Ada\nQuill too."
    document = Document(text, (Block(0, 10), Block(11, len(text))), "", "")
    assert [mention.start for mention in find_known_names(NormalText(document), {"Ada Quill": "PERSON"})] == [23]


@pytest.mark.parametrize(
    "typeset",
    [
        "Conor O’Hara-Lûne",
        "Conor\u00a0O'Hara-Lûne",
        "Con\u00ador O'Hara\u2011Lûne",
        "Conor\n  O'Hara-\nLûne",
        "Conor O'Ha-\nra-Lu\u0302ne",
        "Conor\u200b O'Hara-Lûne",
    ],
)
def test_a_known_name_is_found_however_it_is_typeset(typeset: str) -> None:
    text = f"A note on “{typeset}”: he left."
    document = Document(text, (Block(0, len(text)),), "", "")
    (mention,) = find_known_names(NormalText(document), {"Conor O'Hara-Lûne": "PERSON"})
    assert text[mention.start : mention.end] == typeset


def test_a_known_name_is_not_found_across_lines_of_code() -> None:
    text = "run Ada\nQuill"
    document = Document(text, (Block(0, 7, BlockKind.CODE), Block(8, 13, BlockKind.CODE)), "", "")
    assert find_known_names(NormalText(document), {"Ada Quill": "PERSON"}) == ()


def test_a_known_name_replaces_overlapping_mentions_but_none_that_contains_it() -> None:
    recognized = [Mention(0, 4, "ORG"), Mention(5, 9, "GPE"), Mention(10, 20, "ORG"), Mention(30, 34, "ORG")]
    known_mentions = [Mention(2, 7, "LOC", "user"), Mention(12, 15, "LOC", "user"), Mention(30, 34, "LOC", "user")]
    assert add_known_mentions(recognized, known_mentions) == [known_mentions[0], recognized[2], known_mentions[2]]
    assert add_known_mentions(recognized, []) is recognized


_texts = st.sampled_from(["A", "B", "A B"])
_known_decisions = st.builds(NameKnown, st.builds(Name, _texts, st.sampled_from(["ORG", "GPE"])))
_dismissed_names = st.lists(st.builds(Name, _texts, st.sampled_from(["ORG", ""])), min_size=1, max_size=2)
_dismissals = st.builds(EntityDismissed, _dismissed_names.map(tuple))
_merges = st.just(NamesSame((RUFAYI, MIRROR)))


@given(st.lists(st.one_of(_known_decisions, _dismissals, _merges), max_size=8))
def test_no_name_is_known_and_dismissed(decisions: list[Decision]) -> None:
    result = personal_list(tuple(decisions))
    dismissals = [decision for decision in result.decisions if isinstance(decision, EntityDismissed)]
    assert {name.text for decision in dismissals for name in decision.names}.isdisjoint(result.labels)
    labels: dict[str, str | None] = {}
    for decision in decisions:
        if isinstance(decision, NameKnown):
            labels[decision.name.text] = decision.name.label
        elif isinstance(decision, EntityDismissed):
            labels |= dict.fromkeys((name.text for name in decision.names), None)
    assert dict(result.labels) == {text: label for text, label in labels.items() if label is not None}
    effective = tuple(decision for index, decision in enumerate(decisions) if index not in result.overruled)
    assert personal_list(effective).labels == result.labels


def test_known_names_are_found_in_lines_in_capitals() -> None:
    text = "KORNET CREWS HIDE IN BUSH OF QASR AL-MILH\n\nThe KORNET crews said KOR."
    document = Document(text, (Block(0, 41), Block(43, len(text))), "t", "s")
    labels = {"Kornet": "PRODUCT", "Bush": "PERSON", "Crews": "PERSON", "Qasr al-Milh": "GPE", "Kor": "ORG"}
    mentions = find_known_names(NormalText(document), labels)
    names = [(text[mention.start : mention.end], mention.label) for mention in mentions]
    assert names == [("KORNET", "PRODUCT"), ("QASR AL-MILH", "GPE")]


def test_a_name_known_in_capitals_takes_precedence_over_the_capitals_of_another() -> None:
    text = "KORNET CREWS LEAVE THE HARBOR"
    document = Document(text, (Block(0, len(text)),), "t", "s")
    (mention,) = find_known_names(NormalText(document), {"Kornet": "PRODUCT", "KORNET": "ORG"})
    assert mention.label == "ORG"
