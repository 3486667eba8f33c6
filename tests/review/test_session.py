from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import NullStore
from reader.annotate.decisions import EntityRetagged, MentionAdded, MentionRetagged, NamesDifferent, NamesSame
from reader.display.differences import differing_spans
from reader.document import Block, Document
from reader.reading import Reading
from reader.resolve import Name, Resolution
from reader.review import session
from reader.review.questions import QuestionKind, ReviewQuestion, merge_questions, suggestion_questions
from reader.review.session import Review
from tests.resolve.texts import marked

SPELLED = "[Qasim Durrani|PERSON] came. [Qasem Durrani|PERSON] spoke. [Qasem Durani|PERSON] left."
SHARED = "[Ada Brill|PERSON] and [Otto Brill|PERSON] came. [Brill|PERSON] spoke."
MERGED = (
    "The [Harbor Relief Agency|ORG] ([HRA|ORG]) met [Mira Castellan|PERSON]. [Castellan|PERSON] spoke for [HRA|ORG]."
)
ASSIGNED = (
    "[Ada Brill|PERSON] came. [Brill|PERSON] spoke. Later [Otto Brill|PERSON] "
    "came. [Brill|PERSON] left, and [Brill|PERSON] wept."
)


def reading_of(source: str) -> Reading:
    text, mentions = marked(source)
    reading = Reading(Document(text, (Block(0, len(text)),), "", ""), NullStore())
    reading.set_recognized(mentions)
    return reading


def side_names(questions: Iterable[ReviewQuestion]) -> list[set[str]]:
    return [{side.name for side in question.sides} for question in questions]


def clusters(resolution: Resolution) -> set[frozenset[str]]:
    return {frozenset(entity.names) for entity in resolution.entities}


def test_connected_suggestions_are_one_question() -> None:
    reading = reading_of(SPELLED)
    review = Review(reading)
    assert len(reading.suggestions) > 1
    assert side_names(review.open_questions) == [{"Qasim Durrani", "Qasem Durrani", "Qasem Durani"}]
    review.merge()
    assert clusters(reading.resolution) == {frozenset({"Qasim Durrani", "Qasem Durrani", "Qasem Durani"})}
    assert review.current is None
    assert review.position == (1, 1)


def test_names_that_the_text_keeps_apart_are_never_in_one_question() -> None:
    reading = reading_of("[Qasim Durrani|PERSON] met [Qasem Durrani|PERSON]. [Qasem Durani|PERSON] left.")
    assert len(reading.suggestions) == 2
    questions = side_names(suggestion_questions(reading))
    assert len(questions) == 2
    assert {"Qasim Durrani", "Qasem Durrani"} not in questions
    assert not any(len(names) > 2 for names in questions)
    assert len(Review(reading).acceptable(0)) == 1


def test_an_unticked_side_is_kept_apart_from_the_merged_ones() -> None:
    reading = reading_of(SPELLED)
    review = Review(reading)
    assert review.current
    review.tick([side.name for side in review.current.sides].index("Qasem Durani"))
    review.merge()
    assert frozenset({"Qasim Durrani", "Qasem Durrani"}) in clusters(reading.resolution)
    assert not review.open_questions
    assert not reading.suggestions


def test_a_short_form_with_rivals_is_one_question_with_one_answer() -> None:
    reading = reading_of(SHARED)
    review = Review(reading)
    question = review.current
    assert question is not None
    assert question.rivals
    assert question.sides[0].name == "Brill"
    assert review.ticked == {0, 1}
    review.tick(2)
    assert review.ticked == {0, 2}
    review.merge()
    assert frozenset({"Brill", question.sides[2].name}) in clusters(reading.resolution)
    assert review.current is None


def test_a_short_form_can_be_kept_apart_from_all_rivals() -> None:
    reading = reading_of(SHARED)
    review = Review(reading)
    review.tick(0)
    assert review.ticked == {0}
    assert review.merge() is None
    assert review.keep_apart()
    assert clusters(reading.resolution) == {frozenset({"Brill"}), frozenset({"Ada Brill"}), frozenset({"Otto Brill"})}
    assert not suggestion_questions(reading)


