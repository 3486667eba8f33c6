"""Cases that users of other tools reported, and each rule by itself."""

from __future__ import annotations

import pytest

from reader.resolve import Constraints, Name, Rule, resolve
from tests.resolve.texts import clusters, entity_of, marked, one_sentence_each, resolved, suggested_pairs


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("PERSON", "John Doe; John D; John D.; John; Doe"),
        ("PERSON", "Mariano Rajoy; Rajoy"),
        ("PERSON", "Donald Trump; Trump; President Trump"),
        ("PERSON", "Abdallah Makki Muslih al-Rufayi; Rufayi; al-Rufayi"),
        ("PERSON", "Mohammed Shia al-Sudani; Sudani; Mohammed al-Sudani"),
        ("PERSON", "David Foster Wallace; David Wallace; Wallace"),
        ("PERSON", "Joanne K. Rowe; J. K. Rowe; J.K. Rowe; Rowe"),
        ("PERSON", "Robert Marsh; Bob Marsh"),
        ("PERSON", "Francesco De Masi; De Masi"),
        ("PERSON", "Ludwig van Tarn; Van Tarn"),
        ("PERSON", "Maria dos Santos; Dos Santos"),
        ("PERSON", "Ursula von der Leyen; Von der Leyen"),
        ("PERSON", "Ahmed al-Sharif; Al-Sharif"),
        ("PERSON", "KARASU, Leyla; Leyla Karasu"),
        ("PERSON", "AL-TAMIR, Samir Omar; Samir Omar al-Tamir"),
        ("PERSON", "Joanne PELL; PELL; Pell"),
        ("PERSON", "Ivo 'Kid' Halloran; Ivo Halloran; Halloran"),
        ("PERSON", "Jean-Luc Picard; Jean Luc Picard"),
        ("ORG", "Organisation des Nations unies; ONU; l'ONU; L’ONU"),
        ("GPE", "la France; France"),
        ("ORG", "il Consiglio; Consiglio"),
        ("ORG", "l'Unione europea; Unione europea"),
        ("ORG", "den Bundestag; Bundestag"),
        ("ORG", "US Harbor Enforcement Administration; HEA"),
        ("ORG", "US Securities and Exchange Commission; SEC"),
        ("ORG", "Norwegian Bureau of Ferry Inspection; BFI"),
        ("GPE", "United States; US; U.S.; USA; America"),
        ("GPE", "United Kingdom; UK; Britain"),
        ("GPE", "United Arab Emirates; UAE; Emirates"),
        ("GPE", "Democratic Republic of the Congo; DRC"),
        ("ORG", "Islamic State; IS; ISIS; ISIL; Daesh; Islamic State group"),
        ("ORG", "U.S. Central Command; US Central Command; United States Central Command; CENTCOM"),
        ("ORG", "Harbor Works Ltd.; Harbor Works"),
        ("ORG", "Tarnvik AB; Tarnvik"),
        ("ORG", "Ooredoo QSC; Ooredoo"),
        ("ORG", "Anthropal PBC; Anthropal"),
        ("ORG", "Sand & Moor LLP; Sand and Moor"),
        ("ORG", "Department of Roads; Roads Department"),
        ("ORG", "National Union of Divers; NUD"),
        ("ORG", "Tarn University; Tarn"),
        ("ORG", "UN Board of Tides; Board of Tides"),
        ("LOC", "Orun Peninsula; Orun"),
        ("FAC", "Vell Bridge; Vell"),
    ],
)
def test_these_names_are_one_entity(label: str, names: str) -> None:
    assert len(resolved(one_sentence_each(names, label)).entities) == 1


