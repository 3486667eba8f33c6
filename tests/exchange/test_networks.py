"""Graphs, investigation files and tables; where there is one, the other side's own reader reads them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings

from reader.annotate.decisions import NamesDifferent, NamesSame
from reader.exchange.networks.xml_text import xml_text
from reader.reading import Reading
from reader.resolve import Name
from tests.exchange.annotated import exported, reading_of, readings


def _together() -> Reading:
    text = "Lena met Odd. Lena left.\n\nOdd met Kari.\n\nLena and Odd wrote to Kari. Odd slept."
    return reading_of(text, [("Lena", "PERSON"), ("Odd", "PERSON"), ("Kari", "PERSON")], decided=False)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_the_graph(name: str) -> None:
    networkx = pytest.importorskip("networkx")
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[name]
    graph = read(io.BytesIO(exported(name, _together())))
    key = {"graphml": "name", "gexf": "label"}[name]
    names = {node: values[key] for node, values in graph.nodes(data=True)}
    edges = {
        frozenset((names[left], names[right])): (int(values["weight"]), int(values["sentences"]))
        for left, right, values in graph.edges(data=True)
    }
    assert edges == {
        frozenset(("Lena", "Odd")): (2, 2),
        frozenset(("Odd", "Kari")): (2, 2),
        frozenset(("Lena", "Kari")): (1, 1),
    }
    assert {values["mentions"] for values in dict(graph.nodes(data=True)).values()} == {2, 3, 4}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
@given(reading=readings())
@settings(deadline=None, max_examples=30)
def test_any_name_gives_valid_xml(name: str, reading: Reading) -> None:
    from lxml import etree

    root = etree.fromstring(exported(name, reading))
    assert root.tag.endswith(("graphml", "gexf"))
    nodes = [element for element in root.iter() if str(element.tag).endswith("}node")]
    assert len(nodes) == len({(entity.name, entity.label) for entity in reading.entities})


def test_characters_that_xml_forbids_are_replaced() -> None:
    assert xml_text("a\x00b\ud800\t🜁") == "a\ufffdb\ufffd\t🜁"


def test_two_documents_share_a_node_of_one_name_and_label() -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.read_graphml(io.BytesIO(exported("graphml", _together(), _together())))
    assert len(graph) == 3
    assert {values["documents"] for values in dict(graph.nodes(data=True)).values()} == {2}


def _money(*readings_to_write: Reading) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported("ftm", *readings_to_write).splitlines()]


def test_mentions_resolve_to_their_entity() -> None:
    values = _money(reading_of())
    entities = [value for value in values if value["schema"] not in {"Mention", "PlainText"}]
    names = {value["id"]: value["properties"]["name"] for value in entities}
    mentions = [value["properties"] for value in values if value["schema"] == "Mention"]
    pairs = {(mention["name"][0], names[mention["resolved"][0]][0]) for mention in mentions}
    assert {("Arkwright", "Lena Arkwright"), ("Tveit", "Odd Tveit"), ("東京", "東京")} <= pairs
    assert values == _money(reading_of())  # ids do not depend on the run


def test_followthemoney_accepts_every_entity() -> None:
    model = pytest.importorskip("followthemoney").model
    for value in _money(reading_of()):
        proxy = model.get_proxy(value, cleaned=False)
        for name, values in value["properties"].items():
            assert set(proxy.get(name)) == set(values), name


def test_judgements_are_about_the_entities_of_the_export() -> None:
    reading = reading_of(decided=False)
    reading.decide(NamesSame((Name("Lena Arkwright", "PERSON"), Name("Odd Tveit", "PERSON"))))
    reading.decide(NamesDifferent((Name("Odd Tveit", "PERSON"),), (Name("Tveit", "PERSON"),)))
    lines = [json.loads(line) for line in exported("nomenklatura", reading).splitlines()]
    assert [line[2] for line in lines] == ["positive", "negative"]
    for target, source, _, _, _, created_at in lines:
        assert target > source
        assert created_at
    ids = {value["id"] for value in _money(reading_of(decided=False))}
    assert set(lines[0][:2]) <= ids


def test_nomenklatura_reads_every_judgement() -> None:
    resolver = pytest.importorskip("nomenklatura.resolver")
    reading = reading_of(decided=False)
    reading.decide(NamesSame((Name("Lena Arkwright", "PERSON"), Name("Odd Tveit", "PERSON"))))
    reading.decide(NamesDifferent((Name("Odd Tveit", "PERSON"),), (Name("Tveit", "PERSON"),)))
    lines = exported("nomenklatura", reading).decode().splitlines()
    edges = [resolver.Edge.from_line(line) for line in lines]
    assert [edge.judgement.value for edge in edges] == ["positive", "negative"]
    for edge, line in zip(edges, lines, strict=True):
        assert json.loads(edge.to_line()) == json.loads(line)
        assert edge.key == resolver.Identifier.pair(*json.loads(line)[:2])


def test_offsets_in_the_table_of_mentions_fit_its_text() -> None:
    reading = reading_of()
    rows = list(csv.DictReader(io.StringIO(exported("csv", reading).decode())))
    text = reading.document.text
    for row in rows:
        assert text[int(row["start_code_point"]) : int(row["end_code_point"])] == row["text"]
    assert [row["text"] for row in rows if row["decided"] == "yes"] == ["東京", "Bergen"]
    assert {row["entity"] for row in rows if row["text"] == "Arkwright"} == {"Lena Arkwright"}


def test_cells_that_a_spreadsheet_would_run_are_escaped() -> None:
    text = "=HYPERLINK(1) met @Odd and -Kari."
    reading = reading_of(text, [("=HYPERLINK(1)", "ORG"), ("@Odd", "PERSON"), ("-Kari", "PERSON")], decided=False)
    rows = list(csv.DictReader(io.StringIO(exported("csv", reading).decode())))
    assert [row["text"] for row in rows] == ["'=HYPERLINK(1)", "'@Odd", "'-Kari"]


def test_the_alias_table_counts_each_name() -> None:
    rows = list(csv.DictReader(io.StringIO(exported("aliases", reading_of()).decode())))
    assert [(row["alias"], row["mentions"]) for row in rows if row["entity"] == "Odd Tveit"] == [
        ("Odd Tveit", "1"),
        ("Tveit", "1"),
    ]


def test_the_entity_ruler_finds_the_names_again() -> None:
    import spacy

    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler")
    lines = exported("patterns", reading_of(), reading_of()).splitlines()
    patterns = [json.loads(line) for line in lines]
    assert len(patterns) == len({(pattern["label"], pattern["pattern"]) for pattern in patterns})
    ruler.add_patterns(patterns)
    doc = nlp("Yesterday Arkwright wrote to Odd Tveit.")
    assert [(ent.text, ent.ent_id_) for ent in doc.ents] == [
        ("Arkwright", "Lena Arkwright"),
        ("Odd Tveit", "Odd Tveit"),
    ]
