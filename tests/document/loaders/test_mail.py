from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind, Document, DocumentError, load
from reader.document.loaders.mail.header_text import decode_words
from reader.document.loading import ManyDocumentsError, parse
from reader.document.raw_source import RawSource

PARAGRAPHS = (
    "Leyla Karasu of the Merrow Port Authority will visit the northern quay on Friday.",
    "She asks Dana Okoye for the soundings of the last three years, and for the drawings.",
    "The answer of the contractor, Brandt & Söhne, came on Monday evening.",
)
HTML = "<html><body>{}</body></html>".format("".join(f"<p>{p.replace('&', '&amp;')}</p>" for p in PARAGRAPHS))


def mail(subject: str = "Soundings of the quay — März") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Jörg Brandt <joerg@brandt.example>"
    message["To"] = "Dana Okoye <dana@merrow.example>"
    message["Subject"] = subject
    message["Date"] = "Fri, 06 Mar 2026 09:15:00 +0100"
    message["Message-ID"] = "<1@brandt.example>"
    return message


def opened(path: Path, data: bytes) -> Document:
    path.write_bytes(data)
    return load(str(path))


def assert_once_and_in_order(document: Document) -> None:
    offsets = [document.text.index(paragraph) for paragraph in PARAGRAPHS]
    assert offsets == sorted(offsets)
    assert all(document.text.count(paragraph) == 1 for paragraph in PARAGRAPHS)
    assert all(document.has_block_around(o, o + len(p)) for o, p in zip(offsets, PARAGRAPHS, strict=True))


@pytest.mark.parametrize("name", ["a.eml", "a.txt", "a"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
def test_plain_mail_is_recognized_by_its_content(tmp_path: Path, name: str, charset: str, cte: str) -> None:
    message = mail()
    message.set_content("\n\n".join(PARAGRAPHS), charset=charset, cte=cte)
    document = opened(tmp_path / name, message.as_bytes())
    assert_once_and_in_order(document)
    assert document.title == "Soundings of the quay — März"
    assert document.author == "Jörg Brandt <joerg@brandt.example>"
    assert document.date == "2026-03-06T09:15:00+01:00"
    assert document.text.startswith("Soundings of the quay — März\n\nFrom: Jörg Brandt")
    assert document.blocks[0].kind is BlockKind.HEADING


def test_of_two_forms_the_plain_one_is_read_once(tmp_path: Path) -> None:
    message = mail()
    message.set_content("\n\n".join(PARAGRAPHS))
    message.add_alternative(HTML, subtype="html")
    assert_once_and_in_order(opened(tmp_path / "a.eml", message.as_bytes()))


@pytest.mark.parametrize("first", ["", " \n"])
def test_html_is_read_if_the_plain_form_is_empty(tmp_path: Path, first: str) -> None:
    message = mail()
    message.set_content(first)
    message.add_alternative(HTML, subtype="html")
    assert_once_and_in_order(opened(tmp_path / "a.eml", message.as_bytes()))


def test_quoted_lines_are_quotes(tmp_path: Path) -> None:
    message = mail()
    message.set_content(f"{PARAGRAPHS[0]}\n\n> {PARAGRAPHS[1]}\n>> {PARAGRAPHS[2]}\n")
    document = opened(tmp_path / "a.eml", message.as_bytes())
    quotes = [(block.kind, block.level) for block in document.blocks[-2:]]
    assert quotes == [(BlockKind.QUOTE, 1), (BlockKind.QUOTE, 2)]
    assert_once_and_in_order(document)


def test_flowed_text_is_joined(tmp_path: Path) -> None:
    body = "\n\n".join(paragraph.replace(" ", " \n", 3) for paragraph in PARAGRAPHS)
    message = mail()
    message.set_content(body + "\n\n-- \nJörg\n")
    message.set_param("format", "flowed")
    document = opened(tmp_path / "a.eml", message.as_bytes())
    assert_once_and_in_order(document)
    assert document.text.rstrip().endswith("-- \nJörg")


def test_attachments_are_listed_and_open_as_members(tmp_path: Path) -> None:
    forwarded = mail("Earlier mail")
    forwarded.set_content(PARAGRAPHS[1])
    message = mail()
    message.set_content(PARAGRAPHS[0])
    message.add_attachment(PARAGRAPHS[2].encode(), maintype="text", subtype="plain", filename="note.txt")
    message.add_attachment(b"Second.", maintype="text", subtype="plain", filename="../note.txt")
    message.add_attachment(b"Third.", maintype="text", subtype="plain", filename="note.txt")
    message.add_attachment(forwarded)
    path = tmp_path / "a.eml"
    document = opened(path, message.as_bytes())
    assert PARAGRAPHS[0] in document.text
    assert PARAGRAPHS[2] not in document.text
    assert document.notices == (
        "4 attachments: note.txt, _note.txt, 2 note.txt, Earlier mail; open as SOURCE::note.txt",
    )
    assert load(f"{path}::note.txt").text == PARAGRAPHS[2]
    assert load(f"{path}::note.txt").source == f"{path}::note.txt"
    assert load(f"{path}::2 note.txt").text == "Third."
    assert load(f"{path}::Earlier mail").title == "Earlier mail"
    with pytest.raises(DocumentError, match="no member 'other'; it has 4 members"):
        load(f"{path}::other")


def test_a_mailbox_has_one_member_per_mail(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    box = mailbox.mbox(path)
    for number, paragraph in enumerate(PARAGRAPHS, 1):
        message = mail(f"Mail {number}")
        message.set_content(f"{paragraph}\n\nFrom here on it is quiet.\n")
        box.add(message)
    box.close()
    with pytest.raises(ManyDocumentsError) as caught:
        load(str(path))
    assert str(caught.value) == f"{path}: a mailbox of 3 documents; open one by its address: {path}::1"
    assert [member.title for member in caught.value.container.members] == [
        f"Mail {number} · Jörg Brandt <joerg@brandt.example>" for number in (1, 2, 3)
    ]
    for address, paragraph in zip(caught.value.addresses, PARAGRAPHS, strict=True):
        document = load(address)
        assert document.source == address
        assert document.text.count(paragraph) == 1
        assert "\nFrom here on" in document.text


@pytest.mark.parametrize("text", ["From: Dana\nTo: Leyla\n\nA memo.\n", "Note: this is text.\n", "From 2026 on, x.\n"])
def test_text_that_looks_a_little_like_mail_is_plain(tmp_path: Path, text: str) -> None:
    assert opened(tmp_path / "a.txt", text.encode()).text == text


def test_an_encrypted_mail_is_named() -> None:
    data = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nAAAA\n"
    with pytest.raises(DocumentError, match="an encrypted mail; decrypt it"):
        parse(RawSource(data, "a.eml", "a.eml"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=?utf-8?B?TcOkcno=?= plan", "März plan"),
        ("=?utf-8?Q?M=C3?= =?utf-8?Q?=A4rz?=", "März"),
        ("=?iso-8859-1?q?M=E4rz?=\n =?utf-8?b?w6Q=?=", "Märzä"),
        ("=?nonsense?q?a_b?=", "a b"),
        ("=?utf-8?b?%%%?=", "%%%"),
        ("plain\r\n folded", "plain folded"),
    ],
)
def test_encoded_words_are_decoded(value: str, expected: str) -> None:
    assert decode_words(value) == expected


@given(st.text())
def test_any_header_value_can_be_decoded(value: str) -> None:
    assert "\n" not in decode_words(value)
