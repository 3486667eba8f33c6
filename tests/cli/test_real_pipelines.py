"""Pipelines of spaCy, from adding them to removing them.

The tests need wheels or unpacked packages of `en_core_web_sm` and `fr_core_news_md` in the folder that the environment
variable `READER_TEST_PIPELINES` names. Without it they are skipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Result

Reader = Callable[..., Result]

ENGLISH = "Angela Merkel met the head of Siemens in Berlin. The Germans welcomed the meeting.\n"
FRENCH = """\
L’Organisation des Nations unies a publié un rapport à Genève. L’ONU demande une trêve, et la France la soutient.

Le ministre des Affaires étrangères a reçu les Allemands à Paris. Selon M. Jean Dupont, la Russie hésite.
"""


def _source(name: str) -> Path:
    """Return the wheel or folder of a pipeline; skip the test without it."""
    folder = os.environ.get("READER_TEST_PIPELINES")
    candidates = sorted(Path(folder).glob(f"{name}*")) if folder else []
    if not candidates:
        pytest.skip(f"no {name} in the folder READER_TEST_PIPELINES")
    return candidates[0]


def _labeled_names(result: Result) -> set[tuple[str, str]]:
    assert (result.code, result.err) == (0, "")
    return {(mention["text"], mention["label"]) for mention in json.loads(result.out)}


def test_the_english_pipeline_is_added_used_and_removed(reader: Reader, tmp_path: Path) -> None:
    text = tmp_path / "english.txt"
    text.write_text(ENGLISH, encoding="utf-8")
    added = reader("model", "add", _source("en_core_web_sm"), "--name", "en_sm")
    assert added.code == 0, added.err
    names = _labeled_names(reader("mentions", text, "--model", "en_sm", "--format", "json"))
    assert {("Angela Merkel", "PERSON"), ("Berlin", "GPE"), ("Germans", "NORP")} <= names
    assert reader("model", "remove", "en_sm").code == 0
    assert reader("mentions", text, "--model", "en_sm").code == 1


def test_the_french_pipeline_finds_names_without_articles(reader: Reader, tmp_path: Path) -> None:
    text = tmp_path / "french.txt"
    text.write_text(FRENCH, encoding="utf-8")
    added = reader("model", "add", _source("fr_core_news_md"), "--name", "fr_md")
    assert added.code == 0, added.err
    names = _labeled_names(reader("mentions", text, "--model", "fr_md", "--format", "json"))
    assert {
        ("Organisation des Nations unies", "ORG"), ("ONU", "ORG"), ("France", "GPE"), ("Russie", "GPE"),
        ("Allemands", "NORP"), ("Jean Dupont", "PERSON"),
    } <= names  # fmt: skip
    assert not [name for name, _ in names if "inistre" in name]
    entities = json.loads(reader("entities", text, "--model", "fr_md", "--format", "json").out)
    names_of_entities = [[name["name"] for name in entity["names"]] for entity in entities]
    assert ["Organisation des Nations unies", "ONU"] in names_of_entities


def test_a_second_pipeline_changes_no_name(reader: Reader, tmp_path: Path) -> None:
    text = tmp_path / "english.txt"
    text.write_text(ENGLISH, encoding="utf-8")
    assert reader("model", "add", _source("en_core_web_sm"), "--name", "en_sm").code == 0
    alone = _labeled_names(reader("mentions", text, "--model", "bundled", "--format", "json"))
    assert _labeled_names(reader("mentions", text, "--model", "bundled+en_sm", "--format", "json")) == alone
