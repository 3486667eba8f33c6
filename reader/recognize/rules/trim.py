"""Spans as names stand: without article, title, possessive, footnote mark, quotes and glued ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from reader.names import country_of, country_of_demonym, strip_titles, titles
from reader.names.matcher import words
from reader.names.tables import descriptors, heads, particles
from reader.recognize.mention import LABELS, Mention
from reader.recognize.rules.kinds import kind_of, named_before

_NAMES: Final = frozenset(LABELS)
_KEEP_ARTICLE: Final = frozenset({"WORK_OF_ART"})
"""Titles of works begin with their article."""

_OPENING: Final = " \t\n\r\u00a0\"“”„«»‹›'‘’`´([{<*_#•·|–—-,.;:!?/\\…~=+"
_CLOSING: Final = ' \t\n\r\u00a0"“”„«»‹›‘`´([{<*_#•·|–—-,;:!?/\\…~='
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}

_FOOTNOTE: Final = re.compile(r"[.,;:!?]*[\"”’']?\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\]")
_GLUED: Final = re.compile(
    r"(?<=[a-z]{2})[.!?;:,][\"”’)]*(?=[A-Z][a-z])|[.!?][\"”’)]* (?=The\b|A\b|In\b|It\b|He\b|She\b)"
)
_POSSESSIVE: Final = re.compile(r"(?:['’]s|(?<=s)['’]|['’])$")
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s.&-])(?:[A-Za-z]|Jr|Sr|St|Inc|Corp|Co|Ltd|Bros|Mt|Ft|Gov|Dept|Univ|Assn|Intl|Ph\.D|etc|No|vs|Cos|Pty|Plc)\.$"
)
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_THE_PLACE: Final = re.compile(r"The (?:Hague|Gambia|Bahamas|Dalles|Bronx)\b")
_LEADING: Final = re.compile(
    r"(?:Near|In|At|From|Since|For|With|By|On|As|After|Before|While|When|Where|But|And|Although|Though|Despite|"
    r"Outside|Inside|Both|Meanwhile|Today|However|If|To|Of|Like|Unlike|Yet|Or|Also|Now|Then|That|This|These|Those|"
    r"then-(?=[A-Z])|ex-(?=[A-Z])|near|in|at|from|since|for|with|by|on|as|after|before|while|when|but|and|to|of|than|"
    r"His|Her|Their|Our|My|Its|Your|his|her|their|our|my|its|your)(?:,?\s+|(?<=-))(?=[\w\"“‘'])"
)
_PRONOUNS: Final = words(
    """i me my mine we us our ours you your yours he him his she her hers it its they them their theirs who whom
    this that these those one everyone somebody someone anyone nobody people man woman"""
)
_JOINT: Final = re.compile(r",?\s+(?:and|&|or)\s+|,\s+|\s*/\s*")
_DEFINED: Final = re.compile(r"([^()]{4,}?)\s*\(\s*([A-Z][\w&.-]*[A-Z][\w&.-]*)\s*\)?")
_PARTICLE: Final = re.compile(r"(?:al|el|as|ash|at|ad|ar|bin|ibn|abu)-", re.IGNORECASE)
_HOUSED: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
_YOUNGER: Final = re.compile(r" (?:Jr|Sr)(?:\.|(?!\w))")
_DOTTED: Final = re.compile(r"[ ,](?:Jr|Sr|Inc|Corp|Ltd|Bros)$")
_MINISTRY: Final = re.compile(r"(?:Ministry|Department|Committee|Office) (?:of|for|on) ")
_SECOND_FIELD: Final = re.compile(r",? and ([A-Z][a-z]+)\b(?! [A-Z])(?!['’]s)")
_TAKEN_FOR: Final = frozenset({"ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT"})
_HONORIFIC: Final = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Sir)\.?\s+(?=[A-Z])")
"""Before these only persons are named, whatever the recognizer took them for."""
_DESCRIBED: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP"})
_LAST_WORD: Final = re.compile(r"\s+([a-z]+)$")
_LAST_RANK: Final = re.compile(r"\s+(?:Lt|Gen|Col|Maj|Capt|Sgt|Cpl|Adm|Cmdr|Sen|Rep|Gov|Sec)\.?$")
"""What begins the name of an officer after that of the service: "Army Lt. Gen. …"."""
_OFFICE_BEFORE: Final = re.compile(
    r"(?:(?:[A-Z][\w.’'-]*|for|and)\s+){0,4}?(?P<head>[A-Z]\w+)\s+(?P<link>of|for)\s+(?:the\s+)?$"
)
_HEADS: Final = words(
    "Ministry Department University Bank Office Bureau Institute College Faculty Museum Academy Association Federation"
)
_MINISTERS: Final = words("Minister Ministers Secretary")
_FIELDS: Final = frozenset({"PERSON", "ORG", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_LOOK_BACK: Final = 60
_PLACE_WORDS: Final = 3
_LONGEST: Final = 200
"""Code points: nothing longer is a name."""
_KEPT_TITLES: Final = words("don dean st m shah earl duke baron marquis madame madam count major bishop")
"""Titles that are as often a part of the name."""


def cleaned(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Trim each mention to the name itself, part what names two, and drop what is none.

    Args:
        text: The document's text.
        mentions: As the recognizer found them, in order of place.

    Returns:
        Mentions in order, none overlapping another.
    """
    kept: list[Mention] = []
    for mention in mentions:
        for part in _parted(text, mention):
            clean = _cleaned(text, part)
            if clean is None:
                continue
            while kept and clean.start < kept[-1].end and clean.start <= kept[-1].start:
                kept.pop()
            if not kept or clean.start >= kept[-1].end:
                if kept and _goes_on(text, kept[-1], clean):
                    clean = clean._replace(start=kept.pop().start)
                kept.append(clean)
    return kept