def test_a_review_left_at_the_merges_goes_to_new_suggestions() -> None:
    reading = reading_of(f"{MERGED} {SHARED.replace('[Brill|PERSON]', '[Brill|ORG]')}")
    review = Review(reading)
    review.switch_kind()
    review.pause()
    review.resume()
    assert side_names(review.open_questions) == side_names(merge_questions(reading)), "it goes on where it was left"
    spoke = reading.document.text.index("Brill spoke")
    reading.decide(MentionRetagged(spoke, spoke + 5, "PERSON"))
    review.resume()
    assert review.kind is QuestionKind.SUGGESTIONS
    assert side_names(review.open_questions) == [{"Brill", "Ada Brill", "Otto Brill"}]


def test_an_unsure_question_is_asked_again_at_the_end() -> None:
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
    resolution, question = reading.resolution, review.current
    assert question
    ticked = set(review.ticked)
    if len(question.sides) > 2:
        review.tick(1)
        ticked = {0, 2}
    assert review.merge()
    assert review.keep_apart()
    assert review.undo()
    assert review.undo()
    assert review.undo() is None
    assert reading.resolution == resolution
    assert review.current == question
    assert review.ticked == ticked
    assert review.position == (1, 2)
    assert review.redo()
    assert review.position == (2, 2)


def test_automatic_merges_are_confirmed_or_undone() -> None:
    reading = reading_of(MERGED)
    review = Review(reading)
    review.switch_kind()
    assert review.kind is QuestionKind.MERGES
    assert side_names(review.open_questions) in (
        [{"HRA", "Harbor Relief Agency"}, {"Mira Castellan", "Castellan"}],
        [{"Mira Castellan", "Castellan"}, {"HRA", "Harbor Relief Agency"}],
    )
    scores = [question.score for question in review.open_questions]
    assert scores == sorted(scores)
    review.merge()
    assert len(merge_questions(reading)) == 1
    question = review.current
    review.keep_apart()
    assert not merge_questions(reading)
    assert question is not None
    assert {frozenset({side.name}) for side in question.sides} <= clusters(reading.resolution)
    assert not suggestion_questions(reading)


def test_accepting_all_above_a_score_is_one_step() -> None:
    reading = reading_of(f"{SPELLED} [Tarek Olmedo|PERSON] saw [Tarik Olmedo|PERSON]. {SHARED}")
    review = Review(reading)
    resolution = reading.resolution
    acceptable = review.acceptable(0)
    assert len(acceptable) == 2
    assert not any(question.rivals for question in acceptable)
    assert not review.acceptable(1)
    review.accept(acceptable)
    assert len(review.open_questions) == 1
    assert len(reading.history.steps) == 1
    review.undo()
    assert reading.resolution == resolution
    assert len(review.open_questions) == 3


def test_an_answered_question_can_be_asked_again() -> None:
    reading = reading_of(SPELLED)
    review = Review(reading)
    review.merge()
    review.ask_again(review.answered[0])
    assert review.earlier_answer
    review.keep_apart()
    assert len(reading.entities) == 3
    assert review.current is None
    assert review.position == (1, 1)
    review.undo()
    assert len(reading.entities) == 1


def test_a_pair_kept_apart_is_asked_about_once_more_after_better_evidence() -> None:
    reading = reading_of("[Qasim Durrani|PERSON] came. [Qasem Durrani|PERSON] left.")
    review = Review(reading)
    assert review.current
    review.keep_apart()
    decision = reading.history.decisions[-1]
    assert isinstance(decision, NamesDifferent)
    assert 0 < decision.against < 1
    review.refresh()
    assert not review.open_questions
    reading.undo()
    reading.decide(NamesDifferent(decision.left, decision.right, decision.against - 0.2))
    review.refresh()
    assert ["kept these apart" in question.doubt for question in review.open_questions] == [True]
    review.keep_apart()
    assert not review.open_questions


def test_a_new_mention_can_be_better_evidence() -> None:
    text, mentions = marked("The [NWT|ORG] is here. So is the Nera Water Trust.")
    reading = Reading(Document(text, (Block(0, len(text)),), "", ""), NullStore())
    reading.set_recognized(mentions)
    name = Name("Nera Water Trust", "ORG")
    start = text.index(name.text)
    reading.decide(reading.keep_apart((Name("NWT", "ORG"),), (name,)))
    assert not suggestion_questions(reading)
    reading.decide(MentionAdded(start, start + len(name.text), "ORG"))
    assert [question.doubt != "" for question in suggestion_questions(reading)] == [True]


