from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed, MentionAdded, NamesDifferent
from reader.display.cells import cells
from reader.document import load
from reader.resolve import Name
from tests.cli.conftest import NAMES, TEXT, Result

Reader = Callable[..., Result]


def test_entities_are_printed_as_a_table(reader: Reader, source: Path) -> None:
    result = reader("entities", source)
    assert (result.code, result.err) == (0, "")
    rows = result.out.splitlines()
    assert rows[0].split() == ["NAME", "LABEL", "MENTIONS", "ALSO", "RELATED"]
    assert rows[1].split() == ["World", "Port", "Council", "ORG", "3", "WPC", "×2"]
    assert "\x1b" not in result.out


def test_the_option_why_explains_each_merge(reader: Reader, source: Path) -> None:
    out = reader("entities", source, "--why").out
    assert "WPC = World Port Council" in out or "World Port Council = WPC" in out
    assert "The World Port Council (WPC) met in Tallinn on Monday." in out


def test_entities_are_printed_as_json(reader: Reader, source: Path) -> None:
    entities = json.loads(reader("entities", source, "--format", "json").out)
    first = next(entity for entity in entities if entity["name"] == "World Port Council")
    assert first["label"] == "ORG"
    assert first["mentions"] == 3
    assert first["names"] == [{"name": "World Port Council", "mentions": 1}, {"name": "WPC", "mentions": 2}]
    assert first["links"][0]["sentence"].startswith("The World Port Council (WPC)")


def test_suggestions_are_printed_with_their_sentences(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Maria Okonkwo met Tallinn. Nobody thanked Maria Okonkwa.\n", "utf-8")
    with Store.open() as store:
        document = load(str(path))
        start = document.text.index("Maria Okonkwa.")
        store.append(document, [MentionAdded(start, start + 13, "PERSON")])
    lines = reader("entities", path, "--why").out.splitlines()
    (number,) = (number for number, line in enumerate(lines) if "?=" in line)
    assert lines[number + 1].strip() in document.text
    first, *_ = json.loads(reader("entities", path, "--format", "json").out)
    (suggestion,) = first["maybe"]
    assert document.text[suggestion["at"] :].startswith((suggestion["a"], suggestion["b"]))
    assert suggestion["sentence"] == lines[number + 1].strip()


def test_entities_are_printed_as_csv(reader: Reader, source: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(reader("entities", source, "--format", "csv").out)))
    first = next(row for row in rows if row["name"] == "World Port Council")
    assert (first["label"], first["mentions"], first["aliases"]) == ("ORG", "3", "WPC (2)")


def test_mentions_are_listed_in_context_and_aligned(reader: Reader, source: Path) -> None:
    rows = reader("mentions", source).out.splitlines()
    assert len(rows) == 8
    assert rows[0].split()[:2] == [str(TEXT.index("World Port")), "ORG"]
    assert "The [World Port Council] (WPC) met" in rows[0]
    assert len({cells(row[: row.index("[")]) for row in rows}) == 1
    assert all(cells(row) <= 100 for row in rows)


@pytest.mark.parametrize("name", ["WPC", "World Port Council", "wpc"])
def test_the_mentions_of_an_entity_are_listed_by_any_of_its_names(name: str, reader: Reader, source: Path) -> None:
    rows = json.loads(reader("mentions", source, "--entity", name, "--format", "json").out)
    assert [row["text"] for row in rows] == ["World Port Council", "WPC", "WPC"]
    for row in rows:
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert row["before"].endswith(TEXT[row["start"] - 3 : row["start"]])


def test_an_unknown_entity_gives_an_error_with_similar_names(reader: Reader, source: Path) -> None:
    result = reader("mentions", source, "--entity", "Talinn")
    assert (result.code, result.out) == (1, "")
    assert result.err == "reader: no entity is named Talinn; similar: Tallinn\n"


def test_mentions_are_printed_as_csv(reader: Reader, source: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(reader("mentions", source, "--format", "csv").out)))
    assert [row["text"] for row in rows].count("Tallinn") == 2


def test_decisions_apply_unless_annotations_are_off(reader: Reader, source: Path) -> None:
    document = load(str(source))
    store = Store.open()
    wpc, council = Name("WPC", "ORG"), Name("World Port Council", "ORG")
    store.append(document, [NamesDifferent((wpc,), (council,))])
    store.append(document, [EntityRenamed((wpc,), "Port Council")])
    store.close()
    with_decisions = json.loads(reader("entities", source, "--format", "json").out)
    assert {"World Port Council", "Port Council"} <= {entity["name"] for entity in with_decisions}
    without_decisions = json.loads(reader("entities", source, "--format", "json", "--no-annotations").out)
    assert "Port Council" not in {entity["name"] for entity in without_decisions}


def test_wide_characters_do_not_break_the_alignment(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(NAMES, "東京", "GPE")
    path = tmp_path / "tokyo.txt"
    path.write_text("They met in 東京 and in Tallinn.\n", "utf-8")
    rows = reader("entities", path).out.splitlines()
    assert len({cells(row[: row.index("GPE")]) for row in rows[1:]}) == 1