@pytest.mark.parametrize(
    ("label", "a", "b"),
    [
        ("GPE", "Iran", "Iraq"),
        ("GPE", "Paris", "Piraeus"),
        ("GPE", "North Korea", "South Korea"),
        ("GPE", "Mexico", "Mexico City"),
        ("GPE", "Niger", "Nigeria"),
        ("PERSON", "John Kerr", "John F. Kerr Jr."),
        ("PERSON", "Ivo Sand Jr.", "Ivo Sand Sr."),
        ("PERSON", "George Bush", "Jeb Bush"),
        ("PERSON", "Van Morrison", "Jim Morrison"),
        ("PERSON", "KARASU, Leyla", "KARASU, Omer"),
        ("PERSON", "Muammar Qaddafi", "Moammar Gadhafi"),
        ("PERSON", "Abd al-Rahman Kassim", "Abdulrahman Kassim"),
        ("PERSON", "Mr. Olin Rask", "Mrs. Rask"),
        ("ORG", "Bank of England", "Bank of Scotland"),
        ("ORG", "University of Tarn", "Tarn"),
        ("ORG", "Islamic State", "Islamic State Khorasan Province"),
        ("ORG", "First Harbor Bank", "Harbor Bank"),
        ("PRODUCT", "Boeing 737", "Boeing 747"),
        ("PERSON", "Anna Lind", "Hanna Lind"),
        ("ORG", "Tarn Motors", "Tarn Motors Foundation"),
        ("PERSON", "Ivo Sand", "Ivo Sant II"),
    ],
)
def test_these_names_are_two_entities(label: str, a: str, b: str) -> None:
    assert len(resolved(one_sentence_each(f"{a}; {b}", label)).entities) == 2


@pytest.mark.parametrize(
    ("label", "a", "b", "rule"),
    [
        ("PERSON", "Qasem Soleimani", "Qasim Suleymany", "transliteration"),
        ("PERSON", "Mohammed Karimov", "Muhammad Karimov", "transliteration"),
        ("PERSON", "Abdallah Makki al-Rufayi", "Rufai", "surname-sound"),
        ("PERSON", "Karl Johan Tveit", "Carl Johan Tveit", "transliteration"),
        ("GPE", "Velmoria", "Velmorea", "transliteration"),
        ("ORG", "Harbor Consortium", "Harbour Consortiun", "spelling"),
    ],
)
def test_similar_spellings_are_suggested_and_never_merged(label: str, a: str, b: str, rule: str) -> None:
    resolution = resolved(one_sentence_each(f"{a}; {b}", label))
    assert len(resolution.entities) == 2
    assert [suggestion.rule for suggestion in resolution.suggestions] == [rule]


@pytest.mark.parametrize(
    ("a", "b"), [("Iran", "Iraq"), ("Boeing 737", "Boeing 747"), ("Mali", "Bali"), ("Tunis", "Tunisia")]
)
def test_similar_strings_for_different_things_are_not_suggested(a: str, b: str) -> None:
    assert resolved(one_sentence_each(f"{a}; {b}", "GPE")).suggestions == ()


def test_a_number_keeps_two_units_apart() -> None:
    assert resolved(one_sentence_each("Rangers; 6th Rangers; 7th Rangers", "ORG")).suggestions == ()


def test_a_surname_that_two_people_share_is_ambiguous() -> None:
    resolution = resolved("[George Bush|PERSON] met [Jeb Bush|PERSON]. Then [Bush|PERSON] left.")
    assert clusters(resolution) == {frozenset({"George Bush"}), frozenset({"Jeb Bush"}), frozenset({"Bush"})}
    assert suggested_pairs(resolution) == {frozenset({"George Bush", "Bush"}), frozenset({"Jeb Bush", "Bush"})}


def test_the_person_mentioned_first_is_suggested_first_for_a_shared_surname() -> None:
    resolution = resolved("[Ada Moor|PERSON] won. Then [Pim Moor|PERSON] came. [Moor|PERSON] laughed.")
    assert [(suggestion.names, suggestion.rule) for suggestion in resolution.suggestions] == [
        (("Ada Moor", "Moor"), "first-named"),
        (("Pim Moor", "Moor"), "shared-name"),
    ]
    assert resolution.suggestions[0].score > resolution.suggestions[1].score


