"""Evidence from the text: definitions, names next to each other, and the titles before a surname."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from reader.document.sentences import sentence_ends
from reader.names import persons, tables
from reader.names.acronyms import INNER, acronym_score
from reader.names.definitions.cue_ids import Cue
from reader.names.definitions.definition_finder import Definition
from reader.recognize import Mention
from reader.resolve.evidence import alias_lists, bracketed_names
from reader.resolve.evidence.base import Evidence, Phase
from reader.resolve.evidence.bridges import Bridge
from reader.resolve.evidence.name_facts import bucket_of, facts_of, listed_as
from reader.resolve.mention_groups import MentionGroups
from reader.resolve.resolution import Name
from reader.resolve.rules import Rule
from reader.structures.intervals import count_before
from reader.structures.lazy_pattern import lazy_pattern

_SCORES: Final = {
    Rule.DEFINED: 1.0,
    Rule.QUOTED: 0.99,
    Rule.ALSO_KNOWN_AS: 0.96,
    Rule.FORMERLY: 0.94,
    Rule.OR: 0.93,
    Rule.TRANSLATED: 0.94,
    Rule.APPOSITION: 0.92,
    Rule.BRACKETED: 0.9,
    Rule.KNOWN: 0.97,
}
_SIDE_BY_SIDE: Final = lazy_pattern(
    r"\s*(?:,|,?\s*(?:and|nor|versus|vs\.?|met(?:\s+with)?|against|between|from|to)\s|&|;|/|–)"
    r"\s*(?:(?:the|his|her|their|former|President|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir)\s+)*",
    re.IGNORECASE,
)
_PREPOSITIONS: Final = frozenset({"at", "by", "for", "from", "in", "near", "of", "on", "to", "with"})
_PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC", "NORP"})
_IN_LIST: Final = lazy_pattern(r"\s*(?:[,;&]|and\b)")
_NEXT_CLAUSE: Final = lazy_pattern(r"\s*,\s*and\b", re.IGNORECASE)
_LONGEST_LIST: Final = 8
"""Names of a list before a name from which it is kept apart."""
_SHORTENED: Final = frozenset({Rule.NICKNAME, Rule.INITIALS})
_SENTENCE_REACH: Final = 160
"""Code points between two names of one sentence that are looked at."""
_MARKS: Final = lazy_pattern(r"[()\[\]\"“”;:\n]")
_LONGEST_GAP: Final = 24
"""The longest text between two names that are next to each other (code points)."""
_TITLE_WINDOW: Final = 14
"""How far before a mention its title is looked for (code points)."""
_PRECEDING_WINDOW: Final = 12
"""Code points before a name in which the word before it is looked up; prepositions are short."""
_EARLIER_START: Final = 80
"""How much earlier than a definition says a longer mention may start (code points)."""
_QUOTE_REACH: Final = 2
"""How much earlier than a definition says a mention in quotes may start (code points)."""
_ARTICLE_LENGTH: Final = 4
"""How much later than a definition says a mention without its article may start (code points): "The "."""
_MOST_TRIED: Final = 60
"""How many mentions near a definition are compared with its span."""
_RENAMES: Final = lazy_pattern(r"\b(?:renamed|rebranded|name to)\b")
_ON_PLACE: Final = lazy_pattern(r"[^\W\d_a-z]\w*\s(?:on|upon|under|by)(?:\sthe)?\s$")
_CAPITALIZED_BEFORE: Final = lazy_pattern(r"(?!(?:The|A|An|Its|Our)\s)\b[^\W\d_a-z][\w-]*\s+$")
"""A capitalized word before a name, which may be its first word although the mention begins after it."""
_LAST_WORD: Final = lazy_pattern(r"(?:^|[\s(\"“‘'])(\w+\.?)\s+$")


def evidence_from_definitions(definitions: Iterable[Definition], groups: MentionGroups) -> list[Evidence]:
    """Return evidence from the definitions of a text about the names of the mentions at their spans.

    If the user moved one of the mentions, the evidence is about its name as written, not about the entity to which it
    was moved.
    """
    evidence: list[Evidence] = []
    for definition in definitions:
        short = _mention_at(groups.ordered, definition.short_start, definition.short_end, may_start_earlier=False)
        long = _mention_at(groups.ordered, definition.long_start, definition.long_end, may_start_earlier=True)
        if short is None or long is None:
            continue
        a, b = groups.written(short), groups.written(long)
        if a is None or b is None or a == b:
            continue
        rule = Rule(definition.cue)
        score = _SCORES.get(rule)
        if score is not None and _fits(rule, a, b) and not _is_tail(definition, long, groups):
            evidence.append(Evidence(Phase.DEFINED, score, rule, a, b, definition.short_start))
        elif not _is_birthplace(rule, a, b) and not _says_where(definition, long, groups):
            evidence.append(Evidence(Phase.SUGGESTION, 0.6, rule, a, b, definition.short_start))
    return evidence


def evidence_from_bridges(bridges: Iterable[Bridge], groups: MentionGroups) -> list[Evidence]:
    """Return evidence from the bridges of a text about the names before and after them."""
    evidence: list[Evidence] = []
    for bridge in bridges:
        right_mention = alias_lists.mention_after(groups, bridge.end)
        left_mention = alias_lists.mention_until(groups.ordered, bridge.start)
        if left_mention is None or right_mention is None:
            continue
        a, b = groups.written(right_mention), groups.written(left_mention)
        if a is None or b is None or a == b:
            continue
        rule = Rule(bridge.cue)
        if rule in {Rule.BRACKETED, Rule.OR}:
            evidence += _from_alternative(rule, bridge, left_mention, right_mention, groups)
            continue
        after_comma = groups.text[max(0, left_mention.start - 3) : left_mention.start].rstrip().endswith(",")
        if bridge.tight and _ends_place_name(left_mention, groups.text):
            continue
        if a.label == b.label and (bridge.tight or not (after_comma or _is_in_phrase(bridge, left_mention, groups))):
            phase = Phase.SHORT if _is_maiden_name(rule, a, b) else Phase.DEFINED
            evidence.append(Evidence(phase, _SCORES[rule], rule, a, b, bridge.start))
            for mention in alias_lists.more_aliases(right_mention, groups, bracket=bridge.tight, rule=rule):
                alias = groups.written(mention)
                if alias is not None and alias not in (a, b) and alias.label == b.label:
                    evidence.append(Evidence(Phase.DEFINED, _SCORES[rule], rule, alias, b, mention.start))
        elif not _is_birthplace(rule, a, b):
            evidence.append(Evidence(Phase.SUGGESTION, 0.6, rule, a, b, bridge.start))
    return evidence


def _from_alternative(
    rule: Rule, bridge: Bridge, outer: Mention, inner: Mention, groups: MentionGroups
) -> Iterator[Evidence]:
    """Yield the evidence of "X (Y)" and of "X or Y is a"."""
    a, b = groups.written(inner), groups.written(outer)
    if a is None or b is None or a.label != b.label:
        return
    if rule == Rule.OR:
        if alias_lists.names_one_subject(outer, inner, groups.text):
            yield Evidence(Phase.DEFINED, _SCORES[rule], rule, a, b, bridge.start)
    elif alias_lists.fills_bracket(inner, groups.text):
        if bracketed_names.names_again(a, b) or (
            groups.text[bridge.start : bridge.end].rstrip().endswith(":") and a.text.isupper()
        ):
            yield Evidence(Phase.DEFINED, _SCORES[rule], rule, a, b, bridge.start)
        elif bracketed_names.may_abbreviate_original(a, b) and groups.by_name[a][0] == inner:
            is_whole = not _CAPITALIZED_BEFORE.search(groups.text, max(0, outer.start - _LONGEST_GAP), outer.start)
            phase = Phase.DEFINED if is_whole and len(groups.by_name[a]) > 1 else Phase.SUGGESTION
            yield Evidence(phase, _SCORES[rule] if phase is Phase.DEFINED else 0.6, rule, a, b, bridge.start)


def _ends_place_name(outer: Mention, text: str) -> bool:
    """Return whether a place only ends the name before a bracket: "Vellford on the Tarn (Latin: Vella)"."""
    if outer.label not in _PLACE_LABELS:
        return False
    return _ON_PLACE.search(text, max(0, outer.start - _LONGEST_GAP), outer.start) is not None


def _is_in_phrase(bridge: Bridge, outer: Mention, groups: MentionGroups) -> bool:
    """Return whether a verb follows a name that is not its subject: "the harbor in Tarn was renamed"."""
    words = groups.text[bridge.start : bridge.end]
    if words[:1] in {",", ";", "("} and not _RENAMES.search(words):
        return False
    if outer.label == "PERSON" and "renamed" in words:
        return True
    preceding = _words_before(groups.text, outer.start, skip_article=True)
    return bool(preceding) and preceding[-1].casefold() in _PREPOSITIONS - {"of"}


def _is_maiden_name(rule: Rule, a: Name, b: Name) -> bool:
    """Return whether a former name of a person is a surname alone, which others may have: "Anna Bell (née Clark)"."""
    one_token = a.label == b.label == "PERSON" and len(facts_of(*a).tokens) == 1
    return rule == Rule.FORMERLY and one_token and len(facts_of(*b).tokens) > 1


def _is_birthplace(rule: Rule, a: Name, b: Name) -> bool:
    """Return whether the "former name" of a person is a place: "Mara Kirk (born Leeds, 1960)"."""
    return rule == Rule.FORMERLY and "PERSON" in {a.label, b.label} and bool(_PLACE_LABELS & {a.label, b.label})


def _fits(rule: Rule, a: Name, b: Name) -> bool:
    """Return whether two names have labels that go together, and for a short form, that it is an acronym or shorter."""
    if bucket_of(a.label) != bucket_of(b.label):
        return False
    return rule != Rule.DEFINED or acronym_score(a.text, b.text) > 0 or len(a.text) < len(b.text)


def _is_tail(definition: Definition, long: Mention, groups: MentionGroups) -> bool:
    """Return whether a mention may be only the end of the name that is defined: "York, England, known as"."""
    if definition.cue in {Cue.DEFINED, Cue.QUOTED}:
        lead = groups.text[long.start : definition.long_start].split()
        return bool(lead) and lead[-1] in _PREPOSITIONS
    preceding = _words_before(groups.text, long.start)
    return bool(preceding) and preceding[-1].endswith(",")


def _says_where(definition: Definition, long: Mention, groups: MentionGroups) -> bool:
    """Return whether a mention only says where the named thing is: "a hill south of Leeds, known as"."""
    if long.label not in _PLACE_LABELS or definition.cue in {Cue.DEFINED, Cue.QUOTED}:
        return False
    preceding = _words_before(groups.text, long.start, skip_article=True)
    return bool(preceding) and (preceding[-1] in _PREPOSITIONS or preceding[-1].endswith(","))


def _words_before(text: str, offset: int, *, skip_article: bool = False) -> list[str]:
    """Return the last words before an offset. The first of them may be cut."""
    window = text[max(0, offset - _PRECEDING_WINDOW) : offset]
    return (window.removesuffix("the ") if skip_article else window).split()


def _mention_at(ordered: Sequence[Mention], start: int, end: int, *, may_start_earlier: bool) -> Mention | None:
    """Return the mention whose span is start:end, give or take a quote at each end.

    With `may_start_earlier`, the mention may start with more words, or after an article.
    """
    reach = _EARLIER_START if may_start_earlier else _QUOTE_REACH
    latest_delay = max(_ARTICLE_LENGTH, (end - start) // 4) if may_start_earlier else 1
    first = count_before(ordered, (start - reach,))
    best: Mention | None = None
    for mention in ordered[first : first + _MOST_TRIED]:
        if mention.start >= end:
            break
        if abs(mention.end - end) > 1:
            continue
        if mention.start - start <= latest_delay and (best is None or mention.start < best.start):
            best = mention
    return best


def evidence_from_neighbors(
    names: Iterable[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str
) -> list[Evidence]:
    """Return vetoes between names that are listed next to each other: "Iran and Iraq", "George and Jeb Bush".

    An acronym between commas is evidence for a merge instead: "the Tarn Union of Divers, TUD, said". So are the two
    halves of a listed name: "Washington, D.C."
    """
    spans: list[tuple[int, int, Name]] = sorted(
        (mention.start, mention.end, name) for name in names for mention in by_name[name]
    )
    evidence: dict[tuple[Name, Name], Evidence] = {}
    listed: list[Name] = []
    """The names of the list so far, such as "Ann, Bob and Carl"."""
    for (a_start, a_end, a), (b_start, b_end, b) in pairwise(spans):
        gap = _SIDE_BY_SIDE.fullmatch(text, a_end, b_start) if 0 < b_start - a_end <= _LONGEST_GAP else None
        if gap is None or not _IN_LIST.match(gap[0]):
            listed = []
        if a == b or gap is None:
            continue
        before = text[max(a_start - 2, 0) : a_start].rstrip()
        is_clause = not before.endswith((",", ";")) and _begins_clause_with_short_form(a, b, gap)
        if (pair := (min(a, b), max(a, b))) not in evidence and not is_clause:
            evidence[pair] = _neighbor_evidence(a, b, gap, text, b_end)
        for name in listed[-_LONGEST_LIST:]:
            if name != b:
                pair = min(name, b), max(name, b)
                evidence.setdefault(pair, Evidence(Phase.VETO, 1.0, Rule.SIDE_BY_SIDE, *pair, gap.start()))
        listed.append(a)
    return [piece for _, piece in sorted(evidence.items())]


def _begins_clause_with_short_form(a: Name, b: Name, gap: re.Match[str]) -> bool:
    """Return whether a clause begins with the short form of the name before it: "paid Marlow Lines, and Marlow paid".

    A list of two names has no comma before "and"; one of three has another comma before its second name.
    """
    long, short = a.text.casefold().split(), b.text.casefold().split()
    is_short_form = len(short) < len(long) and long[: len(short)] == short and "PERSON" not in {a.label, b.label}
    return is_short_form and _NEXT_CLAUSE.match(gap[0]) is not None


def without_rivals_in_sentence(
    evidence: Iterable[Evidence], vetoes: Iterable[Evidence], by_name: Mapping[Name, tuple[Mention, ...]], text: str
) -> list[Evidence]:
    """Return the evidence, weakened to a suggestion for two full names that one sentence uses for two entities.

    These are a nickname or initials beside the full name ("Alex Stone beat Alexandra Stone"), and two bodies that
    differ by the order of their words ("York University and the University of York").

    Args:
        evidence: Evidence between names that have mentions.
        vetoes: What the text says against some of it.
        by_name: The mentions of every name.
        text: The text.
    """
    side_by_side = {frozenset((piece.a, piece.b)) for piece in vetoes if piece.rule == Rule.SIDE_BY_SIDE}
    return [
        piece._replace(phase=Phase.SUGGESTION, score=min(piece.score, 0.6))
        if (piece.rule in _SHORTENED and piece.phase is Phase.FULL and _share_sentence(piece.a, piece.b, by_name, text))
        or (piece.rule == Rule.DESCRIPTOR and frozenset((piece.a, piece.b)) in side_by_side)
        else piece
        for piece in evidence
    ]


def _share_sentence(a: Name, b: Name, by_name: Mapping[Name, tuple[Mention, ...]], text: str) -> bool:
    """Return whether a sentence has two names, without a bracket or a quotation mark between them."""
    spans = sorted((mention.start, mention.end, name) for name in (a, b) for mention in by_name[name])
    return any(
        first != second
        and 0 < start - end <= _SENTENCE_REACH
        and not _MARKS.search(text, end, start)
        and next(sentence_ends(text, end, start), None) is None
        for (_, end, first), (start, _, second) in pairwise(spans)
    )


def _neighbor_evidence(a: Name, b: Name, gap: re.Match[str], text: str, end: int) -> Evidence:
    """Return a veto between two names that `gap` separates, or a link if these are two names of one entity."""
    short, long = (a, b) if len(a.text) < len(b.text) else (b, a)
    in_commas = gap[0].strip() in {",", ", the"} and text[end : end + 1] in {",", ".", ";", ")"}
    if in_commas and acronym_score(short.text, long.text) >= INNER:
        return Evidence(Phase.DEFINED, _SCORES[Rule.APPOSITION], Rule.APPOSITION, short, long, gap.start())
    if gap[0].strip() == "," and _make_up_known_name(a, b):
        return Evidence(Phase.DEFINED, _SCORES[Rule.KNOWN], Rule.KNOWN, b, a, gap.start())
    return Evidence(Phase.VETO, 1.0, Rule.SIDE_BY_SIDE, min(a, b), max(a, b), gap.start())


def _make_up_known_name(a: Name, b: Name) -> bool:
    """Return whether a comma joins two names to a known one that has the second name as well: "Washington", "D.C."."""
    listed_name = facts_of(*b).listed_name
    endings = (b.text, f"{b.text}.")  # the mention may have left the period to the sentence
    return bool(listed_name) and any(listed_as(f"{a.text}, {ending}", a.label) == listed_name for ending in endings)


def gender_vetoes(names: Sequence[Name], by_name: Mapping[Name, tuple[Mention, ...]], text: str) -> list[Evidence]:
    """Return vetoes between a woman and a man, told by the titles before them or else by common given names."""
    genders = {name: _gender(name, by_name[name], text) for name in names if name.label == "PERSON"}
    women = [name for name, gender in genders.items() if gender == "f"]
    men = [name for name, gender in genders.items() if gender == "m"]
    return [
        Evidence(Phase.VETO, 1.0, Rule.GENDER, min(woman, man), max(woman, man))
        for woman in women
        for man in men
        if not _have_equal_tokens(woman, man)
    ]


def _have_equal_tokens(a: Name, b: Name) -> bool:
    return facts_of(*a).tokens == facts_of(*b).tokens


def _gender(name: Name, mentions: Iterable[Mention], text: str) -> str:
    """Return "f" or "m" if all titles of a name agree or, without titles, by the given name; "" if unknown."""
    person = facts_of(*name).person
    if person is None:
        return ""
    genders = {person.gender} - {""}
    for mention in mentions:
        match = _LAST_WORD.search(text[max(0, mention.start - _TITLE_WINDOW) : mention.start])
        title = _title(match[1].casefold()) if match else None
        if title is not None and title.gender:
            genders.add(title.gender)
    if genders:
        return genders.pop() if len(genders) == 1 else ""
    return persons.gender_of(person)


def _title(word: str) -> tables.Title | None:
    """Return the title that a lower-case word stands for. A whole word with a period ends a sentence: "his sister."."""
    if word.endswith(".") and word not in tables.abbreviated_titles():
        return None
    return tables.titles().get(word.rstrip("."))
