"""Brackets, cues and kinds: when a text gives another name of something, and when it does not."""

from __future__ import annotations

import pytest

from reader.recognize import Mention
from reader.resolve import resolve
from tests.resolve.texts import clusters, resolved


@pytest.mark.parametrize(
    "source",
    [
        "The [Episcopal Conference of Tarn|ORG] ([CET|ORG]) met.",
        "The [CET|ORG] (the [Episcopal Conference of Tarn|ORG]) met.",
        "[Vellmar University Hospitals Trust|ORG] ([VUH|ORG]) opened.",
        "The [Orun Nanotechnology Corporation|ORG] ([ORUNANO|ORG]) closed.",
        "[Il lupo di Orun|WORK_OF_ART] ([The Wolf of Orun|WORK_OF_ART]) is a film.",
        'His film "[Il lupo di Orun|WORK_OF_ART]" ("[The Wolf of Orun|WORK_OF_ART]", 1971) won.',
        "It belongs to [Skógræktin|ORG] ([Administration of Woods|ORG]) today.",
        "The river [Vodra|LOC] ([Votra|LOC]) is long.",
        "The marsh gull, or [river gull|PRODUCT] ([Larus paludis|PRODUCT]), nests here.",
        "The [Vell Metropolitan Area|GPE] ([Orun Metropolitan Area|GPE]) grows.",
        "Take [OR-17|FAC] ([Tarn Valley Expressway|FAC]) north.",
        "[Orun International Airport|FAC] (IATA: [ORN|FAC]) is closed.",
        "[Vell|PERSON] (/vɛl/; Latin: [Vellus Marinus|PERSON]; c. 340) was a saint.",
    ],
)
def test_a_bracket_gives_another_name(source: str) -> None:
    assert len(resolved(source).entities) == 1


@pytest.mark.parametrize(
    "source",
    [
        "[Mill Lane|GPE] ([Tarn|GPE]) is quiet.",
        "[Olin Rask|PERSON] ([Ivo Sand|PERSON]) drives off.",
        "[Olin Rask|PERSON] ([Labor|ORG]) spoke.",
        "[Tarn Rovers|ORG] ([Coast League|ORG]) lost.",
        "She works at the [Institute of Tides|ORG] ([CSVR|ORG]).",
        "The [Academy of Letters|ORG] ([University of Tarn|ORG]) met.",
        '"[Blue Harbor|WORK_OF_ART]" ([Night Songs|WORK_OF_ART]) is a ballad.',
        "[North Tarn Road|FAC] ([South Tarn Road|FAC]) is closed.",
        "[Tarn Center|ORG] ([poetry center|ORG]) opened.",
        "[Vellford on the Orun|GPE] and [Orun|LOC] are old.",
        "Vellford on the [Orun|GPE] (also [Old Vellford|GPE]) is old.",
        "The [United Nations|ORG] ([NATO|ORG]) met.",
    ],
)
def test_a_bracket_gives_no_other_name(source: str) -> None:
    assert len(resolved(source).entities) == 2


ORIGINAL = "The [Harbor Safety Service|ORG] ([SPT|ORG]) closed the quay."
"""A body with the acronym that its name has in its own language."""


@pytest.mark.parametrize(
    ("source", "entities", "suggestions"),
    [
        (f"{ORIGINAL} [SPT|ORG] divers came.", 1, 0),
        (ORIGINAL, 2, 1),
        (f"[SPT|ORG] divers came. {ORIGINAL}", 2, 0),
        ("The [Harbor Safety Service|ORG] ([NATO|ORG]) closed the quay. [NATO|ORG] divers came.", 2, 0),
        ("[Ivo Sand|PERSON] ([SPT|ORG]) spoke. [SPT|ORG] lost.", 2, 0),
        ("The Vell [Dive Force|ORG] ([VDF|ORG]) came. [VDF|ORG] divers left.", 2, 0),
        ("The Tarn [Safety Service|ORG] ([SPT|ORG]) came. [SPT|ORG] divers left.", 2, 1),
    ],
)
def test_an_acronym_from_another_language_is_the_body_if_the_text_uses_it_next(
    source: str, entities: int, suggestions: int
) -> None:
    resolution = resolved(source)
    assert (len(resolution.entities), len(resolution.suggestions)) == (entities, suggestions)


