"""The user's own tables: every one of them adds to the program's, and a malformed line is named and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.names import acronyms, normal, persons, table_files, tables, word_lists
from reader.names.shapes import SHAPES

OWN: dict[str, tuple[str, Callable[[], object]]] = {
    "countries.psv": ("Velmoria|Velmor|Velmorian;Velmorians|Olden", lambda: tables.country_of("Velmor")),
    "organizations.psv": ("ORG|Velmora Port Guild|VPG", lambda: tables.organization_of("VPG")),
    "places.psv": ("LOC|Sea of Tarn|Tarnic Sea", lambda: tables.organization_of("Tarnic Sea")),
    "groups.psv": ("NORP|Tarnish|Tarnishes", lambda: tables.organization_of("Tarnishes")),
    "parents.psv": ("Velmora Port Guild|Velmora Guilds", lambda: tables.parents().get("Velmora Port Guild")),
    "titles.psv": ("office|Reeve|m|Port Reeve", lambda: persons.strip_titles("Port Reeve Sand")[0]),
    "suffixes.psv": ("Third|III|generation", lambda: tables.suffixes().get("Third")),
    "particles.psv": ("ap|patronym|", lambda: tables.particles().get("ap")),
    "given_names.psv": ("f|Velmora", lambda: tables.given_names().get("velmora")),
    "nicknames.psv": ("Velmora|Vel", lambda: tables.nicknames().get("vel")),
    "spellings.psv": ("hbr|harbor", lambda: tables.spellings().get("hbr")),
    "confusables.psv": ("zhz|z", lambda: ("zhz", "z") in tables.confusables()),
    "legal_forms.txt": ("Velm.", lambda: "Velm." in tables.legal_forms()),
    "descriptors.txt": ("guildlet", lambda: "guildlet" in tables.descriptors()),
    "heads.txt": ("Guildhood", lambda: "guildhood" in tables.heads()),
    "place_words.txt": ("Fjordlet", lambda: "fjordlet" in tables.place_words()),
    "sides.txt": ("Lee", lambda: "lee" in tables.sides()),
    "kinship.txt": ("foster-sister", lambda: "foster-sister" in tables.kinship()),
    "stop_words.txt": ("op", lambda: "op" in tables.stop_words()),
    "common_words.txt": ("VPG", lambda: "VPG" in tables.common_words()),
}


def _forget() -> None:
    for module in (tables, word_lists, table_files, persons, normal, acronyms):
        for value in vars(module).values():
            clear = getattr(value, "cache_clear", None)
            if clear is not None:
                clear()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "names"
    folder.mkdir()
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path))
    _forget()
    yield folder
    monkeypatch.undo()
    _forget()


def test_every_table_is_tried() -> None:
    assert set(OWN) == set(SHAPES)


@pytest.mark.parametrize("table", sorted(SHAPES))
def test_a_line_of_the_users_own_counts(own: Path, table: str) -> None:
    line, found = OWN[table]
    assert not found()
    (own / table).write_text(f"# mine\n\n{line}\n", encoding="utf-8")
    _forget()
    assert found()
    assert table_files.problems() == []
    assert table_files.own_tables() == [(table, 1)]


def test_lines_about_a_known_name_add_to_it(own: Path) -> None:
    (own / "organizations.psv").write_text("ORG|Islamic State|Black Banner State;?Banner\n", encoding="utf-8")
    (own / "countries.psv").write_text("United States|Stateside\n", encoding="utf-8")
    _forget()
    for name in ("Black Banner State", "ISIS", "Islamic State"):
        entry = tables.organization_of(name)
        assert entry is not None
        assert entry.name == "Islamic State"
    assert tables.weakly_known("Banner") == ("Islamic State",)
    country = tables.country_of("Stateside")
    assert country is not None
    assert "USA" in country.aliases


@pytest.mark.parametrize(
    ("table", "line", "fault"),
    [
        ("countries.psv", "Velmoria|Velmor|Velmorian|Olden|1200", "has 5 cells"),
        ("countries.psv", "|Velmor", "has no name"),
        ("organizations.psv", "Velmora Port Guild|VPG", "as its label, which is one of PERSON, NORP, ORG"),
        ("organizations.psv", "ORG", "has no name (label|name|other names)"),
        ("titles.psv", "boss|Reeve|m|", "“boss” as its kind, which is one of honorific, rank, office"),
        ("titles.psv", "office|Reeve|x|", "“x” as its gender, which is one of f, m"),
        ("suffixes.psv", "Third|III", "has no kind"),
        ("particles.psv", "ap|word", "“word” as its binding"),
        ("given_names.psv", "x|Velmora", "“x” as its gender"),
        ("nicknames.psv", "Velmora", "has no pet forms"),
        ("confusables.psv", "zhz", "has no sound"),
        ("spellings.psv", "hbr||", "has 3 cells"),
        ("parents.psv", "Velmora Port Guild", "has no what it belongs to"),
        ("legal_forms.txt", "Velm.|Ltd", "has 2 cells"),
    ],
)
def test_a_malformed_line_is_left_out_and_named(own: Path, table: str, line: str, fault: str) -> None:
    good, found = OWN[table]
    (own / table).write_text(f"# mine\n{line}\n{good}\n", encoding="utf-8")
    _forget()
    (problem,) = table_files.problems()
    assert (problem.path, problem.line) == (own / table, 2)
    assert fault in problem.what
    assert str(problem).startswith(f"{own / table}, line 2: has ")
    assert found()
    assert line not in list(table_files.lines(table))


def test_what_is_no_table_or_cannot_be_read_is_named(own: Path) -> None:
    (own / "countrys.psv").write_text("Velmoria\n", encoding="utf-8")
    (own / "groups.psv").mkdir()
    (own / "heads.txt").write_bytes(b"Guild\nF\xf6rening\n")
    _forget()
    told = [str(problem) for problem in table_files.problems()]
    assert [line.split(": ")[1].split(",")[0][:20] for line in told] == [
        "is none of the table",
        "cannot be read",
        "is not UTF-8",
    ]
    assert told[2].startswith(f"{own / 'heads.txt'}, line 2: ")
    assert "guild" in tables.heads()
    assert table_files.stamp()
