"""Correct the label of a name by words in it or right before it, and find the same name in another script."""

from __future__ import annotations

from typing import Final

from reader.names import fold
from reader.names.matcher import words
from reader.names.tables import given_names, heads
from reader.recognize.mention import Mention
from reader.structures.lazy_pattern import lazy_pattern

_BUILDING_WORDS: Final = words(
    """Street Avenue Road Boulevard Highway Motorway Expressway Bridge Tunnel Dam Airport Station Stadium Arena
    Cathedral Mosque Synagogue Palace Prison Museum Hotel Market Towers Refinery Barracks"""
)
_PLACE_LABELS: Final = frozenset({"GPE", "LOC"})
_NEWSPAPER_WORDS: Final = words("Daily Sunday Evening Morning Weekly")
_COMPANY_WORDS: Final = words(
    """Petrol Petroleum Motors Motor Automotive Cement Chemicals Pharma Textiles Breweries Telecommunications Logistics
    Semiconductor Semiconductors Aerospace Aviation Biotech Renewables Capital Ventures Securities Mutual
    Ports Mines Minerals Tyres Infrastructure Properties Realty Maritime Marine Tankers Freight Trading Metals"""
)
TRADE_WORDS: Final = words(
    """Airlines Airways Aerospace Automotive Aviation Bakeries Beverages Biosciences Biotech Breweries Cables Cement
    Ceramics Chemicals Cosmetics Dairies Distilleries Electronics Energy Ferries Fertilizers Fisheries Foods Foundries
    Insurance Logistics Metals Mining Motors Petrochemicals Petroleum Pharma Pharmaceuticals Plastics Publishing
    Railways Refineries Robotics Semiconductors Shipbuilders Shipping Shipyards Steel Supermarkets Telecom Telecoms
    Textiles Timber Tobacco"""
)
"""Last words of companies that say what they make or do."""
TRADE_SURNAMES: Final = words("Cables Motors Steel")
"""Those of them that are also surnames."""
NO_COMPANIES: Final = words(
    """Ancient Big Early Great Large Little Modern New Old Small
    Alternative Atomic Auto Baby Bulk Business Car Clean Clear Coal Cold Commercial Container Copper Crop Dark Data Deep
    Dental Deposit Diamond Domestic Dry Electric Electrical Fast Federal Fire Flood Foreign Free Frozen Future General
    Global Gold Health High Home Hot Human Industrial Inland International Iron Kinetic Life Local Low Marine Maritime
    Medical Military Mineral Modern National Natural Nuclear Open Organic Other Personal Pet Pure Private Public Raw
    Regional Renewable Rural Sea Social Solar Special Stainless State Strip Sustainable Thermal Travel Unemployment
    Uranium Urban Wind World"""
)
"""First words of things rather than of companies: "Renewable Energy"."""
_NEVER_PLACE_WORDS: Final = TRADE_WORDS | words(
    """Ventures Holdings Industries Enterprises Technologies Maritime Gallery Kunsthalle Securities Associates Courier
    Herald Gazette Tribune Chronicle Inquirer Times Telegraph Journal"""
)
"""Last words of companies, galleries and newspapers that hardly any place has."""
_MAY_BE_COMPANY: Final = frozenset({"WORK_OF_ART", "PRODUCT", "EVENT", "FAC"})
_HOTEL_OR_STORM: Final = lazy_pattern(
    r"(?<!\w)(?:H[oô]tel|(?P<storm>(?:(?:Sub)?[Tt]ropical |Super )?(?:Storm|Hurricane|Cyclone|Typhoon))) $"
)
_HOTEL_OR_STORM_LENGTH: Final = 24
"""Code points before a name in which `_HOTEL_OR_STORM` is looked for."""
_IN_OTHER_SCRIPT: Final = lazy_pattern(r" ?\(([^\W\d_a-zA-Z\u00c0-\u024f](?:[^\W\d_a-zA-Z\u00c0-\u024f]|[ ·・-])*)\)")
"""The same name in another script, in parentheses."""
_LABELS_IN_TWO_SCRIPTS: Final = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})


def label_from_words(name: str, label: str) -> str:
    """Return the label that the words of a name call for: ORG for "Daily Ledger", FAC for "Bay Street".

    Args:
        name: The whole name. A name of one word keeps its label.
        label: The label that the recognizer gave it.
    """
    first, _, last = name.partition(" ")
    last = last.rsplit(" ", 1)[-1]
    if (
        last in TRADE_WORDS
        and first not in NO_COMPANIES
        and (label in _MAY_BE_COMPANY or (label == "PERSON" and last not in TRADE_SURNAMES))
    ):
        return "ORG"
    if not last or (label != "PERSON" and label not in _PLACE_LABELS):
        return label
    if label in _PLACE_LABELS:
        return "FAC" if last in _BUILDING_WORDS else "ORG" if last in _NEVER_PLACE_WORDS else label
    if not last[:1].isupper() or fold(first) in given_names():
        return label  # "Joe Hockey", "Della Street"
    if last in _BUILDING_WORDS:
        return "FAC"
    return "ORG" if first in _NEWSPAPER_WORDS or last in _COMPANY_WORDS or last.casefold() in heads() else label


def hotel_or_storm_before(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return the start and the label of the longer name if "Hotel" or a word like "Storm" precedes `start:end`.

    Args:
        text: The text of the document.
        start: The start of the name that was found.
        end: Its end.
    """
    match = _HOTEL_OR_STORM.search(text, max(0, start - _HOTEL_OR_STORM_LENGTH), start)
    if match is None or (match["storm"] and " " in text[start:end]):
        return None
    return match.start(), "EVENT" if match["storm"] else "FAC"


def span_in_other_script(text: str, mention: Mention) -> tuple[int, int] | None:
    """Return the span of the same name in another script, in parentheses after a mention, or None."""
    match = _IN_OTHER_SCRIPT.match(text, mention.end) if mention.label in _LABELS_IN_TWO_SCRIPTS else None
    return match.span(1) if match else None