@pytest.mark.parametrize(
    ("source", "entities"),
    [
        ("[Vellmar Bulk & Trading AS|ORG] denied it. [Vellmar Bulk|ORG] sold the ship.", 1),
        ("[Vellmar Bulk and Trading Ltd|ORG] denied it. [Vellmar Bulk|ORG] sold the ship.", 1),
        ("[Vellmar Bulk & Trading|ORG] denied it. [Vellmar Bulk|ORG] sold the ship.", 2),
        ("[Peter Orun & Partners Ltd|ORG] denied it. [Peter Orun|ORG] sold the ship.", 2),
    ],
)
def test_a_company_with_a_legal_form_is_known_by_what_precedes_its_and(source: str, entities: int) -> None:
    assert len(resolved(source).entities) == entities


@pytest.mark.parametrize(("short", "suggestions"), [("Lenz", 1), ("Oduya", 1), ("Mr. Lenz", 0), ("Benz", 0)])
def test_a_part_of_a_surname_with_a_hyphen_is_offered(short: str, suggestions: int) -> None:
    resolution = resolved(f"[Mrs. Clara Oduya-Lenz|PERSON] spoke. Then [{short}|PERSON] left.")
    assert len(resolution.entities) == 2
    assert len(resolution.suggestions) == suggestions


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("The [Tarn Works|ORG], also known as [Orun Works|ORG] or simply [Works Nine|ORG], closed.", 3),
        ("[Tarn Works|ORG] (also called [Orun Works|ORG], [Works Nine|ORG], and [Vell Works|ORG]) closed.", 4),
        ("[Ivo Sand|PERSON], better known as [Kid Vell|PERSON], [Moth|PERSON] and [Old Oar|PERSON], was a singer.", 4),
        ("[Tarn Works|ORG] was renamed [Orun Foundry|ORG] in 1990.", 2),
        ("In 1990 [Tarn Works|ORG] changed its name to [Orun Foundry|ORG].", 2),
        ("[Tarn Works|ORG][1] (formerly [Orun Foundry|ORG]) closed.", 2),
        ("[Tarn Works|ORG](formerly [Orun Foundry|ORG]) closed.", 2),
        ("[Tarn Works|ORG],[2] formerly known as [Orun Foundry|ORG], closed.", 2),
        ("[Tarn Works|ORG] [3], also known as [Orun Foundry|ORG], closed.", 2),
        ("[Tarn Works|ORG] or [Orun Foundry|ORG] was a maker of bells.", 2),
        ("The [Tarn Works|ORG] (TW) or [Orun Foundry|ORG] (OF) is a maker of bells.", 2),
    ],
)
def test_a_cue_gives_one_or_more_other_names(source: str, names: int) -> None:
    assert [len(entity.names) for entity in resolved(source).entities] == [names]


@pytest.mark.parametrize(
    "source",
    [
        "He met [Ivo Sand|PERSON], also known as [Kid Vell|PERSON], and [Olin Rask|PERSON].",
        "[Ivo Sand|PERSON], also known as [Kid Vell|PERSON] and [Olin Rask|PERSON] met.",
        "[Ivo Sand|PERSON], also known as [Kid Vell|PERSON], [Olin Rask|PERSON] said.",
    ],
)
def test_a_list_after_a_cue_ends_before_another_person(source: str) -> None:
    groups = clusters(resolved(source))
    assert groups == {frozenset({"Ivo Sand", "Kid Vell"}), frozenset({"Olin Rask"})}


@pytest.mark.parametrize(
    "source",
    [
        "The harbor in [Tarn|GPE] was renamed [Orun|GPE] in 1990.",
        "A play by [Ivo Sand|PERSON], renamed [Magda Vell|PERSON], opened.",
        "Ask whether [Tarn Works|ORG] or [Orun Foundry|ORG] is a maker of bells.",
        "[Tarn Works|ORG] or [Orun Foundry|ORG] will win.",
    ],
)
def test_these_words_rename_nothing(source: str) -> None:
    assert len(resolved(source).entities) == 2


@pytest.mark.parametrize(
    ("label", "long", "short"),
    [
        ("EVENT", "Cyclone Orla", "Orla"),
        ("EVENT", "Orla Tournament", "Orla"),
        ("EVENT", "Tarnish Civil War", "Tarnish Civil War"),
        ("EVENT", "French Harbor War", "Harbor War"),
        ("PRODUCT", "Space Shuttle Meridian", "Meridian"),
        ("PRODUCT", "USS Meridian", "Meridian"),
        ("PRODUCT", "Meridian Space Telescope", "Meridian"),
        ("PRODUCT", "Google Meridian", "Meridian"),
        ("ORG", "Halden Pharmaceuticals Inc.", "Halden"),
        ("ORG", "Halden, Inc", "Halden"),
        ("LAW", "Harbor Lights Act of 1921", "Harbor Lights Act"),
        ("ORG", "Islamic State of Iraq and Levant", "ISIL"),
    ],
)
def test_a_name_without_its_kind_is_the_same(label: str, long: str, short: str) -> None:
    assert len(resolved(f"The [{long}|{label}] is old. Then [{short}|{label}] was new.").entities) == 1


