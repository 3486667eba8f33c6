"""Mutations of valid files of every format: each is opened, or refused by one line, in bounded time."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from reader.document import DocumentError
from reader.document.loading import ManyDocumentsError, parse
from reader.document.raw_source import RawSource
from tests.document.loaders.compound_file import compound_file
from tests.document.loaders.office.office_files import archive, epub, open_document, paragraph, word
from tests.document.loaders.pdf_builder import PdfBuilder

WORDS = "Leyla Karasu of the Merrow Port Authority will visit the northern quay on Friday."
MUTATIONS = int(os.environ.get("READER_MUTATIONS", "60"))
"""Mutations of each file. 2,000 of each take an hour."""


def _mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Jörg Brandt <joerg@brandt.example>"
    message["Subject"] = "Soundings — März"
    message["Message-ID"] = "<1@brandt.example>"
    message.set_content(f"{WORDS}\n\n> {WORDS}\n", cte="quoted-printable")
    message.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    message.add_attachment(WORDS.encode(), maintype="text", subtype="plain", filename="März.txt")
    return message.as_bytes()


def _mailbox() -> bytes:
    return b"".join(b"From a@b.example Fri Mar  6 09:15:00 2026\n" + _mail() + b"\n\n" for _ in range(3))


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", WORDS)
        archive.writestr("b.md", WORDS)
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.txt", "b.eml"):
            entry = tarfile.TarInfo(name)
            entry.size = len(WORDS)
            archive.addfile(entry, io.BytesIO(WORDS.encode()))
    return out.getvalue()


def _pdf() -> bytes:
    builder = PdfBuilder()
    builder.add_page()
    builder.write(WORDS, 64, 100)
    builder.write("1  A footnote.", 64, 780, size=7)
    return builder.data()


def _warc() -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    page += gzip.compress(f"<html><title>Quay</title><p>{WORDS}</p></html>".encode())
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http"
    return f"{head}\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page + b"\r\n\r\n"


def _feed() -> bytes:
    items = f"<item><title>Quay</title><description>{WORDS}</description></item>" * 2
    return f"<?xml version='1.0'?><rss><channel>{items}</channel></rss>".encode()


def _xml() -> bytes:
    body = f"<head>Quay</head><p>{WORDS}<note>A note.</note></p><list><item>salt</item></list><table><row/></table>"
    return f"<?xml version='1.0' encoding='utf-8'?><TEI><text><body><div>{body}</div></body></text></TEI>".encode()


def _message() -> bytes:
    texts = {0x0037: "Quay", 0x0C1A: "Dana Okoye", 0x1000: WORDS}
    streams = {f"__substg1.0_{key:04X}001F": text.encode("utf-16-le") for key, text in texts.items()}
    attached = "__attach_version1.0_#00000000/__substg1.0_"
    return compound_file({
        "__properties_version1.0": bytes(64),
        **streams,
        f"{attached}37010102": WORDS.encode(),
        f"{attached}3707001F": "a.txt".encode("utf-16-le"),
    })  # fmt: skip


def _subtitles(first: str, point: str) -> bytes:
    cues = (f"{n}\n00:00:0{n}{point}000 --> 00:00:0{n}{point}900\n{WORDS}\n\n" for n in (1, 2))
    return (first + "".join(cues)).encode()


def _mhtml() -> bytes:
    page = f"<html><body><p>{WORDS}</p></body></html>"
    head = "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nMIME-Version: 1.0\n"
    kind = 'Content-Type: multipart/related; boundary="b"'
    return f"{head}{kind}\n\n--b\nContent-Type: text/html\n\n{page}\n--b--\n".encode()


FILES: dict[str, Callable[[], bytes]] = {
    "a.txt": lambda: f"The Quay\n\n{WORDS}\n\n- an item\n\n> a quote\n".encode(),
    "a.md": lambda: f"---\ntitle: Quay\n---\n# Quay\n\n{WORDS} [link](https://a.b)\n\n| a | b |\n|-|-|\n".encode(),
    "a.html": lambda: f"<!DOCTYPE html><html><body><article><h1>Quay</h1><p>{WORDS}</p></article></html>".encode(),
    "a.mhtml": _mhtml,
    "a.pdf": _pdf,
    "a.docx": lambda: word(paragraph(WORDS)),
    "a.odt": lambda: open_document(f'<text:p>{WORDS}<text:s text:c="3"/></text:p>'),
    "a.epub": lambda: epub({"one": f"<p>{WORDS} &amp; sea</p>"}, "one"),
    "a.rtf": lambda: f"{{\\rtf1\\ansi {{\\fonttbl{{\\f0 Arial;}}}}{WORDS}\\par{{\\footnote note}}}}".encode(),
    "a.srt": lambda: _subtitles("", ","),
    "a.vtt": lambda: _subtitles("WEBVTT\n\n", "."),
    "a.csv": lambda: f'id,title,text\n1,"Quay, north","{WORDS}"\n2,Pier,"{WORDS}"\n'.encode(),
    "a.json": lambda: json.dumps([{"title": "Quay", "text": WORDS, "tags": [1, {"a": None}]}] * 2).encode(),
    "a.jsonl": lambda: f"{json.dumps({'text': WORDS})}\n".encode() * 2,
    "a.rss": _feed,
    "a.xml": _xml,
    "a.warc": _warc,
    "a.msg": _message,
    "a.eml": _mail,
    "a.mbox": _mailbox,
    "a.txt.gz": lambda: gzip.compress(WORDS.encode()),
    "a.txt.xz": lambda: lzma.compress(WORDS.encode()),
    "a.txt.bz2": lambda: bz2.compress(WORDS.encode()),
    "a.zip": _zip,
    "a.tar": _tar,
}


def mutated(data: bytes, seed: int) -> bytes:
    """Return the bytes with some of them changed, cut out, doubled, or put somewhere else."""
    rng = random.Random(seed)
    result = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20))):
        start = rng.randrange(len(result) + 1)
        end = min(len(result), start + rng.choice((1, 1, 4, 64, 1024)))
        match rng.randrange(5):
            case 0:
                result[start:end] = rng.randbytes(end - start)
            case 1:
                del result[start:end]
            case 2:
                result[start:start] = result[start:end]
            case 3:
                result[start:end] = bytes((rng.choice((0, 10, 34, 45, 60, 61, 255)),)) * (end - start)
            case _:
                piece = bytes(result[start:end])
                target = rng.randrange(len(result) + 1)
                result[target:target] = piece
    return bytes(result)


def mutated_part(data: bytes, seed: int) -> bytes:
    """Return a valid archive in which one part is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    name = random.Random(seed).choice([name for name in parts if name != "mimetype"])
    content = parts[name]
    assert isinstance(content, bytes)
    parts[name] = mutated(content, seed)
    return archive(parts)


