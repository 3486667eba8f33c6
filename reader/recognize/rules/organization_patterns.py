"""Find organizations by their form and context, without a recognizer: "Marlow Inc.", "Marlow, a shipping company"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reader.names import titles
from reader.names.matcher import words
from reader.recognize.rules.context.label_words import NO_COMPANIES, TRADE_SURNAMES, TRADE_WORDS
from reader.recognize.rules.gazetteer import gazetteer
from reader.recognize.rules.name_patterns import MONTHS_AND_WEEKDAYS
from reader.recognize.rules.typesetting.capitals import small_words
from reader.structures.lazy_pattern import lazy_pattern

_ARTICLES: Final = words("A An The")
_COMPANY: Final = lazy_pattern(
    r"(?<![\w.&'-])(?P<name>[A-Z][\w'-]{1,30}(?: (?:& )?[A-Z][\w'-]{1,30}){0,3})"
    r"(?P<legal>,? (?:Co\.?,? (?:Ltd|Inc|LLC)\.?|Inc\.?|Ltd\.?|Corp\.|LLC|LLP)"
    r"| (?:plc|PLC|GmbH|KGaA|PBC|QSC|QPSC|S\.p\.A\.|SpA|N\.V\.|B\.V\.|S\.A\.|Oyj|ASA|A/S)"
    r"|,? (?:d\.o\.o\.|s\.r\.o\.|S\.r\.l\.|S\.A\.S\.|Sh\.p\.k\.|Sdn\.? Bhd\.?|Sp\. z o\.o\.|EOOD|FZE|FZCO|DMCC)"
    r"| (?:(?P<co>Co\.)|(?:AG|AB|AS|SE|NV|BV|SA)(?! [A-Z][a-z])))(?![\w&-])"
)
"""A name with a legal form. The short ones also abbreviate titles and states: "Texas AG Ken …"."""
_TRADE_NAME: Final = lazy_pattern(
    rf"(?<![\w&'’-])(?P<first>[A-Z][a-z][\w'-]{{1,20}}) (?P<trade>{'|'.join(sorted(TRADE_WORDS))})(?: Group| Holdings)?"
    r"(?=[.,;:!?)”\"'’]|$|(?P<goes_on>\s+[a-z(]))"
)
"""A name that ends with a trade, before a word that is not capitalized."""
_WORD_BEFORE: Final = lazy_pattern(r"([A-Z][\w'’-]*),?\s$")
_WORD_BEFORE_LENGTH: Final = 30
"""Code points before a name in which `_WORD_BEFORE` is looked for."""
_SURE_LAST_WORDS: Final = words(
    "Association Commission Committee Council Federation Foundation Hospital Institute Ministry Society University"
)
"""Last words that leave little doubt that a name is that of an organization."""
_NEWSPAPER: Final = lazy_pattern(
    r"The (?P<name>(?P<clear>Advertiser|Argus|Chronicle|Citizen|Courier|Enquirer|Examiner|Gazette|Guardian|Herald"
    r"|Inquirer|Monitor|Observer|Sentinel|Telegraph|Times|Tribune)|Age|Atlantic|Bulletin|Dispatch|Echo|Globe|Independent|Journal"
    r"|Ledger|Mail|Mercury|Mirror|Nation|Post|Press|Record|Register|Review|Standard|Star|Statesman|Sun|Voice|Witness)"
    r"(?P<verb> (?:has |had |have )?(?:also |first |once |recently )?(?:(?P<reported>reported|published|printed|wrote"
    r"|revealed|reports|writes)|called|cited|gave|quoted|quotes)\b)?(?![\w’'-]| [A-Z])"
)
"""A name that many newspapers have, perhaps before what newspapers do. Some are also names of something else."""
_IN_NEWSPAPER: Final = lazy_pattern(
    r"\b(?:[Ii]nterview(?:s|ed)? (?:with|by)|(?:review|article|column|column|letter|essay|editorial|obituary) in|"
    r"(?:reporter|editor|columnist|correspondent|journalist) (?:for|of|at|with)|"
    r"(?:reported|published|quoted|printed) (?:in|by)|[Aa]ccording to|told) $"
)
"""Words before the name of a newspaper."""
_IN_NEWSPAPER_LENGTH: Final = 24
"""Code points before a name in which `_IN_NEWSPAPER` is looked for."""
_FIRM: Final = r"(?:company|firm|manufacturer|maker|producer|retailer|bank|insurer|airline|conglomerate|start-?up)"
_DESCRIBED: Final = lazy_pattern(
    rf", an? (?:[\w’'-]{{2,30}} ){{0,4}}?{_FIRM}(?=[,.;:)—–]| (?:that|which|based|founded|in|from|with|owned|whose)\b)"
)
_NAME_AT_END: Final = lazy_pattern(r"(?<![\w.&'’-])[A-Z][\w'-]{1,30}(?: (?:& )?[A-Z][\w'-]{1,30}){0,2}$")
_NAME_LENGTH: Final = 70
"""Code points before a description in which `_NAME_AT_END` is looked for."""
_BEFORE_NAME: Final = MONTHS_AND_WEEKDAYS | words(
    """After Also Although And As At Before But By Despite For From However If In Its Like Meanwhile Near Now Of On Or
    Our Since Then Though To Today Unlike When Where While With Yet"""
)
"""Capitalized words before a name, at the start of a sentence."""
_AFTER_NOUN: Final = lazy_pattern(r"[A-Z][a-z][\w'-]{1,30}(?: [A-Z][a-z][\w'-]{1,30}){0,2}(?![\w’'&-]| [A-Z])")
_FIRM_NOUNS: Final = ("company ", "firm ", "insurer ", "airline ", "conglomerate ", "start-up ", "startup ")
_BODY: Final = lazy_pattern(
    r"(?P<words>[A-Z](?:(?<=[Tt]he .)|(?<=['’]s .))[\w-]+(?: [A-Z][\w-]+){0,2}) "
    r"(?:(?:Agency|Authority|Bureau|Commission|Committee|Council|Directorate|Inspectorate|Ministry|Tribunal)"
    r"(?: (?:for|on) [A-Z][\w-]+(?: (?:and )?[A-Z][\w-]+){0,3})?"
    r"|(?:Campaign|Coalition|Foundation|Fund|Initiative|Institute|Network|Society) (?:for|against) [A-Z][\w-]+"
    r"(?: (?:and )?[A-Z][\w-]+){0,3})(?![\w’'-]| [A-Z]| of [A-Z])"
)
"""The name of a body after "the" or a possessive: "Norway's Competition Authority"."""
_GENERAL_BODIES: Final = words(
    "Advisory Central City Executive Joint Local National Select Special Standing Steering Town"
)
"""Words that alone make no name of a body, because every country or club has one."""


def find_companies(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of companies, with their legal form: "Marlow Steel Inc."."""
    for match in _COMPANY.finditer(text, start, end):
        name, first = match["name"].split(" "), match.start()
        while (
            name
            and name[1:2] != ["&"]
            and (name[0].lower() in small_words() or name[0].casefold() in titles() or name[0] in _ARTICLES)
            and not (name[1:2] and name[1] in TRADE_WORDS and name[0] not in NO_COMPANIES)
        ):
            first += len(name.pop(0)) + 1
        is_place = " ".join(name) in gazetteer() and gazetteer()[" ".join(name)].label in {"GPE", "LOC", "NORP"}
        is_county = match["co"] is not None and len(name) < 2  # "Tarn Co. Mayo"
        if name and not is_county and not (is_place and match["legal"].isupper()):
            yield first, match.end()