def test_a_surname_joins_the_only_person_mentioned_before_it() -> None:
    resolution = resolved("[Ada Moor|PERSON] won. [Moor|PERSON] laughed. Her uncle [Pim Moor|PERSON] did not.")
    assert entity_of(resolution, "Moor").name == "Ada Moor"
    assert [link.rule for link in entity_of(resolution, "Moor").links] == ["introduced"]


def test_a_person_first_mentioned_after_the_surname_is_not_suggested_for_it() -> None:
    mentioned_once = "[Ada Moor|PERSON] won. [Moor|PERSON] laughed. Her uncle [Pim Moor|PERSON] did not."
    assert resolved(mentioned_once).suggestions == ()
    mentioned_again = resolved(mentioned_once + " [Moor|PERSON] left.")
    assert suggested_pairs(mentioned_again) == {frozenset({"Moor", "Pim Moor"})}
    full_name_again = resolved(mentioned_once + " [Ada Moor|PERSON] sang. [Moor|PERSON] left.")
    assert full_name_again.suggestions == (), "the last full name before the surname is hers"


def test_two_spellings_of_a_full_name_are_suggested_as_spellings() -> None:
    resolution = resolved(
        "[Margareta Lindq|PERSON] sat. [Lindq|PERSON] rose. [Margaretha Lindq|PERSON] left. [Lindq|PERSON]."
    )
    assert [(set(suggestion.names), suggestion.rule) for suggestion in resolution.suggestions] == [
        ({"Margareta Lindq", "Margaretha Lindq"}, "transliteration")
    ]


def test_an_acronym_that_the_text_defines_has_no_other_candidates() -> None:
    source = "The [Coastal Rescue Service|ORG] ([CRS|ORG]) met the [Central Road Syndicate|ORG]. Then [CRS|ORG] won."
    assert resolved(source).suggestions == ()


def test_a_shared_first_name_does_not_join_two_people() -> None:
    resolution = resolved(one_sentence_each("Ivo Sand; Ivo Marsh; Ivo", "PERSON"))
    assert len(resolution.entities) == 3


def test_an_ambiguous_acronym_joins_nothing() -> None:
    resolution = resolved(one_sentence_each("Coastal Rescue Service; Central Road Syndicate; CRS", "ORG"))
    assert len(resolution.entities) == 3
    assert len(resolution.suggestions) == 2


def test_a_definition_resolves_an_ambiguous_acronym() -> None:
    source = "The [Coastal Rescue Service|ORG] ([CRS|ORG]) met the [Central Road Syndicate|ORG]. [CRS|ORG] won."
    resolution = resolved(source)
    assert entity_of(resolution, "CRS").name == "Coastal Rescue Service"
    link = entity_of(resolution, "CRS").links[0]
    assert (link.rule, link.score, link.a, link.b) == ("defined", 1.0, "CRS", "Coastal Rescue Service")
    text, _ = marked(source)
    assert link.at is not None
    assert text.startswith("CRS", link.at)


def test_a_definition_in_the_text_is_the_reason_rather_than_a_table() -> None:
    resolution = resolved("The [Islamic State|ORG] ([IS|ORG]) group left. [IS|ORG] said so.")
    assert [link.rule for link in entity_of(resolution, "IS").links] == ["defined"]


def test_a_short_form_with_two_definitions_joins_nothing() -> None:
    source = "The [Coastal Rescue Service|ORG] ([CRS|ORG]) met. The [Central Road Syndicate|ORG] ([CRS|ORG]) did not."
    assert len(resolved(source).entities) == 3


@pytest.mark.parametrize(
    "source",
    [
        "[Amin Dar|PERSON], also known as [Abu Walid|PERSON], spoke.",
        "[Shore Trust|ORG], formerly [Dune Savings|ORG], closed.",
        "[Shore Trust|ORG] (now [Dune Savings|ORG]) closed.",
        "[Olden|GPE] (Greek: [Ολδεν|GPE]) is old.",
        "The [Reed Front|ORG] (better known as the [Herons|ORG]) left.",
        "the [Agency for Reefs|ORG] (“[ARF|ORG]”) said",
    ],
)
def test_cue_words_join_the_names_around_them(source: str) -> None:
    assert len(resolved(source).entities) == 1


