from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.document import DocumentError, load
from reader.document.load_options import LoadOptions
from reader.document.loading import ManyDocumentsError, parse
from reader.document.raw_source import RawSource

ROWS = [
    {"id": "17", "title": "Quay sinks", "body": "Leyla Karasu visited the quay; it had sunk.", "date": "2026-03-02"},
    {"id": "18", "title": "", "body": "The port authority of Merrow denied it.", "date": "2026-03-03"},
    {"id": "19", "title": "Empty", "body": "", "date": ""},
    {"id": "20", "title": "More", "body": 'Dana said:\n"It will hold."\n\nNobody believed it.', "date": ""},
]  # fmt: skip


def as_csv(delimiter: str = ",") -> str:
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row.values()] for row in ROWS]
    return "\r\n".join(delimiter.join(cells) for cells in (list(ROWS[0]), *quoted))


def listed(data: str | bytes, name: str, field: str = "") -> list[tuple[str, str]]:
    with pytest.raises(ManyDocumentsError) as caught:
        parse(RawSource(data.encode() if isinstance(data, str) else data, name, name, field=field))
    return [(member.name, member.title) for member in caught.value.container.members]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (as_csv(), "a.csv"),
        (as_csv(";"), "a.csv"),
        (as_csv("\t"), "a.tsv"),
        (json.dumps(ROWS), "a.json"),
        (json.dumps({"status": "ok fine", "articles": ROWS}), "a"),
        (json.dumps({row["id"]: row for row in ROWS}), "a.json"),
        ("\n".join(map(json.dumps, ROWS)), "a.jsonl"),
        ("\n".join(map(json.dumps, ROWS)), "a.txt"),
    ],
)
def test_each_record_is_a_member(tmp_path: Path, data: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data.encode())
    assert listed(data, name) == [("1", "Quay sinks"), ("2", "The port authority of Merrow denied it."), ("4", "More")]
    document = load(f"{path}::1")
    assert document.text.rstrip("\n") == f"Quay sinks\n\n{ROWS[0]['body']}"
    assert (document.title, document.date, document.source) == ("Quay sinks", "2026-03-02", f"{path}::1")
    assert document.notices == ("the text is in body; left out: id; --field NAME reads another",)
    assert load(f"{path}::4").text.rstrip("\n") == f"More\n\n{ROWS[3]['body']}"


def test_a_chosen_field_is_part_of_the_addresses(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,note\nQuay of the north,It sank\nPier of the south,It stands there\n")
    assert [name for name, _ in listed(path.read_bytes(), "a.csv", "NAME")] == ["name:1", "name:2"]
    assert load(f"{path}::name:2").text == "Pier of the south"
    assert load(f"{path}::2", LoadOptions(field="name")).text == "Pier of the south"
    with pytest.raises(DocumentError, match="no column or field 'x'; there are: name, note"):
        load(str(path), LoadOptions(field="x"))


def test_a_table_without_header_has_numbers_for_names() -> None:
    data = "1,Karasu went to the quay.\n2,She came back.\n"
    assert listed(data, "a.csv") == [("1", "Karasu went to the quay."), ("2", "She came back.")]
    assert [name for name, _ in listed(data, "a.csv", "2")] == ["2:1", "2:2"]


def test_a_table_in_another_encoding_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,Żółta łódź w Gdańsku\n2,Święto morza w Łebie\n".encode("iso-8859-2"))
    assert load(f"{path}::2", LoadOptions(encoding="latin2")).text == "Święto morza w Łebie"


def test_html_in_a_field_is_rendered(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        "".join(json.dumps({"content": f"<p>Karasu &amp; sons {n}.</p><p>Second.</p>"}) + "\n" for n in (1, 2))
    )
    assert load(f"{path}::2").text == "Karasu & sons 2.\n\nSecond.\n"


def test_nested_fields_and_lists_of_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    records = [{"doc": {"paragraphs": ["First words here.", "Then more words."]}, "user": {"name": "Dana"}}] * 2
    path.write_text("\n".join(map(json.dumps, records)))
    document = load(f"{path}::1")
    assert (document.text, document.author) == ("First words here.\n\nThen more words.", "Dana")


def test_one_object_with_annotations_is_one_document() -> None:
    text = "Karasu went to the quay of Merrow. " * 5
    record = {"text": text, "spans": [{"start": 0, "label": "PERSON of note"}, {"start": 20, "label": "GPE"}]}
    assert parse(RawSource(json.dumps(record).encode(), "a", "a.json")).text == text


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        ('{"a": [1, 2', "a.json", "not valid JSON in line 1"),
        ("[" * 100_000, "a.json", "JSON that is nested too deeply"),
        ("[]", "a.json", "no column or field with text"),
        ("a,b\n1,2\n3,4\n", "a.csv", "no column or field with text"),
        ("[1, 2]", "a.json", "no column or field with text"),
    ],
)  # fmt: skip
def test_what_has_no_text_is_refused(data: str, name: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        parse(RawSource(data.encode(), name, name))


def test_damaged_lines_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One two."}\n{"text": "Three\n{"text": "Four five."}\n{"text": "Six."}\n')
    assert load(f"{path}::2").notices == ("left out: 1 line that is not valid JSON",)


def test_control_characters_and_surrogates_are_made_visible(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": "red \x1b[31m and \ud800"}, {"text": "b c"}]))
    assert load(f"{path}::1").text == "red ␛[31m and \ufffd"


def test_members_can_be_read_in_any_order() -> None:
    with pytest.raises(ManyDocumentsError) as caught:
        parse(RawSource(as_csv().encode(), "a.csv", "a.csv"))
    container = caught.value.container
    texts = [container.document(member).text for member in container.members]
    assert [container.document(member).text for member in reversed(container.members)] == texts[::-1]
