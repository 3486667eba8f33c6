"""What annotation tools get is what was annotated; where there is one, the other side's own reader reads it."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from reader.annotate.decisions import EntityRenamed
from reader.exchange import FORMATS
from reader.exchange.annotation_tools.webanno_tsv import Utf16Offsets
from reader.reading import Reading
from reader.resolve import Name
from tests.exchange.annotated import TEXT, exported, outer_spans_of, reading_of, readings, spans_of


def _docs(data: bytes) -> list[Any]:
    from spacy.tokens import DocBin

    from reader.exchange.annotation_tools.tokens import blank_pipeline

    return list(DocBin(store_user_data=True).from_bytes(data).get_docs(blank_pipeline().vocab))


@given(readings())
@settings(deadline=None, max_examples=60)
def test_a_docbin_has_every_mention(reading: Reading) -> None:
    (doc,) = _docs(exported("docbin", reading))
    assert doc.text == reading.document.text
    assert {(span.start_char, span.end_char, span.label_) for span in doc.spans["mentions"]} == spans_of(reading)
    assert all(span.kb_id_ for span in doc.spans["mentions"])
    ents = [(ent.start_char, ent.end_char) for ent in doc.ents]
    assert all(left[1] <= right[0] for left, right in pairwise(ents))


def test_spacy_trains_on_the_docbin(tmp_path: Path) -> None:
    import spacy
    from spacy.training import Corpus

    file = tmp_path / "train.spacy"
    file.write_bytes(exported("docbin", reading_of(), reading_of(decided=False)))
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = list(Corpus(file)(nlp))
    nlp.initialize(lambda: examples)
    losses = nlp.update(examples)
    assert losses["ner"] > 0
    assert nlp.pipe_labels["ner"] == ["GPE", "ORG", "PERSON"]


def _conll_mentions(data: bytes, *, iob1: bool) -> list[tuple[str, str]]:
    """Read columns as the format is defined, and return the words and the label of each mention."""
    mentions: list[tuple[str, str]] = []
    label = ""
    for line in data.decode().split("\n"):
        if not line or line.startswith("-DOCSTART-"):
            continue
        columns = line.split(" ")
        assert len(columns) == 4
        word, tag = columns[0], columns[3]
        prefix, _, tag_label = tag.partition("-")
        starts = prefix == "B" or (iob1 and prefix == "I" and tag_label != label)
        if starts:
            mentions.append((word, tag_label))
        elif prefix == "I":
            words, known = mentions[-1]
            assert known == tag_label
            mentions[-1] = (words + word, known)
        label = tag_label
    return mentions


@pytest.mark.parametrize("name", ["conll", "conll-iob1"])
@given(reading=readings())
@settings(deadline=None, max_examples=40)
def test_columns_have_the_mentions_that_do_not_overlap(name: str, reading: Reading) -> None:
    text = reading.document.text
    mentions = _conll_mentions(exported(name, reading), iob1=name == "conll-iob1")
    flat: list[tuple[int, int, str]] = []
    for start, end, label in sorted(spans_of(reading), key=lambda span: (span[0], -span[1])):
        if not flat or start >= flat[-1][1]:
            flat.append((start, end, label))
    assert mentions == [("".join(text[start:end].split()), label) for start, end, label in flat]


def test_adjacent_mentions_stay_two_in_both_schemes() -> None:
    reading = reading_of("Bergen Oslo Voss", [("Bergen", "GPE"), ("Oslo", "GPE"), ("Voss", "GPE")], decided=False)
    assert b"Bergen _ _ I-GPE\nOslo _ _ B-GPE\nVoss _ _ B-GPE\n" in exported("conll-iob1", reading)
    assert b"Bergen _ _ B-GPE\nOslo _ _ B-GPE\nVoss _ _ B-GPE\n" in exported("conll", reading)


@given(readings())
@settings(deadline=None, max_examples=40)
def test_prodigy_tasks_are_written(reading: Reading) -> None:
    task = json.loads(exported("prodigy", reading))
    text, tokens = task["text"], task["tokens"]
    assert text == reading.document.text
    assert [token["id"] for token in tokens] == list(range(len(tokens)))
    assert all(text[token["start"] : token["end"]] == token["text"] for token in tokens)
    for span in task["spans"]:
        assert tokens[span["token_start"]]["start"] == span["start"]
        assert tokens[span["token_end"]]["end"] == span["end"]
    assert {(span["start"], span["end"], span["label"]) for span in task["spans"]} <= spans_of(reading)


def test_prodigy_tasks_are_accepted_only_where_all_is_decided() -> None:
    assert "answer" not in json.loads(exported("prodigy", reading_of()))
    assert json.loads(exported("prodigy", reading_of(), decided=True))["answer"] == "accept"


def test_doccano_spans_and_relations_are_written() -> None:
    reading = reading_of()
    value = json.loads(exported("doccano", reading))
    assert {tuple(span) for span in value["label"]} == outer_spans_of(reading)
    quotes = {span["id"]: value["text"][span["start_offset"] : span["end_offset"]] for span in value["entities"]}
    related = {(quotes[relation["from_id"]], quotes[relation["to_id"]]) for relation in value["relations"]}
    assert related == {("Lena Arkwright", "Arkwright"), ("Odd Tveit", "Tveit")}


def test_doccano_ids_are_unique_over_documents() -> None:
    lines = exported("doccano", reading_of(), reading_of()).splitlines()
    values = [json.loads(line) for line in lines]
    ids = [span["id"] for value in values for span in value["entities"]]
    assert len(ids) == len(set(ids)) > 10
    assert [value["id"] for value in values] == [1, 2]


def test_label_studio_separates_people_from_machines() -> None:
    reading = reading_of()
    (task,) = json.loads(exported("label-studio", reading))
    text = task["data"]["text"]
    regions = {
        kind: {
            (region["value"]["start"], region["value"]["end"], region["value"]["labels"][0])
            for group in task[kind]
            for region in group["result"]
            if region["type"] == "labels"
        }
        for kind in ("annotations", "predictions")
    }
    assert {text[start:end] for start, end, _ in regions["annotations"]} == {"東京", "Bergen"}
    assert regions["annotations"] | regions["predictions"] == spans_of(reading)
    assert task["predictions"][0]["model_version"] == "en_test 1.0"
    assert json.loads(exported("label-studio")) == []


def _brat_mentions(folder: Path) -> tuple[str, set[tuple[int, int, str]], list[set[str]]]:
    (annotations,) = folder.glob("*.ann")
    text = annotations.with_suffix(".txt").read_bytes().decode()
    spans, equivalent = {}, []
    for line in annotations.read_bytes().decode().split("\n"):
        if line.startswith("T"):
            identifier, middle, quote = line.split("\t")
            label, _, offsets = middle.partition(" ")
            parts = [tuple(map(int, part.split(" "))) for part in offsets.split(";")]
            assert " ".join(text[start:end] for start, end in parts).replace("\t", " ") == quote
            spans[identifier] = (parts[0][0], parts[-1][1], label)
        elif line.startswith("*\tEquiv "):
            equivalent.append({text[slice(*spans[name][:2])] for name in line.split(" ")[1:]})
    return text, set(spans.values()), equivalent


@given(readings())
@settings(deadline=None, max_examples=40)
def test_brat_files_have_every_mention(reading: Reading) -> None:
    with TemporaryDirectory() as directory:
        FORMATS["brat"].write_folder([reading], Path(directory))
        text, spans, _ = _brat_mentions(Path(directory))
    assert text == reading.document.text
    assert spans == spans_of(reading)


def test_brat_files_group_entities_and_keep_notes(tmp_path: Path) -> None:
    FORMATS["brat"].write_folder([reading_of()], tmp_path)
    _, _, equivalent = _brat_mentions(tmp_path)
    assert equivalent == [{"Lena Arkwright", "Arkwright"}, {"Odd Tveit", "Tveit"}]
    (annotations,) = tmp_path.glob("*.ann")
    assert re.findall(r"#\d+\tAnnotatorNotes T\d+\t(.*)", annotations.read_text()) == [
        "a note on two lines",
        "who is she?",
    ]
    assert "GPE" in (tmp_path / "annotation.conf").read_text()


def test_documents_of_one_title_get_files_of_their_own(tmp_path: Path) -> None:
    FORMATS["brat"].write_folder([reading_of(), reading_of()], tmp_path)
    assert len(list(tmp_path.glob("*.ann"))) == 2


@given(readings())
@settings(deadline=None, max_examples=40)
def test_webanno_files_have_every_mention(reading: Reading) -> None:
    with TemporaryDirectory() as directory:
        FORMATS["webanno"].write_folder([reading], Path(directory))
        (file,) = Path(directory).glob("*.tsv")
        lines = file.read_bytes().decode().split("\n")
    text = reading.document.text
    units = text.encode("utf-16-le")
    tokens: dict[str, list[tuple[int, int]]] = {}
    labels = {}
    for line in lines:
        if not re.match(r"\d+-\d+\t", line):
            continue
        _, offsets, word, _, values, chains, links, _ = line.split("\t")
        start, end = map(int, offsets.split("-"))
        assert units[2 * start : 2 * end].decode("utf-16-le") == word
        for value in values.split("|") if values != "_" else ():
            label, number = re.fullmatch(r"(.*)\[(\d+)\]", value).groups()  # type: ignore[union-attr]  # it matches
            labels[number] = label.replace("\\_", "_")
            tokens.setdefault(number, []).append((start, end))
        assert (values == "_") == (chains == "_") == (links == "_")
    spans = {(parts[0][0], parts[-1][1], labels[number]) for number, parts in tokens.items()}
    converted = Utf16Offsets(text)
    assert spans == {(converted.of(start), converted.of(end), label) for start, end, label in spans_of(reading)}


@given(readings())
@settings(deadline=None, max_examples=15)
def test_cassis_loads_the_cas(reading: Reading) -> None:
    cassis = pytest.importorskip("cassis")
    with TemporaryDirectory() as directory:
        FORMATS["uima"].write_folder([reading], Path(directory))
        with (Path(directory) / "TypeSystem.xml").open("rb") as file:
            type_system = cassis.load_typesystem(file)
        (xmi,) = Path(directory).glob("*.xmi")
        with xmi.open("rb") as file:
            cas = cassis.load_cas_from_xmi(file, typesystem=type_system)
    assert cas.sofa_string == reading.document.text
    entities = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert {(entity.begin, entity.end, entity.value) for entity in entities} == spans_of(reading)
    links = cas.select("de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink")
    followers = {link.next.xmiID for link in links if link.next}
    assert len([link for link in links if link.xmiID not in followers]) == len(reading.entities)


@given(readings())
@settings(deadline=None, max_examples=40)
def test_selectors_of_web_annotations_select_the_mention(reading: Reading) -> None:
    page = json.loads(exported("web-annotation", reading))
    assert page["type"] == "AnnotationPage"
    text = reading.document.text
    spans = set()
    for annotation in page["items"]:
        position, quote = annotation["target"]["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        spans.add((start, end, annotation["body"][0]["value"]))
    assert spans == spans_of(reading)
    assert len({annotation["id"] for annotation in page["items"]}) == len(spans)


def test_web_annotations_tell_namesakes_apart() -> None:
    reading = reading_of("Lena Arkwright met Odd Tveit.", decided=False)
    for name in (("Lena Arkwright", "PERSON"), ("Odd Tveit", "PERSON")):
        reading.decide(EntityRenamed((Name(*name),), "the witness"))
    items = json.loads(exported("web-annotation", reading))["items"]
    urns = [body["source"] for item in items for body in item["body"] if body["type"] == "SpecificResource"]
    assert len(set(urns)) == 2
    again = json.loads(exported("web-annotation", reading))["items"]
    assert again == items


def test_web_annotations_mark_what_a_machine_found() -> None:
    page = json.loads(exported("web-annotation", reading_of()))
    generators = {
        annotation["target"]["selector"][1]["exact"]: annotation.get("generator", {}).get("name")
        for annotation in page["items"]
    }
    assert generators["Odd Tveit"] == "en_test 1.0"
    assert generators["東京"] is None


def test_formats_that_write_one_file_take_several_documents() -> None:
    for name, export_format in FORMATS.items():
        if not export_format.is_folder:
            data = exported(name, reading_of(), reading_of(TEXT.upper(), (), decided=False))
            assert data or name == "nomenklatura", name  # nothing was merged


def test_no_format_writes_control_characters() -> None:
    reading = reading_of("Odd Tveit\u009b31m met\u202e Lena", [("Odd Tveit", "PERSON")], decided=False)
    for name, export_format in FORMATS.items():
        if not export_format.is_folder and name not in {"docbin"}:
            out = io.BytesIO()
            export_format.write([reading], out)
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", out.getvalue().decode()), name