@pytest.mark.parametrize(
    "source",
    [
        "The [Tarn Union of Divers|ORG], [TUD|ORG], said so.",
        "[TUD|ORG], the [Tarn Union of Divers|ORG], said so.",
    ],
)
def test_initials_between_commas_join_the_name_beside_them(source: str) -> None:
    resolution = resolved(source)
    assert [[link.rule for link in entity.links] for entity in resolution.entities] == [["apposition"]]


def test_initials_in_a_list_join_nothing() -> None:
    assert len(resolved("The [Tarn Union of Divers|ORG], [RUD|ORG], and others met.").entities) == 2
    assert len(resolved("The [Tarn Union of Divers|ORG], the [TUD|ORG] and others met.").entities) == 2


@pytest.mark.parametrize(
    "source",
    [
        "[Mara Kirk|PERSON] (born [Leeds|GPE], 1960) came.",
        "[Dan Nyberg Yates|PERSON] ([D-NY|GPE]) spoke.",
        "[Dana Tarn|PERSON] ([DT|GPE], 41) spoke.",
    ],
)
def test_a_parenthesis_with_a_birthplace_a_party_or_an_age_defines_nothing(source: str) -> None:
    rules = {link.rule for entity in resolved(source).entities for link in entity.links}
    assert not rules & {"defined", "formerly", "also-known-as"}
    assert not resolved(source).suggestions


def test_a_birth_name_is_a_former_name() -> None:
    assert len(resolved("[Mara Kirk|PERSON] (born [Mary Ann Lopez|PERSON]) came.").entities) == 1


def test_a_cue_after_a_place_in_a_list_is_only_a_suggestion() -> None:
    resolution = resolved("In [Olden|GPE], [Tarnia|GPE], also known as [Fishtown|GPE], it rained.")
    assert len(resolution.entities) == 3
    assert frozenset({"Tarnia", "Fishtown"}) in suggested_pairs(resolution)


@pytest.mark.parametrize("joint", [" and ", ", ", " nor ", " vs. "])
def test_names_side_by_side_are_two_entities(joint: str) -> None:
    resolution = resolved(f"[Ivo Sand|PERSON]{joint}[Sand|PERSON] came.")
    assert len(resolution.entities) == 2
    assert resolution.suggestions == ()


@pytest.mark.parametrize(
    ("source", "entities"),
    [
        ("They met in [Washington|GPE], [D.C.|GPE], on Monday. [Washington|GPE] denies it.", 1),
        ("They met in [Washington|GPE], [D.C|GPE].", 1),
        ("They met in [Tarnvik|GPE], [D.C.|GPE], on Monday.", 2),
        ("They met in [Washington|GPE] and [D.C.|GPE] on Monday.", 2),
        ("They met in [Paris|GPE], [France|GPE], on Monday.", 2),
    ],
)
def test_two_mentions_that_make_up_a_known_name_are_one_entity(source: str, entities: int) -> None:
    assert len(resolved(source).entities) == entities


def test_a_clause_that_begins_with_the_short_form_of_the_name_before_it_is_no_list() -> None:
    source = "They paid [Marlow Lines|ORG]{}[Marlow|ORG] moved it on. [Marlow|ORG] denies it."
    assert len(resolved(source.format(", and ")).entities) == 1
    assert len(resolved(source.format(" and ")).entities) == 2
    assert len(resolved(f"[Orun Lines|ORG], {source[10:].format(', and ')}").entities) == 3


