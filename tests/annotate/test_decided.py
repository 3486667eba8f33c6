from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotate import Decision, apply_to_mentions
from reader.annotate.decisions import EntityConfirmed, EntityRenamed, MentionConfirmed, NamesSame
from reader.annotate.mention_edits import MentionsUnder
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT, TEXT, decisions
from tests.annotate.test_mention_edits import FOUND, NSB, QUILL, found_mentions


def read() -> Reading:
    reading = Reading(DOCUMENT)
    reading.set_recognized(FOUND)
    return reading


def undecided(reading: Reading) -> list[Mention]:
    return list(reading.decided.below((-1,)))


def test_nothing_is_decided_at_first() -> None:
    reading = read()
    assert (reading.decided.count, reading.decided.total) == (0, len(FOUND))
    assert undecided(reading) == FOUND


def test_what_was_confirmed_is_decided() -> None:
    reading = read()
    reading.decide(MentionConfirmed(NSB.start, NSB.end, "ORG"))
    assert reading.decided.count == 1
    assert [each[:2] for each in undecided(reading)] == [each[:2] for each in FOUND if each != NSB]
    reading.undo()
    assert reading.decided.count == 0


def test_an_entity_is_settled_by_confirming_naming_or_merging_it() -> None:
    nsb = Name("NSB", "ORG")
    for decision in (EntityConfirmed((nsb,)), EntityRenamed((nsb,), "North Sea Board"), NamesSame((nsb,), "NSB")):
        reading = read()
        reading.decide(decision)
        assert reading.decided.count == 2
        assert {TEXT[each.start : each.end] for each in undecided(reading)} == {"Ada Quill", "Ada  Quill"}


def test_a_mention_is_counted_once_however_often_it_is_settled() -> None:
    reading = read()
    reading.decide(EntityRenamed((Name("NSB", "ORG"),), "North Sea Board"))
    reading.decide(MentionConfirmed(NSB.start, NSB.end, "ORG"))
    assert reading.decided.count == 2


def test_the_undecided_are_walked_both_ways_from_a_place() -> None:
    decided = read().decided
    assert next(iter(decided.below((NSB.start,)))) == QUILL
    assert next(iter(decided.above((QUILL.start,)))) == NSB
    assert next(iter(decided.below((NSB.start - 1,)))) == NSB
    assert list(decided.above((NSB.start,))) == []


@given(found_mentions, st.lists(decisions, max_size=10), st.integers(0, 10))
def test_brought_up_to_date_it_is_as_made_anew(found: list[Mention], made: list[Decision], back: int) -> None:
    under = MentionsUnder(TEXT)
    everything = tuple(made)
    for count in (*range(len(made) + 1), min(back, len(made)), len(made)):
        now = everything[:count]
        assert under.of(found, now) == apply_to_mentions(TEXT, found, now)
        assert under.count_of_user == sum(each.origin == "user" for each in under.of(found, now))
        assert under.longest >= max((each.end - each.start for each in under.of(found, now)), default=0)
