"""Files as other programs write them are read; what is not about names is counted."""

from __future__ import annotations

import gc
import io
import json
import zipfile
import zlib
from pathlib import Path

import pytest

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.exchange import READERS, ExchangeError
from reader.exchange.importing.imported_annotations import ImportedAnnotations
from reader.exchange.importing.placement import NOT_PLACED, place
from reader.exchange.importing.source_files import SourceFile, read_source_files


def read(name: str, *files: tuple[str, str | bytes]) -> list[ImportedAnnotations]:
    """Read files of a format, given by name and content."""
    sources = [SourceFile(path, data.encode() if isinstance(data, str) else data) for path, data in files]
    return list(READERS[name].read_annotations(sources))


def mentions_in(item: ImportedAnnotations) -> list[tuple[str, str]]:
    """Return the text and label of each mention, in order."""
    return [(item.annotated.quote(mention), mention.label) for mention in item.annotated.mentions]


def groups_in(item: ImportedAnnotations) -> list[list[str]]:
    """Return the mentions of each entity, in order."""
    by_entity = item.annotated.mentions_by_entity()
    return sorted([item.annotated.quote(mention) for mention in mentions] for mentions in by_entity.values())


@pytest.mark.parametrize(
    "rows",
    [
        "Ada NN I-NP I-PER\nQuill NN I-NP I-PER\nleft VB I-VP O\nVoss NN I-NP I-LOC\nOslo NN B-NP B-LOC\n. . O O\n",
        "Ada\tB-PER\nQuill\tI-PER\nleft\tO\nVoss\tB-LOC\nOslo\tB-LOC\n.\tO\n",
        "Ada B-PER\nQuill E-PER\nleft O\nVoss S-LOC\nOslo S-LOC\n. O\n",
        "# a b\n1\tAda\tB-PER\tO\n2\tQuill\tI-PER\tO\n3\tleft\tO\tO\n4\tVoss\tB-LOC\tO\n5\tOslo\tB-LOC\tO\n6\t.\tO\tO",
        "Ada  x  B-PER\r\nQuill  x  I-PER\r\nleft  x  O\r\nVoss  x  B-LOC\r\nOslo  x  B-LOC\r\n.  x  O\r\n",
    ],
)
def test_columns_in_every_scheme_are_imported(rows: str) -> None:
    (item,) = read("conll", ("a.conll", rows))
    assert item.annotated.text == "Ada Quill left Voss Oslo.\n"
    assert mentions_in(item) == [("Ada Quill", "PER"), ("Voss", "LOC"), ("Oslo", "LOC")]


def test_columns_with_several_documents_and_nested_names() -> None:
    first, second = read(
        "conll",
        (
            "a.conll",
            "-DOCSTART- O O\n\nBank B-ORG O\nof I-ORG O\nVoss I-ORG B-LOC\n\n# O O\n\n-DOCSTART- O O\n\nAda B-PER O\n",
        ),
    )
    assert mentions_in(first) == [("Bank of Voss", "ORG"), ("Voss", "LOC")]
    assert first.annotated.text == "Bank of Voss\n#\n"
    assert mentions_in(second) == [("Ada", "PER")]


def test_garbage_is_still_collected_after_a_damaged_docbin() -> None:
    with pytest.raises(ExchangeError):
        read("docbin", ("a.spacy", zlib.compress(b"\x81\xa5")))
    assert gc.isenabled()


def test_docbins_that_spacy_makes() -> None:
    import spacy
    from spacy.tokens import Doc, DocBin, Span

    nlp = spacy.blank("de")
    doc = Doc(nlp.vocab, ["Ada", "🜁", "Quill", "sah", "東京"], [True, True, True, True, False])
    doc.ents = [Span(doc, 0, 3, "PER", kb_id="Q1"), Span(doc, 4, 5, "LOC")]
    doc.spans["sc"] = [Span(doc, 2, 3, "PER", kb_id="Q1")]
    empty = nlp("ohne Namen")
    for with_data in (False, True):
        first, second = read("docbin", ("a.spacy", DocBin(store_user_data=with_data, docs=[doc, empty]).to_bytes()))
        assert mentions_in(first) == [("Ada 🜁 Quill", "PER"), ("Quill", "PER"), ("東京", "LOC")]
        assert groups_in(first) == [["Ada 🜁 Quill", "Quill"]]
        assert second.annotated.text == "ohne Namen"


