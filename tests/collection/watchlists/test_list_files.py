"""Reading a watchlist from a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.collection.watchlists.list_files import read_list
from reader.collection.watchlists.watchlist import ListedEntity, WatchlistError


def read(tmp_path: Path, content: str | bytes, name: str = "list.txt") -> tuple[ListedEntity, ...]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_list(path).entities


def test_lines_are_names_with_their_number_as_id(tmp_path: Path) -> None:
    entities = read(tmp_path, "# my list\nAda Marlow\n\n  Tom   Reyes \n")
    assert entities == (ListedEntity("line 2", "Ada Marlow"), ListedEntity("line 4", "Tom Reyes"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_has_named_columns_in_any_order(tmp_path: Path, delimiter: str) -> None:
    rows = [["Type", "NAME", "id", "aliases"], ["Person", "Ada Marlow", "p1", '"A. Marlow|Ada Quill"']]
    entities = read(tmp_path, "\n".join(delimiter.join(row) for row in rows), "list.csv")
    assert entities == (ListedEntity("p1", "Ada Marlow", ("A. Marlow", "Ada Quill"), "Person"),)


def test_a_comma_in_a_quoted_cell_is_part_of_the_name(tmp_path: Path) -> None:
    assert read(tmp_path, 'name,id\n"MARLOW, Ada",7\n', "list.csv") == (ListedEntity("7", "MARLOW, Ada"),)


def test_a_line_with_a_comma_is_no_csv(tmp_path: Path) -> None:
    assert read(tmp_path, "Marlow, Ada\nReyes, Tom\n")[0].name == "Marlow, Ada"


def test_json_lines_are_follow_the_money_entities(tmp_path: Path) -> None:
    properties = {"name": ["Ada Marlow"], "alias": ["A. Marlow"], "country": ["fr"]}
    lines = [
        {"id": "Q1", "schema": "Person", "caption": "Ada Marlow", "properties": properties},
        {"id": "Q2", "schema": "Sanction", "properties": {"authority": ["A board"]}},
        {"id": "Q3", "name": "Tom Reyes", "aliases": ["T. Reyes"]},
    ]
    path = tmp_path / "list.json"
    path.write_text("\n".join(map(json.dumps, lines)))
    watchlist = read_list(path)
    assert watchlist.entities == (
        ListedEntity("Q1", "Ada Marlow", ("A. Marlow",), "Person"),
        ListedEntity("Q3", "Tom Reyes", ("T. Reyes",)),
    )
    assert watchlist.skipped == ("left out entries without a name: 1",)


def test_a_json_id_may_be_a_number(tmp_path: Path) -> None:
    entities = read(tmp_path, '{"id": 0, "name": "Ada Marlow"}\n{"id": "", "name": "Tom Reyes"}\n', "list.jsonl")
    assert [entity.id for entity in entities] == ["0", "line 2"]


def test_rows_with_one_id_are_one_entity(tmp_path: Path) -> None:
    entities = read(tmp_path, "id,name\n1,Ada Marlow\n1,Ada Quill\n", "list.csv")
    assert entities == (ListedEntity("1", "Ada Marlow", ("Ada Quill",)),)


def test_names_that_cannot_be_searched_for_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,aliases\nAda Marlow,A\n,\nX,\n" + "y" * 301 + ",\n")
    watchlist = read_list(path)
    assert [entity.names for entity in watchlist.entities] == [("Ada Marlow",)]
    assert sum(int(line.rsplit(" ", 1)[1]) for line in watchlist.skipped) == 4


def test_escape_sequences_in_names_are_made_visible(tmp_path: Path) -> None:
    (entity,) = read(tmp_path, "Ada\x1b[31m Marlow\n")
    assert "\x1b" not in entity.name
    assert entity.name.endswith("Marlow")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", "", "no names"),
        ("list.csv", "person,id\nAda,1\n", "no column “name”"),
        ("list.json", '{"name": "Ada"}\n{"name": \n', "line 2: not valid JSON"),
        ("list.json", '{"name": "Ada"}\n[1]\n', "line 2: not a JSON object"),
        ("list.json", "{" * 100_000, "not valid JSON"),
        ("list.csv", 'name,id\nAda,1\n"Tom,2\nEva,3\n', "list.csv, lines 3 to 4: a quotation mark is missing"),
        ("list.csv", 'name,id\n"Ada,1\n"Tom",2\nEva,3\n', "list.csv, lines 2 to 3: a quotation mark is missing"),
        ("list.txt", "\0\1\2\3\4\5" * 50, "list.txt is no text"),
    ],
)
def test_a_bad_file_gets_one_clear_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(WatchlistError, match=message) as error:
        read(tmp_path, content, name)
    assert "\n" not in str(error.value)


def test_a_cell_may_be_long(tmp_path: Path) -> None:
    aliases = ";".join(f"Ada Marlow {number}" for number in range(20_000))
    (entity,) = read(tmp_path, f"name,aliases\nAda Marlow,{aliases}\n", "list.csv")
    assert len(entity.names) == 20_001


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="cannot read"):
        read_list(tmp_path)


def test_bytes_in_another_encoding_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, "Zoë Marlow\nRenée Dürer\n".encode("cp1252"))[0].name == "Zoë Marlow"
    (notice,) = read_list(tmp_path / "list.txt").skipped
    assert notice.startswith(f"{tmp_path / 'list.txt'}: ")
    assert "1252" in notice