@pytest.mark.parametrize(
    "source",
    [
        "[Peter Moor|PERSON], the brother of Inspector [Moor|PERSON], came.",
        "[Moor|PERSON] was born in [Tarn|GPE], the third child and second son of [Peter Moor|PERSON].",
        "[Peter Karl Moor|PERSON]'s younger son, also named [Peter|PERSON], came.",
        "He met [Moor|PERSON], a baker, and his wife [Lisa Moor|PERSON] there.",
        "[Tarn Motors Works|ORG] is a division of [Tarn Motors|ORG] here.",
    ],
)
def test_relatives_and_divisions_are_two_entities(source: str) -> None:
    resolution = resolved(source)
    assert len([entity for entity in resolution.entities if entity.label != "GPE"]) == 2
    assert resolution.suggestions == ()


def test_a_relative_is_kept_apart_from_the_full_name_of_a_surname() -> None:
    source = "[Peter Karl Moor|PERSON] drew. [Moor|PERSON] was the son of [Peter Moor|PERSON]. [Moor|PERSON] left."
    assert clusters(resolved(source)) == {frozenset({"Peter Karl Moor", "Moor"}), frozenset({"Peter Moor"})}


@pytest.mark.parametrize(
    "source",
    [
        "[Moor|PERSON] came with his wife. [Peter Moor|PERSON] spoke.",
        "[Peter Moor|PERSON] is the son of a smith. Then [Moor|PERSON] left.",
        "[Peter Moor|PERSON] wrote to his brother. Mr. [Moor|PERSON] got no answer.",
    ],
)
def test_relatives_without_names_keep_nothing_apart(source: str) -> None:
    assert len(resolved(source).entities) == 1


def test_a_child_in_a_list_is_not_the_parent() -> None:
    source = "[Ivo Moor|PERSON] had children, [Ada Moor|PERSON], [Pim Moor|PERSON] and [Ivo Karel Moor|PERSON]."
    assert len(resolved(source).entities) == 4


def test_a_family_is_not_one_of_its_members() -> None:
    assert len(resolved("[Ada de Moor|PERSON] came. The [de Moor|PERSON] were a noble family.").entities) == 2
    assert len(resolved("[Ada de Moor|PERSON] came. Later [de Moor|PERSON] left.").entities) == 1


def test_two_kinds_of_state_are_two_entities() -> None:
    assert len(resolved(one_sentence_each("Duchy of Tarn; Kingdom of Tarn; Tarn", "GPE")).entities) > 1
    assert len(resolved(one_sentence_each("Kingdom of Tarn; Tarn", "GPE")).entities) == 1


def test_a_role_is_not_the_actor() -> None:
    source = "[Tom Moor|PERSON] plays the lead. His friend appeared in the film as [Tom|PERSON]."
    assert len(resolved(source).entities) == 2
    assert len(resolved(source + " Later [Tom|PERSON] laughed.").entities) == 1


def test_titles_before_a_surname_keep_a_woman_and_a_man_apart() -> None:
    resolution = resolved("[John Rask|PERSON] spoke. Later Mrs. [Rask|PERSON] answered.")
    assert len(resolution.entities) == 2
    assert len(resolved("[John Rask|PERSON] spoke. Later Mr. [Rask|PERSON] answered.").entities) == 1


def test_a_demonym_is_related_to_its_country_and_not_merged() -> None:
    resolution = resolved("[Iraq|GPE] called. [Iraqi|NORP] guards of [Syria|GPE] and [Iraqis|NORP] came.")
    iraq, people = entity_of(resolution, "Iraq"), entity_of(resolution, "Iraqi")
    assert iraq.id != people.id
    assert people.id in iraq.related
    assert iraq.id in people.related
    assert entity_of(resolution, "Syria").related == ()


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("UN Security Council", "United Nations"),
        ("WHO", "UN"),
        ("ISKP", "Islamic State"),
        ("al-Qaeda in Iraq", "al-Qaeda"),
        ("Tarn Ferries Foundation", "Tarn Ferries"),
        ("Board of Tarn Ferries", "Tarn Ferries"),
    ],
)
def test_a_body_is_related_to_its_parent_and_not_merged(child: str, parent: str) -> None:
    resolution = resolved(f"The [{parent}|ORG] called. Then the [{child}|ORG] came. The [Reed Front|ORG] left.")
    child_entity, parent_entity = entity_of(resolution, child), entity_of(resolution, parent)
    assert child_entity.related == (parent_entity.id,)
    assert parent_entity.related == (child_entity.id,)
    assert entity_of(resolution, "Reed Front").related == ()


