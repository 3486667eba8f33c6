"""A small valid file of every format, with the same sentence in it."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

from tests.document.loaders.compound_file import compound_file
from tests.document.loaders.office.office_files import epub, open_document, paragraph, word
from tests.document.loaders.pdf_builder import PdfBuilder

WORDS = "Leyla Karasu of the Merrow Port Authority will visit the northern quay on Friday."


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


def _word() -> bytes:
    item = paragraph("salt", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>')
    cell = f"<w:tc>{paragraph('12 m')}</w:tc>"
    noted = (
        '<w:p><w:hyperlink r:id="l"><w:r><w:t>Merrow Port</w:t></w:r></w:hyperlink><w:del><w:r><w:delText>rose'
        '</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="1"/></w:r></w:p>'
    )
    return word(
        paragraph("The Quay", '<w:pStyle w:val="Own"/>')
        + paragraph(WORDS)
        + item * 2
        + f'<w:tbl><w:tr>{cell}<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("")}</w:tc></w:tr></w:tbl>'
        + noted
        + f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('In the box.')}</w:txbxContent></w:pict></w:r></w:p>",
        f'<w:footnote w:id="2">{paragraph("By a hand.")}</w:footnote>',
        {"l": "https://port.example/a"},
    )


def _open_document() -> bytes:
    body = "<text:note-body><text:p>By hand.</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    items = "<text:list-item><text:p>salt</text:p></text:list-item>" * 2
    cells = '<table:table-cell table:number-columns-repeated="3"><text:p>12 m</text:p></table:table-cell>'
    return open_document(
        f'<text:h text:outline-level="2">The Quay</text:h><text:p>{WORDS}<text:s text:c="3"/>{note}</text:p>'
        f"<text:list>{items}</text:list><table:table><table:table-row>{cells}</table:table-row></table:table>"
    )


def _epub() -> bytes:
    note = '<aside epub:type="footnote" id="n1"><p>A note.</p></aside>'
    table = "<table><tr><td>12 m</td><td>north</td></tr></table><ul><li>salt</li><li>tar</li></ul>"
    pages = {
        "one": f'<h1>The Quay</h1><p>{WORDS} &amp; sea<a epub:type="noteref" href="#n1">1</a></p>{note}',
        "two": table,
    }
    return epub(pages, "one two")


def _rtf() -> bytes:
    link = r'{\field{\*\fldinst{HYPERLINK "https://port.example/"}}{\fldrslt at the port}}'
    table = r"\trowd\cellx1\intbl Quay\cell 12 m\cell\row\pard"
    items = r"{\listtext\pard 1.\tab}Tar\par{\pntext\'b7\tab}Lime\par"
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}"
    info = r"{\info{\title Quay}{\author Dana Ok\'f6ye}{\creatim\yr2024\mo3\dy5}}"
    body = (
        r"\pard\outlinelevel0 The Quay\par\pard " + WORDS + r"{\footnote By a hand.}\par{\f1\'cc\'e8\'f0}\u8217\'92\par"
    )
    return f"{head}{info}{body}{items}{table}{link}{{\\pict\\bin3 }}}}0a0b}}\\par}}".encode()


FILES: dict[str, Callable[[], bytes]] = {
    "a.txt": lambda: f"The Quay\n\n{WORDS}\n\n- an item\n\n> a quote\n".encode(),
    "a.md": lambda: f"---\ntitle: Quay\n---\n# Quay\n\n{WORDS} [link](https://a.b)\n\n| a | b |\n|-|-|\n".encode(),
    "a.html": lambda: f"<!DOCTYPE html><html><body><article><h1>Quay</h1><p>{WORDS}</p></article></html>".encode(),
    "a.mhtml": _mhtml,
    "a.pdf": _pdf,
    "a.docx": _word,
    "a.odt": _open_document,
    "a.epub": _epub,
    "a.rtf": _rtf,
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