def _goes_on(text: str, before: Mention, after: Mention) -> bool:
    """Say whether two persons in a row are one: "Jassim al-Mazrouei" and "Abu Abdel Qader"."""
    if before.label != "PERSON" or after.label != "PERSON" or text[before.end : after.start] != " ":
        return False
    first = text[after.start : after.end].split(None, 1)[0]
    return first.casefold() in particles() or _PARTICLE.match(first) is not None


def _cleaned(text: str, mention: Mention) -> Mention | None:
    if mention.label in _TAKEN_FOR and (honorific := _HONORIFIC.match(text, mention.start, mention.end)):
        mention = mention._replace(start=honorific.end(), label="PERSON")
    start, end = trimmed(text, mention.start, mention.end, mention.label)
    name = text[start:end]
    if name and name.count(" ") < _PLACE_WORDS and (office := _office_before(text, start)):
        if office["head"] in _HEADS:
            return mention._replace(start=office.start("head"), end=end, label="ORG")
        if office["head"] in _MINISTERS and mention.label in _FIELDS:
            return None
    if not name or (mention.label in _NAMES and not _is_name(name, mention.label)):
        return None
    if mention.label in _HOUSED and (longer := named_before(text, start, end)):
        return mention._replace(start=longer[0], end=end, label=longer[1])
    return mention._replace(start=start, end=end, label=kind_of(name, mention.label))


def _office_before(text: str, start: int) -> re.Match[str] | None:
    """Return the office or institution that a name stands behind: "Minister of", "University of the"."""
    if text[max(0, start - 4) : start].endswith(("of ", "for ", "the ")):
        return _OFFICE_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    return None


