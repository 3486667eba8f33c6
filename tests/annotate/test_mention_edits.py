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


def at(text: str, label: str = "ORG", nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(text, start + 1)
    return Mention(start, start + len(text), label)


def user(mention: Mention, label: str) -> Mention:
    return Mention(mention.start, mention.end, label, "user", 1.0)


NSB, NSB_AGAIN = at("NSB"), at("NSB", nth=1)
QUILL = at("Ada Quill", "PERSON")
QUILL_WRAPPED = at("Ada  Quill", "PERSON")
FOUND = [NSB, QUILL, NSB_AGAIN, QUILL_WRAPPED]


def test_an_added_mention_takes_the_place_of_what_it_overlaps() -> None:
    added = MentionAdded(QUILL.start + 4, QUILL.end + 2, "PERSON")
    assert apply_to_mentions(TEXT, FOUND, [added]) == [
        NSB,
        Mention(added.start, added.end, "PERSON", "user", 1.0),
        NSB_AGAIN,
        QUILL_WRAPPED,
    ]


def test_mentions_that_touch_are_kept() -> None:
    result = apply_to_mentions(TEXT, FOUND, [MentionAdded(NSB.end, NSB.end + 1, "ORG")])
    assert result[:2] == [NSB, Mention(NSB.end, NSB.end + 1, "ORG", "user", 1.0)]


def test_an_overlaid_mention_leaves_what_it_overlaps() -> None:
    inner = MentionOverlaid(QUILL.start + 4, QUILL.end, "PERSON")
    within = Mention(inner.start, inner.end, "PERSON", "user", 1.0)
    assert apply_to_mentions(TEXT, FOUND, [inner]) == [NSB, QUILL, within, NSB_AGAIN, QUILL_WRAPPED]
    crossing = MentionOverlaid(QUILL.start + 4, QUILL.end + 6, "ORG")
    assert QUILL in apply_to_mentions(TEXT, FOUND, [crossing])
    again = MentionOverlaid(QUILL.start, QUILL.end, "ORG")
    assert user(QUILL, "ORG") in (result := apply_to_mentions(TEXT, FOUND, [again]))
    assert QUILL not in result


def test_what_is_added_takes_the_place_of_what_was_overlaid() -> None:
    inner = MentionOverlaid(QUILL.start + 4, QUILL.end, "PERSON")
    outer = MentionAdded(QUILL.start, QUILL.end, "ORG")
    assert apply_to_mentions(TEXT, FOUND, [inner, outer]) == apply_to_mentions(TEXT, FOUND, [outer])


def test_what_was_overlaid_stays_when_recognition_no_longer_finds_what_holds_it() -> None:
    inner = MentionOverlaid(QUILL.start + 4, QUILL.end, "PERSON")
    outer = MentionConfirmed(QUILL.start, QUILL.end, "PERSON")
    within = Mention(inner.start, inner.end, "PERSON", "user", 1.0)
    assert apply_to_mentions(TEXT, [], [inner, outer]) == [user(QUILL, "PERSON"), within]


def test_a_dismissed_mention_comes_back_around_what_was_overlaid() -> None:
    inner = MentionOverlaid(QUILL.start + 4, QUILL.end, "PERSON")
    names = (Name("Ada Quill", "PERSON"),)
    gone = apply_to_mentions(TEXT, FOUND, [inner, EntityDismissed(names)])
    assert QUILL not in gone
    back = apply_to_mentions(TEXT, FOUND, [inner, EntityDismissed(names), EntityRestored(names)])
    assert QUILL in back
    assert Mention(inner.start, inner.end, "PERSON", "user", 1.0) in back


def test_a_confirmed_mention_is_the_users_and_stands_also_when_recognition_no_longer_finds_it() -> None:
    confirmed = MentionConfirmed(NSB.start, NSB.end, "ORG")
    assert apply_to_mentions(TEXT, FOUND, [confirmed]) == [user(NSB, "ORG"), *FOUND[1:]]
    assert apply_to_mentions(TEXT, [], [confirmed]) == [user(NSB, "ORG")]


def test_a_confirmed_entity_is_the_users_wherever_its_names_stand() -> None:
    confirmed = EntityConfirmed((Name("NSB", "ORG"),))
    expected = [user(NSB, "ORG"), QUILL, user(NSB_AGAIN, "ORG"), QUILL_WRAPPED]
    assert apply_to_mentions(TEXT, FOUND, [confirmed]) == expected


def test_only_the_very_span_is_removed() -> None:
    assert apply_to_mentions(TEXT, FOUND, [MentionRemoved(NSB.start, NSB.end)]) == FOUND[1:]
    assert apply_to_mentions(TEXT, FOUND, [MentionRemoved(NSB.start, NSB.end + 1)]) == FOUND


def test_a_retagged_mention_is_the_users() -> None:
    result = apply_to_mentions(TEXT, FOUND, [MentionRetagged(NSB.start, NSB.end, "GPE")])
    assert result == [user(NSB, "GPE"), *FOUND[1:]]


def test_a_retagged_mention_stands_also_when_recognition_no_longer_finds_it() -> None:
    assert apply_to_mentions(TEXT, [], [MentionRetagged(NSB.start, NSB.end, "GPE")]) == [user(NSB, "GPE")]


def test_an_entity_is_retagged_wherever_its_names_stand() -> None:
    retagged = EntityRetagged((Name("Ada Quill", "PERSON"), Name("NSB", "")), "GPE")
    assert apply_to_mentions(TEXT, FOUND, [retagged]) == [user(mention, "GPE") for mention in FOUND]


def test_the_label_of_a_name_tells_two_of_one_spelling_apart() -> None:
    found = [NSB, NSB_AGAIN._replace(label="PERSON")]
    assert apply_to_mentions(TEXT, found, [EntityDismissed((Name("NSB", "PERSON"),))]) == [NSB]


def test_a_decision_outlives_a_recognizer_that_labels_the_name_otherwise() -> None:
    assert apply_to_mentions(TEXT, [NSB, NSB_AGAIN], [EntityDismissed((Name("NSB", "PERSON"),))]) == []


def test_a_label_that_the_user_took_back_still_tells_namesakes_apart() -> None:
    span = (NSB.start, NSB.end)
    made: list[Decision] = [MentionAdded(*span, "GPE"), MentionRemoved(*span), EntityDismissed((Name("NSB", "GPE"),))]
    assert apply_to_mentions(TEXT, [NSB_AGAIN], made) == [NSB_AGAIN]


def test_said_twice_it_takes_no_namesake_with_it() -> None:
    found = [NSB, NSB_AGAIN._replace(label="PERSON")]
    twice = [EntityDismissed((Name("NSB", "PERSON"),))] * 2
    assert apply_to_mentions(TEXT, found, twice) == [NSB]
    again = [EntityRetagged((Name("NSB", "PERSON"),), "GPE")] * 2
    assert apply_to_mentions(TEXT, found, again) == [NSB, user(NSB_AGAIN, "GPE")]


def test_what_was_moved_goes_with_the_name_that_it_was_moved_to() -> None:
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


def _naive(text: str, found: Iterable[Mention], made: Iterable[Decision]) -> list[Mention]:
    standing = list(found)
    ever = {Name(surface(text[m.start : m.end]), m.label) for m in standing}

    borne: dict[tuple[int, int], str] = {}
    gone: dict[tuple[int, int], tuple[Mention, str, bool]] = {}
    added: set[tuple[int, int]] = set()
    overlaid: set[tuple[int, int]] = set()

    def put(mention: Mention, label: str) -> Mention:
        ever.add(Name(surface(text[mention.start : mention.end]), label))
        return user(mention, label)

    def hit(mention: Mention, names: Iterable[Name]) -> bool:
        return any(
            borne.get(mention[:2], surface(text[mention.start : mention.end])) == name.text
            and (mention.label == name.label or name not in ever)
            for name in names
        )

    for decision in made:
        match decision:
            case MentionRemoved(start, end):
                standing = [m for m in standing if m[:2] != (start, end)]
            case MentionOverlaid(start, end, label):
                standing = [m for m in standing if m[:2] != (start, end)]
                standing.append(put(Mention(start, end, label), label))
                added.add((start, end))
                overlaid.add((start, end))
            case (
                MentionRetagged(start, end, label)
                | MentionConfirmed(start, end, label)
                | MentionMoved(start, end, Name(_, label))
            ) if any(m[:2] == (start, end) for m in standing):
                standing = [put(m, label) if m[:2] == (start, end) else m for m in standing]
            case (
                MentionAdded(start, end, label)
                | MentionRetagged(start, end, label)
                | MentionConfirmed(start, end, label)
                | MentionMoved(start, end, Name(_, label))
            ):
                stays = set() if isinstance(decision, MentionAdded) else overlaid
                standing = [m for m in standing if m.end <= start or m.start >= end or m[:2] in stays]
                standing.append(put(Mention(start, end, label), label))
                added.add((start, end))
                overlaid.discard((start, end))
            case EntityConfirmed(names):
                hits = {m for m in standing if hit(m, names)}
                standing = [user(m, m.label) if m in hits else m for m in standing]
            case EntityRetagged(names, label):
                hits = {m for m in standing if hit(m, names)}
                standing = [user(m, label) if m in hits else m for m in standing]
                ever |= {Name(name.text, label) for name in names}
            case EntityDismissed(names):
                hits = {m for m in standing if hit(m, names)}
                standing = [m for m in standing if m not in hits]
                gone |= {m[:2]: (m, borne.get(m[:2], surface(text[m.start : m.end])), m[:2] in overlaid) for m in hits}
            case EntityRestored(names):
                for name in names:
                    for span, (m, bears, beside) in list(gone.items()):
                        if bears == name.text and (m.label == name.label or name not in ever):
                            del gone[span]
                            others = () if beside else added - overlaid
                            taken = any(a < m.end and m.start < b for a, b in others)
                            if not taken and all(other[:2] != span for other in standing):
                                standing.append(m)
                                if beside:
                                    added.add(span)
                                    overlaid.add(span)
                                borne[span] = bears
        added = {span for span in added if any(m[:2] == span for m in standing)}
        overlaid &= added
        borne = {span: name for span, name in borne.items() if any(m[:2] == span for m in standing)}
        if isinstance(decision, (MentionAdded, MentionOverlaid)):
            borne.pop((decision.start, decision.end), None)
        if isinstance(decision, MentionMoved):
            borne[decision.start, decision.end] = decision.to.text
            ever.add(decision.to)
    return sorted(standing)


found_mentions = st.lists(
    st.one_of(
        st.builds(lambda span, label: Mention(span[0], span[1], label), spans(), labels),
        st.sampled_from([*FOUND, at("Quill", "PERSON", 1), at("Board"), at("Board", nth=2), at("North Sea Board")]),
    ),
    max_size=8,
    unique_by=lambda mention: mention[:2],
).map(sorted)


@given(found_mentions, st.lists(decisions, max_size=12))
@settings(max_examples=400)
def test_as_one_would_do_it_by_hand(found: list[Mention], made: list[Decision]) -> None:
    before = list(found)
    assert apply_to_mentions(TEXT, found, made) == _naive(TEXT, found, made)
    assert found == before


@given(found_mentions, st.lists(decisions, max_size=8))
def test_one_by_one_is_as_all_at_once(found: list[Mention], made: list[Decision]) -> None:
    edits = MentionEdits(TEXT, found)
    for count, decision in enumerate(made, 1):
        edits.apply(decision)
        assert edits.mentions() == apply_to_mentions(TEXT, found, made[:count])


@given(found_mentions, st.lists(decisions, max_size=12))
def test_those_of_the_user_are_counted(found: list[Mention], made: list[Decision]) -> None:
    edits = MentionEdits(TEXT, found)
    for decision in made:
        edits.apply(decision)
    assert edits.count_of_user() == sum(mention.origin == "user" for mention in edits.mentions())


def test_many_added_mentions_come_out_in_order() -> None:
    text = "ab " * 500
    added = [MentionAdded(start, start + 2, "ORG") for start in reversed(range(0, 1500, 3))]
    found = [Mention(start, start + 2, "GPE") for start in range(0, 1500, 6)]
    result = apply_to_mentions(text, found, added)
    assert [mention.start for mention in result] == list(range(0, 1500, 3))
    assert {mention.origin for mention in result} == {"user"}


def test_merging_moves_no_mention() -> None:
    assert apply_to_mentions(TEXT, FOUND, [NamesSame((Name("NSB", "ORG"), Name("Board", "ORG")))]) == FOUND
