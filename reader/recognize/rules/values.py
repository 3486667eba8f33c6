"""Find values by rules: dates, times, amounts of money, percentages and measures, and selectors beside them.

A single compiled pattern finds them all. Every repetition in it is bounded, so the time grows linearly with the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from reader.document import BlockKind, Document
from reader.recognize.mention import Mention
from reader.recognize.rules.selectors import find_selectors
from reader.structures.intervals import count_before
from reader.structures.lazy_pattern import lazy_pattern

_DIGITS: Final = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?"
_SPELLED: Final = (
    r"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|a\ (?:hundred|thousand|million|billion|dozen)|several|half\ a)"
)
_SCALE: Final = r"(?:[\s-](?:hundred|thousand|million|billion|trillion|dozen)){1,2}"
_NUMBER: Final = rf"(?:(?:{_DIGITS})(?:\s?[-–]\s?(?:{_DIGITS}))?|{_SPELLED})(?:{_SCALE})?"

_SHORT_SCALE: Final = r"(?:\s?(?:bn|tn|mn|m|k|b)\b)?"
_CURRENCY: Final = (
    r"(?:U\.?S\.?\s|American\s|Canadian\s|Australian\s|Hong\sKong\s|British\s|Swiss\s|Turkish\s|Iraqi\s|Syrian\s|Iranian\s)?"
    r"(?:dollars?|euros?|pounds\ssterling|yen|yuan|rubles?|roubles?|rupees?|dinars?|dirhams?|riyals?|rials?|lira|lire|shekels?"
    r"|francs?|pesos?|krona|kroner|zlotys?|cents?|USD|EUR|GBP|CHF|JPY|CNY)\b"
)
_MONEY: Final = (
    rf"(?:(?:US|USD|A|AU|C|CA|HK|NZ|S)?[$€£¥₹₽₩₺₪]|(?:USD|EUR|GBP|CHF|JPY|CNY)\s)\s?(?:{_DIGITS})(?:{_SCALE}|{_SHORT_SCALE})"
    rf"|{_NUMBER}\s?(?:[€£¥₽₺]|{_CURRENCY})"
)
_PERCENT: Final = rf"{_NUMBER}(?:\s?[%‰]|[\s-](?:percent(?:age\spoints?)?|per\scent|basis\spoints)\b)"

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_SURE_MONTH: Final = r"(?:January|February|April|June|July|September|October|November|December)"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:1[0-9]|20)\d{2}"
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PERIOD: Final = r"(?:days?|weeks?|weekends?|months?|years?|decades?|centur(?:y|ies)|quarters?)"
_DATE: Final = "|".join(
    (
        rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:3[01]|[12]\d|0[1-9])\b",
        rf"(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|[12]\d|3[01])[./](?:{_YEAR}|\d\d)\b",
        rf"(?:{_WEEKDAY},?\s)?(?:the\s)?{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?\b",
        rf"(?:{_WEEKDAY},?\s)?{_MONTH}\s{_DAY}(?:\s?[-–]\s?{_DAY})?(?:,?\s{_YEAR})?\b",
        rf"{_MONTH},?\s{_YEAR}\b",
        rf"(?:(?:[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id)[\s-])?(?:{_WEEKDAY}|{_SURE_MONTH})\b",
        rf"(?:the\s)?(?:early|late|mid)?[\s-]?{_YEAR}s\b",
        r"(?:the\s)?(?:[12]?\d(?:st|nd|rd|th))[\s-]century\b",
        rf"(?:[Yy]esterday|[Tt]oday|[Tt]omorrow|(?:[Ll]ast|[Nn]ext|[Tt]his|previous|past|coming)\s(?:{_NUMBER}\s)?"
        rf"(?:{_PERIOD}|spring|summer|autumn|winter|fall))\b",
        rf"{_NUMBER}[\s-]{_PERIOD}(?:[\s-](?:ago|earlier|later|old))?\b",
        rf"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bof\s)|(?<=\bduring\s)|(?<=\bbefore\s)"
        rf"|(?<=\bafter\s)|(?<=\bearly\s)|(?<=\blate\s)|(?<=\()){_YEAR}(?:\s?[-–]\s?(?:{_YEAR}|\d\d))?\b(?!\s[a-z]+s\b)",
    )
)
_ZONES: Final = r"(?:GMT|UTC|CET|CEST|BST|EST|EDT|PST|PDT|local\stime)"
_ZONE: Final = rf"(?:\s?(?:\({_ZONES}\)|{_ZONES}\b))?"
_TIME: Final = "|".join(
    (
        rf"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b|o['’]clock\b){_ZONE}",
        rf"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?{_ZONE}\b",
        r"(?:(?:[Tt]his|[Yy]esterday|[Tt]omorrow|[Ll]ast|[Ee]arly|[Ll]ate)\s)(?:morning|afternoon|evening|night)\b|(?:at\s)?(?:noon|midnight|tonight)\b",
        rf"{_NUMBER}[\s-](?:seconds?|minutes?|hours?)(?:\s(?:ago|earlier|later))?\b",
    )
)
_UNIT: Final = (
    r"(?:(?:square|cubic)[\s-])?(?:kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|miles?|yards?|feet|foot|inch(?:es)?"
    r"|acres?|hectares?|kilograms?|kilogrammes?|kilos?|grams?|tons?|tonnes?|pounds?|ounces?|lit(?:er|re)s?|gallons?|barrels?"
    r"|megawatts?|gigawatts?|kilowatts?|degrees(?:\s(?:Celsius|Fahrenheit))?|knots)\b|(?:km|cm|mm|kg|mg|mi|ft|lbs?|MW|GW|kW|kWh|mph|km/h|ha|m²|km²|°C|°F)(?![\w²])"
)
_QUANTITY: Final = rf"{_NUMBER}[\s-]?(?:{_UNIT})"

_VALUE: Final = lazy_pattern(
    rf"(?<![\w$€£.,-])(?:(?P<MONEY>{_MONEY})|(?P<PERCENT>{_PERCENT})|(?P<TIME>{_TIME})|(?P<DATE>{_DATE})"
    rf"|(?P<QUANTITY>{_QUANTITY}))"
)


def find_values(document: Document) -> list[Mention]:
    """Return the values and selectors of a document, sorted by offset and without overlaps.

    A value within a selector is left out. In code blocks only selectors are looked for.
    """
    selectors = find_selectors(document)
    values = [mention for block in document.blocks if block.kind is not BlockKind.CODE
              for mention in _values(document.text, block.start, block.end)]  # fmt: skip
    return sorted((*values_outside_names(values, selectors), *selectors))


def values_outside_names(values: Sequence[Mention], names: Sequence[Mention]) -> list[Mention]:
    """Return the values that overlap no name.

    Args:
        values: Values, sorted by offset.
        names: Mentions of names, sorted by offset; they may nest.
    """
    name_ends = [*accumulate((name.end for name in names), max)]
    outside = []
    for value in values:
        names_before_end = count_before(names, (value.end,))
        if not names_before_end or name_ends[names_before_end - 1] <= value.start:
            outside.append(value)
    return outside


def _values(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in _VALUE.finditer(text, start, end):
        yield Mention(match.start(), match.end(), match.lastgroup or "", "rule")