def opened(data: bytes, name: str) -> str:
    """Open a file. Return its text, the texts of its first members, or the line that refuses it."""
    try:
        return parse(RawSource(data, name, name)).text
    except ManyDocumentsError as error:
        texts = []
        for member in error.container.members[:3]:
            try:
                texts.append(error.container.document(member).text)
            except DocumentError as problem:
                texts.append(str(problem).replace("\n", "MORE THAN ONE LINE"))
        return "\n".join(texts)
    except DocumentError as error:
        return str(error).replace("\n", "MORE THAN ONE LINE")


@pytest.mark.parametrize("name", FILES)
def test_valid_files_open(name: str) -> None:
    text = opened(FILES[name](), name)
    assert WORDS in text.replace("\n", " ")


@pytest.mark.parametrize("name", FILES)
def test_mutations_open_or_are_refused(name: str) -> None:
    data = FILES[name]()
    for seed in range(MUTATIONS):
        is_part = data.startswith(b"PK") and seed % 2
        broken = mutated_part(data, seed) if is_part else mutated(data, seed)
        assert "MORE THAN ONE LINE" not in opened(broken, name)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"a\n" * 2_000_001, "a text of more than 2,000,000 lines"),
        ("a.md", b"a\n" * 2_000_001, "a text of more than 2,000,000 lines"),
        ("a.mbox", b"words without any mail", "a mailbox without documents"),
        ("a.csv", b"," * 5_000, "a table of more than 4,096 columns"),
        ("a.json", b"[" + b"{}," * 2_000_000 + b"{}]", "more than 2,000,000 lists and objects"),
        ("a.xml", b"<?xml version='1.0'?><r>" + b"<v>1</v>" * 300_001 + b"</r>", "XML of more than 300,000 elements"),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nx\n\n" * 100_001, "more than 100,000 cues"),
        ("a.rtf", b"{\\rtf1 " + b"{" * 500_001, "more than 500,000 groups"),
        ("a.rtf", b"{\\rtf1 " + b"words " * 1_500_000 + b"}", "more than 8 MB of text"),
        ("a.warc", b"WARC/1.0\r\nx" * 100_000, "a web archive without documents"),
    ],
)  # fmt: skip
def test_what_would_take_too_long_is_refused(name: str, data: bytes, message: str) -> None:
    assert message in opened(data, name)
