"""Names of files that are no UTF-8, and names that nobody has: too long, or with bytes that are no text."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT, Result, run_program

Reader = Callable[..., Result]

NO_TEXT = os.fsdecode(b"Okonkwo \xff\xfe")
LONG = "Okonkwo " * 20_000

needs_any_bytes = pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names of files")


@pytest.fixture
def odd_file(tmp_path: Path) -> Path:
    """A document whose file has a name that is no text, beside one whose name only looks like it."""
    path = tmp_path / os.fsdecode(b"papers/harbor\xff\xfe.txt")
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    (path.parent / r"b\xff.txt").write_text("Tallinn slept.", "utf-8")
    return path


@needs_any_bytes
def test_a_file_whose_name_is_no_text_stays_in_the_index(reader: Reader, odd_file: Path) -> None:
    assert reader("index", odd_file.parent) == (0, "2 indexed, 0 unchanged\n", "")
    assert reader("index") == (0, "0 indexed, 2 unchanged\n", "")
    assert reader("search", "reporters").code == 0
    odd_file.unlink()
    assert reader("index").out == "0 indexed, 1 unchanged, 1 removed\n"


@needs_any_bytes
def test_a_file_whose_name_is_no_text_is_what_was_indexed(reader: Reader, odd_file: Path) -> None:
    reader("index", odd_file)
    assert reader("index") == (0, "0 indexed, 1 unchanged\n", "")
    assert reader("index", "--rebuild") == (0, "1 indexed, 0 unchanged\n", "")


@needs_any_bytes
def test_a_file_whose_name_is_no_text_is_listed_once_and_can_be_forgotten(reader: Reader, odd_file: Path) -> None:
    reader("index", odd_file.parent)
    documents = json.loads(reader("library", "--format", "json").out)["documents"]
    states = {document["title"]: document["state"] for document in documents if not document["sample"]}
    assert states == {"The harbor inquiry": "", r"B\xff": ""}
    odd_file.write_text("Okonkwo is back.", "utf-8")
    assert [item["state"] for item in documents_of(reader) if item["title"] == "The harbor inquiry"] == ["changed"]
    assert reader("forget", odd_file).code == 0
    assert [item["title"] for item in documents_of(reader)] == [r"B\xff"]


def documents_of(reader: Reader) -> list[dict[str, str]]:
    documents = json.loads(reader("library", "--format", "json").out)["documents"]
    return [document for document in documents if not document["sample"]]


@pytest.mark.parametrize("name", [NO_TEXT, LONG], ids=["no text", "long"])
@pytest.mark.parametrize(
    "command", [("profile",), ("timeline",), ("together", "Tallinn"), ("search", "Tallinn", "--entity")]
)
def test_a_name_that_no_entity_can_have_is_said_in_one_line(
    reader: Reader, source: Path, command: tuple[str, ...], name: str
) -> None:
    reader("index", source)
    result = reader(*command, name)
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert "no profile is named Okonkwo" in result.err


@pytest.mark.parametrize("name", [NO_TEXT, LONG, "%", "_", "!"], ids=["no text", "long", "%", "_", "!"])
def test_no_entity_has_a_name_that_none_can_have(reader: Reader, source: Path, name: str) -> None:
    reader("index", source)
    assert reader("profiles", name) == (0, "no entity matches\n", "")


def test_an_address_of_a_database_that_is_no_text_is_said_in_one_line() -> None:
    pytest.importorskip("psycopg")
    result = run_program("search", "x", "--database", os.fsdecode(b"postgresql://\xff/x"))
    assert (result.returncode, result.stderr.count(b"\n")) == (1, 1)
