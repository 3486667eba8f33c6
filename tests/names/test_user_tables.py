"""Tables of the user: each adds to the table of the program, and a malformed line is reported and ignored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.names import acronyms, normal, persons, tables
from reader.names.tables import known_entities, languages, person_words, table_files, word_lists
from reader.names.tables.table_columns import TABLE_COLUMNS

USER_LINES: dict[str, tuple[str, Callable[[], object]]] = {
    "countries.psv": ("Velmoria|Velmor|Velmorian;Velmorians|Olden", lambda: tables.country_of("Velmor")),
    "countries_by_language.psv": (
        "fr|Velmoria|Velmorie|Velmorien",
        lambda: "Velmorien" in languages.words_of_language("fr").peoples,  # type: ignore[union-attr]  # has words
    ),
    "languages.psv": ("tlh|article|velm", lambda: languages.words_of_language("tlh") is not None),
    "states.psv": ("Velmoria|Lower Velm", lambda: tables.states().get("Lower Velm")),
    "country_parts.psv": ("Velmoria|Olden", lambda: tables.country_parts().get("Velmoria")),
    "organizations.psv": ("ORG|Velmora Port Guild|VPG", lambda: tables.organization_of("VPG")),
    "places.psv": ("LOC|Sea of Tarn|Tarnic Sea", lambda: tables.organization_of("Tarnic Sea")),
    "groups.psv": ("NORP|Tarnish|Tarnishes", lambda: tables.organization_of("Tarnishes")),
    "parents.psv": ("Velmora Port Guild|Velmora Guilds", lambda: tables.parents().get("Velmora Port Guild")),
    "titles.psv": ("office|Reeve|m|Port Reeve", lambda: persons.strip_titles("Port Reeve Sand")[0]),
    "suffixes.psv": ("Third|III|generation", lambda: tables.suffixes().get("Third")),
    "particles.psv": ("ap|patronym|", lambda: tables.particles().get("ap")),
    "given_names.psv": ("f|Velmora", lambda: tables.given_names().get("velmora")),
    "occupations.psv": ("trades|Wickmaker", lambda: tables.occupations().get("wickmaker")),
    "surnames.psv": ("often|Velmóra", lambda: "velmora" in tables.surnames()),
    "name_variants.psv": ("Velmora|Velmoria", lambda: tables.name_variants().get("velmoria")),
    "nicknames.psv": ("Velmora|Vel", lambda: tables.nicknames().get("vel")),
    "spellings.psv": ("hbr|harbor", lambda: tables.spellings().get("hbr")),
    "confusables.psv": ("zhz|z", lambda: ("zhz", "z") in tables.confusables()),
    "legal_forms.txt": ("Velm.", lambda: "Velm." in tables.legal_forms()),
    "descriptors.txt": ("guildlet", lambda: "guildlet" in tables.descriptors()),
    "heads.txt": ("Guildhood", lambda: "guildhood" in tables.heads()),
    "place_words.txt": ("Fjordlet", lambda: "fjordlet" in tables.place_words()),
    "sides.txt": ("Lee", lambda: "lee" in tables.sides()),
    "given_name_titles.txt": ("Reeve", lambda: "reeve" in tables.given_name_titles()),
    "frequent_given_names.txt": ("Velmória", lambda: "velmoria" in tables.frequent_given_names()),
    "family_first.txt": ("Velmő", lambda: "velmo" in tables.family_first()),
    "two_surname_given_names.txt": ("Velmóra", lambda: "velmora" in tables.two_surname_given_names()),
    "kinship.txt": ("foster-sister", lambda: "foster-sister" in tables.kinship()),
    "stop_words.txt": ("op", lambda: "op" in tables.stop_words()),
    "common_words.txt": ("VPG", lambda: "VPG" in tables.common_words()),
}


def _clear_caches() -> None:
    for module in (known_entities, languages, person_words, word_lists, table_files, persons, normal, acronyms):
        for value in vars(module).values():
            clear = getattr(value, "cache_clear", None)
            if clear is not None:
                clear()


@pytest.fixture
def user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "names"
    folder.mkdir()
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path))
    _clear_caches()
    yield folder
    monkeypatch.undo()
    _clear_caches()


def test_every_table_has_a_case() -> None:
    assert set(USER_LINES) == set(TABLE_COLUMNS)


@pytest.mark.parametrize("table", sorted(TABLE_COLUMNS))
def test_a_line_of_the_user_is_used(user_folder: Path, table: str) -> None:
    line, look_up = USER_LINES[table]
    assert not look_up()
    (user_folder / table).write_text(f"# mine\n\n{line}\n", encoding="utf-8")
    _clear_caches()
    assert look_up()
    assert table_files.problems() == []
    assert table_files.user_tables() == [(table, 1)]


def test_a_line_about_a_known_name_adds_aliases(user_folder: Path) -> None:
    (user_folder / "organizations.psv").write_text("ORG|Islamic State|Black Banner State;?Banner\n", encoding="utf-8")
    (user_folder / "countries.psv").write_text("United States|Stateside\n", encoding="utf-8")
    _clear_caches()
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
        ("organizations.psv", "Velmora Port Guild|VPG", "as its label, which must be one of PERSON, NORP, ORG"),
        ("organizations.psv", "ORG", "has no name (label|name|other names)"),
        ("titles.psv", "boss|Reeve|m|", "“boss” as its kind, which must be one of honorific, rank, office"),
        ("titles.psv", "office|Reeve|x|", "“x” as its gender, which must be one of f, m"),
        ("suffixes.psv", "Third|III", "has no kind"),
        ("particles.psv", "ap|word", "“word” as its binding"),
        ("given_names.psv", "x|Velmora", "“x” as its gender"),
        ("nicknames.psv", "Velmora", "has no pet forms"),
        ("confusables.psv", "zhz", "has no sound"),
        ("spellings.psv", "hbr||", "has 3 cells"),
        ("parents.psv", "Velmora Port Guild", "has no parent"),
        ("legal_forms.txt", "Velm.|Ltd", "has 2 cells"),
    ],
)
def test_a_malformed_line_is_ignored_and_reported(user_folder: Path, table: str, line: str, fault: str) -> None:
    good_line, look_up = USER_LINES[table]
    (user_folder / table).write_text(f"# mine\n{line}\n{good_line}\n", encoding="utf-8")
    _clear_caches()
    (problem,) = table_files.problems()
    assert (problem.path, problem.line) == (user_folder / table, 2)
    assert fault in problem.fault
    assert str(problem).startswith(f"{user_folder / table}, line 2: has ")
    assert look_up()
    assert line not in list(table_files.lines(table))


def test_unknown_and_unreadable_files_are_reported(user_folder: Path) -> None:
    (user_folder / "countrys.psv").write_text("Velmoria\n", encoding="utf-8")
    (user_folder / "groups.psv").mkdir()
    (user_folder / "heads.txt").write_bytes(b"Guild\nF\xf6rening\n")
    _clear_caches()
    messages = [str(problem) for problem in table_files.problems()]
    assert [line.split(": ")[1].split(",")[0][:20] for line in messages] == [
        "is not one of the ta",
        "cannot be read",
        "is not UTF-8",
    ]
    assert messages[2].startswith(f"{user_folder / 'heads.txt'}, line 2: ")
    assert "guild" in tables.heads()
    assert table_files.stamp()
