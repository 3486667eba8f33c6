from __future__ import annotations

from pathlib import Path

import pytest

import reader.names
from reader.names import (
    common_words,
    country_of,
    country_of_demonym,
    known_names,
    organization_of,
    organizations_of,
    tables,
)
from reader.names.tables import table_files
from reader.names.tables.table_columns import TABLE_COLUMNS, line_fault


@pytest.mark.parametrize("name", ["US", "U.S.", "USA", "America", "United States", "the United States"])
def test_a_country_is_found_by_each_of_its_names(name: str) -> None:
    country = country_of(name)
    assert country is not None
    assert country.name == "United States"


@pytest.mark.parametrize("name", ["us", "Us", "who", "is", "uk"])
def test_short_names_must_match_in_case(name: str) -> None:
    assert country_of(name) is None
    assert organization_of(name) is None


@pytest.mark.parametrize("name", ["U.N.", "U.N", "UN", "the U.N"])
def test_the_last_period_of_initials_may_end_a_sentence(name: str) -> None:
    united_nations = organization_of(name)
    assert united_nations is not None
    assert united_nations.name == "United Nations"


def test_a_demonym_gives_its_country_unless_it_fits_two() -> None:
    iraqi = country_of_demonym("Iraqi")
    assert iraqi is not None
    assert iraqi.name == "Iraq"
    assert country_of_demonym("Congolese") is None
    assert country_of("Iraqi") is None


def test_an_acronym_of_two_organizations_gives_neither() -> None:
    assert len(organizations_of("PTI")) <= 1 or organization_of("PTI") is None
    daesh = organization_of("Daesh")
    assert daesh is not None
    assert daesh.name == "Islamic State"


def test_known_names_have_labels_and_must_match_in_case() -> None:
    labels_and_names = known_names()
    assert labels_and_names["Islamic State"] == ("ORG", "Islamic State")
    assert labels_and_names["Britain"] == ("GPE", "United Kingdom")
    assert labels_and_names["Iraqi"][0] == "NORP"
    assert "islamic state" not in labels_and_names
    assert {"IS", "US", "WHO", "May", "Turkey"} <= common_words()


def test_every_line_of_every_table_is_well_formed() -> None:
    file_names = {path.name for path in (Path(reader.names.__file__).parent / "data").iterdir()}
    assert file_names == set(TABLE_COLUMNS)
    for name in TABLE_COLUMNS:
        assert [line for line in table_files.lines(name) if line_fault(name, line)] == []
    assert all(entry.label in {"ORG", "EVENT", "LAW"} for entry in tables.organizations())
    assert all(entry.label in {"GPE", "LOC"} for entry in tables.places())


def test_every_canonical_name_occurs_once() -> None:
    names = [country.name for country in tables.countries()]
    assert len(names) == len(set(names))
    entries = [(entry.label, entry.name) for entry in (*tables.organizations(), *tables.places(), *tables.groups())]
    assert len(entries) == len(set(entries))


def test_parents_and_children_are_listed_by_canonical_names() -> None:
    canonical_names = {entry.name for entry in tables.organizations()}
    for body, parents in tables.parents().items():
        assert body in canonical_names, body
        assert set(parents) <= canonical_names, parents


def test_a_table_of_the_user_adds_lines_and_changes_the_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "organizations.psv").write_text("# mine\nORG|Velmora Port Guild|VPG\n", encoding="utf-8")
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path))
    assert "ORG|Velmora Port Guild|VPG" in list(table_files.lines("organizations.psv"))
    table_files.stamp.cache_clear()
    mine = table_files.stamp()
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path / "none"))
    table_files.stamp.cache_clear()
    assert table_files.stamp() != mine
    table_files.stamp.cache_clear()