@pytest.mark.parametrize(
    ("label", "a", "b"),
    [("ORG", "Bank of Tarn", "Bank"), ("ORG", "Ministry of Tides", "Ministry"), ("GPE", "Tarn City", "Tarn")],
)
def test_a_word_for_a_kind_is_not_a_parent(label: str, a: str, b: str) -> None:
    resolution = resolved(one_sentence_each(f"{a}; {b}; {a.replace('Tarn', 'Olden').replace('Tides', 'Roads')}", label))
    assert all(entity.related == () for entity in resolution.entities)


def test_the_case_rule_explains_only_differences_of_case_and_accents() -> None:
    def rule(a: str, b: str) -> str:
        (entity,) = resolved(f"[{a}|PERSON] came. [{b}|PERSON] left.").entities
        return entity.links[0].rule

    assert rule("al-Assad", "Assad") == "prefix"
    assert rule("Dr Amal Sabri", "Amal Sabri") == "prefix"
    assert rule("AL-ASSAD", "al-Assad") == "case"
    assert rule("Amál Sabri", "Amal Sabri") == "case"


def test_a_reason_ignores_people_whom_the_text_keeps_apart() -> None:
    resolution = resolved("[Victor Rusu|PERSON] called. [Rusu|PERSON] said that his wife, [Maria Rusu|PERSON], left.")
    (link,) = entity_of(resolution, "Rusu").links
    assert link.rule.explanation == "the surname of the only person who fits"


def test_a_person_and_a_thing_of_one_name_are_two_entities() -> None:
    resolution = resolved(
        "[Washington|PERSON] slept in [Washington|GPE]. The [Tarn Road|EVENT] is near [Tarn Road|FAC]."
    )
    assert {entity.label for entity in resolution.entities} == {"PERSON", "GPE", "EVENT", "FAC"}
    assert resolution.suggestions == ()


@pytest.mark.parametrize(
    "source",
    [
        "[Albury|GPE] is the seat of [Albury County|GPE].",
        "The [Tarn Cup|EVENT] is old. The [1988 Tarn Cup|EVENT] was the last.",
        "[Ostermann|ORG] owns [Ostermann Australia|ORG].",
        "[The Mill|WORK_OF_ART] led to [The Mill Burns|WORK_OF_ART].",
        "The [Council|ORG] wrote to [Ard Youth Council|ORG], [Bri Youth Council|ORG] and [Cor Youth Council|ORG].",
        "A hill south of [Corran|GPE], known as [Tarn Head|LOC], burned.",
    ],
)
def test_a_part_of_another_name_is_not_offered_as_that(source: str) -> None:
    resolution = resolved(source)
    assert all(len(entity.names) == 1 for entity in resolution.entities)
    assert [item for item in resolution.suggestions if item.rule in {"part", "known-as", "place-of"}] == []


@pytest.mark.parametrize(
    "source",
    [
        "The [Tarn Island|GPE] ferry left [Tarn|GPE].",
        "[Skyframe: Ascent|PRODUCT] is out. [Skyframe|PRODUCT] sells well.",
        "The [Corran Revolt|EVENT] failed. The [Revolt|EVENT] had no leader.",
    ],
)
def test_a_part_of_another_name_is_offered(source: str) -> None:
    assert len(resolved(source).suggestions) == 1


def test_a_name_with_labels_of_one_bucket_takes_the_most_frequent_one() -> None:
    resolution = resolved("[Tarn|ORG] and then [Tarn|GPE]. But [Tarn|GPE] is near.")
    assert [(entity.label, len(entity.mentions)) for entity in resolution.entities] == [("GPE", 3)]


