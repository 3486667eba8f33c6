from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.recognize import Mention
from reader.resolve import Constraints, Name, Resolution, Resolver, resolve
from tests.resolve.texts import marked

_NAMES = [
    *(("PERSON", name) for name in ("Ivo Sand", "Sand", "Ann Sand", "Ivo", "I. Sand", "Ivo Karel Sand", "Mrs. Sand")),
    *(("PERSON", name) for name in ("Omar Rask", "Omer Rask", "Rask Jr.", "Omar Rask Jr.", "al-Rask", "OR")),
    *(("ORG", name) for name in ("Free Press Union", "FPU", "Fish Port Union", "Press Union", "Union", "Sand")),
    *(("ORG", name) for name in ("Islamic State", "ISIS", "IS", "Daesh", "Tarn University", "University of Tarn")),
    *(("GPE", name) for name in ("US", "United States", "America", "Iraq", "Iran", "Tarn", "Tarn City", "Korea")),
    *(("NORP", name) for name in ("Iraqi", "Iraqis", "American", "South Korean")),
]
_JOINTS = (" met ", " and ", " (", "), ", ", also known as ", " (formerly ", ".\n\n", ". Mr. ", ". Mrs. ", ", ")

_names = st.sampled_from(_NAMES)
_sources = st.lists(st.tuples(_names, st.sampled_from(_JOINTS)), min_size=1, max_size=14).map(
    lambda parts: "".join(f"[{name}|{label}]{joint}" for (label, name), joint in parts)
)
_pairs = st.lists(
    st.tuples(_names, _names).map(lambda pair: tuple(Name(text, label) for label, text in pair)), max_size=3
)


def _constraints(same: list[tuple[Name, ...]], different: list[tuple[Name, ...]]) -> Constraints:
    return Constraints(
        same=tuple((a, b) for a, b in same),
        different=tuple((a, b) for a, b in different if a != b),
        preferred=tuple((a, f"Preferred {number}") for number, (a, _) in enumerate(same)),
    )


def _entities_with(resolution: Resolution, name: Name, mentions: list[Mention], text: str) -> set[str]:
    exact = {m for m in mentions if text[m.start : m.end] == name.text and m.label == name.label}
    same_form = exact or {m for m in mentions if text[m.start : m.end] == name.text}
    return {entity.id for entity in resolution.entities if same_form & set(entity.mentions)}


@given(_sources, st.randoms(use_true_random=False), _pairs, _pairs)
@settings(max_examples=150, deadline=None)
def test_the_order_of_mentions_does_not_matter(
    source: str, rng: random.Random, same: list[tuple[Name, ...]], different: list[tuple[Name, ...]]
) -> None:
    text, mentions = marked(source)
    shuffled = rng.sample(mentions, len(mentions))
    constraints = _constraints(same, different)
    assert resolve(text, shuffled, constraints) == resolve(text, mentions, constraints)


@given(_sources, _pairs)
@settings(max_examples=100, deadline=None)
def test_must_links_are_always_kept(source: str, same: list[tuple[Name, ...]]) -> None:
    text, mentions = marked(source)
    resolution = resolve(text, mentions, _constraints(same, []))
    for a, b in same:
        a_ids, b_ids = _entities_with(resolution, a, mentions, text), _entities_with(resolution, b, mentions, text)
        if a_ids and b_ids:
            assert a_ids == b_ids
            assert len(a_ids) == 1


@given(_sources, _pairs, _pairs)
@settings(max_examples=150, deadline=None)
def test_cannot_links_are_always_kept(
    source: str, same: list[tuple[Name, ...]], different: list[tuple[Name, ...]]
) -> None:
    text, mentions = marked(source)
    resolution = resolve(text, mentions, _constraints(same, different))
    for a, b in different:
        if a.text == b.text:
            continue
        a_ids, b_ids = _entities_with(resolution, a, mentions, text), _entities_with(resolution, b, mentions, text)
        assert not a_ids & b_ids
        suggested = {frozenset((suggestion.a, suggestion.b)) for suggestion in resolution.suggestions}
        assert not any(frozenset((a_id, b_id)) in suggested for a_id in a_ids for b_id in b_ids)


@given(_sources)
@settings(max_examples=100, deadline=None)
def test_every_mention_is_in_one_entity_and_ids_are_in_text_order(source: str) -> None:
    text, mentions = marked(source)
    resolution = resolve(text, mentions)
    resolved_mentions = [mention for entity in resolution.entities for mention in entity.mentions]
    assert sorted(resolved_mentions) == sorted(mentions)
    assert [entity.id for entity in resolution.entities] == [f"e{n}" for n in range(1, len(resolution.entities) + 1)]
    first_mentions = [entity.mentions[0] for entity in resolution.entities]
    assert first_mentions == sorted(first_mentions)
    for suggestion in resolution.suggestions:
        assert int(suggestion.a[1:]) < int(suggestion.b[1:])
        assert suggestion.names[0] in resolution.by_id[suggestion.a].names
        assert suggestion.names[1] in resolution.by_id[suggestion.b].names
    scores = [suggestion.score for suggestion in resolution.suggestions]
    assert scores == sorted(scores, reverse=True)


