"""Mutations of valid files of every format: each is opened, or refused by one line, in bounded time and memory.

`READER_MUTATIONS=2000` tries that many per format instead of a few.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import re
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from reader.document import DocumentError
from reader.document.loading import ManyDocumentsError, parse
from reader.document.raw_source import RawSource
from tests.document.loaders.office.office_files import archive
from tests.document.loaders.valid_files import FILES, WORDS
from tests.mutations import mutated, mutated_json, mutated_xml, peak_memory

MUTATIONS = int(os.environ.get("READER_MUTATIONS", "60"))
MAX_MEMORY_GROWTH = 256 << 20
"""Bytes by which the mutations of one format may raise the peak of the process, which earlier tests may have raised."""
PDF_STREAM = re.compile(rb"(?<=stream\r\n).*?(?=\r\nendstream)", re.DOTALL)


def mutated_part(data: bytes, rng: random.Random) -> bytes:
    """Return a valid archive in which one part is damaged, or has other elements."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
    name = rng.choice([name for name in parts if name != "mimetype"])
    content = parts[name]
    assert isinstance(content, bytes)
    is_tree = content.startswith(b"<") and rng.random() < 0.8
    parts[name] = mutated_xml(content, rng) if is_tree else mutated(content, rng)
    return archive(parts)


def mutated_stream(data: bytes, rng: random.Random) -> bytes:
    """Return a PDF in which what a compressed stream says is damaged."""
    return PDF_STREAM.sub(lambda match: zlib.compress(mutated(zlib.decompress(match[0]), rng)), data)


INSIDE: dict[str, Callable[[bytes, random.Random], bytes]] = {
    **dict.fromkeys(("a.docx", "a.odt", "a.epub", "a.zip"), mutated_part),
    **dict.fromkeys(("a.rss", "a.xml"), mutated_xml),
    **dict.fromkeys(("a.json", "a.jsonl"), mutated_json),
    "a.pdf": mutated_stream,
    "a.txt.gz": lambda data, rng: gzip.compress(mutated(gzip.decompress(data), rng)),
    "a.txt.xz": lambda data, rng: lzma.compress(mutated(lzma.decompress(data), rng)),
    "a.txt.bz2": lambda data, rng: bz2.compress(mutated(bz2.decompress(data), rng)),
}
"""How what is in a file is damaged while its format stays valid."""


def opened(data: bytes, name: str) -> tuple[str, bool]:
    """Return the text of a file, of its first members, or the line that refuses it; and whether it was opened."""
    try:
        return parse(RawSource(data, name, name)).text, True
    except ManyDocumentsError as error:
        texts = []
        for member in error.container.members[:3]:
            try:
                texts.append(error.container.document(member).text)
            except DocumentError as problem:
                texts.append(checked_line(problem))
        return "\n".join(texts), True
    except DocumentError as error:
        return checked_line(error), False


def checked_line(error: DocumentError) -> str:
    """Return the message of an error, which is one line."""
    message = str(error)
    assert message.isprintable()
    return message


@pytest.mark.parametrize("name", FILES)
def test_valid_files_open(name: str) -> None:
    text, is_open = opened(FILES[name](), name)
    assert is_open
    assert WORDS in text.replace("\n", " ")


@pytest.mark.parametrize("name", INSIDE)
def test_what_is_in_a_file_is_damaged_too(name: str) -> None:
    data, rng = FILES[name](), random.Random(name)
    texts = {text for text, is_open in (opened(INSIDE[name](data, rng), name) for _ in range(40)) if is_open}
    assert len(texts) > 3


@pytest.mark.parametrize("name", FILES)
def test_mutations_open_or_are_refused(name: str) -> None:
    data, rng = FILES[name](), random.Random(name)
    opened(data, name)
    refused, longest, peak = 0, 0.0, peak_memory()
    for number in range(MUTATIONS):
        mutate = INSIDE.get(name, mutated) if number % 2 else mutated
        broken = mutate(data, rng)
        began = time.process_time()
        refused += not opened(broken, name)[1]
        longest = max(longest, time.process_time() - began)
    growth = peak_memory() - peak
    assert growth < MAX_MEMORY_GROWTH
    print(f"{name}: {refused} of {MUTATIONS} refused, peak raised by {growth >> 20} MiB, longest {longest:.2f} s")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"a\n" * 2_000_001, "a text of more than 2,000,000 lines"),
        ("a.md", b"a\n" * 2_000_001, "a text of more than 2,000,000 lines"),
        ("a.html", b"<html><body>" + b"<p>a" * 300_000, "a web page of more than 300,000 elements; divide the file"),
        ("a.mbox", b"words without any mail", "a mailbox without documents"),
        ("a.csv", b"," * 5_000, "a table of more than 4,096 columns"),
        ("a.json", b"[" + b"{}," * 2_000_000 + b"{}]", "more than 2,000,000 lists and objects"),
        ("a.xml", b"<?xml version='1.0'?><r>" + b"<v>1</v>" * 300_001 + b"</r>", "XML of more than 300,000 elements"),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nx\n\n" * 100_001, "more than 100,000 cues"),
        ("a.rtf", b"{\\rtf1 " + b"{" * 500_001, "more than 500,000 groups"),
        ("a.rtf", b"{\\rtf1 " + b"words " * 1_500_000 + b"}", "more than 8 MB of text"),
        ("a.rtf", b"{\\rtf1 " + b"{\\footnote " + b"words " * 1_500_000 + b"}}", "more than 8 MB of text"),
        ("a.warc", b"WARC/1.0\r\nx" * 100_000, "a web archive without documents"),
    ],
)  # fmt: skip
def test_what_would_take_too_long_is_refused(name: str, data: bytes, message: str) -> None:
    assert message in opened(data, name)[0]