def test_prodigy_answers_and_relations_are_imported() -> None:
    spans = [
        {"start": 0, "end": 3, "token_start": 0, "token_end": 0, "label": "PERSON"},
        {"start": 8, "end": 11, "token_start": 2, "token_end": 2, "label": "PERSON"},
    ]
    relation = {"head_span": spans[0], "child_span": spans[1], "label": "COREF"}
    tasks = [
        {"text": "Ada saw her.", "spans": spans, "relations": [relation], "answer": "accept"},
        {"text": "No.", "spans": [{"start": 0, "end": 2, "label": "ORG"}], "answer": "reject"},
    ]
    accepted, rejected = read("prodigy", ("a.jsonl", "\n".join(map(json.dumps, tasks))))
    assert groups_in(accepted) == [["Ada", "her"]]
    assert not rejected.annotated.mentions
    assert rejected.omitted == {"tasks with the answer “reject”": 1}


@pytest.mark.parametrize("key", ["label", "labels"])
def test_doccano_without_relations_is_imported(key: str) -> None:
    line = {"id": 7, "text": "🜁 Ada Quill\r\nin Oslo", key: [[2, 11, "人物"], [16, 20, "LOC"], [15, 99, "LOC"]]}
    (item,) = read("doccano", ("a.jsonl", json.dumps(line)))
    assert mentions_in(item) == [("Ada Quill", "人物"), ("Oslo", "LOC")]
    assert item.omitted == {"spans outside the text": 1}


def test_doccano_relations_become_entities() -> None:
    entities = [{"id": n, "label": "P", "start_offset": s, "end_offset": e} for n, s, e in ((4, 0, 3), (9, 8, 11))]
    relations = [{"id": 1, "from_id": 9, "to_id": 4, "type": "same entity"}, {"from_id": 4, "to_id": 9, "type": "saw"}]
    line = {"text": "Ada saw Ada", "entities": entities, "relations": relations, "Comments": ["check"], "lang": "en"}
    (item,) = read("doccano", ("a.jsonl", json.dumps(line)))
    assert groups_in(item) == [["Ada", "Ada"]]
    assert item.annotated.note == "check"
    assert item.omitted == {"relations other than “same entity”": 1, "metadata fields": 1}


def _region(start: int, end: int, text: str, identifier: str = "a") -> dict[str, object]:
    value = {"start": start, "end": end, "text": text, "labels": ["PER"]}
    return {"id": identifier, "type": "labels", "from_name": "l", "to_name": "article", "value": value}


def test_label_studio_tasks_are_imported() -> None:
    text = "🜁🜁 Ada Quill left."
    annotations = [
        {"result": [_region(0, 2, "🜁🜁")], "was_cancelled": True},
        {"result": [_region(5, 14, "Ada Quill"), {"type": "choices", "value": {"choices": ["x"]}}]},  # UTF-16 offsets
        {"result": [_region(3, 6, "Ada")]},
    ]
    task = {"data": {"article": text, "url": "https://example.org"}, "annotations": annotations}
    task["predictions"] = [{"result": [_region(7, 12, "Quill")]}]
    for data in (json.dumps([task]), json.dumps(task), json.dumps(task, indent=1)):
        (item,) = read("label-studio", ("a.json", data))
        assert mentions_in(item) == [("Ada Quill", "PER"), ("Quill", "PER")]
        assert [mention.decided for mention in item.annotated.mentions] == [True, False]
        assert item.omitted == {"annotations of further annotators": 1, "regions of type “choices”": 1}


def test_label_studio_short_exports_and_missing_text() -> None:
    span = {"start": 0, "end": 3, "text": "Ada", "labels": ["PER"]}
    (item,) = read("label-studio", ("a.json", json.dumps([{"text": "Ada left", "label": [span], "annotator": 1}])))
    assert mentions_in(item) == [("Ada", "PER")]
    for data in ({}, {"image": "https://example.org/a.png"}, {"text": "/data/upload/1/a.txt"}):
        task = {"data": data, "annotations": [{"result": [{"to_name": "image", "type": "rectanglelabels"}]}]}
        with pytest.raises(ExchangeError, match="item 1 has no text"):
            read("label-studio", ("a.json", json.dumps([task])))


