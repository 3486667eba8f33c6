"""Two people, and two things, are never one entity unless the text or the user says so."""

from __future__ import annotations

import pytest

from reader.names.tables import abbreviated_titles, family_first, given_name_titles, two_surname_given_names
from reader.resolve import Constraints, Name
from tests.resolve.texts import clusters, entity_of, one_sentence_each, resolved, suggested_pairs


def entity_count(names: str, label: str = "PERSON") -> int:
    """Return the number of entities of a text that mentions each of some names in a sentence of its own."""
    return len(resolved(one_sentence_each(names, label)).entities)


@pytest.mark.parametrize(
    ("names", "a", "b"),
    [
        ("Barack Hussein Obama; Saddam Hussein; Hussein", "Barack Hussein Obama", "Saddam Hussein"),
        ("Saddam Hussein; Hussein; Barack Hussein Obama", "Barack Hussein Obama", "Saddam Hussein"),
        ("Hussein; Barack Hussein Obama; Saddam Hussein", "Barack Hussein Obama", "Saddam Hussein"),
        ("Nazar Mohammad; Nazar; Mudassar Nazar", "Nazar Mohammad", "Mudassar Nazar"),
        ("Mudassar Nazar; Nazar; Nazar Mohammad", "Nazar Mohammad", "Mudassar Nazar"),
        ("Olga Tarn Brill; Tarn; Pim Tarn", "Olga Tarn Brill", "Pim Tarn"),
        ("Tarn Moor; Pim Tarn; Tarn; Mr. Tarn", "Tarn Moor", "Pim Tarn"),
        ("Ada Moor; Moor; Pim Moor; Moor; Moor Sand", "Ada Moor", "Moor Sand"),
    ],
)
def test_a_short_form_bridges_no_two_people(names: str, a: str, b: str) -> None:
    resolution = resolved(one_sentence_each(names, "PERSON"))
    assert entity_of(resolution, a) != entity_of(resolution, b)


def test_a_middle_name_is_suggested_and_never_merged() -> None:
    resolution = resolved(one_sentence_each("Olga Tarn Brill; Tarn", "PERSON"))
    assert len(resolution.entities) == 2
    assert suggested_pairs(resolution) == {frozenset({"Olga Tarn Brill", "Tarn"})}


def test_a_middle_name_is_not_suggested_for_a_surname_with_an_owner() -> None:
    resolution = resolved(one_sentence_each("Olga Tarn Brill; Pim Tarn; Tarn", "PERSON"))
    assert clusters(resolution) == {frozenset({"Olga Tarn Brill"}), frozenset({"Pim Tarn", "Tarn"})}
    assert resolution.suggestions == ()


def test_a_surname_and_a_given_name_of_two_people_are_suggested_for_both() -> None:
    resolution = resolved(one_sentence_each("Nazar Mohammad; Mudassar Nazar; Nazar", "PERSON"))
    assert len(resolution.entities) == 3
    assert suggested_pairs(resolution) == {
        frozenset({"Nazar Mohammad", "Nazar"}),
        frozenset({"Mudassar Nazar", "Nazar"}),
    }


@pytest.mark.parametrize(
    "names",
    [
        "Gabriel Rivas Soto; Rivas Soto",
        "María Paz Rivas Soto; María Rivas; Rivas",
        "Gabriel Rivas Soto; Rivas",
        "José Luis Rivas Soto; Rivas Soto; Rivas",
    ],
)
def test_the_first_of_two_spanish_surnames_is_a_surname(names: str) -> None:
    assert entity_count(names) == 1


@pytest.mark.parametrize("title", ["Amir", "Don", "Dean", "Earl", "Duke", "Sultan", "Prince", "Major"])
def test_a_title_before_one_name_may_be_a_given_name(title: str) -> None:
    assert entity_count(f"Imran Kharel; {title} Kharel") == 2
    assert entity_count(f"Imran Kharel; {title} Imran Kharel") == 1


def test_other_titles_before_one_name_are_titles() -> None:
    assert entity_count("Imran Kharel; President Kharel; Captain Kharel; Kharel") == 1


