"""Text after what ends a file of its format is read, or a notice says that it is not."""

from __future__ import annotations

import gzip
import zipfile
from io import BytesIO

import pytest

from reader.document import Document
from reader.document.loading import parse
from reader.document.raw_source import RawSource

PARAGRAPH = "The harbor board of Merrow met on Friday to hear what the pilots had to say about dredging."
PAGE = f"<!DOCTYPE html><html><head><title>Quay</title></head><body><p>{PARAGRAPH}</p>"
MAIL = """\
From: a@b.example
Message-ID: <1@b>
Subject: Quay
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=X

--X
Content-Type: text/plain

Inside.
--X--
"""


def opened(name: str, data: str | bytes) -> Document:
    """Return the document of a file with a name."""
    return parse(RawSource(data.encode() if isinstance(data, str) else data, name, name))


@pytest.mark.parametrize(
    "source",
    [
        "{\\rtf1\\ansi First.\\par}\nSecond.",
        "{\\rtf1\\ansi First.\\par}}\\par Second.}",
        "{\\rtf1\\ansi First.\\par}{\\rtf1\\ansi Second.\\par}\n",
    ],
)
def test_text_after_the_closing_brace_of_rtf_is_read(source: str) -> None:
    document = opened("a.rtf", source)
    assert document.text == "First.\n\nSecond.\n"
    assert document.notices == ("text after the end of the document is read, too",)


def test_rtf_that_ends_where_it_should_has_no_notice() -> None:
    document = opened("a.rtf", b"{\\rtf1\\ansi {\\b First} \\{x\\}.\\par}\r\n\0")
    assert (document.text, document.notices) == ("First {x}.\n", ())


@pytest.mark.parametrize("rest", [f"<p>After {PARAGRAPH}</p>", f"After {PARAGRAPH}"])
def test_text_after_the_end_of_a_page_is_read(rest: str) -> None:
    for page in (f"{PAGE}</body></html>\n{rest}", f"{PAGE}</body>{rest}</html>"):
        document = parse(RawSource(page.encode(), "a.html", "a.html", all_text=True))
        assert document.text.endswith(f"After {PARAGRAPH}\n")


def test_data_after_a_compressed_file_is_named() -> None:
    document = opened("a.txt.gz", gzip.compress(b"First.\n") + gzip.compress(b"Second.\n") + b"rest")
    assert document.text == "First.\nSecond.\n"
    assert document.notices == ("left out: data after the end of the compressed file",)


def test_text_after_the_parts_of_a_mail_is_counted() -> None:
    assert opened("a.eml", MAIL).notices == ()
    assert opened("a.eml", f"{MAIL}See you soon.\n").notices == ("left out: 3 words after the last part of the mail",)


def test_a_file_inserted_into_a_word_document_is_counted() -> None:
    data = BytesIO()
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    body = "<w:p><w:r><w:t>First.</w:t></w:r></w:p><w:altChunk/>"
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        target = f'<Relationship Id="r" Type="{kind}" Target="/word/document.xml"/>'
        file.writestr("_rels/.rels", f'<Relationships xmlns="{relations}">{target}</Relationships>')
        file.writestr("word/document.xml", f"<w:document {word}><w:body>{body}</w:body></w:document>")
    assert opened("a.docx", data.getvalue()).notices == ("left out: 1 inserted file",)
