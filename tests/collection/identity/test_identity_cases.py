"""Which entities of several documents are one profile, which are suggested, and which are kept apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.collection.document_record import EntityRecord, NameRecord
from tests.collection.identity.records import entity, grouping, profiles_of, suggested_pairs

SMITH = "John Smith"


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("Orla Venndt", "Orla Venndt", "PERSON"),
        ("Orla Venndt", "ORLA VENNDT", "PERSON"),
        ("Dr. Orla Venndt", "Orla Venndt", "PERSON"),
        ("Abdallah Makki Tarni", "Abdallah Makki Tarni al-Orni", "PERSON"),
        ("United States", "U.S.", "GPE"),
        ("Halden Robotics", "Halden Robotics Inc.", "ORG"),
        ("Tarn Defence Forum", "Tarn Defense Forum", "ORG"),
        ("Federal Bureau of Investigation", "FBI", "ORG"),
        ("SINTRATARN", "SINTRATARN", "ORG"),
        ("TARNVIK", "Tarnvik", "GPE"),
        ("OSLO", "Oslo", "GPE"),
    ],
)
def test_one_name_in_two_spellings_crosses_documents(first: str, second: str, label: str) -> None:
    profiles = profiles_of(a=[entity(first, label)], b=[entity(second, label)])
    assert grouping(profiles) == {"ab"}


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("Venndt", "Orla Venndt", "PERSON"),
        ("Orla", "Orla Venndt", "PERSON"),
        ("TUD", "Tarn Union of Divers", "ORG"),
        ("Board of Inquiry", "Tarn Board of Inquiry", "ORG"),
        ("Halden", "Halden University", "ORG"),
        ("Ministry of Health", "Ministry of Health", "ORG"),
        ("J. Smith", "John Smith", "PERSON"),
        ("Bob Smith", "Robert Smith", "PERSON"),
        ("John Smith", "John Michael Smith", "PERSON"),
        ("Georgia Venndt", "Georgia", "PERSON"),
        ("Venndt", "Venndt", "PERSON"),
        ("TUD", "TUD", "ORG"),
    ],
)
def test_short_forms_stay_within_their_document(first: str, second: str, label: str) -> None:
    profiles = profiles_of(a=[entity(first, label)], b=[entity(second, label)])
    assert grouping(profiles) == {"a", "b"}


@pytest.mark.parametrize(
    "name",
    [
        SMITH,
        "Jan Kowalski",
        "Priya Sharma",
        "Mehmet Yilmaz",
        "Ngozi Okafor",
        "João Silva",
        "Oksana Kovalenko",
        "Wendy Tuttle",
    ],
)
def test_bearers_of_a_common_name_are_suggested(name: str) -> None:
    profiles = profiles_of(a=[entity(name)], b=[entity(name)])
    assert grouping(profiles) == {"a", "b"}
    assert suggested_pairs(profiles) == {frozenset("ab")}


def test_bearers_of_a_common_name_are_one_if_their_documents_share_a_rarer_name() -> None:
    profiles = profiles_of(
        a=[entity(SMITH), entity("Orla Venndt")], b=[entity(SMITH), entity("Orla Venndt")], c=[entity(SMITH)]
    )
    assert grouping(profiles, SMITH) == {"ab", "c"}
    (link,) = next(profile.links for profile in profiles.profiles if profile.name == SMITH and profile.links)
    assert link.shared == ("Orla Venndt",)


def test_names_of_another_story_in_the_same_document_are_no_evidence() -> None:
    def brief(story: int) -> list[EntityRecord]:
        return [entity("John Smith", stories=(0,)), entity("Orla Venndt", stories=(story,))]

    assert grouping(profiles_of(a=brief(0), b=brief(0)), "John Smith") == {"ab"}
    assert grouping(profiles_of(a=brief(0), b=brief(1)), "John Smith") == {"a", "b"}
    assert grouping(profiles_of(a=brief(1), b=brief(1)), "John Smith") == {"a", "b"}


def test_a_national_body_is_that_of_the_country_in_its_story() -> None:
    def brief(country: str, other: str) -> list[EntityRecord]:
        return [
            entity("Ministry of Health", "ORG", stories=(0,)),
            entity(country, "GPE", stories=(0,)),
            entity(other, "GPE", stories=(1,)),
        ]

    profiles = profiles_of(a=brief("Kenya", "Peru"), b=brief("Kenya", "Chile"), c=brief("Peru", "Kenya"))
    assert grouping(profiles, "Ministry of Health") == {"ab", "c"}


@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        (["Orla M. Venndt"], ["Orla Venndt"], True),
        (["Orla Marie Venndt"], ["Orla Venndt"], True),
        (["Orla M. Venndt"], ["Orla Q. Venndt"], False),
        (["Orla M. Venndt", "Orla Q. Venndt"], ["Orla Venndt"], False),
    ],
)
def test_a_full_name_around_an_entity_counts_as_its_given_name_and_surname(
    first: list[str], second: list[str], are_one: bool
) -> None:
    name = "Wendy Tuttle"
    profiles = profiles_of(
        a=[entity(name), *map(entity, first)], b=[entity(name), *map(entity, second)], c=[entity(name)]
    )
    assert grouping(profiles, name) == ({"ab", "c"} if are_one else {"a", "b", "c"})


def test_a_country_in_both_documents_is_no_evidence() -> None:
    profiles = profiles_of(a=[entity(SMITH), entity("France", "GPE")], b=[entity(SMITH), entity("France", "GPE")])
    assert grouping(profiles, SMITH) == {"a", "b"}


def test_a_newspaper_that_both_documents_cite_is_hardly_evidence() -> None:
    def report(body: str) -> list[EntityRecord]:
        return [entity("John Smith"), entity(body, "ORG")]

    assert grouping(profiles_of(a=report("Tarn Cables"), b=report("Tarn Cables")), "John Smith") == {"ab"}
    assert grouping(profiles_of(a=report("Daily Star"), b=report("Daily Star")), "John Smith") == {"a", "b"}


@pytest.mark.parametrize(("acronym", "are_one"), [("CQS", False), ("RTQ", True)])
def test_an_acronym_made_of_the_initials_of_a_shared_name_is_no_evidence(acronym: str, *, are_one: bool) -> None:
    def report(home: str) -> list[EntityRecord]:
        links = [(acronym, "Coalition for Quiet Streets", "defined")]
        body = entity("Coalition for Quiet Streets", "ORG", acronym, links=links, beside=[home])
        return [body, entity(home, "GPE")]

    profiles = profiles_of(a=report("Nairobi"), b=report("Arequipa"))
    assert (grouping(profiles, "Coalition for Quiet Streets") == {"ab"}) == are_one


def test_bearers_of_a_common_name_are_one_with_one_occupation_and_town() -> None:
    def smith(word: str) -> list[EntityRecord]:
        return [entity(SMITH, words=[word], beside=["Tarnvik"]), entity("Tarnvik", "GPE")]

    assert grouping(profiles_of(a=smith("potter"), b=smith("potter")), SMITH) == {"ab"}
    assert grouping(profiles_of(a=smith("footballer"), b=smith("bishop")), SMITH) == {"a", "b"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (entity("Orla Venndt", born=1940), entity("Orla Venndt", born=1988)),
        (entity("Orla Venndt", age=19), entity("Orla Venndt", age=71)),
        (entity("Orla Venndt", words=["footballer"]), entity("Orla Venndt", words=["bishop"])),
        (entity("John H. Smith"), entity("John W. Smith")),
        (entity("John Smith Jr."), entity("John Smith Sr.")),
    ],
)
def test_contradictions_keep_namesakes_apart(first: EntityRecord, second: EntityRecord) -> None:
    friend = entity("Ivo Sandmark")
    profiles = profiles_of(a=[first], b=[second])
    assert grouping(profiles) == {"a", "b"}
    assert not profiles.suggestions
    profiles = profiles_of(a=[first, friend], b=[second, friend])
    assert len(profiles.profiles) == 3


def test_an_undescribed_bearer_of_a_shared_name_is_neither_of_two() -> None:
    profiles = profiles_of(
        a=[entity("Orla Venndt", words=["footballer"])],
        b=[entity("Orla Venndt", words=["bishop"])],
        c=[entity("Orla Venndt")],
    )
    assert grouping(profiles) == {"a", "b", "c"}


def test_a_former_name_that_one_document_defines_joins_both_names() -> None:
    renamed = entity(
        "Halden Robotics", "ORG", "Tarn Machines", links=[("Tarn Machines", "Halden Robotics", "formerly")]
    )
    profiles = profiles_of(a=[entity("Halden Robotics", "ORG")], b=[entity("Tarn Machines", "ORG")], c=[renamed])
    assert grouping(profiles) == {"abc"}


def test_a_short_form_does_not_connect_two_people() -> None:
    def known_as(name: str, short: str, rule: str, label: str) -> list[EntityRecord]:
        return [entity(name, label, short, links=[(short, name, rule)])]

    divers = known_as("Tarn Union of Divers", "TUD", "defined", "ORG")
    dyers = known_as("Torvik Union of Dyers", "TUD", "defined", "ORG")
    assert grouping(profiles_of(a=divers, b=dyers, c=[entity("TUD", "ORG")])) == {"a", "b", "c"}
    first, second = (known_as(name, "Smith", "surname", "PERSON") for name in ("Mary Smith", "Orla Smith"))
    assert grouping(profiles_of(a=first, b=second, c=[entity("Smith")])) == {"a", "b", "c"}


def test_an_acronym_is_its_body_in_a_document_that_shares_more() -> None:
    divers = entity("Tarn Union of Divers", "ORG", "TUD", links=[("TUD", "Tarn Union of Divers", "defined")])
    friend = entity("Ivo Sandmark")
    profiles = profiles_of(a=[divers, friend], b=[entity("TUD", "ORG"), friend])
    assert grouping(profiles, "TUD") == {"ab"}


def test_a_document_with_initials_only_connects_no_two_bodies_of_these_initials() -> None:
    def body(name: str) -> EntityRecord:
        return entity(name, "ORG", "TUD", links=[("TUD", name, "defined")])

    first, second = [entity("Ivo Sandmark"), entity("Ulla Tveit")], [entity("Lea Moss"), entity("Pio Lusardo")]
    profiles = profiles_of(
        a=[body("Tarn Union of Divers"), *first],
        b=[body("Torvik Union of Dyers"), *second],
        c=[entity("TUD", "ORG"), *first, *second],
    )
    assert not any({"a", "b"} <= set(group) for group in grouping(profiles, "TUD"))


def test_it_is_asked_what_initials_mean_that_one_document_defines() -> None:
    def body(name: str) -> list[EntityRecord]:
        return [entity(name, "ORG", "TUD", links=[("TUD", name, "defined")])]

    bare = [entity("TUD", "ORG")]
    assert suggested_pairs(profiles_of(a=body("Tarn Union of Divers"), b=bare)) == {frozenset("ab")}
    profiles = profiles_of(a=body("Tarn Union of Divers"), b=bare, c=body("Torvik Union of Dyers"))
    assert suggested_pairs(profiles) == {frozenset("ab"), frozenset("bc")}
    many = {letter: body(f"{letter}orvik Union of Dyers") for letter in "cdef"}
    assert not suggested_pairs(profiles_of(b=bare, **many))


def test_a_profile_never_bridges_two_full_names() -> None:
    friend = entity("Ivo Sandmark")
    profiles = profiles_of(
        a=[entity("John H. Smith"), friend], b=[entity("John Smith"), friend], c=[entity("John W. Smith"), friend]
    )
    groups = grouping(profiles, "John H. Smith") | grouping(profiles, "John W. Smith")
    assert not any("a" in group and "c" in group for group in groups)


def test_two_namesakes_of_one_document_stay_two() -> None:
    namesakes = [replace(entity("Orla Venndt"), id=id) for id in ("e1", "e2")]
    assert grouping(profiles_of(a=namesakes, b=[entity("Orla Venndt")])) == {"a", "b"}


def test_a_person_and_a_thing_of_one_name_are_two() -> None:
    assert grouping(profiles_of(a=[entity("Orla Venndt")], b=[entity("Orla Venndt", "ORG")])) == {"a", "b"}


def test_it_is_asked_whether_a_person_and_a_body_of_one_name_are_one() -> None:
    friend = entity("Ivo Sandmark")
    profiles = profiles_of(a=[entity("Tarn Conveyor"), friend], b=[entity("Tarn Conveyor GmbH", "ORG"), friend])
    assert grouping(profiles, "Tarn Conveyor") == {"a"}
    assert suggested_pairs(profiles) == {frozenset("ab")}


@pytest.mark.parametrize("name", ["Velm Cables", "Orlamund Shipyards", "Velm Logistics"])
def test_a_company_is_one_that_recognition_takes_for_a_person_in_some_documents(name: str) -> None:
    both = [entity(name, "PERSON"), entity(f"{name} Ltd", "ORG")]
    assert grouping(profiles_of(a=[entity(name, "PERSON")], b=[entity(name, "ORG")])) == {"ab"}
    groups = grouping(profiles_of(a=both, b=[entity(name, "ORG")], c=[entity(name, "PERSON")]))
    assert "b" not in groups
    assert "c" not in groups


@pytest.mark.parametrize("name", ["Sarah Cables", "Orla Mills", "Venndt Steel", "Orla Venndt"])
def test_a_name_that_may_be_a_persons_is_no_company(name: str) -> None:
    assert grouping(profiles_of(a=[entity(name, "PERSON")], b=[entity(name, "ORG")])) == {"a", "b"}


def test_a_national_body_of_another_country_is_another_however_much_the_documents_share() -> None:
    friends = [entity("Ivo Sandmark"), entity("Lea Moss")]

    def guard(country: str) -> list[EntityRecord]:
        return [entity("Coast Guard", "ORG"), entity(country, "GPE"), *friends]

    assert grouping(profiles_of(a=guard("Kenya"), b=guard("Kenya"), c=guard("Hungary")), "Coast Guard") == {"ab", "c"}


def test_a_town_in_two_regions_is_two_towns() -> None:
    def town(region: str) -> list[EntityRecord]:
        return [entity("Tarnvik", "GPE", beside=[region]), entity(region, "GPE")]

    assert grouping(profiles_of(a=town("Ohio"), b=town("Ohio")), "Tarnvik") == {"ab"}
    assert grouping(profiles_of(a=town("Ohio"), b=town("Oregon")), "Tarnvik") == {"a", "b"}


def test_documents_that_put_a_town_of_a_shared_name_into_one_region_mean_one_town() -> None:
    def town(region: str) -> list[EntityRecord]:
        return [entity("Tarnvik", "GPE", beside=[region]), entity(region, "GPE")]

    profiles = profiles_of(
        a=town("Ohio"), b=town("Ohio"), c=town("Oregon"), d=town("Oregon"), e=town("Italy"), f=town("Italy")
    )
    assert grouping(profiles, "Tarnvik") == {"ab", "cd", "ef"}


def test_a_state_beside_a_listed_town_says_which_town_it_is() -> None:
    def town(name: str, *regions: str) -> list[EntityRecord]:
        return [entity(name, "GPE", beside=regions), *(entity(region, "GPE") for region in regions)]

    def groups(name: str, *regions: str) -> set[str]:
        return grouping(profiles_of(**{x: town(name, region) for x, region in zip("abc", regions, strict=True)}), name)

    assert groups("Cambridge", "England", "Massachusetts", "Massachusetts") == {"a", "bc"}
    assert groups("Cambridge", "Ohio", "Massachusetts", "Massachusetts") == {"a", "bc"}
    assert groups("Cambridge", "England", "England", "United Kingdom") == {"abc"}


def test_a_capital_is_meant_where_documents_say_no_more() -> None:
    def town(*names: str) -> list[EntityRecord]:
        return [entity("Paris", "GPE"), *(entity(name, "GPE") for name in names)]

    texas = [entity("Paris", "GPE", beside=["Texas"]), entity("Texas", "GPE")]
    assert grouping(profiles_of(a=texas, b=town("France"), c=town()), "Paris") == {"a", "bc"}
    assert grouping(profiles_of(a=texas, b=town()), "Paris") == {"ab"}


@pytest.mark.parametrize(("first", "second"), [("ORG", "LOC"), ("LOC", "ORG")])
def test_a_commonplace_name_of_a_body_is_one_in_a_document_that_takes_it_for_a_place(first: str, second: str) -> None:
    profiles = profiles_of(a=[entity("Delta Shipyards", first)], b=[entity("Delta Shipyards", second)])
    assert grouping(profiles) == {"a", "b"}


def test_a_name_in_capitals_is_no_acronym_if_a_document_has_it_in_lower_case() -> None:
    profiles = profiles_of(a=[entity("HALDEN", "ORG")], b=[entity("Halden", "ORG")], c=[entity("Halden", "ORG")])
    assert grouping(profiles) == {"abc"}
    assert grouping(profiles_of(a=[entity("HALDEN", "ORG")], b=[entity("HALDEN", "ORG")])) == {"a", "b"}


@pytest.mark.parametrize(("label", "grouped"), [("WORK_OF_ART", {"ab"}), ("ORG", {"a", "b"})])
def test_a_work_beside_a_name_does_not_say_who_its_bearer_is(label: str, grouped: set[str]) -> None:
    def author(work: str) -> list[EntityRecord]:
        return [entity("Orla Venndt", beside=[work]), entity(work, label)]

    assert grouping(profiles_of(a=author("Tarn at Dawn"), b=author("Halden Blues")), "Orla Venndt") == grouped


def test_people_of_a_part_of_a_country_are_its_people() -> None:
    def smith(people: str) -> list[EntityRecord]:
        shared = entity("Tarn Union of Divers", "ORG")
        return [entity(SMITH, beside=[people]), entity(people, "NORP"), shared]

    assert grouping(profiles_of(a=smith("British"), b=smith("Scottish")), SMITH) == {"ab"}
    assert grouping(profiles_of(a=smith("British"), b=smith("French")), SMITH) == {"a", "b"}


def test_a_capital_is_one_town_whatever_its_country_was_called() -> None:
    states = {"a": "Ottoman Empire", "b": "Byzantine Empire"}
    capital = {document: town("Constantinople", state) for document, state in states.items()}
    assert grouping(profiles_of(**capital, c=[entity("Constantinople", "GPE")]), "Constantinople") == {"abc"}
    other_town = {document: town("Tarnvik", state) for document, state in states.items()}
    assert grouping(profiles_of(**other_town), "Tarnvik") == {"a", "b"}


def test_a_document_without_a_region_connects_no_two_towns() -> None:
    def town(region: str, *others: str) -> list[EntityRecord]:
        mine = [entity("Tarnvik", "GPE", beside=[region]), entity(region, "GPE")]
        return [*mine, *(entity(other) for other in others)]

    profiles = profiles_of(
        a=town("Ohio", "Ivo Sandmark"),
        b=town("Oregon", "Orla Venndt"),
        c=[entity("Tarnvik", "GPE"), entity("Ivo Sandmark"), entity("Orla Venndt")],
    )
    assert not any({"a", "b"} <= set(group) for group in grouping(profiles, "Tarnvik"))


def test_a_document_without_a_country_connects_no_two_towns_however_much_it_shares() -> None:
    def town(country: str, *others: str) -> list[EntityRecord]:
        mine = [entity("Tarnvik", "GPE", beside=[country]), entity(country, "GPE")]
        return [*mine, *(entity(other) for other in others)]

    northern = ("Ivo Sandmark", "Ulla Sandmark", "Jorunn Tveit", "Aksel Brunvoll")
    southern = ("Orla Venndt", "Edda Venndt", "Pio Lusardo", "Nives Cordal")
    profiles = profiles_of(
        a=town("Norway", *northern),
        b=town("Italy", *southern),
        c=[entity("Tarnvik", "GPE"), *map(entity, (*northern, *southern))],
    )
    assert not any({"a", "b"} <= set(group) for group in grouping(profiles, "Tarnvik"))


@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        ("Tarn Motors Ltd", "Tarn Motors GmbH", False),
        ("Tarn Motors plc", "Tarn Motors Inc.", False),
        ("Tarn Motors plc", "Tarn Motors Ltd", True),
        ("Tarn Motors Inc.", "Tarn Motors Limited", False),
        ("Tarn Motors Ltd", "Tarn Motors plc", True),
        ("Tarn Motors GmbH", "Tarn Motors GmbH & Co. KG", True),
        ("Tarn Motors Pty Ltd", "Tarn Motors Pty", True),
        ("Tarn Motors Ltd", "Tarn Motors", True),
        ("Tarn Motors Corp.", "Tarn Motors GmbH", True),
    ],
)
def test_two_legal_forms_that_no_company_has_both_of_are_two_companies(first: str, second: str, are_one: bool) -> None:
    profiles = profiles_of(a=[entity(first, "ORG")], b=[entity(second, "ORG")])
    assert grouping(profiles) == ({"ab"} if are_one else {"a", "b"})


def test_a_company_without_a_legal_form_is_the_one_with_which_it_shares_more() -> None:
    profiles = profiles_of(
        a=[entity("Tarn Motors Ltd", "ORG"), entity("Ivo Sandmark")],
        b=[entity("Tarn Motors GmbH", "ORG"), entity("Orla Venndt")],
        c=[entity("Tarn Motors", "ORG"), entity("Orla Venndt")],
        d=[entity("Tarn Motors", "ORG")],
    )
    assert grouping(profiles, "Tarn Motors Ltd") == {"a"}
    assert grouping(profiles, "Tarn Motors GmbH") == {"bc"}


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Fisheries",
        "National Audit Office",
        "Electoral Commission",
        "Supreme Court",
    ],
)
def test_a_body_that_each_country_has_is_one_if_both_documents_name_one_country(name: str) -> None:
    def body(country: str, *others: str) -> list[EntityRecord]:
        return [entity(name, "ORG"), *(entity(other, "GPE") for other in (country, *others))]

    profiles = profiles_of(
        a=body("Kenya"), b=body("Kenya"), c=body("Hungary"), d=body("Budapest"), e=body("Kenya", "Hungary")
    )
    assert grouping(profiles, name) == {"ab", "cd", "e"}


@pytest.mark.parametrize("name", ["Supreme Court", "Ministry of Fisheries", "National Police"])
@pytest.mark.parametrize("long_form", ["{} of Kenya", "Kenya's {}", "Kenyan {}"])
def test_a_national_body_with_its_country_is_the_one_without_it_in_a_document_about_the_country(
    name: str, long_form: str
) -> None:
    long_name = long_form.format(name)
    profiles = profiles_of(
        a=[entity(long_name, "ORG")],
        b=[entity(name, "ORG"), entity("Nairobi", "GPE")],
        c=[entity(f"{name} of Hungary", "ORG")],
        d=[entity(name, "ORG"), entity("Hungary", "GPE")],
        e=[entity(name, "ORG")],
    )
    groups = grouping(profiles, name) | grouping(profiles, long_name) | grouping(profiles, f"{name} of Hungary")
    assert groups == {"ab", "cd", "e"}


@pytest.mark.parametrize("name", ["Labour Party", "Environmental Protection Agency"])
def test_a_name_listed_without_a_country_is_that_of_two_bodies_if_documents_say_two_countries(name: str) -> None:
    def body(country: str, *beside: str) -> list[EntityRecord]:
        return [entity(name, "ORG", beside=beside), entity(country, "GPE")]

    kenyan, hungarian = body("Kenya", "Kenya"), body("Hungary", "Hungary")
    profiles = profiles_of(a=kenyan, b=body("Kenya"), c=hungarian, d=body("Hungary"))
    assert grouping(profiles, name) == {"ab", "cd"}
    assert grouping(profiles_of(a=kenyan, b=body("Kenya"), d=body("Hungary")), name) == {"abd"}


def test_documents_that_leave_the_country_open_mean_the_one_that_nearly_all_others_mean() -> None:
    def congress(*countries: str) -> list[EntityRecord]:
        return [entity("Congress", "ORG"), *(entity(country, "GPE") for country in countries)]

    american = {letter: congress("United States") for letter in "abcd"}
    profiles = profiles_of(**american, e=congress(), f=congress("United States", "Peru"), g=congress("Peru"))
    assert grouping(profiles, "Congress") == {"abcdef", "g"}
    profiles = profiles_of(a=congress("United States"), e=congress(), g=congress("Peru"))
    assert grouping(profiles, "Congress") == {"a", "e", "g"}


def test_the_listed_body_of_one_country_is_one_while_no_other_country_has_one_of_its_name() -> None:
    court = entity("Supreme Court", "ORG")
    assert grouping(profiles_of(a=[court, entity("U.S.", "GPE")], b=[court], c=[entity("SCOTUS", "ORG")])) >= {"abc"}


@pytest.mark.parametrize("name", ["Summit Insurance", "St. Mary's Hospital", "Trinity College", "Victoria University"])
def test_a_name_that_many_places_have_needs_evidence_if_two_documents_share_nothing_else(name: str) -> None:
    def body(*others: str) -> list[EntityRecord]:
        return [entity(name, "ORG"), *map(entity, others)]

    profiles = profiles_of(a=body("Ivo Sandmark", "Lea Moss"), b=body("Lea Moss"), c=body("Ada Quill"))
    assert grouping(profiles, name) == {"ab", "c"}
    assert frozenset("bc") in suggested_pairs(profiles) or frozenset("ac") in suggested_pairs(profiles)
    assert grouping(profiles_of(a=body("Lea Moss"), b=body("Lea Moss")), name) == {"ab"}


def town(name: str, country: str = "", *companions: str, is_stated: bool = True) -> list[EntityRecord]:
    """Return the entities of a document about a town."""
    country_record = [entity(country, "GPE")] if country else []
    place = entity(name, "GPE", beside=[country] if country and is_stated else [])
    return [place, *country_record, *map(entity, companions)]


@pytest.mark.parametrize(
    ("name", "official_name", "is_one"),
    [
        ("Albania", "Republic of Albania", True),
        ("Scotland", "the Kingdom of Scotland", True),
        ("Tarnvik", "City of Tarnvik", True),
        ("Georgia", "State of Georgia", False),
    ],
)
def test_the_official_name_of_a_country_or_town_hides_no_other(name: str, official_name: str, is_one: bool) -> None:
    official = entity(name, "GPE", official_name, links=[(name, official_name, "head")])
    assert grouping(profiles_of(a=[official], b=[entity(name, "GPE")]), name) == ({"ab"} if is_one else {"a", "b"})


@pytest.mark.parametrize("name", ["Hyderabad", "Tarnvik"])
def test_a_town_that_documents_place_in_two_countries_is_two(name: str) -> None:
    profiles = profiles_of(
        a=town(name, "India"),
        b=town(name, "India", "Ada Quill"),
        c=town(name, "Pakistan"),
        d=town(name, "Pakistan", is_stated=False),
        e=town(name, "India", "Lea Moss", is_stated=False),
    )
    assert grouping(profiles, name) == {"abe", "cd"}


def test_a_town_is_another_one_in_a_document_about_another_country_that_shares_nothing() -> None:
    stated = {document: town("Tarnvik", "India", "Ada Quill") for document in "ab"}
    elsewhere = town("Tarnvik", "Pakistan", "Lea Moss", is_stated=False)
    assert grouping(profiles_of(**stated, c=elsewhere), "Tarnvik") == {"ab", "c"}
    assert grouping(profiles_of(**stated, c=[*elsewhere, entity("Ada Quill")]), "Tarnvik") == {"abc"}
    assert grouping(profiles_of(**stated, c=[*elsewhere, entity("India", "GPE")]), "Tarnvik") == {"abc"}
    assert grouping(profiles_of(**stated, c=town("Tarnvik")), "Tarnvik") == {"abc"}


def company(name: str, home: str, *, is_stated: bool = True) -> list[EntityRecord]:
    """Return the entities of a document about a company in a country or a town."""
    return [entity(name, "ORG", beside=[home] if is_stated else []), entity(home, "GPE")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (company("Tarn Cables", "Kenya"), company("Tarn Cables", "Peru")),
        (company("Tarn Cables", "Kenya"), company("Tarn Cables", "Peru", is_stated=False)),
        (company("Coalition for Quiet Streets", "Nairobi"), company("Coalition for Quiet Streets", "Arequipa")),
        (company("Daily Star", "Kenya", is_stated=False), company("Daily Star", "Peru", is_stated=False)),
    ],
)
def test_a_body_is_two_if_documents_that_share_nothing_give_it_two_homes(
    first: list[EntityRecord], second: list[EntityRecord]
) -> None:
    name = first[0].name
    assert grouping(profiles_of(a=first, b=second), name) == {"a", "b"}
    shared = [entity("Orla Venndt")]
    assert grouping(profiles_of(a=[*first, *shared], b=[*second, *shared]), name) == {"ab"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            company("Tarn Cables", "Kenya", is_stated=False),
            company("Tarn Cables", "Peru", is_stated=False),
        ),
        (company("Tarn Cables", "Nairobi"), company("Tarn Cables", "Kenya")),
        (company("Tarn Cables", "Kenya"), company("Tarn Cables", "Brussels", is_stated=False)),
        (company("Tarn Cables", "Moscow"), company("Tarn Cables", "Russia")),
        (company("Tarn Cables", "Kenya"), [*company("Tarn Cables", "Peru"), entity("Kenya", "GPE")]),
    ],
)
def test_a_body_is_one_if_no_document_gives_it_another_home(
    first: list[EntityRecord], second: list[EntityRecord]
) -> None:
    assert grouping(profiles_of(a=first, b=second), "Tarn Cables") == {"ab"}


def test_a_name_that_father_and_son_have_needs_strong_evidence() -> None:
    def groups(*names: str) -> set[str]:
        return grouping(profiles_of(**{x: [entity(name)] for x, name in zip("abcd", names, strict=True)}))

    assert groups("Ivo Sandmark", "Ivo Sandmark", "Ivo Sandmark Jr.", "Ivo Sandmark Sr.") == {"a", "b", "c", "d"}
    assert groups("Ivo Sandmark", "Ivo Sandmark", "Ivo Sandmark Jr.", "Lea Quandt") == {"ab", "c", "d"}


def test_a_document_about_father_and_son_shows_that_two_people_have_the_name() -> None:
    family = [entity("Ivo Sandmark"), entity("Ivo Sandmark Jr.")]
    profiles = profiles_of(a=family, b=[entity("Ivo Sandmark")], c=[entity("Ivo Sandmark")])
    assert grouping(profiles, "Ivo Sandmark") == {"a", "b", "c"}


@pytest.mark.parametrize(("name", "are_one"), [("Velm Cement", False), ("Velmquist", True)])
def test_what_a_company_does_is_no_evidence_if_its_name_says_so(name: str, *, are_one: bool) -> None:
    def report(town: str) -> list[EntityRecord]:
        return [entity(name, "ORG", words=["pipes", "clay"], beside=[town]), entity(town, "GPE")]

    profiles = profiles_of(a=report("Tarnvik"), b=report("Quillport"))
    assert (grouping(profiles, name) == {"ab"}) == are_one


@pytest.mark.parametrize(("companion", "grouped"), [("Orla Venndt", {"ab", "c"}), ("John Smith", {"a", "b", "c"})])
def test_newspapers_are_one_if_their_documents_have_enough_in_common(companion: str, grouped: set[str]) -> None:
    def report(name: str) -> list[EntityRecord]:
        return [entity("Evening Post", "ORG"), entity(name)]

    profiles = profiles_of(a=report(companion), b=report(companion), c=report("Ivo Sandmark"))
    assert grouping(profiles, "Evening Post") == grouped


@pytest.mark.parametrize("name", ["Social Democrats", "Reform Party", "Farmers' Party"])
def test_a_party_is_that_of_the_country_that_its_document_names(name: str) -> None:
    def report(country: str) -> list[EntityRecord]:
        return [entity(name, "ORG"), entity(country, "GPE")]

    profiles = profiles_of(a=report("Kenya"), b=report("Kenya"), c=report("Peru"))
    assert grouping(profiles, name) == {"ab", "c"}


def test_two_groups_of_documents_need_more_than_places_and_occupations_for_each_pair() -> None:
    def report(companion: str, *others: EntityRecord) -> list[EntityRecord]:
        smith = entity("John Smith", words=["potter"], beside=["Tarnvik"])
        return [smith, entity("Tarnvik", "GPE"), entity(companion), *others]

    alone = profiles_of(a=report("Orla Venndt"), b=report("Ivo Sandmark"))
    assert grouping(alone, "John Smith") == {"ab"}
    groups = {
        document: [entity("John Smith", words=["potter"]), entity("Kenya", "GPE"), entity(companion)]
        for document, companion in zip(
            "abcd", ["Orla Venndt", "Orla Venndt", "Ivo Sandmark", "Ivo Sandmark"], strict=True
        )
    }
    assert grouping(profiles_of(**groups), "John Smith") == {"ab", "cd"}
    linked = {**groups, "b": [*groups["b"], entity("Lea Quandt")], "c": [*groups["c"], entity("Lea Quandt")]}
    assert grouping(profiles_of(**linked), "John Smith") == {"abcd"}


def test_a_document_about_two_towns_connects_no_two_bodies_of_one_name() -> None:
    def hospital(*places: str) -> list[EntityRecord]:
        return [entity("General Hospital", "ORG"), *(entity(place, "GPE") for place in places)]

    profiles = profiles_of(a=hospital("Tarnvik"), b=hospital("Tarnvik", "Ornvik"), c=hospital("Ornvik"))
    assert not any({"a", "c"} <= set(group) for group in grouping(profiles, "General Hospital"))
    assert grouping(profiles_of(a=hospital("Tarnvik"), b=hospital("Tarnvik")), "General Hospital") == {"ab"}


def test_initials_with_one_meaning_in_the_collection_need_less_evidence() -> None:
    def body(name: str, initials: str) -> list[EntityRecord]:
        return [entity(name, "ORG", initials, links=[(initials, name, "defined")]), entity("Tarnvik", "GPE")]

    def bare(initials: str) -> list[EntityRecord]:
        return [entity(initials, "ORG"), entity("Tarnvik", "GPE")]

    divers = body("Tarn Union of Divers", "TUD")
    assert grouping(profiles_of(a=divers, b=bare("TUD")), "TUD") == {"ab"}
    dyers = body("Torvik Union of Dyers", "TUD")
    assert "b" in grouping(profiles_of(a=divers, b=bare("TUD"), c=dyers), "TUD")
    assert "b" in grouping(profiles_of(a=divers, b=[entity("TUD", "ORG")]), "TUD")


def test_initials_of_a_known_body_that_a_document_spells_out_otherwise_need_evidence() -> None:
    divers = entity("Federation of Bell Instructors", "ORG", "FBI")
    friend = entity("Ivo Sandmark")
    profiles = profiles_of(a=[divers, friend], b=[entity("FBI", "ORG"), friend], c=[entity("FBI", "ORG")])
    assert grouping(profiles) - grouping(profiles, "Ivo Sandmark") | grouping(profiles, "FBI") == {"ab", "c"}


def test_initials_that_nearly_all_documents_have_keep_their_meaning() -> None:
    other = entity("Federation of Bell Instructors", "ORG", "FBI")
    bodies = {document: [entity("FBI", "ORG")] for document in "bcdefg"}
    assert grouping(profiles_of(a=[other], **bodies), "FBI") == {"a", "bcdefg"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Oleg Tarnaev", "Oleg Tarnayev"),
        ("Hennadii Tarnchuk", "Gennady Tarnchuk"),
        ("Volodymyr Zahornyi", "Vladimir Zagorny"),
        ("Dmitri Venndt", "Dmitry Alekseyevich Venndt"),
        ("Farid El Tarny", "Fareed al-Tarni"),
        ("Yassine Benorla", "Yassine Ben Orla"),
        ("Abdul Karim Tarnouni", "Abdulkarim Tarnuni"),
        ("Chen Tarnming", "Tarn-Ming Chen"),
        ("Lars-Erik Venndt", "Lars Erik Venndt"),
        ("Julia Tarnchuk", "Yuliya Tarnchuk"),
        ("Catherine Venndt", "Kathryn Venndt"),
        ("Nikos Tarnakis", "Nikolaos Tarnakis"),
        ("Jürgen Venndt", "Juergen Venndt"),
    ],
)
def test_spellings_of_a_transliterated_name_are_one_person_with_shared_context(first: str, second: str) -> None:
    friend = entity("Ivo Sandmark")
    profiles = profiles_of(a=[entity(first), friend], b=[entity(second), friend])
    assert grouping(profiles, first) == {"ab"}
    profiles = profiles_of(a=[entity(first)], b=[entity(second)])
    assert grouping(profiles) == {"ab"} or suggested_pairs(profiles) == {frozenset("ab")}


def test_two_spellings_need_less_evidence_with_a_rarer_surname() -> None:
    town = entity("Tarnvik", "GPE")

    def one(first: str, second: str) -> bool:
        return grouping(profiles_of(a=[entity(first), town], b=[entity(second), town]), first) == {"ab"}

    assert one("Catherine Venndt", "Kathryn Venndt")
    assert not one("Catherine Smith", "Kathryn Smith")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Khaled al-Rashnid", "Khalid al-Rashned"),  # e for i: as often two names as one
        ("Orla Venndt", "Orla Sand-Venndt"),
        ("Ivo Venndt", "Ivo Venndt Jr."),
        ("Ali Venndt", "Venndt Ali"),
    ],
)
def test_names_that_may_be_one_persons_are_never_more_than_suggested(first: str, second: str) -> None:
    friend = entity("Ivo Sandmark")
    for others in ([], [friend]):
        profiles = profiles_of(a=[entity(first), *others], b=[entity(second), *others])
        assert not any({first, second} <= {record.text for record in profile.names} for profile in profiles.profiles)
        assert any(set(suggestion.names) == {first, second} for suggestion in profiles.suggestions)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hasan al-Tarni", "Hussein al-Tarni"),
        ("Maria Venndt", "Mario Venndt"),
        ("Bruce Lee", "Bruce Li"),
        ("Ivo H. Venndt", "Iwo W. Venndt"),
    ],
)
def test_similar_names_of_two_people_are_not_even_suggested(first: str, second: str) -> None:
    friend = entity("Ivo Sandmark")
    profiles = profiles_of(a=[entity(first), friend], b=[entity(second), friend])
    assert len(profiles.profiles) == 3
    assert not profiles.suggestions


def test_a_person_in_two_related_fields_is_two_if_the_documents_share_nothing() -> None:
    def venndt(word: str, *others: str) -> list[EntityRecord]:
        return [entity("Orla Venndt", words=[word]), *(entity(other, "GPE") for other in others)]

    assert grouping(profiles_of(a=venndt("developer"), b=venndt("judge"))) == {"a", "b"}
    assert grouping(profiles_of(a=venndt("developer", "Tarnvik"), b=venndt("judge", "Tarnvik")), "Orla Venndt") == {
        "ab"
    }
    profiles = profiles_of(a=venndt("founder", "Tarnvik"), b=venndt("sailor", "Tarnvik"))
    assert grouping(profiles, "Orla Venndt") == {"ab"}


def test_two_described_bearers_of_a_rarer_name_are_two_if_their_documents_share_nothing() -> None:
    def quandt(*others: str, age: int = 0, word: str = "") -> list[EntityRecord]:
        return [
            entity("Torben Quandt", age=age, words=[word] if word else ()),
            *(entity(other, "GPE") for other in others),
        ]

    assert grouping(profiles_of(a=quandt(age=44), b=quandt(word="builder"))) == {"a", "b"}
    profiles = profiles_of(
        a=quandt(age=44), b=quandt("Naumfeld", word="builder"), c=quandt("Naumfeld", word="restorer"), d=quandt()
    )
    assert grouping(profiles, "Torben Quandt") == {"a", "bc", "d"}


def test_described_bearers_of_a_rarer_name_are_one_if_anything_speaks_for_it() -> None:
    def quandt(*others: str, age: int = 0, word: str = "", name: str = "Torben Quandt") -> list[EntityRecord]:
        return [entity(name, age=age, words=[word] if word else ()), *(entity(other, "GPE") for other in others)]

    assert grouping(profiles_of(a=quandt(age=44), b=quandt())) == {"ab"}
    assert grouping(profiles_of(a=quandt("France", age=44), b=quandt("France", word="builder")), "Torben Quandt") == {
        "ab"
    }
    double = "Torben Quandt-Venndt"
    assert grouping(profiles_of(a=quandt(age=44, name=double), b=quandt(word="builder", name=double))) == {"ab"}


def test_a_profile_has_the_label_of_most_mentions() -> None:
    names = (NameRecord("Orvane Burgers", "ORG", 1), NameRecord("ORVANE BURGERS", "ORG", 1))
    often = replace(entity("Orvane Burgers", "GPE"), names=(NameRecord("Orvane Burgers", "GPE", 3),))
    profiles = profiles_of(a=[replace(entity("Orvane Burgers", "ORG"), names=names)], b=[often])
    assert [(profile.label, len(profile.members)) for profile in profiles.profiles] == [("GPE", 2)]


def test_odd_names_make_profiles_or_none() -> None:
    names = ["", " ", "…", "A", "1", "\u202e", "<b>x</b>", "\ud800", "x" * 5_000, "王"]
    profiles = profiles_of(a=[entity(name, "ORG") for name in names])
    assert all(profile.name for profile in profiles.profiles)


@pytest.mark.parametrize(
    ("name", "first", "second", "is_one"),
    [
        ("Leeds", "England", "United Kingdom", True),
        ("Tarnvik", "United Kingdom", "Scotland", True),
        ("Munich", "West Germany", "Germany", True),
        ("Tarnvik", "Soviet Union", "Ukraine", True),
        ("Newport", "Wales", "Scotland", False),
        ("Tarnvik", "Russia", "Ukraine", False),
        ("Valencia", "Spain", "Venezuela", False),
    ],
)
def test_a_town_of_a_part_of_a_country_is_one_of_the_country(name: str, first: str, second: str, is_one: bool) -> None:
    profiles = profiles_of(a=town(name, first), b=town(name, second))
    assert grouping(profiles, name) == ({"ab"} if is_one else {"a", "b"})


def test_a_listed_town_lies_in_another_country_only_if_a_document_says_so() -> None:
    usual, doubtful = town("Hyderabad", "India", "Ada Quill"), town("Hyderabad", "Pakistan", is_stated=False)
    assert grouping(profiles_of(a=usual, b=usual, c=doubtful), "Hyderabad") == {"abc"}
    stated = town("Hyderabad", "Pakistan")
    assert grouping(profiles_of(a=usual, b=usual, c=doubtful, d=stated), "Hyderabad") == {"ab", "cd"}