def test_brat_annotations_are_imported() -> None:
    text = "North and South Voss\r\nAda Quill, Dr. Quill\nof Oslo"
    lines = [
        "T1\tLoc 0 5;16 20\tNorth Voss",
        "T2\tLoc 10 20\tSouth Voss",
        "T3\tPer 22 31\tAda Quill",
        "T4\tPer 33 42\tDr. Quill",
        "T5\tOrg 33 42;43 50\tDr. Quill of Oslo",
        "*\tEquiv T3 T4",
        "N1\tReference T2 Gazetteer:12\tSouth Voss",
        "#1\tAnnotatorNotes T2\twhere is it?",
        "A1\tMachineFound T4",
        "A2\tNegation T3",
        "R1\tAt Arg1:T3 Arg2:T2",
        "E1\tLoc:T2",
    ]
    (item,) = read("brat", ("d/a.ann", "\n".join(lines)), ("d/a.txt", text))
    assert mentions_in(item) == [
        ("South Voss", "Loc"),
        ("Ada Quill", "Per"),
        ("Dr. Quill", "Per"),
        ("Dr. Quill\nof Oslo", "Org"),
    ]
    assert groups_in(item) == [["Ada Quill", "Dr. Quill"], ["South Voss"]]
    assert item.annotated.mentions[0].note == "where is it?"
    assert [mention.decided for mention in item.annotated.mentions] == [True, True, False, True]
    assert item.omitted == {
        "discontinuous mentions": 1,
        "attributes": 1,
        "relations other than “same entity”": 1,
        "events": 1,
    }


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([("a.ann", "T1\tPer 0 3\tAda")], "a.ann has no a.txt next to it"),
        ([("a.ann", "T1 Per 0 3 Ada"), ("a.txt", "Ada")], "a.ann: line 1 is not an annotation"),
        ([("a.ann", b"T1\tPer 0 3\t\xff"), ("a.txt", "Ada")], r"a.ann is not UTF-8 \(byte 12\)"),
    ],
)
def test_damaged_brat_files_are_rejected(files: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(ExchangeError, match=message):
        read("brat", *files)


def test_a_brat_file_brings_its_text_along_and_archives_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada left")
    (tmp_path / "a.ann").write_text("T1\tPer 0 3\tAda\n")
    (tmp_path / ".hidden.ann").write_text("?")
    for path in (tmp_path, tmp_path / "a.ann", tmp_path / "a.txt"):
        files = read_source_files(str(path))
        assert {file.name for file in files} == {"a.ann", "a.txt"}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("corpus/a.txt", "Ada left")
        archive.writestr("corpus/a.ann", "T1\tPer 0 3\tAda\n")
    files = read_source_files(str(tmp_path / "a.zip"))
    (item,) = READERS["brat"].read_annotations(files)
    assert mentions_in(item) == [("Ada", "Per")]


WEBANNO = r"""#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value
#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation


#Text=🜁 Ada Quill\\s Voss[1]
1-1	0-2	🜁	SYM	_	_	_	_
1-2	3-6	Ada	NNP	*[1]	PER[1]	nam[1]	coref->1-1
1-3	7-12	Quill	NNP	*[1]|Q\|7[2]	PER[1]|FAM\_NAME[2]	nam[1]	coref->1-1
1-4	12-14	\\s	X	_	_	_	_
1-5	15-19	Voss	NNP	*	LOC	_	_
1-6	19-22	[1]	X	_	_	_	_

#Text=She left.
2-1	24-27	She	PRP	_	_	pro[1]	*->1-2
2-2	28-32	left	VBD	_	_	_	_
2-2.1	29-31	ef	_	*[9]	OTH[9]	_	_
2-2.2	29-29		_	*[8]	OTH[8]	_	_
2-3	32-33	.	.	_	_	_	_
"""


def test_webanno_layers_are_imported() -> None:
    lines = (f"{line}\t" if line[:1].isdigit() else line for line in WEBANNO.split("\n"))  # rows end in a tab
    (item,) = read("webanno", ("a.tsv", "\n".join(lines)))
    assert item.annotated.text == "🜁 Ada Quill\\s Voss[1]\n\nShe left."
    assert mentions_in(item) == [("Ada Quill", "PER"), ("Quill", "FAM_NAME"), ("Voss", "LOC"), ("ef", "OTH")]
    assert [mention.entity for mention in item.annotated.mentions] == ["CoreferenceLink 1", "Q|7", "", ""]
    assert item.omitted == {
        "annotations of the layer POS": 9,
        "coreference links without a name": 1,
        "empty spans": 1,
    }


def test_uima_files_that_cassis_makes() -> None:
    cassis = pytest.importorskip("cassis")
    from reader.exchange.annotation_tools.uima_cas import CHAIN, LINK, NAMED_ENTITY

    system = cassis.load_dkpro_core_typesystem()
    cas = cassis.Cas(system)
    cas.sofa_string = "🜁 Ada Quill saw Quill in Oslo."
    cas.sofa_mime = "text/plain"
    name, link = system.get_type(NAMED_ENTITY), system.get_type(LINK)
    cas.add_all([name(begin=2, end=11, value="PER"), name(begin=16, end=21, value="PER"), name(begin=25, end=29)])
    links = [link(begin=2, end=11), link(begin=16, end=21)]
    links[0].next = links[1]
    cas.add_all(links)
    cas.add(system.get_type(CHAIN)(first=links[0]))
    files = [("a.xmi", cas.to_xmi()), ("TypeSystem.xml", system.to_xml())]
    for given in (files, files[:1], [("a.json", cas.to_json())]):
        (item,) = read("uima", *given)
        assert mentions_in(item) == [("Ada Quill", "PER"), ("Quill", "PER")]
        assert groups_in(item) == [["Ada Quill", "Quill"]]
        assert item.omitted == {"mentions without a label": 1}


def test_xml_with_entities_is_refused() -> None:
    pytest.importorskip("cassis")
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xmi:XMI>&b;</xmi:XMI>'
    with pytest.raises(ExchangeError, match="declares a document type"):
        read("uima", ("a.xmi", bomb))


def test_web_annotations_of_other_programs_are_imported() -> None:
    text = "🜁🜁 Ada Quill left Oslo. Ada Quill came back to Oslo."
    document = Document(text, plain_blocks(text), "a", "a.txt")

    def annotation(start: int, end: int, quote: str, prefix: str, suffix: str, **more: object) -> dict[str, object]:
        selectors = [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", "exact": quote, "prefix": prefix, "suffix": suffix},
        ]
        return {"type": "Annotation", "target": [{"source": "https://example.org/a", "selector": selectors}], **more}

    tag = {"type": "TextualBody", "purpose": "tagging", "value": "PERSON"}
    rows = [
        annotation(5, 14, "Ada Quill", "🜁🜁 ", " left Oslo.", body=[tag, "who?"]),  # UTF-16 offsets
        annotation(999, 1010, "Oslo", "Quill came back to ", ".", body=tag),
        annotation(0, 4, "Oslo", "", "", body=tag),
        annotation(0, 2, "🜁🜁", "", " Ada", body="no label"),
        {"type": "Annotation", "target": "https://example.org/a", "body": tag},
    ]
    (item,) = read("web-annotation", ("a.json", json.dumps({"total": 5, "rows": rows})))
    placed = place(item, document)
    assert placed is not None
    spans = [(mention.start, mention.end, mention.note) for mention in placed.annotated.mentions]
    assert spans == [(3, 12, "who?"), (text.rindex("Oslo"), text.rindex("Oslo") + 4, "")]
    assert placed.omitted == {NOT_PLACED: 1, "mentions without a label": 1, "annotations without a quote": 1}


def test_tables_of_mentions_by_their_sentences() -> None:
    text = "Ada Quill left Oslo on a rainy day.\nNobody in Oslo saw it."
    table = io.StringIO()
    table.write("start,end,text,label,entity,sentence\n")
    table.write('900,909,Ada Quill,PERSON,Ada Quill,"Ada Quill left Oslo on a rainy day."\n')
    table.write("\n2,3,Oslo,GPE,,no context\n'-1,,'=Oslo,GPE,,Nobody in '=Oslo saw it.\n")
    (item,) = read("csv", ("a.csv", table.getvalue()))
    placed = place(item, Document(text, plain_blocks(text), "a", "a.txt"))
    assert placed is not None
    assert mentions_in(placed) == [("Ada Quill", "PERSON")]
    assert placed.omitted == {NOT_PLACED: 2}


def test_annotations_are_laid_over_a_changed_text() -> None:
    old = "The council met in Voss on Monday.\nAda Quill spoke about the harbor for an hour.\nOslo was silent about it."
    new = "An update.\n\nThe council met in Voss on Monday.\nOslo was silent about  it.\nA new line about Ada Quill."
    names = [(old.index(name), old.index(name) + len(name)) for name in ("Voss", "Ada Quill", "Oslo")]
    line = {"text": old, "label": [[*span, "X-1"] for span in names]}
    (item,) = read("doccano", ("a.jsonl", json.dumps(line)))
    placed = place(item, Document(new, plain_blocks(new), "a", "a.txt"))
    assert placed is not None
    assert mentions_in(placed) == [("Voss", "X-1"), ("Oslo", "X-1")]
    assert placed.omitted == {NOT_PLACED: 1}
    other = Document("Nothing of it is here.", plain_blocks("Nothing of it is here."), "b", "b.txt")
    assert place(item, other) is None


def test_tokens_are_laid_over_the_text_they_came_from() -> None:
    text = "A title\n\n“Ada Quill (of Voss)\nleft,” he   said.  Oslo wasn't sure."
    rows = "“ O\nAda B-PER\nQuill I-PER\n( O\nof O\nVoss B-LOC\n) O\nleft O\n, O\n” O\nhe O\nsaid O\n. O\n\n"
    rows += "Oslo B-LOC\nwas O\nn't O\nsure O\n. O\n"
    (item,) = read("conll", ("a.conll", rows))
    placed = place(item, Document(text, plain_blocks(text), "a", "a.txt"))
    assert placed is not None
    assert mentions_in(placed) == [("Ada Quill", "PER"), ("Voss", "LOC"), ("Oslo", "LOC")]


SCORES = {
    "prodigy": '{"text": "Ada left.", "spans": [{"start": 0, "end": 3, "label": "PERSON", "score": 0.25}]}',
    "doccano": '{"text": "Ada left.", "label": [[0, 3, "PERSON", 0.25]]}',
    "label-studio": '[{"data": {"text": "Ada left."}, "predictions": [{"score": 0.25, "result": [{"id": "a", "type": '
    '"labels", "to_name": "text", "value": {"start": 0, "end": 3, "labels": ["PERSON"]}}]}]}]',
}


@pytest.mark.parametrize("name", SCORES)
def test_a_mention_with_a_confidence_was_found_by_a_machine(name: str) -> None:
    (imported,) = READERS[name].read_annotations([SourceFile("a.json", SCORES[name].encode())])
    ((mention),) = imported.annotated.mentions
    assert (mention.score, mention.decided) == (0.25, False)


@pytest.mark.parametrize("score", ["null", "-1", "7", "1e400", '"high"', "true", "[]", "NaN"])
def test_what_is_no_confidence_is_none(score: str) -> None:
    span = f'{{"id": 1, "start_offset": 0, "end_offset": 3, "label": "PERSON", "score": {score}}}'
    line = f'{{"text": "Ada left.", "entities": [{span}]}}'
    (imported,) = READERS["doccano"].read_annotations([SourceFile("a.json", line.encode())])
    assert [(mention.score, mention.decided) for mention in imported.annotated.mentions] == [(1.0, True)]


def test_an_accepted_task_was_decided_by_a_person() -> None:
    line = SCORES["prodigy"][:-1] + ', "answer": "accept"}'
    (imported,) = READERS["prodigy"].read_annotations([SourceFile("a.jsonl", line.encode())])
    assert [(mention.score, mention.decided) for mention in imported.annotated.mentions] == [(1.0, True)]