def test_the_likeliest_rival_is_ticked_and_none_of_equal_ones() -> None:
    reading = reading_of("Here [Ada Brill|PERSON] and [Otto Brill|PERSON] came. [NWT|ORG] and [Brill|PERSON] spoke.")
    question = Review(reading).current
    assert question is not None
    assert (set(question.likely_sides), question.sides[1].name) == ({0, 1}, "Ada Brill")
    review = Review(reading_of("[Brill|PERSON] spoke. Here [Ada Brill|PERSON] saw [Otto Brill|PERSON]."))
    assert review.current is not None
    assert review.current.rivals
    assert review.ticked == {0}
    assert review.merge() is None
    assert review.reading.history.steps == ()


def test_a_short_form_that_is_merged_with_one_rival_is_a_side_of_its_own() -> None:
    reading = reading_of(ASSIGNED)
    review = Review(reading)
    question = review.current
    assert question is not None
    assert (question.rivals, question.assigned) == (True, True)
    assert [side.name for side in question.sides] == ["Brill", "Ada Brill", "Otto Brill"]
    assert [len(side.mentions) for side in question.sides] == [3, 1, 1]
    assert review.ticked == {0, 1}
    review.merge()
    assert clusters(reading.resolution) == {frozenset({"Ada Brill", "Brill"}), frozenset({"Otto Brill"})}
    assert not suggestion_questions(reading)


def test_a_short_form_can_move_to_the_other_rival() -> None:
    reading = reading_of(ASSIGNED)
    review = Review(reading)
    review.tick(2)
    review.merge()
    assert clusters(reading.resolution) == {frozenset({"Ada Brill"}), frozenset({"Otto Brill", "Brill"})}
    assert not suggestion_questions(reading)
    review.undo()
    assert review.keep_apart()
    assert clusters(reading.resolution) == {frozenset({"Ada Brill"}), frozenset({"Otto Brill"}), frozenset({"Brill"})}
    assert not suggestion_questions(reading)


def test_one_name_with_two_labels_is_an_automatic_merge() -> None:
    reading = reading_of("[Tarn|ORG] came. So did [Tarn|GPE], and [Tarn|GPE] again.")
    review = Review(reading)
    review.switch_kind()
    question = review.current
    assert question is not None
    assert [(side.name, side.label, len(side.mentions)) for side in question.sides] == [
        ("Tarn", "GPE", 2),
        ("Tarn", "ORG", 1),
    ]
    assert [reason.rule for reason in question.reasons] == ["two-labels"]
    review.keep_apart()
    assert sorted(entity.label for entity in reading.entities) == ["GPE", "ORG"]
    assert not merge_questions(reading)
    assert not suggestion_questions(reading)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Ada Brill", "Otto Brill", "Brill", "Ada Bril", "Oto Brill", "Tarek", "Tarik"]), max_size=9
    ),
    st.lists(
        st.sampled_from(["merge", "keep_apart", "skip", "tick", "switch_kind", "undo", "redo"]),
        max_size=25,
    ),
)
def test_a_review_never_repeats_an_answered_question(names: list[str], commands: list[str]) -> None:
    reading = reading_of(". Then ".join(f"[{name}|PERSON]" for name in names))
    resolution = reading.resolution
    review = Review(reading)
    for command in commands:
        if command == "tick":
            review.tick(1)
        else:
            getattr(review, command)()
        keys = {question.key for question in review.open_questions}
        answered_keys = {entry.question.key for entry in review.answered if entry.question.kind is review.kind}
        assert not keys & answered_keys
        assert review.open_questions == session._BUILDERS[review.kind](reading)
        position, total = review.position
        assert 0 <= position <= total
    while review.undo():
        pass
    assert reading.resolution == resolution


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[QuestionKind]:
    """The kinds of questions that were built, in order."""
    kinds: list[QuestionKind] = []

    def counted(
        kind: QuestionKind, build: Callable[[Reading], tuple[ReviewQuestion, ...]]
    ) -> Callable[[Reading], tuple[ReviewQuestion, ...]]:
        def build_and_count(reading: Reading) -> tuple[ReviewQuestion, ...]:
            kinds.append(kind)
            return build(reading)

        return build_and_count

    for kind, build in session._BUILDERS.items():
        monkeypatch.setitem(session._BUILDERS, kind, counted(kind, build))
    return kinds