def test_a_name_with_a_custom_label_is_not_merged_with_the_same_name() -> None:
    resolution = resolved("The [Zawiya|VESSEL] sailed. The [Zawiya|VESSEL] came home to [Zawiya|GPE].")
    assert {(entity.label, len(entity.mentions)) for entity in resolution.entities} == {("VESSEL", 2), ("GPE", 1)}
    assert resolution.suggestions == ()
    merged = resolved("The [Tarn Fleet|MILITIA] ([TF|ORG]) came.")
    assert clusters(merged) == {frozenset({"Tarn Fleet", "TF"})}, "a definition still joins it with its acronym"


def test_a_name_wrapped_over_lines_is_one_name() -> None:
    resolution = resolved("The [Harbor\n  Trust|ORG] met. The [Harbor Trust|ORG] left.")
    assert [entity.names for entity in resolution.entities] == [("Harbor Trust",)]


def test_a_full_name_with_a_title_is_canonical_without_it() -> None:
    sergeant = entity_of(resolved(one_sentence_each("Sgt. Bo Ray; Ray; Ray", "PERSON")), "Ray")
    assert (sergeant.name, sergeant.names[0]) == ("Bo Ray", "Sgt. Bo Ray")
    assert entity_of(resolved(one_sentence_each("Sgt. Bo Ray; Bo Ray", "PERSON")), "Bo Ray").names[0] == "Bo Ray"


def test_the_canonical_name_has_no_title_and_is_not_an_acronym() -> None:
    assert entity_of(resolved(one_sentence_each("President Obama; Obama", "PERSON")), "Obama").name == "Obama"
    assert resolved(one_sentence_each("President Obama", "PERSON")).entities[0].name == "Obama"
    assert entity_of(resolved(one_sentence_each("US; US; US; United States", "GPE")), "US").name == "United States"
    assert entity_of(resolved(one_sentence_each("Trump; Trump; Donald Trump", "PERSON")), "Trump").names == (
        "Donald Trump",
        "Trump",
    )


def test_the_name_that_a_definition_spells_out_is_canonical() -> None:
    source = "The [Free Press Union|ORG] ([FPU|ORG]) met. [FPU|ORG] said, and the [Press Union|ORG] left. [FPU|ORG]."
    assert entity_of(resolved(source), "FPU").name == "Free Press Union"


def test_constraints_beat_every_rule() -> None:
    source = one_sentence_each("Ivo Sand; Sand; Tarn", "PERSON")
    ivo, sand, tarn = (Name(text, "PERSON") for text in ("Ivo Sand", "Sand", "Tarn"))
    kept_apart = resolved(source, Constraints(different=((ivo, sand),)))
    assert len(kept_apart.entities) == 3
    assert kept_apart.suggestions == ()
    merged = resolved(source, Constraints(same=((ivo, tarn),), preferred=((tarn, "The Sands"),)))
    assert entity_of(merged, "Tarn").name == "The Sands"
    assert {link.rule for link in entity_of(merged, "Tarn").links} == {"user", "surname"}


def test_links_by_rules_are_listed_after_the_users_own_link() -> None:
    source = "The [Free Press Union|ORG] ([FPU|ORG]) met [Qasim Durrani|PERSON] and then [Qasem Durrani|PERSON]."
    pairs = [("FPU", "Free Press Union", "ORG"), ("Qasim Durrani", "Qasem Durrani", "PERSON")]
    same = tuple((Name(a, label), Name(b, label)) for a, b, label in pairs)
    union, man = resolved(source, Constraints(same=same)).entities
    assert union.name == "Free Press Union"
    assert [link.rule for link in union.links] == ["user", "defined"]
    assert [link.rule for link in man.links] == ["user", "transliteration"]
    assert all(link.at is not None for link in (*union.links, *man.links))


def test_constraints_match_by_text_if_the_label_differs() -> None:
    source = one_sentence_each("Ivo Sand; Tarn", "PERSON")
    same = ((Name("Ivo  Sand", "ORG"), Name("Tarn", "ORG")),)
    assert len(resolved(source, Constraints(same=same)).entities) == 1
    unknown = ((Name("Nobody", "ORG"), Name("Tarn", "ORG")),)
    assert len(resolved(source, Constraints(same=unknown, different=unknown)).entities) == 2


