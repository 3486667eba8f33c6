"""Trim mentions to the name itself, without articles, titles, possessives, footnote marks, quotes and glued words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from reader.names import country_of, country_of_demonym, strip_titles, titles
from reader.names.matcher import words
from reader.names.name_breaks import name_break
from reader.names.tables import descriptors, given_name_titles, heads, particles
from reader.recognize.mention import LABELS, Mention
from reader.recognize.rules.addresses import find_addresses, outside_addresses
from reader.recognize.rules.context.label_words import hotel_or_storm_before, label_from_words
from reader.recognize.rules.selectors import outside_selectors
from reader.structures.lazy_pattern import lazy_pattern

_NAME_LABELS: Final = frozenset(LABELS)
_LABELS_WITH_ARTICLE: Final = frozenset({"WORK_OF_ART"})
"""The title of a work includes its article."""

_LEADING_MARKS: Final = " \t\n\r\u00a0\"“”„«»‹›'‘’`´([{<*_#•·|–—-,.;:!?/\\…~=+"
_TRAILING_MARKS: Final = ' \t\n\r\u00a0"“”„«»‹›‘`´([{<*_#•·|–—-,;:!?/\\…~='
_OPENING_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}

_FOOTNOTE: Final = lazy_pattern(r"[.,;:!?]*[\"”’']?\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\]")
_GLUED_SENTENCE: Final = lazy_pattern(
    r"(?<=[a-z]{2})[.!?;:,][\"”’)]*(?=[A-Z][a-z])|[.!?][\"”’)]* (?=The\b|A\b(?!\.)|In\b|It\b|He\b|She\b)"
)
_POSSESSIVE: Final = lazy_pattern(r"(?:['’]s|(?<=s)['’]|['’])$")
_ABBREVIATION: Final = lazy_pattern(
    r"(?:^|[\s.&-])(?:[A-Za-z]|Jr|Sr|St|Inc|Corp|Co|Ltd|Bros|Mt|Ft|Gov|Dept|Univ|Assn|Intl|Ph\.D|etc|No|vs|Cos|Pty|Plc)\.$"
)
_ARTICLE: Final = lazy_pattern(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_PLACE_WITH_ARTICLE: Final = lazy_pattern(r"The (?:Hague|Gambia|Bahamas|Dalles|Bronx)\b")
_LEADING_WORD: Final = lazy_pattern(
    r"(?:Near|In|At|From|Since|For|With|By|On|As|After|Before|While|When|Where|But|And|Although|Though|Despite|"
    r"Outside|Inside|Both|Meanwhile|Today|However|If|To|Of|Like|Unlike|Yet|Or|Also|Now|Then|That|This|These|Those|"
    r"then-(?=[A-Z])|ex-(?=[A-Z])|near|in|at|from|since|for|with|by|on|as|after|before|while|when|but|and|to|of|than|"
    r"His|Her|Their|Our|My|Its|Your|his|her|their|our|my|its|your)(?:,?\s+|(?<=-))(?=[\w\"“‘'])"
)
_PRONOUNS: Final = words(
    """i me my mine we us our ours you your yours he him his she her hers it its they them their theirs who whom
    this that these those one everyone everybody somebody someone anyone anybody nobody people man woman"""
)
_SEPARATOR: Final = lazy_pattern(r",?\s+(?:and|&|or)\s+|,\s+|\s*/\s*")
_DEFINITION: Final = lazy_pattern(r"([^()]{4,}?)\s*\(\s*([A-Z][\w&.-]*[A-Z][\w&.-]*)\s*\)?")
_PARTICLE_PREFIX: Final = lazy_pattern(r"(?:al|el|as|ash|at|ad|ar|bin|ibn|abu)-", re.IGNORECASE)
_MAY_BE_HOTEL_OR_STORM: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
_GENERATION: Final = lazy_pattern(r",? (?:Jr|Sr)(?:\.|(?!\w))")
_GENERATIONS: Final = frozenset({"jr", "sr"})
_LACKS_DOT: Final = lazy_pattern(r"[ ,](?:Jr|Sr|Inc|Corp|Ltd|Bros)$")
_MINISTRY: Final = lazy_pattern(r"(?:Ministry|Department|Committee|Office) (?:of|for|on) ")
_UNIVERSITY: Final = lazy_pattern(r"University of (?!the )[^,]*$")
_CAMPUS: Final = lazy_pattern(r" at [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_SECOND_SUBJECT: Final = lazy_pattern(r",? and ([A-Z][a-z]+)\b(?! [A-Z])(?!['’]s)")
_MAY_BE_PERSON: Final = frozenset({"ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT"})
_HONORIFIC: Final = lazy_pattern(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir)\.?|Miss(?!\s+(?:America|Earth|International|Teen|US|World|Universe)))\s+(?=[A-Z])"
)
"""The name after one of these is a person, whatever label the recognizer gave it."""
_MAY_BE_NAMED_AFTER_FATHER: Final = _MAY_BE_PERSON | {"WORK_OF_ART", "EVENT"}
"""A name before "Jr." is a person's."""
_LABELS_WITH_DESCRIPTOR: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP"})
_LAST_WORD: Final = lazy_pattern(r"\s+([a-z]+)$")
_RANK_AT_END: Final = lazy_pattern(r"\s+(?:Lt|Gen|Col|Maj|Capt|Sgt|Cpl|Adm|Cmdr|Sen|Rep|Gov|Sec)\.?$")
"""A military or political rank between an organization and a person: "Army Lt. Gen. …"."""
_OFFICE_BEFORE: Final = lazy_pattern(
    r"(?:(?:[A-Z][\w.’'-]*|for|and)\s+){0,4}?(?P<head>[A-Z]\w+)\s+(?P<link>of|for)\s+(?:the\s+)?$"
)
_INSTITUTIONS: Final = words(
    "Ministry Department University Bank Office Bureau Institute College Faculty Museum Academy Association Federation"
)
_OFFICEHOLDERS: Final = words("Minister Ministers Secretary")
_MAY_BE_SUBJECT: Final = frozenset({"PERSON", "ORG", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_OFFICE_LENGTH: Final = 60
"""Code points before a name in which `_OFFICE_BEFORE` is looked for."""
_MAX_SUBJECT_WORDS: Final = 3
"""Only a name of at most this many words may be what an office or institution is for."""
_MAX_LENGTH: Final = 200
"""Longest name in code points."""
_OFFICES: Final = words("Bishop Count Dean Duke Earl Player Regent")
"""Words that are names of persons unless "of" follows."""
_NAME_LIKE_TITLES: Final = words("don dean st m shah earl duke baron marquis madame madam count major bishop")
"""Titles that are part of the name as often as not."""


def clean_mentions(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Trim each mention to the name itself, split mentions of two names, and drop those without a name.

    Nothing is marked inside web and mail addresses.

    Args:
        text: The text of the document.
        mentions: The mentions of the recognizer, sorted by offset.

    Returns:
        Mentions sorted by offset, without overlaps.
    """
    cleaned: list[Mention] = []
    for mention in outside_selectors(text, outside_addresses(mentions, find_addresses(text))):
        parts = (part for sentence in _split_at_sentences(text, mention) for part in _split_mention(text, sentence))
        for part in parts:
            clean = _clean_mention(text, part)
            if clean is None:
                continue
            while cleaned and clean.start < cleaned[-1].end and clean.start <= cleaned[-1].start:
                cleaned.pop()
            if not cleaned or clean.start >= cleaned[-1].end:
                if cleaned and _continues_name(text, cleaned[-1], clean):
                    clean = clean._replace(start=cleaned.pop().start)
                cleaned.append(clean)
    return cleaned


def _continues_name(text: str, previous: Mention, mention: Mention) -> bool:
    """Return whether two adjacent persons are one name: "Jassim" and "al-Mazrouei", "Abu" and "Abdel Qader"."""
    if previous.label != "PERSON" or mention.label != "PERSON" or text[previous.end : mention.start] != " ":
        return False
    first_word = text[mention.start : mention.end].split(None, 1)[0]
    return first_word.casefold() in particles() or _PARTICLE_PREFIX.match(first_word) is not None


def _clean_mention(text: str, mention: Mention) -> Mention | None:
    is_title = mention.label == "WORK_OF_ART" and _is_quoted(text, mention)
    may_be_person = not is_title and mention.label in _MAY_BE_PERSON | {"WORK_OF_ART"}
    honorific = _HONORIFIC.match(text, mention.start, mention.end) if may_be_person else None
    if honorific and not (honorific[0][:4] == "Miss" and _is_country_or_people(text[honorific.end() : mention.end])):
        mention = mention._replace(start=honorific.end(), label="PERSON")
    if mention.label in _MAY_BE_NAMED_AFTER_FATHER and _GENERATION.match(text, mention.end):
        mention = mention._replace(label="PERSON")
    start, end = _trim_span(text, mention.start, mention.end, mention.label)
    name = text[start:end]
    if name and name.count(" ") < _MAX_SUBJECT_WORDS and (office := _office_before(text, start)):
        if office["head"] in _INSTITUTIONS:
            return mention._replace(start=office.start("head"), end=end, label="ORG")
        if office["head"] in _OFFICEHOLDERS and mention.label in _MAY_BE_SUBJECT:
            return None
    if not name or (mention.label in _NAME_LABELS and not _is_name(name, mention.label)):
        return None
    if mention.label == "PERSON" and name in _OFFICES and text.startswith(" of ", end):  # "Dean of the college"
        return None
    if mention.label in _MAY_BE_HOTEL_OR_STORM and (longer := hotel_or_storm_before(text, start, end)):
        return mention._replace(start=longer[0], end=end, label=longer[1])
    return mention._replace(
        start=start, end=end, label=mention.label if is_title else label_from_words(name, mention.label)
    )


def _is_quoted(text: str, mention: Mention) -> bool:
    """Return whether quotation marks enclose a mention, as they do the title of a work."""
    return text[max(0, mention.start - 1)] in '"“' and text[mention.end : mention.end + 1] in set('"”')


def _office_before(text: str, start: int) -> re.Match[str] | None:
    """Return the office or institution right before a name: "Minister of", "University of the"."""
    if text[max(0, start - 4) : start].endswith(("of ", "for ", "the ")):
        return _OFFICE_BEFORE.search(text, max(0, start - _OFFICE_LENGTH), start)
    return None


def _trim_span(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """Return the span of the name itself within `start:end`, empty if nothing remains."""
    end = _cut_inner_end(text, start, end)
    previous = (-1, -1)
    while (start, end) != previous and start < end:
        previous = start, end
        start, end = _without_marks(text, start, end)
        end -= _possessive_length(text[start:end])
        end -= _descriptor_length(text[start:end], label)
        start += _leading_words_length(text[start:end], label)
    if label == "PERSON":
        start += _known_title_length(text, start, end)
    return start, max(start, _full_end(text, start, end, label))


def _full_end(text: str, start: int, end: int, label: str) -> int:
    """Return the end of a name that was cut too short: before the dot of "Jr.", "and Sanitation", "at Springfield"."""
    if label in _LABELS_WITH_DESCRIPTOR and text[end : end + 1] == "." and _LACKS_DOT.search(text, start, end):
        return end + 1
    if label == "ORG" and (campus := _CAMPUS.match(text, end)) and _UNIVERSITY.match(text, start, end):
        return campus.end()
    if label == "PERSON" and (generation := _GENERATION.match(text, end)):
        return generation.end()
    subject = _SECOND_SUBJECT.match(text, end) if label == "ORG" and _MINISTRY.match(text, start, end) else None
    if subject and not _is_country_or_people(subject[1]) and heads().isdisjoint((subject[1], subject[1].lower())):
        return subject.end()
    return end


def _cut_inner_end(text: str, start: int, end: int) -> int:
    """Return the offset of a footnote mark or sentence end within a span, or its end: "Palmyra.[3]", "Syria.The"."""
    for pattern in (_FOOTNOTE, _GLUED_SENTENCE):
        match = pattern.search(text, start + 1, end + 1)
        if match and match.start() < end:
            end = match.start()
    return end


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the white space and punctuation at its ends."""
    while start < end and text[start] in _LEADING_MARKS and not _begins_name(text, start, end):
        start += 1
    while start < end:
        last = text[end - 1]
        bracket = _OPENING_BRACKETS.get(last)
        if (
            last in _TRAILING_MARKS
            or (bracket and bracket not in text[start : end - 1])
            or (last == "." and not _ABBREVIATION.search(text[start:end]))
        ):
            end -= 1
        else:
            break
    return start, end


def _begins_name(text: str, start: int, end: int) -> bool:
    """Return whether an apostrophe is part of a transliterated name: "'Abd al-Malik"."""
    after_mark = text[start + 1 : end + 1]
    return (
        text[start] in "'‘’"
        and len(after_mark) > 3
        and after_mark[:2].isalpha()
        and not any(mark in after_mark for mark in "'’")
    )


def _possessive_length(name: str) -> int:
    """Return the length of the possessive ending of a name in code points, 0 for none."""
    match = _POSSESSIVE.search(name)
    return len(match[0]) if match and match.start() > 0 else 0


def _descriptor_length(name: str, label: str) -> int:
    """Return the length of a descriptor at the end in code points: "province" in "Anbar province"; 0 for none."""
    match = _LAST_WORD.search(name) if label in _LABELS_WITH_DESCRIPTOR else None
    if match and match[1] in descriptors():
        return len(match[0])
    rank = _RANK_AT_END.search(name) if label == "ORG" else None
    return len(rank[0]) if rank else 0


def _leading_words_length(name: str, label: str) -> int:
    """Return the length of an article, preposition or title at the start in code points, 0 for none."""
    if label not in _LABELS_WITH_ARTICLE:
        if (match := _ARTICLE.match(name)) and not _PLACE_WITH_ARTICLE.match(name):
            return match.end()
        if label in _NAME_LABELS and (match := _LEADING_WORD.match(name)):
            return match.end()
    return _title_length(name) if label == "PERSON" else 0


def _title_length(name: str) -> int:
    """Return the length of the title at the start of a person's name in code points, with any country before it."""
    length, _ = strip_titles(name)
    if length and not _is_name_like_title(name[:length]):
        return length
    if length:
        return 0
    for space in re.finditer(r"\s+", name):  # "US President Donald Trump"
        country, remainder = name[: space.start()], name[space.end() :]
        if not (country.islower() or _is_country_or_people(country) or country in {"UN", "EU", "NATO"}):
            return 0
        length, _ = strip_titles(remainder)
        if length:
            return space.end() + length
        if " " not in remainder.strip():
            return 0
    return 0


def _known_title_length(text: str, start: int, end: int) -> int:
    """Return the length of a title before a single name that may be a given name as well, 0 if it may be one here.

    It is a title after "the" ("the Earl Moss"), or if the text has it before a full name with this surname: "Major Ivo
    Sand", then "Major Sand".
    """
    title, _, name = text[start:end].partition(" ")
    if title.casefold() not in given_name_titles() or not name or " " in name:
        return 0
    after_article = text[max(0, start - 4) : start].casefold() == "the "
    return len(title) + 1 if after_article or (title, name) in titled_surnames(text) else 0


@lru_cache(maxsize=4)
def titled_surnames(text: str) -> frozenset[tuple[str, str]]:
    """Return the titles that a text has before full names, each with the surname: "Major Ivo Sand".

    Only titles that are given names as well are looked for, in one pass over the text.
    """
    forms = "|".join(sorted(re.escape(title.capitalize()) for title in given_name_titles()))
    full_name = re.compile(rf"\b({forms}) [A-Z][\w’'.-]{{0,30}} ([A-Z][\w’'-]{{0,30}})(?: ([A-Z][\w’'-]{{0,30}}))?")
    matches = full_name.finditer(text)
    return frozenset((match[1], name) for match in matches for name in match.groups()[1:] if name)


def _is_name_like_title(title: str) -> bool:
    return title.strip().rstrip(".").casefold() in _NAME_LIKE_TITLES


def _is_name(name: str, label: str) -> bool:
    if len(name) > _MAX_LENGTH:
        return False
    folded = name.casefold().strip(".")
    if folded in _GENERATIONS:
        return False
    if folded in _PRONOUNS and not (name.isupper() and len(name) > 1):
        return False
    if not any(char.isalnum() for char in name):
        return False
    if not any(char.isupper() or char.isdigit() or not char.isascii() for char in name):
        return False
    if len(name) == 1:
        return name.isupper() and label in {"ORG", "PRODUCT"}
    return not (label == "PERSON" and folded.rstrip(".") in titles() and folded not in _NAME_LIKE_TITLES)


def _split_at_sentences(text: str, mention: Mention) -> Iterator[Mention]:
    """Split a mention where a sentence ends within it. What begins the next sentence must look like a name."""
    sentence = name_break(text, mention.start, mention.end) if mention.label != "WORK_OF_ART" else None
    if sentence is None:
        yield mention
        return
    yield mention._replace(end=sentence[0])
    is_name = any(map(str.isspace, text[sentence[1] : mention.end]))
    if is_name and not _ARTICLE.match(text, sentence[1]) and not _LEADING_WORD.match(text, sentence[1]):
        yield from _split_at_sentences(text, mention._replace(start=sentence[1]))


def _split_mention(text: str, mention: Mention) -> Iterator[Mention]:
    """Split "Islamic State (IS)", and lists of places like "Iraq and Syria".

    A list is split only if all its parts but the first are known countries or peoples.
    """
    if match := _DEFINITION.fullmatch(text, mention.start, mention.end):
        for group in (1, 2):
            yield mention._replace(start=match.start(group), end=match.end(group))
        return
    if mention.label not in {"GPE", "NORP", "LOC"}:
        yield mention
        return
    spans, part_start = [], mention.start
    for separator in _SEPARATOR.finditer(text, mention.start, mention.end):
        spans.append((part_start, separator.start()))
        part_start = separator.end()
    spans.append((part_start, mention.end))
    if (
        len(spans) == 1
        or _is_country_or_people(text[mention.start : mention.end])
        or not all(_is_country_or_people(text[start:end]) for start, end in spans[1:])
    ):
        yield mention
        return
    for start, end in spans:
        yield mention._replace(start=start, end=end)


def _is_country_or_people(name: str) -> bool:
    return country_of(name) is not None or country_of_demonym(name) is not None