def test_questions_are_built_once_for_each_resolution(builds: list[QuestionKind]) -> None:
    reading = reading_of(f"{SPELLED} {MERGED}")
    review = Review(reading)
    review.refresh()
    review.skip()
    assert builds == [QuestionKind.SUGGESTIONS]
    review.switch_kind()
    review.switch_kind()
    review.switch_kind()
    assert builds == [QuestionKind.SUGGESTIONS, QuestionKind.MERGES]
    review.merge()
    assert builds == [QuestionKind.SUGGESTIONS, QuestionKind.MERGES, QuestionKind.MERGES]
    review.undo()
    review.refresh()
    assert builds[3:] == [QuestionKind.MERGES]


@given(st.text(max_size=12), st.text(max_size=12))
def test_what_does_not_differ_is_in_the_other_name(name: str, other: str) -> None:
    spans = differing_spans(name, other)
    shared = "".join(char for index, char in enumerate(name) if not any(start <= index < end for start, end in spans))
    characters = iter(other)
    if spans:
        assert all(char in characters for char in shared)


@pytest.mark.parametrize(
    ("name", "other", "spans"),
    [("Qasem", "Qasim", [(3, 4)]), ("Bank of Tarn", "Tarn", [(0, 8)]), ("HRA", "Harbor Relief Agency", [])],
)
def test_where_names_differ(name: str, other: str, spans: list[tuple[int, int]]) -> None:
    assert differing_spans(name, other) == spans


def retag_each_mention(reading: Reading, name: str, label: str) -> None:
    for mention in reading.mentions:
        if reading.name_of(mention).text == name:
            reading.decide(MentionRetagged(mention.start, mention.end, label))


def test_a_confirmed_merge_is_not_asked_about_after_its_mentions_are_retagged() -> None:
    reading = reading_of("[Orlin|PERSON] met the [Vasta Group|ORG]. Later [Orlin|PERSON] left.")
    reading.decide(NamesSame((Name("Orlin", "PERSON"), Name("Vasta Group", "ORG"))))
    retag_each_mention(reading, "Orlin", "ORG")
    assert clusters(reading.resolution) == {frozenset({"Orlin", "Vasta Group"})}
    assert merge_questions(reading) == ()


def test_the_later_of_two_answers_wins_even_if_labels_changed_between_them() -> None:
    reading = reading_of("[Orlin|PERSON] met the [Vasta Group|ORG]. Later [Orlin|PERSON] left.")
    reading.decide(NamesDifferent((Name("Orlin", "PERSON"),), (Name("Vasta Group", "ORG"),)))
    retag_each_mention(reading, "Orlin", "ORG")
    reading.decide(NamesSame((Name("Orlin", "ORG"), Name("Vasta Group", "ORG"))))
    assert clusters(reading.resolution) == {frozenset({"Orlin", "Vasta Group"})}
    reading.decide(NamesDifferent((Name("Orlin", "ORG"),), (Name("Vasta Group", "ORG"),)))
    assert clusters(reading.resolution) == {frozenset({"Orlin"}), frozenset({"Vasta Group"})}


def test_a_merge_is_asked_again_with_its_present_labels_and_the_review_then_continues() -> None:
    reading = reading_of(
        "The [Harbor Agency|ORG] ([HA|ORG]) sent boats. [Qasim Durr|PERSON], or [Qasem Durr|PERSON], saw [HA|ORG]."
    )
    review = Review(reading)
    review.switch_kind()
    review.keep_apart()
    assert len(clusters(reading.resolution)) == 4
    for entity in reading.entities[:2]:
        reading.decide(EntityRetagged(reading.names_of(entity), "GPE"))
    review.switch_kind()
    [answered] = review.latest_answers()
    assert {side.label for side in answered.question.sides} == {"GPE"}
    review.ask_again(answered)
    assert str(review.kind) == "automatic merges"
    assert review.earlier_answer == answered
    review.merge()
    assert frozenset({"Harbor Agency", "HA"}) in clusters(reading.resolution)
    assert str(review.kind) == "suggestions"
    assert len(review.latest_answers()) == 1
