from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import EntityRetagged, MentionAdded, MentionRetagged, NamesDifferent, NamesSame, NullStore
from reader.display.differences import differing_spans
from reader.document import Block, Document
from reader.reading import Reading
from reader.resolve import Name, Resolution
from reader.review.questions import Item, Kind, merges, offers
from reader.review.session import Review
from tests.resolve.texts import marked

SPELLED = "[Qasim Durrani|PERSON] came. [Qasem Durrani|PERSON] spoke. [Qasem Durani|PERSON] left."
SHARED = "[Ada Brill|PERSON] and [Otto Brill|PERSON] came. [Brill|PERSON] spoke."
MERGED = (
    "The [Harbor Relief Agency|ORG] ([HRA|ORG]) met [Mira Castellan|PERSON]. [Castellan|PERSON] spoke for [HRA|ORG]."
)


def reading_of(source: str) -> Reading:
    text, mentions = marked(source)
    reading = Reading(Document(text, (Block(0, len(text)),), "", ""), NullStore())
    reading.set_recognized(mentions)
    return reading


def names(items: Iterable[Item]) -> list[set[str]]:
    return [{side.name for side in item.sides} for item in items]


def clusters(resolution: Resolution) -> set[frozenset[str]]:
    return {frozenset(entity.names) for entity in resolution.entities}


def test_suggestions_that_hang_together_are_one_question() -> None:
    reading = reading_of(SPELLED)
    review = Review(reading)
    assert len(reading.suggestions) > 1
    assert names(review.items) == [{"Qasim Durrani", "Qasem Durrani", "Qasem Durani"}]
    review.merge()
    assert clusters(reading.resolution) == {frozenset({"Qasim Durrani", "Qasem Durrani", "Qasem Durani"})}
    assert review.current is None
    assert review.position == (1, 1)


def test_who_is_named_side_by_side_is_never_one_question() -> None:
    reading = reading_of("[Qasim Durrani|PERSON] met [Qasem Durrani|PERSON]. [Qasem Durani|PERSON] left.")
    assert len(reading.suggestions) == 2
    found = names(offers(reading))
    assert len(found) == 2
    assert {"Qasim Durrani", "Qasem Durrani"} not in found
    assert not any(len(sides) > 2 for sides in found)
    assert len(Review(reading).above(0)) == 1


def test_an_unticked_side_is_kept_apart_from_the_rest() -> None:
    reading = reading_of(SPELLED)
    review = Review(reading)
    assert review.current
    review.tick([side.name for side in review.current.sides].index("Qasem Durani"))
    review.merge()
    assert frozenset({"Qasim Durrani", "Qasem Durrani"}) in clusters(reading.resolution)
    assert not review.items
    assert not reading.suggestions


def test_a_short_form_of_several_is_one_question_with_one_answer() -> None:
    reading = reading_of(SHARED)
    review = Review(reading)
    item = review.current
    assert item is not None
    assert item.rivals
    assert item.sides[0].name == "Brill"
    assert review.ticked == {0, 1}
    review.tick(2)
    assert review.ticked == {0, 2}
    review.merge()
    assert frozenset({"Brill", item.sides[2].name}) in clusters(reading.resolution)
    assert review.current is None


def test_a_short_form_is_none_of_them() -> None:
    reading = reading_of(SHARED)
    review = Review(reading)
    review.tick(0)
    assert review.ticked == {0}
    assert review.merge() is None
    assert review.part()
    assert clusters(reading.resolution) == {frozenset({"Brill"}), frozenset({"Ada Brill"}), frozenset({"Otto Brill"})}
    assert not offers(reading)


def test_what_is_left_unsure_comes_again_at_the_end() -> None:
    reading = reading_of(f"{SPELLED} {SHARED}")
    review = Review(reading)
    first = review.current
    review.skip()
    assert review.position == (2, 2)
    second = review.current
    assert first is not None
    assert second is not None
    assert second.key != first.key
    review.merge()
    assert review.current is not None
    assert review.current.key == first.key
    assert review.position == (2, 2)
    review.skip()
    assert review.current.key == first.key


def test_undo_returns_to_the_question_and_restores_everything() -> None:
    reading = reading_of(f"{SPELLED} [Tarek Olmedo|PERSON] saw [Tarik Olmedo|PERSON].")
    review = Review(reading)
    before, item = reading.resolution, review.current
    assert item
    ticked = set(review.ticked)
    if len(item.sides) > 2:
        review.tick(1)
        ticked = {0, 2}
    assert review.merge()
    assert review.part()
    assert review.undo()
    assert review.undo()
    assert review.undo() is None
    assert reading.resolution == before
    assert review.current == item
    assert review.ticked == ticked
    assert review.position == (1, 2)
    assert review.redo()
    assert review.position == (2, 2)


