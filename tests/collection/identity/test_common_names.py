"""Which full names are common."""

from __future__ import annotations

from itertools import product

from reader.collection.identity.names.common_names import common_names, personal_name
from reader.collection.identity.names.crossing import crossing_name

_GIVEN_NAMES = ("Orvana", "Teldric", "Mavo", "Ulissa")
_SURNAMES = ("Brenvik", "Kosdal", "Ruvane", "Tasko")


def _common(*texts: str) -> set[str]:
    names = {text: crossing_name(text, "PERSON") for text in texts}
    return common_names(
        (text, parts) for text, name in names.items() if name is not None and (parts := personal_name(name)) is not None
    )


def test_a_name_is_common_if_chance_would_combine_it_again() -> None:
    names = [" ".join(parts) for parts in product(_GIVEN_NAMES, _SURNAMES)]
    assert _common(*names[1:], "Sivra Ondelo") == set(names[1:])


def test_a_name_is_not_common_if_its_parts_are_rare_among_many_people() -> None:
    people = [f"Person{number}x Family{number}x" for number in range(60)]
    assert _common("Orvana Brenvik", "Orvana Kosdal", "Mavo Brenvik", *people) == set()


def test_a_name_that_the_tables_list_is_common_by_itself() -> None:
    assert _common("John Smith", "Orvana Brenvik") == {"John Smith"}


def test_longer_names_are_not_common_but_count_as_bearers_of_their_parts() -> None:
    assert _common("John Lona Smith") == set()
    names = [f"{given_name} Lona {surname}" for given_name, surname in product(_GIVEN_NAMES, _SURNAMES)]
    assert _common(*names, "Orvana Brenvik") == {"Orvana Brenvik"}