def test_two_given_names_that_are_titles_are_two_people() -> None:
    assert entity_count("Dean Moss; Earl Moss; Duke Moss") == 3


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("George H. W. Bush", "George W. Bush"),
        ("George H.W. Bush", "George W. Bush"),
        ("George H. W. Bush", "George Walker Bush"),
        ("Ada F. Moor", "Ada K. Moor"),
        ("Ada F. Moor", "Ada Karin Moor"),
        ("A. F. Moor", "Ada K. Moor"),
    ],
)
def test_middle_initials_that_differ_tell_two_people_apart(a: str, b: str) -> None:
    resolution = resolved(one_sentence_each(f"{a}; {b}", "PERSON"))
    assert len(resolution.entities) == 2
    assert resolution.suggestions == ()


@pytest.mark.parametrize(
    "names",
    ["George H. W. Bush; George Bush", "Ada F. Moor; Ada Fenna Moor", "A. F. Moor; Ada Moor", "J. K. Moor; J.K. Moor"],
)
def test_middle_initials_that_agree_are_one_person(names: str) -> None:
    assert entity_count(names) == 1


def test_a_name_without_initials_that_fits_two_people_joins_neither() -> None:
    resolution = resolved(one_sentence_each("George H. W. Bush; George W. Bush; George Bush", "PERSON"))
    assert len(resolution.entities) == 3
    assert len(resolution.suggestions) == 2


@pytest.mark.parametrize(("long", "short"), [("Maryam Nawaz Sharif", "Nawaz Sharif"), ("Olga Ivo Brill", "Ivo Brill")])
def test_a_name_that_lacks_the_given_name_is_suggested(long: str, short: str) -> None:
    resolution = resolved(one_sentence_each(f"{long}; {short}", "PERSON"))
    assert len(resolution.entities) == 2
    assert suggested_pairs(resolution) == {frozenset({long, short})}


@pytest.mark.parametrize(
    "names",
    [
        "Novelist Ivo Brill; Ivo Brill",
        "Danish Ivo Brill; Ivo Brill",
        "Pedro Rivas de Santa Rosa; Santa Rosa",
        "Ambassador to the United States Ivo Brill; Ivo Brill",
    ],
)
def test_a_description_before_a_name_is_no_given_name(names: str) -> None:
    assert entity_count(names) == 1


@pytest.mark.parametrize("names", ["Ali Hassan; Hassan Ali", "Ivo Tarn; Tarn Ivo", "Kim Lee; Lee Kim"])
def test_two_names_in_the_other_order_are_suggested(names: str) -> None:
    resolution = resolved(one_sentence_each(names, "PERSON"))
    assert len(resolution.entities) == 2
    assert suggested_pairs(resolution) == {frozenset(names.split("; "))}


@pytest.mark.parametrize(
    "names",
    ["Yang Zhiyu; Zhiyu Yang; Yang", "Nagy Viktor; Viktor Nagy", "Tanaka Yui; Yui Tanaka", "Doe, John; John Doe"],
)
def test_a_family_name_may_precede_given_names(names: str) -> None:
    assert entity_count(names) == 1


def test_a_text_about_such_a_country_joins_unlisted_family_names_too() -> None:
    text = one_sentence_each("Higane Natsu; Natsu Higane", "PERSON")
    assert len(resolved(text).entities) == 2
    assert len(resolved(text + " She was born in Japan.").entities) == 1
    arabic = one_sentence_each("Ali Hassan; Hassan Ali", "PERSON")
    assert len(resolved(arabic + " They flew to Japan.").entities) == 2


@pytest.mark.parametrize(
    "source",
    [
        "[Anna Bell|PERSON] (née [Clark|PERSON]) spoke. [Ruth Clark|PERSON] was here. [Clark|PERSON] left.",
        "[Ruth Clark|PERSON] was here. [Anna Bell|PERSON] (née [Clark|PERSON]) spoke.",
        "[Anna Bell|PERSON], née [Clark|PERSON], spoke. [Ruth Clark|PERSON] was here.",
        "[Anna Bell|PERSON] (née [Clark|PERSON]) spoke. [Ruth Clark|PERSON] (née [Clark|PERSON]) too.",
    ],
)
def test_a_maiden_name_joins_no_other_bearer(source: str) -> None:
    resolution = resolved(source)
    assert entity_of(resolution, "Anna Bell") != entity_of(resolution, "Ruth Clark")