def test_automatic_merges_are_confirmed_and_taken_apart() -> None:
    reading = reading_of(MERGED)
    review = Review(reading)
    review.turn()
    assert review.kind is Kind.MERGES
    assert names(review.items) in (
        [{"HRA", "Harbor Relief Agency"}, {"Mira Castellan", "Castellan"}],
        [{"Mira Castellan", "Castellan"}, {"HRA", "Harbor Relief Agency"}],
    )
    assert [item.score for item in review.items] == sorted(item.score for item in review.items)
    review.merge()
    assert len(merges(reading)) == 1
    taken = review.current
    review.part()
    assert not merges(reading)
    assert taken is not None
    assert {frozenset({side.name}) for side in taken.sides} <= clusters(reading.resolution)
    assert not offers(reading)


def test_all_at_or_above_a_score_are_one_step() -> None:
    reading = reading_of(f"{SPELLED} [Tarek Olmedo|PERSON] saw [Tarik Olmedo|PERSON]. {SHARED}")
    review = Review(reading)
    before = reading.resolution
    sure = review.above(0)
    assert len(sure) == 2
    assert not any(item.rivals for item in sure)
    assert not review.above(1)
    review.accept(sure)
    assert len(review.items) == 1
    assert len(reading.history.steps) == 1
    review.undo()
    assert reading.resolution == before
    assert len(review.items) == 3


def test_what_was_judged_can_be_judged_again() -> None:
    reading = reading_of(SPELLED)
    review = Review(reading)
    review.merge()
    review.ask_again(review.judged[0])
    assert review.again
    review.part()
    assert len(reading.entities) == 3
    assert review.current is None
    assert review.position == (1, 1)
    review.undo()
    assert len(reading.entities) == 1


def test_a_rejected_pair_is_asked_once_more_when_the_text_contradicts() -> None:
    reading = reading_of("[Qasim Durrani|PERSON] came. [Qasem Durrani|PERSON] left.")
    review = Review(reading)
    assert review.current
    review.part()
    decision = reading.history.decisions[-1]
    assert isinstance(decision, NamesDifferent)
    assert 0 < decision.against < 1
    review.refresh()
    assert not review.items
    reading.undo()
    reading.decide(NamesDifferent(decision.left, decision.right, decision.against - 0.2))
    review.refresh()
    assert ["kept these apart" in item.doubt for item in review.items] == [True]
    review.part()
    assert not review.items


def test_evidence_that_comes_with_a_new_mention_contradicts() -> None:
    text, mentions = marked("The [NWT|ORG] is here. So is the Nera Water Trust.")
    reading = Reading(Document(text, (Block(0, len(text)),), "", ""), NullStore())
    reading.set_recognized(mentions)
    added = Name("Nera Water Trust", "ORG")
    start = text.index(added.text)
    reading.decide(reading.keep_apart((Name("NWT", "ORG"),), (added,)))
    assert not offers(reading)
    reading.decide(MentionAdded(start, start + len(added.text), "ORG"))
    assert [item.doubt != "" for item in offers(reading)] == [True]


def test_of_equal_rivals_none_is_ticked_and_of_others_the_likeliest() -> None:
    reading = reading_of("Here [Ada Brill|PERSON] and [Otto Brill|PERSON] came. [NWT|ORG] and [Brill|PERSON] spoke.")
    likely = Review(reading).current
    assert likely is not None
    assert (set(likely.likely), likely.sides[1].name) == ({0, 1}, "Ada Brill")
    equal = Review(reading_of("[Brill|PERSON] spoke. Here [Ada Brill|PERSON] saw [Otto Brill|PERSON]."))
    assert equal.current is not None
    assert equal.current.rivals
    assert equal.ticked == {0}
    assert equal.merge() is None
    assert equal.reading.history.steps == ()


HELD = (
    "[Ada Brill|PERSON] came. [Brill|PERSON] spoke, and so did [Brill|PERSON]. Later [Otto Brill|PERSON] "
    "came. [Brill|PERSON] left."
)


def test_a_short_form_that_is_counted_with_one_is_asked_for_alone() -> None:
    reading = reading_of(HELD)
    review = Review(reading)
    item = review.current
    assert item is not None
    assert (item.rivals, item.held) == (True, True)
    assert [side.name for side in item.sides] == ["Brill", "Ada Brill", "Otto Brill"]
    assert [len(side.mentions) for side in item.sides] == [3, 1, 1]
    assert review.ticked == {0, 1}
    review.merge()
    assert clusters(reading.resolution) == {frozenset({"Ada Brill", "Brill"}), frozenset({"Otto Brill"})}
    assert not offers(reading)


def test_a_short_form_goes_over_to_its_rival_alone() -> None:
    reading = reading_of(HELD)
    review = Review(reading)
    review.tick(2)
    review.merge()
    assert clusters(reading.resolution) == {frozenset({"Ada Brill"}), frozenset({"Otto Brill", "Brill"})}
    assert not offers(reading)
    review.undo()
    assert review.part()
    assert clusters(reading.resolution) == {frozenset({"Ada Brill"}), frozenset({"Otto Brill"}), frozenset({"Brill"})}
    assert not offers(reading)


