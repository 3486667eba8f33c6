"""The questions of a review: suggested merges and automatic merges, each about two or more sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise
from typing import Final, TypeAlias

from reader.annotate import constraints
from reader.annotate.decisions import NamesDifferent
from reader.names import fold, strip_titles
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Link, Name, Rule, Suggestion
from reader.review.reasons import Reason, reason_of_evidence, reason_of_link, reason_of_suggestion
from reader.review.suggestion_groups import SuggestionGroups
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple
from reader.structures.union_find import UnionFind

_SHORT_FORM_RULES: Final = frozenset(
    {
        Rule.SHARED_NAME,
        Rule.FIRST_NAMED,
        Rule.SURNAME_SOUND,
        Rule.PART,
        Rule.PLACE_OF,
        Rule.LOOSE_NAME,
        Rule.ACRONYM,
        Rule.HEAD,
        Rule.KIND,
    }
)
"""Rules by which a short form may fit several long names, so that two of these long names need not be one entity."""
_ASSIGNING_RULES: Final = frozenset(
    {
        Rule.SURNAME,
        Rule.GIVEN_NAME,
        Rule.INTRODUCED,
        Rule.INITIALS,
        Rule.ACRONYM,
        Rule.LOOSE_NAME,
        Rule.DEFINED,
        Rule.QUOTED,
        Rule.USER,
    }
)
"""Rules by which a short form is merged with one long name."""
_TWO_LABELS_SCORE: Final = 0.9
"""The score of a merge of one name under two labels."""
_MIN_LEAD: Final = 0.04
"""How far the score of the best rival must be above that of the next one for it to be ticked."""
_MIN_NEW_EVIDENCE: Final = 0.001
"""How far a score must be above the one that the user overruled for the question to be asked again."""

QuestionKey: TypeAlias = tuple[str, frozenset[frozenset[Name]]]


class QuestionKind(StrEnum):
    """The kinds of questions; a review goes through one kind at a time."""

    SUGGESTIONS = "suggestions"
    MERGES = "automatic merges"


@dataclass(frozen=True, slots=True)
class Side:
    """An entity, or some of its names, that may be one entity with the other sides of a question."""

    name: str
    label: str
    names: tuple[Name, ...]
    mentions: tuple[Mention, ...]
    """Sorted by position."""


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """One question: are these sides one entity?"""

    kind: QuestionKind
    sides: tuple[Side, ...]
    reasons: tuple[Reason, ...]
    """Best first."""
    score: float
    """The score of the weakest reason that connects the sides, 0 to 1."""
    rivals: bool = False
    """Whether the first side is a short form that can be only one of the others."""
    assigned: bool = False
    """Whether that short form is now merged with the second side."""
    doubt: str = ""
    """Why the question is asked although the user has kept the sides apart."""

    @property
    def key(self) -> QuestionKey:
        """The identity of the question: its kind and the names of its sides."""
        return self.kind, frozenset(frozenset(side.names) for side in self.sides)

    @property
    def likely_sides(self) -> frozenset[int]:
        """The indexes of the sides that are ticked at first: all, or of rivals the best one, if it leads clearly."""
        if not self.rivals:
            return frozenset(range(len(self.sides)))
        scores = [reason.score for reason in self.reasons]
        has_leader = self.assigned or len(scores) < 2 or scores[0] >= scores[1] + _MIN_LEAD
        return frozenset({0, 1}) if has_leader else frozenset({0})


def suggestion_questions(reading: Reading) -> tuple[ReviewQuestion, ...]:
    """Return the questions about suggested merges: those that new evidence reopens first, then by score."""
    groups = SuggestionGroups(reading)
    short_form_suggestions: list[Suggestion] = []
    for suggestion in reading.suggestions:
        if suggestion.rule in _SHORT_FORM_RULES:
            short_form_suggestions.append(suggestion)
        else:
            groups.connect(suggestion)
    rivalries = _rivalries(reading, short_form_suggestions, groups)
    in_rivalries = {id(suggestion) for suggestions in rivalries.values() for suggestion in suggestions}
    for suggestion in short_form_suggestions:
        if id(suggestion) not in in_rivalries:
            groups.connect(suggestion)
    questions = [_rival_question(reading, short_form, rivals) for short_form, rivals in rivalries.items()]
    questions += [_cluster_question(reading, ids, suggestions) for ids, suggestions in groups.clusters()]
    questions += [
        _cluster_question(reading, (suggestion.a, suggestion.b), (suggestion,)) for suggestion in groups.unconnected
    ]
    questions.sort(key=lambda question: (-question.score, question.sides[0].mentions[0].start))
    return *_reopened_questions(reading), *questions


def merge_questions(reading: Reading) -> tuple[ReviewQuestion, ...]:
    """Return the questions about automatic merges that the user has not confirmed, the lowest score first."""
    confirmed = _ConfirmedMerges(constraints(reading.decisions).same)
    questions = [
        _merge_question(reading, entity, names)
        for entity in reading.entities
        if len(names := reading.names_of(entity)) > 1 and not confirmed.include(names)
    ]
    questions.sort(key=lambda question: (question.score, question.sides[0].mentions[0].start))
    return tuple(questions)


def with_current_sides(reading: Reading, question: ReviewQuestion) -> ReviewQuestion:
    """Return an earlier question with the present labels and mentions of its sides."""
    sides = tuple(_current_side(reading, side) for side in question.sides)
    return question if sides == question.sides else replace(question, sides=sides)


def _current_side(reading: Reading, side: Side) -> Side:
    names: list[Name] = []
    mentions: set[Mention] = set()
    for name in side.names:
        owned = [mention for entity in reading.entities_with(name) for mention in entity.mentions]
        matching = [mention for mention in owned if reading.name_of(mention) == name]
        if not matching:  # the label has changed
            matching = [mention for mention in owned if reading.name_of(mention).text == name.text]
        names += map(reading.name_of, matching)
        mentions.update(matching)
    if not names:
        return side
    label = Counter(mention.label for mention in mentions).most_common(1)[0][0]
    return Side(side.name, label, tuple(dict.fromkeys(names)), tuple(sorted(mentions)))


def _merge_question(reading: Reading, entity: Entity, names: Sequence[Name]) -> ReviewQuestion:
    mentions_by_name: dict[Name, list[Mention]] = {name: [] for name in names}
    for mention in entity.mentions:
        mentions_by_name[reading.name_of(mention)].append(mention)
    rank = {text: index for index, text in enumerate(entity.names)}
    order = sorted(names, key=lambda name: (rank.get(name.text, len(rank)), -len(mentions_by_name[name])))
    sides = tuple(Side(name.text, name.label, (name,), tuple(mentions_by_name[name])) for name in order)
    reasons = [reason_of_link(link) for link in entity.links]
    reasons += [
        Reason(name.text, name.text, Rule.TWO_LABELS, _TWO_LABELS_SCORE, mentions_by_name[following][0].start)
        for name, following in pairwise(order)
        if name.text == following.text
    ]
    reasons.sort(key=lambda reason: -reason.score)
    score = min((reason.score for reason in reasons), default=1.0)
    return ReviewQuestion(QuestionKind.MERGES, sides, tuple(reasons), score)


def _cluster_question(reading: Reading, entity_ids: Iterable[str], suggestions: Sequence[Suggestion]) -> ReviewQuestion:
    """Return the question whether some entities are all one; the suggestions that connect them are best first."""
    sides = [_side(reading, entity_id) for entity_id in entity_ids]
    sides.sort(key=lambda side: (-len(side.mentions), side.mentions[0]))
    reasons = tuple(map(reason_of_suggestion, suggestions))
    return ReviewQuestion(QuestionKind.SUGGESTIONS, tuple(sides), reasons, suggestions[-1].score)


class _ShortForm(NamedTuple):
    """A short form that is the subject of suggestions."""

    entity_id: str
    """The entity that has it as a name."""
    forms: frozenset[str] = frozenset()
    """The form and its spellings; empty where the entity has no other names."""
    link: Link | None = None
    """The link that merged the short form with the other names of the entity."""


def _rival_question(reading: Reading, short_form: _ShortForm, suggestions: Sequence[Suggestion]) -> ReviewQuestion:
    """Return the question to which one of several entities a short form belongs; suggestions are best first."""
    rivals = tuple(_side(reading, _other_id(suggestion, short_form.entity_id)) for suggestion in suggestions)
    reasons = tuple(map(reason_of_suggestion, suggestions))
    score = suggestions[0].score
    link = short_form.link
    if link is None:
        sides = (_side(reading, short_form.entity_id), *rivals)
        return ReviewQuestion(QuestionKind.SUGGESTIONS, sides, reasons, score, rivals=True)
    sides = (*_divided_sides(reading, short_form, link), *rivals)
    reasons = (reason_of_link(link), *reasons)
    return ReviewQuestion(QuestionKind.SUGGESTIONS, sides, reasons, score, rivals=True, assigned=True)


def _divided_sides(reading: Reading, short_form: _ShortForm, link: Link) -> tuple[Side, Side]:
    """Return a short form as one side, and the rest of the entity that it is merged with as the other."""
    entity = reading.resolution.by_id[short_form.entity_id]
    short_mentions: list[Mention] = []
    other_mentions: list[Mention] = []
    for mention in entity.mentions:
        is_short = reading.name_of(mention).text in short_form.forms
        (short_mentions if is_short else other_mentions).append(mention)
    return (
        Side(link.a, entity.label, _distinct_names(reading, short_mentions), tuple(short_mentions)),
        Side(entity.name, entity.label, _distinct_names(reading, other_mentions), tuple(other_mentions)),
    )


def _distinct_names(reading: Reading, mentions: Iterable[Mention]) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(map(reading.name_of, mentions)))


def _side(reading: Reading, entity_id: str) -> Side:
    entity = reading.resolution.by_id[entity_id]
    return Side(entity.name, entity.label, reading.names_of(entity), entity.mentions)


def _other_id(suggestion: Suggestion, entity_id: str) -> str:
    return suggestion.b if suggestion.a == entity_id else suggestion.a


def _short_form_of(reading: Reading, suggestion: Suggestion) -> _ShortForm:
    """Return the short form that a suggestion is about: the shorter of its two surface forms."""
    form_of_a, form_of_b = suggestion.names
    if len(form_of_a) <= len(form_of_b):
        entity_id, form = suggestion.a, form_of_a
    else:
        entity_id, form = suggestion.b, form_of_b
    entity = reading.resolution.by_id[entity_id]
    forms = frozenset(name for name in entity.names if _core(name) == _core(form))
    for link in entity.links:
        if link.rule in _ASSIGNING_RULES and link.a in forms and link.b not in forms and len(link.a) < len(link.b):
            return _ShortForm(entity_id, forms, link)
    return _ShortForm(entity_id)


def _core(name: str) -> str:
    """Return a name without titles, and without differences of case and accents."""
    return fold(strip_titles(name)[1])


def _rivalries(
    reading: Reading, suggestions: Sequence[Suggestion], groups: SuggestionGroups
) -> dict[_ShortForm, list[Suggestion]]:
    """Return the short forms that may belong to one of several entities, with their suggestions, best first."""
    by_short_form: defaultdict[_ShortForm, list[Suggestion]] = defaultdict(list)
    for suggestion in suggestions:
        by_short_form[_short_form_of(reading, suggestion)].append(suggestion)

    def has_rivals(short_form: _ShortForm) -> bool:
        rival_ids = (_other_id(suggestion, short_form.entity_id) for suggestion in by_short_form[short_form])
        return short_form.link is not None or len(set(map(groups.root, rival_ids))) > 1

    return {short_form: by_short_form[short_form] for short_form in by_short_form if has_rivals(short_form)}


def _reopened_questions(reading: Reading) -> Iterator[ReviewQuestion]:
    """Yield a question for each pair that the user kept apart and for which there is better evidence now."""
    overruled_scores: dict[tuple[str, str], float] = {}
    for decision in reading.decisions:
        if isinstance(decision, NamesDifferent):
            for pair in _entity_pairs(reading, decision):
                overruled_scores[pair] = max(decision.against, overruled_scores.get(pair, 0.0))
    for (left_id, right_id), overruled_score in overruled_scores.items():
        sides = _side(reading, left_id), _side(reading, right_id)
        evidence = reading.evidence(sides[0].names, sides[1].names)
        if evidence is not None and evidence.score > overruled_score + _MIN_NEW_EVIDENCE:
            doubt = "You kept these apart, but there is new evidence that they are the same."
            yield ReviewQuestion(
                QuestionKind.SUGGESTIONS, sides, (reason_of_evidence(evidence),), evidence.score, doubt=doubt
            )


def _entity_pairs(reading: Reading, decision: NamesDifferent) -> set[tuple[str, str]]:
    """Return the ids of the entities that a decision keeps apart, in pairs; none where names of both are one entity."""
    left_ids, right_ids = (
        {entity.id for name in names for entity in reading.entities_with(name)}
        for names in (decision.left, decision.right)
    )
    if left_ids & right_ids:
        return set()
    return {_in_text_order(left_id, right_id) for left_id in left_ids for right_id in right_ids}


def _in_text_order(id_a: str, id_b: str) -> tuple[str, str]:
    """Sort two entity ids; their numbers follow the order of first mention."""
    return (id_a, id_b) if _number(id_a) < _number(id_b) else (id_b, id_a)


def _number(entity_id: str) -> int:
    return int(entity_id.removeprefix("e"))


class _ConfirmedMerges:
    """The names that the user merged or confirmed as one entity."""

    def __init__(self, pairs: Iterable[tuple[Name, Name]]) -> None:
        self._groups = UnionFind[Name]()
        names: dict[Name, None] = {}
        for name_a, name_b in pairs:
            self._groups.join(name_a, name_b)
            names |= {name_a: None, name_b: None}
        self._names = names.keys()
        self._name_by_text = {name.text: name for name in names}

    def include(self, names: Sequence[Name]) -> bool:
        """Return whether the user said that all these names are one entity, even if their labels have changed since."""
        exact_texts = {name.text for name in names if name in self._names}
        roots = set()
        for name in names:
            was_relabeled = name not in self._names and name.text not in exact_texts
            confirmed_name = self._name_by_text.get(name.text, name) if was_relabeled else name
            roots.add(self._groups.root(confirmed_name))
        return len(roots) == 1