def test_a_maiden_name_of_two_people_joins_neither() -> None:
    source = "[Anna Bell|PERSON] (née [Moss|PERSON]) spoke. [Rose Fry|PERSON] (née [Moss|PERSON]) sang."
    assert len(resolved(source).entities) == 3


def test_a_maiden_name_with_one_bearer_is_hers() -> None:
    assert len(resolved("[Anna Bell|PERSON] (née [Clark|PERSON]) spoke. [Clark|PERSON] left.").entities) == 1
    assert len(resolved("[Anna Bell née Clark|PERSON] spoke. [Bell|PERSON] left.").entities) == 1


def test_honorifics_of_two_people_keep_a_surname_apart() -> None:
    resolution = resolved(one_sentence_each("Mr. Skarn; Mrs. Skarn; Miss Skarn; Skarn", "PERSON"))
    assert len(resolution.entities) == 4
    assert [entity.name for entity in resolution.entities[:3]] == ["Mr. Skarn", "Mrs. Skarn", "Miss Skarn"]


def test_a_surname_with_an_honorific_is_the_only_man_or_woman_who_has_it() -> None:
    names = "Mr. Skarn; Nora Skarn; Mrs. Skarn; Thomas Skarn; Skarn"
    assert clusters(resolved(one_sentence_each(names, "PERSON"))) == {
        frozenset({"Mr. Skarn", "Thomas Skarn"}),
        frozenset({"Mrs. Skarn", "Nora Skarn"}),
        frozenset({"Skarn"}),
    }


@pytest.mark.parametrize(
    "source",
    [
        "[Robert Skarn|PERSON] was shot. [Bobby Skarn|PERSON], his son, survived.",
        "[Robert Skarn|PERSON] was shot. His younger son, [Bobby Skarn|PERSON], survived.",
        "[William Skarn|PERSON] dived. Their uncle named [Billy Skarn|PERSON] did not.",
        "[Alexander Skarn|PERSON] defeated [Alex Skarn|PERSON].",
        "On Monday [R. Skarn|PERSON] asked for a boat that [Rohan Skarn|PERSON] had sold.",
    ],
)
def test_a_nickname_or_initials_of_a_relative_or_rival_merge_nothing(source: str) -> None:
    assert len(resolved(source).entities) == 2


@pytest.mark.parametrize(
    "source",
    [
        "[Robert Skarn|PERSON] was shot. [Bobby Skarn|PERSON] survived.",
        "[Robert Skarn|PERSON], better known as [Bobby Skarn|PERSON], was shot.",
        "[Robert Skarn|PERSON] (“call me [Bobby Skarn|PERSON]”) was shot. His son, [Otto Skarn|PERSON], was not.",
        "[R. Skarn|PERSON] has a son. [Rohan Skarn|PERSON] sold the boat.",
    ],
)
def test_a_nickname_or_initials_elsewhere_are_the_same_person(source: str) -> None:
    resolution = resolved(source)
    entity = resolution.entities[0]
    assert len(entity.names) == 2


def test_all_names_of_a_list_are_different_people() -> None:
    source = "[R. Skarn|PERSON], [Rajiv Skarn|PERSON] and [Rohan Skarn|PERSON] came. [R. Skarn|PERSON] left."
    assert len(resolved(source).entities) == 3


def test_a_full_name_that_fits_a_man_and_a_woman_joins_neither() -> None:
    resolution = resolved(one_sentence_each("Mr. Skarn; Miss Skarn; Fitzroy Skarn", "PERSON"))
    assert len(resolution.entities) == 3
    assert suggested_pairs(resolution) == {
        frozenset({"Mr. Skarn", "Fitzroy Skarn"}),
        frozenset({"Miss Skarn", "Fitzroy Skarn"}),
    }


@pytest.mark.parametrize("team", ["Kesko United", "Kesko FC", "Kesko Cycling Team"])
def test_a_company_and_its_team_share_a_short_form(team: str) -> None:
    resolution = resolved(one_sentence_each(f"Kesko Group Co., Ltd.; {team}; Kesko", "ORG"))
    assert len(resolution.entities) == 3
    assert entity_count("Kesko Group Co., Ltd.; Kesko", "ORG") == 1


