from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import EntityRenamed, NamesDifferent
from reader.display.cells import cells
from reader.document import load
from reader.resolve import Name
from tests.cli.conftest import ARTICLE, Result

Reader = Callable[..., Result]


def test_the_entity_table(reader: Reader, article: Path) -> None:
    result = reader("entities", article)
    assert (result.code, result.err) == (0, "")
    rows = result.out.splitlines()
    assert rows[0].split() == ["NAME", "LABEL", "MENTIONS", "ALSO", "RELATED"]
    assert rows[1].split() == ["World", "Port", "Council", "ORG", "3", "WPC", "×2"]
    assert "\x1b" not in result.out


def test_why_names_are_one(reader: Reader, article: Path) -> None:
    out = reader("entities", article, "--why").out
    assert "WPC = World Port Council" in out or "World Port Council = WPC" in out
    assert "The World Port Council (WPC) met in Tallinn on Monday." in out


def test_entities_as_json(reader: Reader, article: Path) -> None:
    entities = json.loads(reader("entities", article, "--format", "json").out)
    first = next(entity for entity in entities if entity["name"] == "World Port Council")
    assert first["label"] == "ORG"
    assert first["mentions"] == 3
    assert first["names"] == [{"name": "World Port Council", "mentions": 1}, {"name": "WPC", "mentions": 2}]
    assert first["links"][0]["sentence"].startswith("The World Port Council (WPC)")


def test_entities_as_csv(reader: Reader, article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(reader("entities", article, "--format", "csv").out)))
    first = next(row for row in rows if row["name"] == "World Port Council")
    assert (first["label"], first["mentions"], first["aliases"]) == ("ORG", "3", "WPC (2)")


def test_every_mention_stands_in_its_context(reader: Reader, article: Path) -> None:
    rows = reader("mentions", article).out.splitlines()
    assert len(rows) == 8
    assert rows[0].split()[:2] == [str(ARTICLE.index("World Port")), "ORG"]
    assert "The [World Port Council] (WPC) met" in rows[0]
    assert len({cells(row[: row.index("[")]) for row in rows}) == 1
    assert all(cells(row) <= 100 for row in rows)


@pytest.mark.parametrize("name", ["WPC", "World Port Council", "wpc"])
def test_mentions_of_one_entity_by_any_of_its_names(name: str, reader: Reader, article: Path) -> None:
    rows = json.loads(reader("mentions", article, "--entity", name, "--format", "json").out)
    assert [row["text"] for row in rows] == ["World Port Council", "WPC", "WPC"]
    for row in rows:
        assert ARTICLE[row["start"] : row["end"]] == row["text"]
        assert row["before"].endswith(ARTICLE[row["start"] - 3 : row["start"]])


def test_an_entity_that_is_not_there(reader: Reader, article: Path) -> None:
    result = reader("mentions", article, "--entity", "Talinn")
    assert (result.code, result.out) == (1, "")
    assert result.err == "reader: no entity is named Talinn; similar: Tallinn\n"


def test_mentions_as_csv(reader: Reader, article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(reader("mentions", article, "--format", "csv").out)))
    assert [row["text"] for row in rows].count("Tallinn") == 2


def test_decisions_are_applied_unless_told_otherwise(reader: Reader, article: Path) -> None:
    document = load(str(article))
    store = Store.open()
    wpc, council = Name("WPC", "ORG"), Name("World Port Council", "ORG")
    store.append(document, [NamesDifferent((wpc,), (council,))])
    store.append(document, [EntityRenamed((wpc,), "Port Council")])
    store.close()
    decided = json.loads(reader("entities", article, "--format", "json").out)
    assert {"World Port Council", "Port Council"} <= {entity["name"] for entity in decided}
    plain = json.loads(reader("entities", article, "--format", "json", "--no-annotations").out)
    assert "Port Council" not in {entity["name"] for entity in plain}


def test_wide_names_keep_the_table_straight(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("tests.cli.conftest", fromlist=["NAMES"]).NAMES, "東京", "GPE")
    path = tmp_path / "tokyo.txt"
    path.write_text("They met in 東京 and in Tallinn.\n", "utf-8")
    rows = reader("entities", path).out.splitlines()
    assert len({cells(row[: row.index("GPE")]) for row in rows[1:]}) == 1
