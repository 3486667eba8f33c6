"""What a document says about an entity beside its name: what it is, whom or what it belongs to, when it was born.

Profiles need this to tell two people of one name apart, and to find that two documents mean the same one. Only words
next to a mention count: "the potter Ada Quill", "Ada Quill, 41, a potter from Tarn", "Ada Quill (born 1960)".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from reader.collection.body_phrases import OWNER_LABELS, PLACE_LABELS, home_of
from reader.collection.role_phrases import EMPTY_WORDS, OFFICES, is_telling, role_after, starts_with_occupation
from reader.names import persons, tables
from reader.recognize import Mention
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_MOST_MENTIONS: Final = 12
"""Mentions of an entity that are looked at; a text describes an entity where it introduces it."""
_MOST_WORDS: Final = 12
"""Words kept of an entity."""
_REACH: Final = 90
"""How far before a name its description may start (code points)."""
_AHEAD: Final = 170
"""How far after a name its description may end (code points)."""
_WORD_BEFORE: Final = lazy_pattern(r"([^\W\d_][\w'’.-]*)\s+$")
_CUT_BEFORE: Final = lazy_pattern(r".*(?:\n|[;:!?()“”\"]|[.,](?=\s)(?<!\b[A-Z]\.))", re.DOTALL)
_APPOSITION: Final = lazy_pattern(
    r"\s*(?:,|\(|–|—|-\s)\s*(?:who\s+(?:is|was)\s+)?|\s+(?:is|was|became|remains|has\s+been)\s+(?=(?:an?|the|one|now|then)\s)"
)
_CLAUSE_END: Final = lazy_pattern(r"\n\n|[;:!?)]|\.(?=\s|$)|\s[–—-]\s")
_AGE: Final = lazy_pattern(r"(?:(?:then\s+|now\s+)?aged?\s+)?(\d{1,2})(?:\s+years?(?:\s+old)?)?")
_AGED: Final = lazy_pattern(r"(\d{1,2})-year-old")
_YEAR: Final = r"(1[5-9]\d\d|20\d\d)"
_BORN: Final = lazy_pattern(
    rf"(?:born|b\.)\s[^\d,;)]{{0,24}}(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s[^\d,;)]{{0,14}}|\w+\s\d{{1,2}},\s)?{_YEAR}"
)
_LIFE: Final = lazy_pattern(rf"[^()]{{0,24}}?{_YEAR}\s*[–—-]")
_BORN_LATER: Final = lazy_pattern(rf"\s+was\s+born\s[^.;]{{0,40}}?{_YEAR}")
_ATTACHED: Final = lazy_pattern(
    r"\s+(?:of|from|at|with)\s+(?:the\s+)?|,\s+(?:of|from)\s+(?:the\s+)?|'s\s+|’s\s+"
    r"|,\s+who\s+(?:now\s+|also\s+|once\s+)?(?:chairs?|chaired|coach(?:es|ed)|direct(?:s|ed)|edit(?:s|ed)|found(?:s|ed)"
    r"|heads?|headed|leads?|led|manage[sd]|own(?:s|ed)|ran|runs|represent(?:s|ed)|(?:play|work)(?:s|ed)\s+(?:at|for)"
    r"|teaches\s+at|taught\s+at)\s+(?:the\s+)?"
)
_DIED: Final = lazy_pattern(
    r",?\s+(?:who\s+)?(?:has\s+)?died\s[^.;]{0,60}?\b(?:aged|at\s+the\s+age\s+of)\s+(\d{1,3})\b"
)
_LATER_AGE: Final = lazy_pattern(
    r"(?:(?<=[.!?”\"\n])\s*The|\b(?:Between|In|Since|From|On|At|Until|After|Before)\s[^.;,]{1,30},?\sthe)"
    r"\s(\d{2})-year-old(?:\s+([a-z-]+))?+(?=[\s,])(?!\s+(?:[A-Z]|victim))"
)
_LATER: Final = 300
"""How far after a name "the 41-year-old" may follow (code points)."""
_LATER_WORD: Final = lazy_pattern(r"(?<=[.!?”\"\n])\s*The\s([a-z-]+(?:\s[a-z-]+){0,2})(?:,\s(\d{2}),|(?=\s[a-z]))")
"""What a later sentence calls the person that it is about: "The potter said", "The potter, 41, said"."""
_SENTENCE_END: Final = lazy_pattern(r"[.!?]\s|\n")
_LEAD_END: Final = lazy_pattern(r",\s+$")
_DETERMINER: Final = lazy_pattern(r"(?<![\w-])(?:an?|the|its|his|her|their|our|[^\W\d_]+['’]s)\s+", re.IGNORECASE)
_NOUN_PHRASE: Final = lazy_pattern(
    r"[\w'’.-]+(?:\s+[\w'’-]+){0,4}?(?=\s+(?:of|at|in|for|from|with|on|to|who|and)\s|\s*$)"
)
_PREPOSITION: Final = lazy_pattern(r"\b(of|at|in|for|from|with|on|to|by|under|near)\s+$", re.IGNORECASE)
_PREPOSITION_IN: Final = lazy_pattern(r"\b(?:of|at|in|for|from|with|on|to|by|under|near|and)\s", re.IGNORECASE)
_REGION: Final = lazy_pattern(
    r",\s+(?!in\b)|,?\s+in\s+(?:the\s+)?(?:(?:(?:north|south)?-?(?:east|west)?(?:ern)?|central|northern|southern|rural)\s+)?|\s+\("
)
_SETTLEMENT_OF: Final = lazy_pattern(r"\s+(?:\w+\s+)?(?:city|town|village|port|resort|suburb)\s+of\s+$")
_LIST_ITEM: Final = lazy_pattern(r",?\s+(?:and|or)\s+(?:in\s+)?|,\s+")
"""Before the next name of a list: "in Tarn, Orn and Velm"."""
_STOP: Final = lazy_pattern(
    r"\b(?:whom?|whose|which|that|said|says|told|added|when|where|after|before|while|but|as|if|because|arrived|met)\b"
)
_VERB: Final = lazy_pattern(r"\b(?:would|will|has|had|have|is|are|was|were|can|could|may|might|must|should|does|did)\b")
_OPENING: Final = lazy_pattern(
    r"(?:an?|the|his|her|its|their|our|former|then|now|once|currently|co-?founder|chief|head|one|also)\b\s*",
    re.IGNORECASE,
)
_CONTENT: Final = lazy_pattern(r"(?<![\w-])[a-z][a-z'-]{2,}(?![\w-])")
_MODIFIERS: Final = frozenset(
    re.findall(
        r"\S+",
        "former ex late then veteran retired acting deputy senior junior chief vice assistant local young old outgoing",
    )
)


class Description(NamedTuple):
    """What one document says about an entity beside its name."""

    words: tuple[str, ...] = ()
    """What it is, in lower case: occupations, offices and other content words."""
    beside: tuple[str, ...] = ()
    """The ids of the entities that the description names: an employer, a town, a country."""
    born: int = 0
    """The year of birth, or 0 if the text states none."""
    age: int = 0
    """The age in years, or 0 if the text states none."""
    gender: str = ""
    """"f" or "m" from a title or a common given name, otherwise ""."""


NOTHING: Final = Description()
"""The description of an entity that a text does not describe."""


@dataclass(slots=True)
class _Draft:
    """A description that is being collected."""

    words: dict[str, None] = field(default_factory=dict)
    beside: dict[str, None] = field(default_factory=dict)
    born: int = 0
    age: int = 0
    gender: str = ""
    mentions: int = 0

    def finished(self, own: str) -> Description:
        self.beside.pop(own, None)
        return Description(tuple(self.words)[:_MOST_WORDS], tuple(self.beside), self.born, self.age, self.gender)


def describe_entities(text: str, mentions: Sequence[Mention], owners: Mapping[Mention, str]) -> dict[str, Description]:
    """Return what a text says about its entities beside their names, by the id of the entity.

    Args:
        text: The text.
        mentions: Its mentions, sorted by span.
        owners: The id of the entity of each mention.
    """
    drafts: dict[str, _Draft] = {}
    starts = [mention.start for mention in mentions]
    for index, mention in enumerate(mentions):
        owner = owners.get(mention)
        if owner is None:
            continue
        draft = drafts.setdefault(owner, _Draft())
        if draft.mentions < _MOST_MENTIONS:
            draft.mentions += 1
            _Reader(text, mentions, starts, owners, draft).read(index)
    return {owner: draft.finished(owner) for owner, draft in drafts.items()}


class _Reader:
    """Reads the words around one mention into a draft."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        starts: Sequence[int],
        owners: Mapping[Mention, str],
        draft: _Draft,
    ) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = starts
        self._owners = owners
        self._draft = draft

    def read(self, index: int) -> None:
        mention = self._mentions[index]
        if mention.label == "PERSON":
            person = persons.parse(self._text[mention.start : mention.end])
            self._add_words(
                word for title in person.titles if title.kind != "honorific" for word in title.text.casefold().split()
            )
            self._draft.gender = self._draft.gender or persons.gender_of(person)
            self._read_lead(mention)
            self._read_later(index)
        elif mention.label == "ORG":
            home = home_of(self._text, self._mentions, index)
            self._add_words(home.words)
            self._add_beside(home.places)
        self._read_before(index)
        if mention.label in PLACE_LABELS:
            self._read_country(index)
            self._read_region(mention)
        else:
            self._read_after(mention)
        if mention.label == "PERSON" and not self._draft.words:
            self._read_role(index)

    def _read_before(self, index: int) -> None:
        """Read the words before a name that say what it is: "the former Tarn potter Ada Quill"."""
        mention = self._mentions[index]
        occupations, titles = tables.occupations(), tables.titles()
        start = max(0, mention.start - _REACH)
        window = self._text[start : mention.start]
        cut = _CUT_BEFORE.match(window)
        offset = start + (cut.end() if cut else 0)
        position, previous = mention.start, index - 1
        words: list[str] = []
        beside: list[Mention] = []
        while position > offset:
            while previous >= 0 and self._mentions[previous].end > position:
                previous -= 1
            earlier = self._mentions[previous] if previous >= 0 else None
            gap = self._text[earlier.end : position] if earlier is not None else "-"
            if earlier is not None and earlier.start >= offset and gap.strip() in {"", "'s", "’s", "'", "’"}:
                if earlier.label == "PERSON" or len(beside) > 1:
                    break
                beside.append(earlier)
                position = earlier.start
                continue
            match = _WORD_BEFORE.search(self._text, offset, position)
            if match is None:
                break
            word = match[1].casefold()
            base = word.removesuffix("'s").removesuffix("’s")
            if word not in occupations and base not in titles and word not in _MODIFIERS:
                break
            if word not in _MODIFIERS:
                words.append(word)
            position = match.start()
        is_of_country = mention.label == "ORG" and all(earlier.label in OWNER_LABELS for earlier in beside)
        if words or (beside and (mention.label == "PERSON" or is_of_country)):
            self._add_words(words)
            self._add_beside(beside)

    def _read_lead(self, mention: Mention) -> None:
        """Read what a person is from the words before a comma: "a potter from Tarn, Ada Quill"."""
        window = self._text[max(0, mention.start - _REACH) : mention.start]
        comma = _LEAD_END.search(window)
        if comma is None:
            return
        cut = _CUT_BEFORE.match(window, 0, comma.start())
        start = cut.end() if cut else 0
        lead = window[start : comma.start()]
        occupations = tables.occupations()
        for determiner in reversed(list(_DETERMINER.finditer(lead))):
            preposition = _PREPOSITION.search(lead, 0, determiner.start())
            if preposition is not None and preposition[1] == "of":
                continue  # "the daughter of a potter"
            phrase = _NOUN_PHRASE.match(lead, determiner.end())
            words = phrase[0].casefold().split() if phrase is not None else []
            if words and (words[-1] in occupations or words[-1] in OFFICES):
                self._add_words(word for word in words if word in occupations or word == words[-1])
                offset = mention.start - len(window) + start
                self._add_beside(self._inside(offset + determiner.start(), offset + len(lead)))
                return
            if preposition is None:
                return

    def _read_later(self, index: int) -> None:
        """Read what a later sentence calls a person: "Ada Quill left. The 41-year-old potter had waited."."""
        mention = self._mentions[index]
        if not self._draft.age and not self._draft.born and (died := _DIED.match(self._text, mention.end)):
            self._draft.age = int(died[1])
        if self._draft.words and (self._draft.age or self._draft.born):
            return
        end = self._end_of_subject(index)
        if not self._draft.age and not self._draft.born:
            later = _LATER_AGE.search(self._text, mention.end, mention.end + _LATER)
            if later is not None and later.end() < end:
                self._draft.age = int(later[1])
                if later[2] in tables.occupations():
                    self._add_words([later[2]])
        for match in () if self._draft.words else _LATER_WORD.finditer(self._text, mention.end, end):
            words = [word for word in match[1].split() if word in tables.occupations()]
            if words and (match[2] or is_telling(words[0])):
                self._add_words(words[:1])
                self._draft.age = self._draft.age or int(match[2] or 0)
                return

    def _end_of_subject(self, index: int) -> int:
        """Return the offset up to which "the potter" can only mean the person of a mention."""
        mention = self._mentions[index]
        owner = self._owners.get(mention)
        end = mention.end + _LATER
        for number in range(index + 1, len(self._mentions)):
            other = self._mentions[number]
            if other.start >= end:
                break
            if other.label == "PERSON" and self._owners.get(other) != owner:
                end = other.start
        for number in range(index - 1, -1, -1):
            other = self._mentions[number]
            if _SENTENCE_END.search(self._text, other.end, mention.start):
                break
            if other.label == "PERSON" and self._owners.get(other) != owner:
                return mention.end
        return end

    def _read_country(self, index: int) -> None:
        """Read the country before the name of a settlement: "the Tarnish town of Orn"."""
        mention = self._mentions[index]
        earlier = self._mentions[index - 1] if index else None
        if earlier is None or earlier.label not in {"NORP", "GPE", "LOC"} or mention.start - earlier.end > _REACH:
            return
        if _SETTLEMENT_OF.fullmatch(self._text, earlier.end, mention.start):
            self._add_beside([earlier])

    def _read_region(self, mention: Mention) -> None:
        """Read the larger place after the name of a place: "Tarn, Velmoria"."""
        match = _REGION.match(self._text, mention.end)
        if match is None:
            return
        for region in self._starting(match.end(), frozenset({"GPE", "LOC"})):
            next_item = _LIST_ITEM.match(self._text, region.end)
            if next_item is None or not self._starting(next_item.end(), None):
                self._add_beside([region])

    def _read_after(self, mention: Mention) -> None:
        """Read the words after a name that say what it is: ", 41, a potter from Tarn,"."""
        end = mention.end
        attached = _ATTACHED.match(self._text, end)
        if attached is not None:
            self._add_beside(self._starting(attached.end(), None))
            end = next((neighbor.end for neighbor in self._starting(attached.end(), None)), end)
        if mention.label == "PERSON" and not self._draft.born:
            later = _BORN_LATER.match(self._text, end)
            self._draft.born = int(later[1]) if later is not None else 0
        match = _APPOSITION.match(self._text, end)
        if match is None:
            return
        in_brackets = "(" in match[0]
        start = match.end()
        window = self._text[start : start + _AHEAD]
        if in_brackets and mention.label == "PERSON" and not self._draft.born:
            inside = window.split(")", 1)[0]
            born = _BORN.search(inside) or _LIFE.match(inside)
            self._draft.born = int(born[1]) if born is not None else 0
        clause_end = _CLAUSE_END.search(window)
        clause = window[: clause_end.start()] if clause_end is not None else window
        for number, segment in enumerate(clause.split(",")):
            if number > 2 or not self._read_segment(segment, start, mention):
                return
            start += len(segment) + 1

    def _read_role(self, index: int) -> None:
        """Read what the rest of a clause says that a person is: "who works as a potter", "was named potter of Tarn"."""
        mention = self._mentions[index]
        limit = mention.end + _REACH
        next_name = next((other.start for other in self._inside(mention.end, limit)), limit)
        start = role_after(self._text, mention.end, next_name)
        if start is not None:
            window = self._text[start : start + _AHEAD]
            clause_end = _CLAUSE_END.search(window)
            clause = window[: clause_end.start()] if clause_end is not None else window
            self._read_segment(clause.split(",", 1)[0], start, mention)

    def _read_segment(self, segment: str, start: int, mention: Mention) -> bool:
        """Read one part of an apposition. Return whether the next part may continue it."""
        bare = segment.strip()
        age = _AGE.fullmatch(bare)
        if age is not None:
            if mention.label == "PERSON":
                self._draft.age = self._draft.age or int(age[1])
            return True
        born = _BORN.match(bare)
        if born is not None:
            self._draft.born = self._draft.born or int(born[1])
            return True
        if not (_OPENING.match(bare) or _AGED.match(bare) or starts_with_occupation(bare)):
            return False
        rivals = {"PERSON", mention.label} - PLACE_LABELS
        rival = next((other for other in self._inside(start, start + len(segment)) if other.label in rivals), None)
        if rival is not None and not _PREPOSITION_IN.search(self._text, start, rival.start):
            return False  # "In Tarn, potter Ada Quill left", "the Tarn Choir, the Halden Choir and a band"
        stop = _STOP.search(segment)
        verb = _VERB.search(segment)
        if verb is not None and (stop is None or verb.start() < stop.start()):
            return False  # a clause of its own: "Without Tarn, the plant would have closed"
        phrase = segment[: stop.start()] if stop is not None else segment
        aged = _AGED.search(phrase)
        if aged is not None and mention.label == "PERSON":
            self._draft.age = self._draft.age or int(aged[1])
        words = [word for word in _CONTENT.findall(phrase) if word not in EMPTY_WORDS]
        words += [word for word in re.findall(r"[\w-]+", phrase.lower()) if word in tables.occupations()]
        self._add_words(words[:_MOST_WORDS])
        self._add_beside(self._inside(start, start + len(phrase)))
        return False

    def _add_words(self, words: Iterable[str]) -> None:
        self._draft.words.update(dict.fromkeys(words))

    def _add_beside(self, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            owner = self._owners.get(mention)
            if owner is not None:
                self._draft.beside[owner] = None

    def _inside(self, start: int, end: int) -> Iterator[Mention]:
        for index in range(bisect_left(self._starts, start), len(self._mentions)):
            mention = self._mentions[index]
            if mention.start >= end:
                return
            yield mention

    def _starting(self, offset: int, labels: frozenset[str] | None) -> list[Mention]:
        """Return the mentions that start at an offset and have one of the labels."""
        index = bisect_left(self._starts, offset)
        at_offset = self._mentions[index : index + 1] if self._starts[index : index + 1] == [offset] else ()
        return [mention for mention in at_offset if labels is None or mention.label in labels]