def test_korea_is_neither_where_a_text_has_both() -> None:
    assert clusters(resolved(one_sentence_each("North Korea; South Korea; Korea", "GPE"))) == {
        frozenset({"North Korea"}),
        frozenset({"South Korea"}),
        frozenset({"Korea"}),
    }


@pytest.mark.parametrize("place", ["York", "Washington", "Miami", "Victoria", "Ottawa"])
def test_some_universities_differ_by_the_order_of_their_words(place: str) -> None:
    assert entity_count(f"{place} University; University of {place}", "ORG") == 2


def test_two_universities_of_one_sentence_are_two() -> None:
    assert entity_count("Skarn University; University of Skarn", "ORG") == 1
    source = "[Skarn University|ORG] and the [University of Skarn|ORG] signed."
    assert len(resolved(source).entities) == 2


@pytest.mark.parametrize(
    ("label", "a", "b"),
    [
        ("PRODUCT", "Windows 8", "Windows 8.1"),
        ("ORG", "Windows 8", "Windows 8.1"),
        ("PRODUCT", "Galaxy S", "Galaxy S2"),
        ("ORG", "Chinese University of Hong Kong", "University of Hong Kong"),
        ("ORG", "American University of Beirut", "University of Beirut"),
        ("ORG", "Indian Bank of Baghdad", "Bank of Baghdad"),
        ("GPE", "North Korea", "Korea"),
        ("GPE", "Democratic Republic of the Congo", "Congo"),
    ],
)
def test_these_things_are_two_entities(label: str, a: str, b: str) -> None:
    assert entity_count(f"{a}; {b}", label) == 2


@pytest.mark.parametrize(
    ("label", "a", "b"),
    [
        ("GPE", "South Korea", "Korea"),
        ("GPE", "United Arab Emirates", "Emirates"),
        ("ORG", "Iraqi Ministry of Tides", "Ministry of Tides"),
        ("ORG", "Iraqi Academy of Sciences", "Academy of Sciences"),
    ],
)
def test_these_things_are_one_entity(label: str, a: str, b: str) -> None:
    assert entity_count(f"{a}; {b}", label) == 1


@pytest.mark.parametrize("label", ["GPE", "LOC", "FAC"])
def test_an_event_is_not_the_place_it_is_named_after(label: str) -> None:
    resolution = resolved(f"[Orun|{label}] is small. [Orun|EVENT] was a battle. After [Orun|EVENT] they left.")
    assert [entity.label for entity in resolution.entities] == [label, "EVENT"]


@pytest.mark.parametrize(
    "source",
    [
        "He left his mother and sister. [John Jenkin|PERSON] was born here. Mr. [Jenkin|PERSON] left.",
        "She spoke to his aunt. [Ivo Brill|PERSON] came. Then Mr. [Brill|PERSON] left.",
    ],
)
def test_the_last_word_of_a_sentence_is_no_title(source: str) -> None:
    assert len(resolved(source).entities) == 1


def test_an_abbreviated_title_keeps_its_period() -> None:
    assert {"mr.", "dr.", "lt. gen."} <= abbreviated_titles()
    assert "sister." not in abbreviated_titles()
    assert len(resolved("[John Rask|PERSON] spoke. Later Mrs. [Rask|PERSON] answered.").entities) == 2


def test_lists_of_names_are_looked_up_folded() -> None:
    assert {"yang", "kovacs"} <= family_first()
    assert {"gabriel", "jose"} <= two_surname_given_names()
    assert {"amir", "dean"} <= given_name_titles()


def test_the_label_of_a_merged_entity_is_that_of_the_preferred_name() -> None:
    source = "[Orun|GPE] and [Orun|GPE] and [Orun Works Board|ORG] closed."
    names = (Name("Orun", "GPE"), Name("Orun Works Board", "ORG"))
    for name in names:
        constraints = Constraints(same=(names,), preferred=((names[0], name.text), (names[1], name.text)))
        (entity,) = resolved(source, constraints).entities
        assert (entity.name, entity.label) == (name.text, name.label)