@given(st.lists(_names, min_size=2, max_size=10), st.integers(0, 100), st.integers(0, 100))
@settings(max_examples=200, deadline=None)
def test_one_more_mention_of_a_known_name_changes_no_other_entity(
    names: list[tuple[str, str]], number: int, position: int
) -> None:
    repeated = names[number % len(names)]
    names.insert(position % (len(names) + 1), repeated)
    text, mentions = marked(". Then came ".join(f"[{name}|{label}]" for label, name in names))
    added = mentions[position % len(names)]
    before, after = resolve(text, [mention for mention in mentions if mention != added]), resolve(text, mentions)
    other_entities = [
        {
            (entity.name, entity.names, entity.mentions)
            for entity in resolution.entities
            if repeated[1] not in entity.names
        }
        for resolution in (before, after)
    ]
    assert other_entities[0] == other_entities[1]
    entities_of_name = [
        {frozenset(entity.names) for entity in resolution.entities if repeated[1] in entity.names}
        for resolution in (before, after)
    ]
    assert entities_of_name[0] == entities_of_name[1]


_steps = st.lists(
    st.tuples(st.sampled_from(["drop", "add", "retag", "same", "different", "undo", "shuffle"]), st.integers(0, 999)),
    min_size=1,
    max_size=8,
)


@given(_sources, _steps, _pairs)
@settings(max_examples=200, deadline=None)
def test_resolving_again_equals_the_pure_function(
    source: str, steps: list[tuple[str, int]], pairs: list[tuple[Name, ...]]
) -> None:
    text, mentions = marked(source)
    resolver = Resolver.for_text(text)
    current, constraints = list(mentions), Constraints()
    assert resolver.resolve(tuple(current)) == resolve(text, current)
    for step, number in steps:
        if step == "drop" and current:
            del current[number % len(current)]
        elif step == "add":
            current.append(mentions[number % len(mentions)])
        elif step == "retag" and current:
            index = number % len(current)
            current[index] = current[index]._replace(label=("ORG", "PERSON", "GPE")[number % 3])
        elif step == "shuffle":
            random.Random(number).shuffle(current)
        elif step == "undo":
            constraints = Constraints()
        elif step == "same" and pairs:
            constraints = _constraints([pairs[number % len(pairs)]], list(pairs[:1]))
        elif step == "different" and pairs:
            constraints = _constraints([], [pairs[number % len(pairs)]])
        assert resolver.resolve(tuple(current), constraints) == resolve(text, current, constraints)
    assert resolver.resolve(tuple(mentions)) == resolve(text, mentions)


_moves = st.lists(st.tuples(st.integers(0, 99), _names), max_size=4)


def _moved(moves: list[tuple[int, tuple[str, str]]], mentions: list[Mention]) -> tuple[tuple[int, int, Name], ...]:
    targets = {mentions[number % len(mentions)][:2]: Name(text, label) for number, (label, text) in moves}
    return tuple((*span, name) for span, name in sorted(targets.items()))


@given(_sources, _pairs, _pairs, _moves)
@settings(max_examples=200, deadline=None)
def test_a_moved_mention_joins_its_new_name_and_constraints_are_kept(
    source: str,
    same: list[tuple[Name, ...]],
    different: list[tuple[Name, ...]],
    moves: list[tuple[int, tuple[str, str]]],
) -> None:
    text, mentions = marked(source)
    constraints = replace(_constraints(same, different), moved=_moved(moves, mentions))
    resolution = resolve(text, mentions, constraints)
    names = {mention[:2]: Name(text[mention.start : mention.end], mention.label) for mention in mentions}
    names |= {(start, end): to for start, end, to in constraints.moved}
    id_of_span = {mention[:2]: entity.id for entity in resolution.entities for mention in entity.mentions}
    ids_of_name: dict[Name, set[str]] = {}
    for span, name in names.items():
        ids_of_name.setdefault(name, set()).add(id_of_span[span])
    assert all(len(ids) == 1 for ids in ids_of_name.values())
    for a, b in constraints.different:
        assert a.text == b.text or not ids_of_name.get(a, set()) & ids_of_name.get(b, set())
    if not different:
        assert all(ids_of_name[a] == ids_of_name[b] for a, b in same if a in ids_of_name and b in ids_of_name)


@given(_sources, st.lists(_moves, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_moving_mentions_repeatedly_equals_the_pure_function(
    source: str, steps: list[list[tuple[int, tuple[str, str]]]]
) -> None:
    text, mentions = marked(source)
    resolver = Resolver.for_text(text)
    assert resolver.resolve(mentions) == resolve(text, mentions)
    for moves in steps:
        constraints = Constraints(moved=_moved(moves, mentions))
        assert resolver.resolve(mentions, constraints) == resolve(text, mentions, constraints)
    assert resolver.resolve(mentions) == resolve(text, mentions)


_odd = st.text(alphabet="aA1.'-&,;()\u00ad\u200b \n\u0301éЖ中İß\"’/+#%", min_size=1, max_size=14)


@given(st.lists(st.tuples(_odd, st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "WORK_OF_ART", "DATE"])), max_size=8))
@settings(max_examples=300, deadline=None)
def test_odd_names_keep_all_their_mentions(names: list[tuple[str, str]]) -> None:
    text, mentions = "", []
    for name, label in names:
        mentions.append(Mention(len(text), len(text) + len(name), label))
        text += name + " was. "
    resolution = resolve(text, mentions)
    assert sum(len(entity.mentions) for entity in resolution.entities) == len(mentions)
    assert all(entity.name and entity.names for entity in resolution.entities if entity.names != ("",))