def trimmed(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """Return where the name itself begins and ends; an empty stretch where nothing is left."""
    end = _cut(text, start, end)
    before = (-1, -1)
    while (start, end) != before and start < end:
        before = start, end
        start, end = _without_marks(text, start, end)
        end -= _possessive(text[start:end])
        end -= _descriptor(text[start:end], label)
        start += _opening_words(text[start:end], label)
    return start, max(start, _whole(text, start, end, label))


def _whole(text: str, start: int, end: int, label: str) -> int:
    """Where a name ends that was cut short: before the dot of "Jr.", before "and Sanitation" of a ministry."""
    if label in _DESCRIBED and text[end : end + 1] == "." and _DOTTED.search(text, start, end):
        return end + 1
    if label == "PERSON" and (younger := _YOUNGER.match(text, end)):
        return younger.end()
    more = _SECOND_FIELD.match(text, end) if label == "ORG" and _MINISTRY.match(text, start, end) else None
    if more and not _known(more[1]) and more[1] not in heads() and more[1].lower() not in heads():
        return more.end()
    return end


def _cut(text: str, start: int, end: int) -> int:
    """End a stretch at a footnote mark or a sentence end inside it: "Palmyra.[3]", "Syria.The"."""
    for pattern in (_FOOTNOTE, _GLUED):
        match = pattern.search(text, start + 1, end + 1)
        if match and match.start() < end:
            end = match.start()
    return end


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _OPENING and not _begins_name(text, start, end):
        start += 1
    while start < end:
        last = text[end - 1]
        opener = _PAIRS.get(last)
        if (
            last in _CLOSING
            or (opener and opener not in text[start : end - 1])
            or (last == "." and not _ABBREVIATED.search(text[start:end]))
        ):
            end -= 1
        else:
            break
    return start, end


def _begins_name(text: str, start: int, end: int) -> bool:
    """Say whether an apostrophe belongs to a transliterated name ('Abd al-Malik)."""
    rest = text[start + 1 : end + 1]
    return text[start] in "'‘’" and len(rest) > 3 and rest[:2].isalpha() and not any(mark in rest for mark in "'’")


def _possessive(name: str) -> int:
    match = _POSSESSIVE.search(name)
    return len(match[0]) if match and match.start() > 0 else 0


def _descriptor(name: str, label: str) -> int:
    """How many code points at the end only say what it is: "Anbar province", "the Islamic State group"."""
    match = _LAST_WORD.search(name) if label in _DESCRIBED else None
    if match and match[1] in descriptors():
        return len(match[0])
    rank = _LAST_RANK.search(name) if label == "ORG" else None
    return len(rank[0]) if rank else 0


def _opening_words(name: str, label: str) -> int:
    """How many code points at the front are an article, a preposition or a title."""
    if label not in _KEEP_ARTICLE:
        if (match := _ARTICLE.match(name)) and not _THE_PLACE.match(name):
            return match.end()
        if label in _NAMES and (match := _LEADING.match(name)):
            return match.end()
    return _title(name) if label == "PERSON" else 0


def _title(name: str) -> int:
    """How many code points at the front of a person's name are a title, with what stands before it."""
    length, _ = strip_titles(name)
    if length and not _kept_title(name[:length]):
        return length
    if length:
        return 0
    for space in re.finditer(r"\s+", name):  # "US President Donald Trump"
        head, rest = name[: space.start()], name[space.end() :]
        if not (head.islower() or country_of(head) or country_of_demonym(head) or head in {"UN", "EU", "NATO"}):
            return 0
        length, _ = strip_titles(rest)
        if length:
            return space.end() + length
        if " " not in rest.strip():
            return 0
    return 0


def _kept_title(title: str) -> bool:
    return title.strip().rstrip(".").casefold() in _KEPT_TITLES


def _is_name(name: str, label: str) -> bool:
    if len(name) > _LONGEST:
        return False
    folded = name.casefold().strip(".")
    if folded in _PRONOUNS and not (name.isupper() and len(name) > 1):
        return False
    if not any(char.isalnum() for char in name):
        return False
    if not any(char.isupper() or char.isdigit() or not char.isascii() for char in name):
        return False
    if len(name) == 1:
        return name.isupper() and label in {"ORG", "PRODUCT"}
    return not (label == "PERSON" and folded.rstrip(".") in titles() and folded not in _KEPT_TITLES)


def _parted(text: str, mention: Mention) -> Iterator[Mention]:
    """Part "Islamic State (IS)", and "Iraq and Syria" where every part but the first is a known place or people."""
    if match := _DEFINED.fullmatch(text, mention.start, mention.end):
        for group in (1, 2):
            yield mention._replace(start=match.start(group), end=match.end(group))
        return
    if mention.label not in {"GPE", "NORP", "LOC"}:
        yield mention
        return
    spans, place = [], mention.start
    for joint in _JOINT.finditer(text, mention.start, mention.end):
        spans.append((place, joint.start()))
        place = joint.end()
    spans.append((place, mention.end))
    if len(spans) == 1 or _known(text[mention.start : mention.end]) or not all(_known(text[s:e]) for s, e in spans[1:]):
        yield mention
        return
    for start, end in spans:
        yield mention._replace(start=start, end=end)


def _known(name: str) -> bool:
    return country_of(name) is not None or country_of_demonym(name) is not None
