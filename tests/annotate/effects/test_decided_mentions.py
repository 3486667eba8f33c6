from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Decision, apply_to_mentions
from reader.annotate.decisions import EntityConfirmed, EntityRenamed, MentionConfirmed, NamesSame
from reader.annotate.effects.mention_edits import EditedMentions
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from tests.annotate.effects.test_mention_edits import NSB, QUILL, RECOGNIZED, recognized_mentions
from tests.annotate.strategies import DOCUMENT, TEXT, decisions
from tests.resolve.texts import marked


def read() -> Reading:
    reading = Reading(DOCUMENT)
    reading.set_recognized(RECOGNIZED)
    return reading


def undecided(reading: Reading) -> list[Mention]:
    return list(reading.decided.undecided_after((-1,)))


def test_nothing_is_decided_at_first() -> None:
    reading = read()
    assert (reading.decided.count, reading.decided.total) == (0, len(RECOGNIZED))
    assert undecided(reading) == RECOGNIZED


def test_a_confirmed_mention_is_decided() -> None:
    reading = read()
    reading.decide(MentionConfirmed(NSB.start, NSB.end, "ORG"))
    assert reading.decided.count == 1
    assert [mention[:2] for mention in undecided(reading)] == [mention[:2] for mention in RECOGNIZED if mention != NSB]
    reading.undo()
    assert reading.decided.count == 0


def test_confirming_renaming_or_merging_an_entity_decides_it() -> None:
    nsb = Name("NSB", "ORG")
    for decision in (EntityConfirmed((nsb,)), EntityRenamed((nsb,), "North Sea Board"), NamesSame((nsb,), "NSB")):
        reading = read()
        reading.decide(decision)
        assert reading.decided.count == 2
        assert {TEXT[mention.start : mention.end] for mention in undecided(reading)} == {"Ada Quill", "Ada  Quill"}


def test_a_mention_decided_twice_is_counted_once() -> None:
    reading = read()
    reading.decide(EntityRenamed((Name("NSB", "ORG"),), "North Sea Board"))
    reading.decide(MentionConfirmed(NSB.start, NSB.end, "ORG"))
    assert reading.decided.count == 2


def merged_under_two_labels(*decisions: Decision) -> Reading:
    text, mentions = marked(
        "[Orvale|GPE] paid. [Orvale|GPE] and [Orvale Shipping plc|ORG] won. [Orvale|GPE] denies it."
    )
    reading = Reading(Document(text, (Block(0, len(text)),), "", ""))
    reading.set_recognized(mentions)
    reading.decide(*decisions, NamesSame((Name("Orvale", "GPE"), Name("Orvale Shipping plc", "ORG"))))
    return reading


def test_a_mention_with_another_label_than_its_merged_entity_is_undecided() -> None:
    reading = merged_under_two_labels()
    assert [entity.label for entity in reading.entities] == ["GPE"]
    assert [mention.label for mention in undecided(reading)] == ["ORG"]
    assert (reading.decided.count, reading.decided.total) == (3, 4)


def test_a_label_that_the_user_gave_is_that_of_the_merged_entity() -> None:
    text = merged_under_two_labels().document.text
    start = text.index("Orvale Shipping plc")
    reading = merged_under_two_labels(MentionConfirmed(start, start + len("Orvale Shipping plc"), "ORG"))
    assert [entity.label for entity in reading.entities] == ["ORG"]
    assert [mention.label for mention in undecided(reading)] == ["GPE"] * 3


def test_undecided_mentions_are_found_in_both_directions() -> None:
    decided = read().decided
    assert next(iter(decided.undecided_after((NSB.start,)))) == QUILL
    assert next(iter(decided.undecided_before((QUILL.start,)))) == NSB
    assert next(iter(decided.undecided_after((NSB.start - 1,)))) == NSB
    assert list(decided.undecided_before((NSB.start,))) == []


@given(recognized_mentions, st.lists(decisions, max_size=10), st.integers(0, 10))
def test_updating_mentions_equals_applying_all_decisions(
    recognized: list[Mention], drawn: list[Decision], back: int
) -> None:
    edited = EditedMentions(TEXT)
    for count in (*range(len(drawn) + 1), min(back, len(drawn)), len(drawn)):
        decided = tuple(drawn[:count])
        mentions = edited.update(recognized, decided)
        assert mentions == apply_to_mentions(TEXT, recognized, decided)
        assert edited.user_count == sum(mention.origin == "user" for mention in mentions)
        assert edited.longest >= max((mention.end - mention.start for mention in mentions), default=0)