@pytest.mark.parametrize(
    ("long", "short", "count"),
    [
        ("Nordhavn Lines ASA", "Nordhavn", 1),
        ("Brandt Logistics GmbH", "Brandt", 1),
        ("Oakmere Capital LLC", "Oakmere", 1),
        ("Ostermann Australia Ltd", "Ostermann", 2),
        ("Ostermann Foundation Inc.", "Ostermann", 2),
        ("Oakmere Capital", "Oakmere", 2),
    ],
)
def test_the_first_word_of_a_company_with_a_legal_form_is_its_short_form(long: str, short: str, count: int) -> None:
    assert len(resolved(f"The [{long}|ORG] is old. Then [{short}|ORG] grew.").entities) == count


@pytest.mark.parametrize(
    ("label", "long", "short"),
    [
        ("EVENT", "World Championship", "World"),
        ("EVENT", "1984 World Rowing Championship Finals", "World Rowing Championship Finals"),
        ("EVENT", "Winter Regatta", "Regatta"),
        ("ORG", "Halden Broadcasting Service Ltd", "Halden"),
        ("PRODUCT", "Tarn Meridian", "Meridian"),
        ("PERSON", "Daniel Orla Finch", "Daniel Orla"),
        ("PERSON", "Martin Luther King", "Martin Luther"),
    ],
)
def test_these_parts_are_something_else(label: str, long: str, short: str) -> None:
    assert len(resolved(f"The [{long}|{label}] is old. Then [{short}|{label}] was new.").entities) == 2


@pytest.mark.parametrize("unit", ["'", "’", "\u0301", "-", "(", ")", "[1]", "J.", "J. ", "(A) ", " or A"])
@pytest.mark.parametrize("label", ["PERSON", "ORG"])
def test_odd_characters_in_a_row_are_one_name(unit: str, label: str) -> None:
    text = "A" + unit * 20_000
    assert len(resolve(text, [Mention(0, len(text), label)]).entities) == 1


@pytest.mark.parametrize(
    "source",
    [
        "[Ivo Sand|PERSON], whose real name is [Olin Rask|PERSON], fled.",
        "[Ivo Sand|PERSON], whose nom de guerre was [Abu Tarn|PERSON], fled.",
        "[Ivo Sand|PERSON], who goes by the name of [Olin Rask|PERSON], fled.",
        "[Ivo Sand|PERSON], real name [Olin Rask|PERSON], fled.",
        "[Ivo Sand|PERSON], an alias of [Olin Rask|PERSON], fled.",
        "[Lea Moss|PERSON], known until her wedding as [Lea Sand|PERSON], spoke.",
        "[Tarn Motors|ORG], which now trades as [Velm Drives|ORG], closed.",
        "[Tarn Motors|ORG] will be renamed [Velm Drives|ORG] in May.",
        "[Tarn Motors|ORG] has renamed itself [Velm Drives|ORG].",
        "[Velm Drives|ORG], the maker formerly known as [Tarn Motors|ORG], closed.",
        "The tanker [Lady Orun|PRODUCT], which sailed as [Tarn Pride|PRODUCT], sank.",
        "The tanker [Lady Orun|PRODUCT] (ex [Tarn Pride|PRODUCT]) sank.",
    ],
)
def test_words_between_two_names_give_another_name(source: str) -> None:
    assert len(resolved(source).entities) == 1


@pytest.mark.parametrize(
    "source",
    [
        "[Ivo Sand|PERSON], whose lawyer is [Olin Rask|PERSON], fled.",
        "[Ivo Sand|PERSON], whose real name nobody knew, met [Olin Rask|PERSON].",
        "[Tarn Motors|ORG], which trades with [Velm Drives|ORG], closed.",
        "[Ivo Sand|PERSON] used the name card of [Olin Rask|PERSON].",
        "[Tarn Motors|ORG], the maker formerly owned by [Velm Drives|ORG], closed.",
    ],
)
def test_similar_words_between_two_names_give_no_other_name(source: str) -> None:
    assert len(resolved(source).entities) == 2
