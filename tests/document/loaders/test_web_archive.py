from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from reader.document import load
from reader.document.loading import ManyDocumentsError

PAGE = "<html><head><title>Quay sinks</title></head><body><article><h1>Quay sinks</h1>{}</article></body></html>"
WORDS = "Leyla Karasu of the Merrow Port Authority visited the northern quay on Friday, and it had sunk by a hand."


def record(kind: str, url: str, content: bytes, media_type: str = "application/http; msgtype=response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {media_type}"
    return f"{head}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n"


def answer(body: bytes, headers: str, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body


def chunked(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


def archive() -> list[bytes]:
    page = PAGE.format(f"<p>{WORDS}</p>").encode("utf-8")
    latin = PAGE.format(f"<p>Żółta łódź: {WORDS}</p>").encode("iso-8859-2")
    polish = "Content-Type: text/html; charset=iso-8859-2\r\nContent-Encoding: gzip"
    html = "Content-Type: text/html"
    return [
        record("warcinfo", "", b"software: none\r\n", "application/warc-fields"),
        record("request", "https://a.example/1", b"GET /1 HTTP/1.1\r\n\r\n", "application/http"),
        record("response", "https://a.example/1", answer(chunked(page), f"{html}\r\nTransfer-Encoding: chunked")),
        record("response", "https://a.example/2", answer(gzip.compress(latin), polish)),
        record("response", "https://a.example/gone", answer(b"Not found", "Content-Type: text/html", "404 Not Found")),
        record("response", "https://a.example/x.css", answer(b"a { color: red }", "Content-Type: text/css")),
        record("response", "https://a.example/x.png", answer(b"\x89PNG\r\n\x1a\n", "Content-Type: image/png")),
        record("resource", "https://a.example/notes.txt", WORDS.encode(), "text/plain"),
    ]  # fmt: skip


@pytest.mark.parametrize("pack", [b"".join, lambda records: b"".join(map(gzip.compress, records))])
def test_each_page_is_a_member(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "crawl.warc"
    assert callable(pack)
    path.write_bytes(pack(archive()))
    with pytest.raises(ManyDocumentsError, match="a web archive of 3 documents") as caught:
        load(str(path))
    assert [(member.name, member.title) for member in caught.value.container.members] == [
        ("3", "Quay sinks · https://a.example/1"),
        ("4", "Quay sinks · https://a.example/2"),
        ("8", "https://a.example/notes.txt"),
    ]
    first, second, third = map(load, caught.value.addresses)
    assert first.text == f"Quay sinks\n\n{WORDS}\n"
    assert "Żółta łódź" in second.text
    assert third.text == WORDS


def test_a_truncated_archive_opens_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    data = b"".join(archive())
    path.write_bytes(data[: data.index(b"color: red")])
    with pytest.raises(ManyDocumentsError, match="2 documents"):
        load(str(path))