def test_every_link_has_a_rule_a_score_and_an_offset() -> None:
    source = one_sentence_each("John Doe; Doe; Tarn University; Tarn; US; America", "PERSON") + one_sentence_each(
        "Islamic State; ISIS", "ORG"
    )
    text, _ = marked(source)
    links = [link for entity in resolved(source).entities for link in entity.links]
    assert links
    for link in links:
        assert link.rule in Rule
        assert 0 < link.score <= 1
        assert link.at is not None
        assert 0 <= link.at < len(text)


def test_a_text_without_mentions_has_no_entities() -> None:
    assert resolved("no names here").entities == ()


def test_a_moved_mention_lets_one_name_refer_to_two_entities() -> None:
    text, mentions = marked("[Tarn|GPE] is a town. [Ivo Tarn|PERSON] lives there. [Tarn|GPE] likes [Tarn|GPE].")
    moved = Constraints(moved=((mentions[2].start, mentions[2].end, Name("Ivo Tarn", "PERSON")),))
    resolution = resolve(text, mentions, moved)
    town, man = resolution.entities
    assert town.mentions == (mentions[0], mentions[3])
    assert man.mentions == (mentions[1], mentions[2])
    moved_to_new_name = Constraints(moved=((mentions[2].start, mentions[2].end, Name("Tarn Castle", "FAC")),))
    names = {entity.name: entity.mentions for entity in resolve(text, mentions, moved_to_new_name).entities}
    assert names["Tarn Castle"] == (mentions[2],)


DEFINED = (
    "The [Human Rights Alliance|ORG] ([HRA|ORG]) spoke. [Harbor Relief|ORG] left. [HRA|ORG] stayed. "
    "The [Human Rights Alliance|ORG] too."
)


@pytest.mark.parametrize("index", [0, 1])
def test_moving_one_name_of_a_definition_leaves_the_other_in_place(index: int) -> None:
    text, mentions = marked(DEFINED)
    mention = mentions[index]
    resolution = resolve(
        text, mentions, Constraints(moved=((mention.start, mention.end, Name("Harbor Relief", "ORG")),))
    )
    alliance, harbor = sorted(resolution.entities, key=lambda entity: -len(entity.mentions))
    assert set(alliance.names) == {"Human Rights Alliance", "HRA"}
    assert set(harbor.mentions) == {mention, mentions[2]}


def test_moving_the_only_mention_of_a_name_removes_its_definition() -> None:
    text, mentions = marked("The [Human Rights Alliance|ORG] ([XQ|ORG]) spoke. [Harbor Relief|ORG] left.")
    mention = mentions[1]
    resolution = resolve(
        text, mentions, Constraints(moved=((mention.start, mention.end, Name("Harbor Relief", "ORG")),))
    )
    assert [entity.names for entity in resolution.entities] == [("Human Rights Alliance",), ("Harbor Relief",)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Muammar Qaddafi", "Moammar Gadhafi"),
        ("Moamer Kadhafi", "Muammar Gaddafi"),
        ("Abd al-Rahman Kassim", "Abdulrahman Kassim"),
        ("Abdel Karim Nouri", "Abdulkarim Nouri"),
    ],
)
def test_transliterations_are_suggested(a: str, b: str) -> None:
    assert {a, b} in suggested_pairs(resolved(one_sentence_each(f"{a}; {b}", "PERSON")))


def test_a_full_name_is_canonical_beside_a_surname_with_a_particle_and_an_inverted_name() -> None:
    for names, canonical in (
        ("Ludwig van Tarn; Van Tarn; Van Tarn", "Ludwig van Tarn"),
        ("KARASU, Leyla; KARASU, Leyla; Leyla Karasu", "Leyla Karasu"),
    ):
        assert [entity.name for entity in resolved(one_sentence_each(names, "PERSON")).entities] == [canonical]