def find_trade_names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in `start:end` of companies whose name ends with a trade: "Marlow Shipyards".

    Between capitalized words, as in a headline, it may be no name.
    """
    for match in _TRADE_NAME.finditer(text, start, end):
        first = match["first"]
        entry = gazetteer().get(first)
        if (
            first in NO_COMPANIES
            or first in MONTHS_AND_WEEKDAYS
            or (match["trade"] in TRADE_SURNAMES and first.casefold() in titles())
        ):
            continue
        if entry is not None and entry.label in {"NORP", "GPE", "LOC"}:
            continue  # "Swiss Railways" may be those of the country
        before = text[max(start, match.start() - 2) : match.start()]
        if first.lower() in small_words() and not match["goes_on"] and not before[:1].islower():
            continue
        capitalized = _WORD_BEFORE.search(text, max(start, match.start() - _WORD_BEFORE_LENGTH), match.start())
        if capitalized is None or capitalized[1].lower() in small_words():
            yield match.span()


def is_likely_organization(name: str) -> bool:
    """Return whether the last word of an uncertain name of an organization confirms it: "Orsen University"."""
    first, _, last = name.rpartition(" ")
    return bool(first) and (last in _SURE_LAST_WORDS or last in TRADE_WORDS) and first not in NO_COMPANIES


def find_newspapers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of newspapers by what they do, without the article: "The Citizen reported"."""
    for match in _NEWSPAPER.finditer(text):
        start = match.start()
        if (
            match["reported"]
            or (match["clear"] and match["verb"])
            or _IN_NEWSPAPER.search(text, max(0, start - _IN_NEWSPAPER_LENGTH), start)
        ):
            yield match.span("name")


def find_described_companies(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of names that the text calls a company: "Marlow, a cement company", "the food company Marlow"."""
    for match in _DESCRIBED.finditer(text):
        name = _NAME_AT_END.search(text, max(0, match.start() - _NAME_LENGTH), match.start())
        start = name.start() if name is not None else match.start()
        while (word := text[start : match.start()].partition(" "))[0] in _BEFORE_NAME:
            start += len(word[0]) + len(word[1])
        if start < match.start() and not _begins_without_name(text[start : match.start()]):
            yield start, match.start()
    for noun in _FIRM_NOUNS:
        for offset in _offsets_after(text, noun):
            name = _AFTER_NOUN.match(text, offset)
            if name is not None and not _begins_without_name(name[0]):
                yield name.span()


def find_bodies(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of public bodies after "the" or a possessive: "the Orsen Initiative for Rural Health"."""
    for match in _BODY.finditer(text):
        if match["words"] not in _GENERAL_BODIES and match["words"].casefold() not in titles():
            yield match.span()


def _offsets_after(text: str, words_before: str) -> Iterator[int]:
    """Yield the offset after each occurrence of some words."""
    offset = text.find(words_before)
    while offset >= 0:
        offset += len(words_before)
        yield offset
        offset = text.find(words_before, offset)


def _begins_without_name(name: str) -> bool:
    """Return whether the first word is no name of a company: a title, a month, a country, an article."""
    first = name.split(" ", 1)[0]
    if first in MONTHS_AND_WEEKDAYS or first in _ARTICLES or first.casefold() in titles():
        return True
    entry = gazetteer().get(first)
    return (entry is not None and entry.label != "ORG") or (first.isupper() and len(first) < 4)
