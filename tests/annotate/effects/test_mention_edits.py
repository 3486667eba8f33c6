from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotate import Decision, MentionEdits, apply_to_mentions
from reader.annotate.decisions import (
    EntityConfirmed,
    EntityDismissed,
    EntityRestored,
    EntityRetagged,
    MachineMentionAdded,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    MentionRetagged,
    NamesSame,
)
from reader.names import surface
from reader.recognize import Mention
from reader.resolve import Name
from tests.annotate.strategies import TEXT, decisions, labels, spans


def mention_of(text: str, label: str = "ORG", nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(text, start + 1)
    return Mention(start, start + len(text), label)


def user(mention: Mention, label: str) -> Mention:
    return Mention(mention.start, mention.end, label, "user", 1.0)


NSB, NSB_AGAIN = mention_of("NSB"), mention_of("NSB", nth=1)
QUILL = mention_of("Ada Quill", "PERSON")
QUILL_WRAPPED = mention_of("Ada  Quill", "PERSON")
RECOGNIZED = [NSB, QUILL, NSB_AGAIN, QUILL_WRAPPED]


def test_an_added_mention_replaces_every_mention_that_it_overlaps() -> None:
    added = MentionAdded(QUILL.start + 4, QUILL.end + 2, "PERSON")
    assert apply_to_mentions(TEXT, RECOGNIZED, [added]) == [
        NSB,
        Mention(added.start, added.end, "PERSON", "user", 1.0),
        NSB_AGAIN,
        QUILL_WRAPPED,
    ]


def test_adjacent_mentions_stay() -> None:
    result = apply_to_mentions(TEXT, RECOGNIZED, [MentionAdded(NSB.end, NSB.end + 1, "ORG")])
    assert result[:2] == [NSB, Mention(NSB.end, NSB.end + 1, "ORG", "user", 1.0)]


def test_an_overlaid_mention_leaves_the_mentions_that_it_overlaps() -> None:
    inner = MentionOverlaid(QUILL.start + 4, QUILL.end, "PERSON")
    within = Mention(inner.start, inner.end, "PERSON", "user", 1.0)
    assert apply_to_mentions(TEXT, RECOGNIZED, [inner]) == [NSB, QUILL, within, NSB_AGAIN, QUILL_WRAPPED]
    crossing = MentionOverlaid(QUILL.start + 4, QUILL.end + 6, "ORG")
    assert QUILL in apply_to_mentions(TEXT, RECOGNIZED, [crossing])
    again = MentionOverlaid(QUILL.start, QUILL.end, "ORG")
    assert user(QUILL, "ORG") in (result := apply_to_mentions(TEXT, RECOGNIZED, [again]))
    assert QUILL not in result


def test_an_added_mention_replaces_an_overlaid_one() -> None:
    inner = MentionOverlaid(QUILL.start + 4, QUILL.end, "PERSON")
    outer = MentionAdded(QUILL.start, QUILL.end, "ORG")
    assert apply_to_mentions(TEXT, RECOGNIZED, [inner, outer]) == apply_to_mentions(TEXT, RECOGNIZED, [outer])


def test_an_overlaid_mention_stays_when_recognition_no_longer_finds_the_outer_one() -> None:
    inner = MentionOverlaid(QUILL.start + 4, QUILL.end, "PERSON")
    outer = MentionConfirmed(QUILL.start, QUILL.end, "PERSON")
    within = Mention(inner.start, inner.end, "PERSON", "user", 1.0)
    assert apply_to_mentions(TEXT, [], [inner, outer]) == [user(QUILL, "PERSON"), within]


def test_a_dismissed_mention_is_restored_around_an_overlaid_one() -> None:
    inner = MentionOverlaid(QUILL.start + 4, QUILL.end, "PERSON")
    names = (Name("Ada Quill", "PERSON"),)
    without_quill = apply_to_mentions(TEXT, RECOGNIZED, [inner, EntityDismissed(names)])
    assert QUILL not in without_quill
    restored = apply_to_mentions(TEXT, RECOGNIZED, [inner, EntityDismissed(names), EntityRestored(names)])
    assert QUILL in restored
    assert Mention(inner.start, inner.end, "PERSON", "user", 1.0) in restored


def test_a_confirmed_mention_stays_when_recognition_no_longer_finds_it() -> None:
    confirmed = MentionConfirmed(NSB.start, NSB.end, "ORG")
    assert apply_to_mentions(TEXT, RECOGNIZED, [confirmed]) == [user(NSB, "ORG"), *RECOGNIZED[1:]]
    assert apply_to_mentions(TEXT, [], [confirmed]) == [user(NSB, "ORG")]


def test_confirming_an_entity_confirms_every_mention_of_its_names() -> None:
    confirmed = EntityConfirmed((Name("NSB", "ORG"),))
    expected = [user(NSB, "ORG"), QUILL, user(NSB_AGAIN, "ORG"), QUILL_WRAPPED]
    assert apply_to_mentions(TEXT, RECOGNIZED, [confirmed]) == expected


def test_only_the_exact_span_is_removed() -> None:
    assert apply_to_mentions(TEXT, RECOGNIZED, [MentionRemoved(NSB.start, NSB.end)]) == RECOGNIZED[1:]
    assert apply_to_mentions(TEXT, RECOGNIZED, [MentionRemoved(NSB.start, NSB.end + 1)]) == RECOGNIZED


def test_a_retagged_mention_has_origin_user() -> None:
    result = apply_to_mentions(TEXT, RECOGNIZED, [MentionRetagged(NSB.start, NSB.end, "GPE")])
    assert result == [user(NSB, "GPE"), *RECOGNIZED[1:]]


def test_a_retagged_mention_stays_when_recognition_no_longer_finds_it() -> None:
    assert apply_to_mentions(TEXT, [], [MentionRetagged(NSB.start, NSB.end, "GPE")]) == [user(NSB, "GPE")]


def test_retagging_an_entity_retags_every_mention_of_its_names() -> None:
    retagged = EntityRetagged((Name("Ada Quill", "PERSON"), Name("NSB", "")), "GPE")
    assert apply_to_mentions(TEXT, RECOGNIZED, [retagged]) == [user(mention, "GPE") for mention in RECOGNIZED]


def test_names_of_one_spelling_are_distinguished_by_label() -> None:
    recognized = [NSB, NSB_AGAIN._replace(label="PERSON")]
    assert apply_to_mentions(TEXT, recognized, [EntityDismissed((Name("NSB", "PERSON"),))]) == [NSB]


def test_a_decision_survives_a_recognizer_that_labels_the_name_differently() -> None:
    assert apply_to_mentions(TEXT, [NSB, NSB_AGAIN], [EntityDismissed((Name("NSB", "PERSON"),))]) == []


def test_a_label_of_a_removed_mention_still_distinguishes_names() -> None:
    span = (NSB.start, NSB.end)
    steps: list[Decision] = [MentionAdded(*span, "GPE"), MentionRemoved(*span), EntityDismissed((Name("NSB", "GPE"),))]
    assert apply_to_mentions(TEXT, [NSB_AGAIN], steps) == [NSB_AGAIN]


def test_repeating_a_decision_does_not_extend_it_to_other_labels() -> None:
    recognized = [NSB, NSB_AGAIN._replace(label="PERSON")]
    twice = [EntityDismissed((Name("NSB", "PERSON"),))] * 2
    assert apply_to_mentions(TEXT, recognized, twice) == [NSB]
    again = [EntityRetagged((Name("NSB", "PERSON"),), "GPE")] * 2
    assert apply_to_mentions(TEXT, recognized, again) == [NSB, user(NSB_AGAIN, "GPE")]


def test_a_moved_mention_counts_for_its_new_name() -> None:
    quill = Name("Ada Quill", "PERSON")
    moved = MentionMoved(NSB.start, NSB.end, quill)
    assert apply_to_mentions(TEXT, [NSB, NSB_AGAIN], [moved]) == [user(NSB, "PERSON"), NSB_AGAIN]
    assert apply_to_mentions(TEXT, [NSB, NSB_AGAIN], [moved, EntityDismissed((quill,))]) == [NSB_AGAIN]
    assert apply_to_mentions(TEXT, [NSB, NSB_AGAIN], [moved, EntityDismissed((Name("NSB", "ORG"),))]) == [
        user(NSB, "PERSON")
    ]


def test_the_later_decision_wins() -> None:
    span = (NSB.start, NSB.end)
    dismissed = EntityDismissed((Name("NSB", "ORG"),))
    assert apply_to_mentions(TEXT, [NSB], [MentionRemoved(*span), MentionAdded(*span, "GPE")]) == [user(NSB, "GPE")]
    assert apply_to_mentions(TEXT, [NSB], [MentionAdded(*span, "GPE"), MentionRemoved(*span)]) == []
    assert apply_to_mentions(TEXT, [NSB], [dismissed, MentionAdded(*span, "ORG")]) == [user(NSB, "ORG")]
    assert apply_to_mentions(TEXT, [NSB], [MentionAdded(*span, "ORG"), dismissed]) == []


def _apply_naively(text: str, recognized: Iterable[Mention], drawn: Iterable[Decision]) -> list[Mention]:
    """Apply decisions in the simplest way, as a reference."""
    mentions = list(recognized)
    labeled_names = {Name(surface(text[mention.start : mention.end]), mention.label) for mention in mentions}
    moved_forms: dict[tuple[int, int], str] = {}
    dismissed: dict[tuple[int, int], tuple[Mention, str, bool]] = {}
    added: set[tuple[int, int]] = set()
    overlaid: set[tuple[int, int]] = set()

    def form_of(mention: Mention) -> str:
        return moved_forms.get(mention[:2], surface(text[mention.start : mention.end]))

    def with_label(mention: Mention, label: str) -> Mention:
        labeled_names.add(Name(surface(text[mention.start : mention.end]), label))
        return user(mention, label)

    def has_name(form: str, mention: Mention, name: Name) -> bool:
        return form == name.text and (mention.label == name.label or name not in labeled_names)

    def named(names: Iterable[Name]) -> set[Mention]:
        return {m for m in mentions if any(has_name(form_of(m), m, name) for name in names)}

    for decision in drawn:
        match decision:
            case MentionRemoved(start, end):
                mentions = [m for m in mentions if m[:2] != (start, end)]
            case MachineMentionAdded(start, end, label, score):
                if any(m[:2] == (start, end) and m.origin == "user" for m in mentions):
                    continue
                mentions = [m for m in mentions if m[:2] != (start, end)]
                mentions.append(Mention(start, end, label, "model", score))
                labeled_names.add(Name(surface(text[start:end]), label))
                added.add((start, end))
                overlaid.add((start, end))
                moved_forms.pop((start, end), None)
            case MentionOverlaid(start, end, label):
                mentions = [m for m in mentions if m[:2] != (start, end)]
                mentions.append(with_label(Mention(start, end, label), label))
                added.add((start, end))
                overlaid.add((start, end))
            case (
                MentionRetagged(start, end, label)
                | MentionConfirmed(start, end, label)
                | MentionMoved(start, end, Name(_, label))
            ) if any(m[:2] == (start, end) for m in mentions):
                mentions = [with_label(m, label) if m[:2] == (start, end) else m for m in mentions]
            case (
                MentionAdded(start, end, label)
                | MentionRetagged(start, end, label)
                | MentionConfirmed(start, end, label)
                | MentionMoved(start, end, Name(_, label))
            ):
                unaffected = set() if isinstance(decision, MentionAdded) else overlaid
                mentions = [m for m in mentions if m.end <= start or m.start >= end or m[:2] in unaffected]
                mentions.append(with_label(Mention(start, end, label), label))
                added.add((start, end))
                overlaid.discard((start, end))
            case EntityConfirmed(names):
                hits = named(names)
                mentions = [user(m, m.label) if m in hits else m for m in mentions]
            case EntityRetagged(names, label):
                hits = named(names)
                mentions = [user(m, label) if m in hits else m for m in mentions]
                labeled_names |= {Name(name.text, label) for name in names}
            case EntityDismissed(names):
                hits = named(names)
                mentions = [m for m in mentions if m not in hits]
                dismissed |= {m[:2]: (m, form_of(m), m[:2] in overlaid) for m in hits}
            case EntityRestored(names):
                for name in names:
                    for span, (m, form, was_overlaid) in list(dismissed.items()):
                        if has_name(form, m, name):
                            del dismissed[span]
                            obstacles = () if was_overlaid else added - overlaid
                            occupied = any(start < m.end and m.start < end for start, end in obstacles)
                            if not occupied and all(mention[:2] != span for mention in mentions):
                                mentions.append(m)
                                if was_overlaid:
                                    added.add(span)
                                    overlaid.add(span)
                                moved_forms[span] = form
        spans = {m[:2] for m in mentions}
        added &= spans
        overlaid &= added
        moved_forms = {span: form for span, form in moved_forms.items() if span in spans}
        if isinstance(decision, (MentionAdded, MentionOverlaid)):
            moved_forms.pop((decision.start, decision.end), None)
        if isinstance(decision, MentionMoved):
            moved_forms[decision.start, decision.end] = decision.to.text
            labeled_names.add(decision.to)
    return sorted(mentions)


_boards = [mention_of("Board"), mention_of("Board", nth=2), mention_of("North Sea Board")]
recognized_mentions = st.lists(
    st.one_of(
        st.builds(lambda span, label: Mention(span[0], span[1], label), spans(), labels),
        st.sampled_from([*RECOGNIZED, mention_of("Quill", "PERSON", 1), *_boards]),
    ),
    max_size=8,
    unique_by=lambda mention: mention[:2],
).map(sorted)


@given(recognized_mentions, st.lists(decisions, max_size=12))
@settings(max_examples=400)
def test_decisions_have_the_effect_of_the_reference(recognized: list[Mention], drawn: list[Decision]) -> None:
    original = list(recognized)
    assert apply_to_mentions(TEXT, recognized, drawn) == _apply_naively(TEXT, recognized, drawn)
    assert recognized == original


@given(recognized_mentions, st.lists(decisions, max_size=8))
def test_decisions_applied_one_by_one_equal_all_at_once(recognized: list[Mention], drawn: list[Decision]) -> None:
    edits = MentionEdits(TEXT, recognized)
    for count, decision in enumerate(drawn, 1):
        edits.apply(decision)
        assert edits.mentions() == apply_to_mentions(TEXT, recognized, drawn[:count])


@given(recognized_mentions, st.lists(decisions, max_size=12))
def test_mentions_of_the_user_are_counted(recognized: list[Mention], drawn: list[Decision]) -> None:
    edits = MentionEdits(TEXT, recognized)
    for decision in drawn:
        edits.apply(decision)
    assert edits.user_count() == sum(mention.origin == "user" for mention in edits.mentions())


def test_many_added_mentions_are_sorted() -> None:
    text = "ab " * 500
    added = [MentionAdded(start, start + 2, "ORG") for start in reversed(range(0, 1500, 3))]
    recognized = [Mention(start, start + 2, "GPE") for start in range(0, 1500, 6)]
    result = apply_to_mentions(text, recognized, added)
    assert [mention.start for mention in result] == list(range(0, 1500, 3))
    assert {mention.origin for mention in result} == {"user"}


def test_merging_changes_no_mention() -> None:
    assert apply_to_mentions(TEXT, RECOGNIZED, [NamesSame((Name("NSB", "ORG"), Name("Board", "ORG")))]) == RECOGNIZED