def test_one_name_under_two_labels_is_among_the_merges() -> None:
    reading = reading_of("[Tarn|ORG] came. So did [Tarn|GPE], and [Tarn|GPE] again.")
    review = Review(reading)
    review.turn()
    item = review.current
    assert item is not None
    assert [(side.name, side.label, len(side.mentions)) for side in item.sides] == [
        ("Tarn", "GPE", 2),
        ("Tarn", "ORG", 1),
    ]
    assert [reason.rule for reason in item.reasons] == ["two-labels"]
    review.part()
    assert sorted(entity.label for entity in reading.entities) == ["GPE", "ORG"]
    assert not merges(reading)
    assert not offers(reading)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Ada Brill", "Otto Brill", "Brill", "Ada Bril", "Oto Brill", "Tarek", "Tarik"]), max_size=9
    ),
    st.lists(st.sampled_from(["merge", "part", "skip", "tick", "turn", "undo", "redo"]), max_size=25),
)
def test_no_course_of_a_review_asks_again_what_was_answered(found: list[str], answers: list[str]) -> None:
    reading = reading_of(". Then ".join(f"[{name}|PERSON]" for name in found))
    start = reading.resolution
    review = Review(reading)
    for answer in answers:
        if answer == "tick":
            review.tick(1)
        else:
            getattr(review, answer)()
        keys = {item.key for item in review.items}
        assert not keys & {each.item.key for each in review.judged if each.item.kind is review.kind}
        place, total = review.position
        assert 0 <= place <= total
    while review.undo():
        pass
    assert reading.resolution == start


@given(st.text(max_size=12), st.text(max_size=12))
def test_what_does_not_differ_is_in_the_other_name(name: str, other: str) -> None:
    spans = differing_spans(name, other)
    kept = "".join(char for place, char in enumerate(name) if not any(a <= place < b for a, b in spans))
    rest = iter(other)
    if spans:
        assert all(char in rest for char in kept)


@pytest.mark.parametrize(
    ("name", "other", "spans"),
    [("Qasem", "Qasim", [(3, 4)]), ("Bank of Tarn", "Tarn", [(0, 8)]), ("HRA", "Harbor Relief Agency", [])],
)
def test_where_names_differ(name: str, other: str, spans: list[tuple[int, int]]) -> None:
    assert differing_spans(name, other) == spans


def retagged_one_by_one(reading: Reading, name: str, label: str) -> None:
    for mention in reading.mentions:
        if reading.name_of(mention).text == name:
            reading.decide(MentionRetagged(mention.start, mention.end, label))


def test_what_was_merged_is_not_asked_about_when_its_mentions_have_another_label_by_now() -> None:
    reading = reading_of("[Orlin|PERSON] met the [Vasta Group|ORG]. Later [Orlin|PERSON] left.")
    reading.decide(NamesSame((Name("Orlin", "PERSON"), Name("Vasta Group", "ORG"))))
    retagged_one_by_one(reading, "Orlin", "ORG")
    assert clusters(reading.resolution) == {frozenset({"Orlin", "Vasta Group"})}
    assert merges(reading) == ()


def test_of_two_answers_the_later_holds_whatever_the_labels_were_then() -> None:
    reading = reading_of("[Orlin|PERSON] met the [Vasta Group|ORG]. Later [Orlin|PERSON] left.")
    reading.decide(NamesDifferent((Name("Orlin", "PERSON"),), (Name("Vasta Group", "ORG"),)))
    retagged_one_by_one(reading, "Orlin", "ORG")
    reading.decide(NamesSame((Name("Orlin", "ORG"), Name("Vasta Group", "ORG"))))
    assert clusters(reading.resolution) == {frozenset({"Orlin", "Vasta Group"})}
    reading.decide(NamesDifferent((Name("Orlin", "ORG"),), (Name("Vasta Group", "ORG"),)))
    assert clusters(reading.resolution) == {frozenset({"Orlin"}), frozenset({"Vasta Group"})}


def test_an_automatic_merge_is_judged_again_as_it_is_now_and_the_review_goes_on_where_it_was() -> None:
    reading = reading_of(
        "The [Harbor Agency|ORG] ([HA|ORG]) sent boats. [Qasim Durr|PERSON], or [Qasem Durr|PERSON], saw [HA|ORG]."
    )
    review = Review(reading)
    review.turn()
    review.part()
    assert len(clusters(reading.resolution)) == 4
    for entity in reading.entities[:2]:
        reading.decide(EntityRetagged(reading.names_of(entity), "GPE"))
    review.turn()
    [judged] = review.latest()
    assert {side.label for side in judged.item.sides} == {"GPE"}
    review.ask_again(judged)
    assert str(review.kind) == "automatic merges"
    assert review.again == judged
    review.merge()
    assert frozenset({"Harbor Agency", "HA"}) in clusters(reading.resolution)
    assert str(review.kind) == "suggestions"
    assert len(review.latest()) == 1
