from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from itertools import pairwise
from typing import Any

import pytest

from reader.document import BlockKind, Document, load
from reader.recognize.mention import LABELS
from reader.resources import resource_folder

FOLDER = resource_folder("seeds")
SAMPLES: list[dict[str, str]] = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))["sample"]
GOLD: dict[str, dict[str, Any]] = {
    record["id"]: record for record in map(json.loads, (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines())
}
IDS = [sample["id"] for sample in SAMPLES]


def load_sample(identifier: str) -> Document:
    sample = next(sample for sample in SAMPLES if sample["id"] == identifier)
    return load(str(FOLDER / sample["file"]))


def surface_forms(cluster: dict[str, Any]) -> set[str]:
    return {" ".join(mention["text"].split()) for mention in cluster["mentions"]}


def test_the_index_lists_every_document_with_gold() -> None:
    assert list(GOLD) == IDS
    articles = {path.name for path in FOLDER.iterdir() if path.suffix in {".txt", ".md", ".html"}} - {"README.md", "tutorial.md"}
    assert articles == {sample["file"] for sample in SAMPLES}
    for sample in SAMPLES:
        assert sample.keys() == {"id", "file", "title", "about"}
        assert all(value and "\n" not in value for value in sample.values())


@pytest.mark.parametrize("identifier", IDS)
def test_gold_has_the_text_as_loaded(identifier: str) -> None:
    assert load_sample(identifier).text == GOLD[identifier]["text"]


@pytest.mark.parametrize("sample", SAMPLES, ids=IDS)
def test_the_title_is_that_of_the_index(sample: dict[str, str]) -> None:
    assert load_sample(sample["id"]).title == sample["title"]


@pytest.mark.parametrize("identifier", IDS)
def test_every_sample_has_headings_and_enough_words(identifier: str) -> None:
    document = load_sample(identifier)
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    assert len(headings) >= 3
    assert 600 <= len(document.text.split()) <= 1100


@pytest.mark.parametrize("identifier", IDS)
def test_mentions_are_ordered_disjoint_and_on_token_borders(identifier: str) -> None:
    text, ents = GOLD[identifier]["text"], GOLD[identifier]["ents"]
    assert len(ents) >= 45
    assert all(a["end"] <= b["start"] for a, b in pairwise(ents))
    for ent in ents:
        start, end = ent["start"], ent["end"]
        assert 0 <= start < end <= len(text)
        assert ent["label"] in LABELS
        assert not re.match(r"\w\w", text[max(0, start - 1) : start + 1]), text[start:end]
        assert not re.match(r"\w\w", text[end - 1 : end + 1]), text[start:end]


@pytest.mark.parametrize("identifier", IDS)
def test_mentions_exclude_articles_titles_and_possessives(identifier: str) -> None:
    text = GOLD[identifier]["text"]
    for ent in GOLD[identifier]["ents"]:
        surface = text[ent["start"] : ent["end"]]
        assert surface == surface.strip()
        assert not re.match(r"(?:the|a|an|dr|mr|mrs|ms|professor|prime minister|president)\b", surface, re.IGNORECASE)
        assert not re.search(r"['’]s?$", surface)


@pytest.mark.parametrize("identifier", IDS)
def test_clusters_partition_the_mentions(identifier: str) -> None:
    record = GOLD[identifier]
    clustered = [
        (mention["start"], mention["end"], cluster["label"])
        for cluster in record["clusters"]
        for mention in cluster["mentions"]
    ]
    assert sorted(clustered) == [(ent["start"], ent["end"], ent["label"]) for ent in record["ents"]]
    for cluster in record["clusters"]:
        for mention in cluster["mentions"]:
            assert mention["text"] == record["text"][mention["start"] : mention["end"]]
            assert mention["kind"] == "name"


@pytest.mark.parametrize("identifier", IDS)
def test_a_surface_form_belongs_to_one_entity(identifier: str) -> None:
    """Merging joins names, not mentions, so gold must be reachable by joining names."""
    owners: dict[str, set[int]] = defaultdict(set)
    for number, cluster in enumerate(GOLD[identifier]["clusters"]):
        for surface in surface_forms(cluster):
            owners[surface].add(number)
    assert [surface for surface, clusters in owners.items() if len(clusters) > 1] == []


@pytest.mark.parametrize("identifier", IDS)
def test_every_sample_has_many_aliases(identifier: str) -> None:
    clusters = GOLD[identifier]["clusters"]
    assert sum(len(surface_forms(cluster)) > 1 for cluster in clusters) >= 8
    words: dict[str, int] = defaultdict(int)
    for cluster in clusters:
        if cluster["label"] == "PERSON":
            for word in {word for surface in surface_forms(cluster) if " " in surface for word in surface.split()}:
                words[word] += 1
    assert max(words.values()) >= 2, "two people share a name"
