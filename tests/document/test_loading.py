from __future__ import annotations

import contextlib
import hashlib
import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import BlockKind, DocumentError, load
from reader.document.encoding import decode
from reader.document.load_options import absolute_source
from reader.document.metadata.titles import MAX_TITLE
from reader.document.sanitize import sanitize
from reader.document.signatures import OPENABLE
from reader.document.sources.local_files import MAX_BYTES, read_file, read_stream

PROSE = "Dana Okoye of the Merrow Port Authority measured the northern quay on Friday, and it had sunk by a hand."


def stdin(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def write(path: Path, data: bytes | str) -> str:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def failure_message(source: str, data: bytes = b"") -> str:
    with pytest.raises(DocumentError) as caught:
        load(source, stdin=stdin(data))
    message = str(caught.value)
    assert not any(ord(char) < 0x20 or char in "\x7f\u202e" for char in message)
    return message


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")))
def test_plain_text_is_sanitized_and_otherwise_unchanged(text: str) -> None:
    data = f"Words first. {text}".encode()
    assert load("-", stdin=stdin(data)).text == sanitize(decode(data).text)


def test_nothing_is_stripped_from_plain_text(tmp_path: Path) -> None:
    document = load(write(tmp_path / "a.txt", f"\ufeff\n  {PROSE} \r\n\r\n\tTabbed\n\n"))
    assert document.text == f"\n  {PROSE} \n\n\tTabbed\n\n"
    assert [document.text[b.start : b.end] for b in document.blocks] == [PROSE, "Tabbed"]


def test_digests_are_of_the_text_and_of_the_file(tmp_path: Path) -> None:
    crlf = load(write(tmp_path / "a.txt", "One\r\nTwo"))
    assert crlf.digest == "sha256:" + hashlib.sha256(b"One\nTwo").hexdigest()
    assert crlf.file_digest == "sha256:" + hashlib.sha256(b"One\r\nTwo").hexdigest()
    assert load(write(tmp_path / "b.txt", "One\nTwo")).digest == crlf.digest


def test_the_source_is_kept_as_the_user_wrote_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", PROSE)
    monkeypatch.chdir(tmp_path)
    assert load("a.txt").source == "a.txt"
    assert load("./a.txt").source == "./a.txt"
    assert load((tmp_path / "a.txt").as_uri()).text == PROSE
    assert load("-", stdin=stdin(b"x")).source == "-"


@pytest.mark.parametrize(
    ("source", "absolute"),
    [
        *[(name, name) for name in ("", "-", "stdin://0123456789ab", "https://example.org/a", "ftp://example.org/a")],
        *[("a.txt", "/in/a.txt"), ("/b/../a.txt", "/a.txt"), ("file:///b/a%20b.txt", "/b/a b.txt")],
        ("file://elsewhere/a.txt", "file://elsewhere/a.txt"),
    ],
)
def test_sources_that_are_valid_from_any_directory(source: str, absolute: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getcwd", lambda: "/in")
    assert absolute_source(source) == absolute


def test_a_guessed_encoding_is_reported(tmp_path: Path) -> None:
    document = load(write(tmp_path / "a.txt", "Caf\xe9 M\xfcller".encode("cp1252")))
    assert (document.text, document.encoding) == ("Café Müller", "cp1252")
    assert document.notices == ("read as cp1252: not UTF-8, and no encoding is declared",)


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("islamic-state_2025.txt", PROSE, "Islamic state 2025"),
        ("a.txt", f"The Quay That Sinks\n\n{PROSE}", "The Quay That Sinks"),
        ("a.md", f"---\ntitle: Stated\n---\n# Heading\n\n{PROSE}", "Stated"),
        ("a.md", f"# *Heading* [/b]\n\n{PROSE}", "Heading [/b]"),
        ("no-heading.md", PROSE, "No heading"),
        ("a.html", f"<html><title>Page &#x202e;[1m</title><p>{PROSE}</p>", "Page \ufffd[1m"),
        ("x\x1b[31m\u202ey.txt", PROSE, "X␛[31m\ufffdy"),
        ("[b] x.txt", PROSE, "[b] x"),
        ("\udcff.txt", PROSE, "\ufffd"),
        ("---.txt", PROSE, "---"),
    ],
)
def test_every_file_has_a_title(tmp_path: Path, name: str, data: str, title: str) -> None:
    assert load(write(tmp_path / name, data)).title == title


@pytest.mark.parametrize(
    "data", [b"word " * 200, b"word" * 200, b"# \x1b\n", "\u202e".encode(), b"\xff\xfe"[:1] + b"a"]
)
def test_standard_input_is_titled_by_its_first_words(data: bytes) -> None:
    title = load("-", stdin=stdin(data)).title
    assert 0 < len(title) <= MAX_TITLE
    assert title.isprintable()


def test_standard_input_can_be_a_web_page() -> None:
    document = load("-", stdin=stdin(f"<!DOCTYPE html>\n<html><body><article><h1>Quay</h1><p>{PROSE}</p>".encode()))
    assert document.blocks[0].kind is BlockKind.HEADING
    assert "<" not in document.text


@pytest.mark.parametrize("name", ["a", "a.txt", "a.unknown"])
def test_text_that_mentions_tags_is_plain(tmp_path: Path, name: str) -> None:
    text = "The <html> tag opens a page.\n"
    assert load(write(tmp_path / name, text)).text == text


def test_a_web_page_in_a_text_file_is_a_web_page(tmp_path: Path) -> None:
    assert load(write(tmp_path / "a.txt", f"<!DOCTYPE html><html><p>{PROSE}</p>")).text.strip() == PROSE


def test_html_without_a_suffix_is_a_web_page(tmp_path: Path) -> None:
    assert load(write(tmp_path / "index", f"<!-- saved -->\n<HTML><p>{PROSE}</p>")).text.strip() == PROSE


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b" \n\t\r\n\xc2\xa0\n", "no text to read"),
        ("mark.txt", b"\xef\xbb\xbf", "no text to read"),
        ("blank.md", b"---\ntitle: x\n---\n\n<!-- only this -->\n", "no text to read"),
        ("blank.html", b"<html><body></body></html>", "no text to read"),
        ("void.html", b" ", "no text to read"),
        ("a.pdf", b"%PDF-1.7\n", "a damaged PDF; if another program can display it, save it anew there"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "an image, not text; recognize its text with an OCR program first"),
        ("a.bin", bytes(range(256)), f"a binary file, not text; {OPENABLE}"),
        (
            "a.html",
            b"PK\x03\x04",
            "a damaged ZIP archive; get it again",
        ),
    ],
)
def test_a_file_without_text_fails_with_one_line(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    source = write(tmp_path / name, data)
    assert failure_message(source) == f"{source}: {message}"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("/no/such/file.txt", "/no/such/file.txt: no such file"),
        ("", "the file name is empty"),
        ("x\x1b[31m\u202e", "x␛[31m\ufffd: no such file"),
        ("a\0b", "a␀b: not a file name"),
        ("\udcff", "\ufffd: no such file"),
        ("file:///no/such", "/no/such: no such file"),
        ("file://elsewhere/x", "file://elsewhere/x: a file on another machine"),
        ("ftp://a.example/x", "ftp://a.example/x: only files and http or https URLs can be opened, not ftp"),
        (
            "javascript://%0ax",
            "javascript://%0ax: only files and http or https URLs can be opened, not javascript",
        ),
        ("http://", "http://: no host in the URL"),
        ("-", "standard input: no input"),
    ],
)
def test_a_source_that_cannot_be_opened_fails_with_one_line(source: str, message: str) -> None:
    assert failure_message(source) == message


@pytest.mark.parametrize("data", [b" \n", b"\0\1\2\3", b"%PDF-1.4"])
def test_standard_input_without_text_fails_with_one_line(data: bytes) -> None:
    assert failure_message("-", data).startswith("standard input: ")


def test_a_directory_or_a_path_below_a_file_fails(tmp_path: Path) -> None:
    assert failure_message(str(tmp_path)) == f"{tmp_path}: a directory, not a file"
    inside = write(tmp_path / "a.txt", PROSE) + "/b"
    assert failure_message(inside) == f"{inside}: no such file"


def test_a_name_that_is_too_long_fails(tmp_path: Path) -> None:
    assert "File name too long" in failure_message(str(tmp_path / ("x" * 300)))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_read_permission_fails(tmp_path: Path) -> None:
    source = write(tmp_path / "a.txt", PROSE)
    Path(source).chmod(0)
    assert failure_message(source) == f"{source}: no permission to read it"


def test_a_permission_error_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    assert failure_message(__file__) == f"{__file__}: no permission to read it"


def test_a_source_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    assert MAX_BYTES >= 20_000_000
    source = str(tmp_path / "big.txt")
    with Path(source).open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert failure_message(source) == f"{source}: 32 MB is too large; the limit is 32 MB"
    with pytest.raises(DocumentError, match="too large"):
        read_stream(stdin(b"x" * 11), "-", 10)
    assert read_file(write(tmp_path / "a", b"x" * 10), 10) == b"x" * 10


def test_a_pipe_can_be_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write({PROSE!r})"]):
        assert load(str(pipe)).text == PROSE


def test_a_pipe_that_nothing_writes_to_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.document.sources.local_files.WRITER_WAIT", 0.1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert failure_message(str(pipe)) == f"{pipe}: a pipe that nothing writes to"


def test_a_slow_writer_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.document.sources.local_files.WRITER_WAIT", 60.0)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code = f"import time; file = open({str(pipe)!r}, 'w'); time.sleep(0.3); file.write({PROSE!r}); file.flush()"
    with subprocess.Popen([sys.executable, "-c", f"{code}; time.sleep(0.3); file.write({PROSE!r})"]):
        assert load(str(pipe)).text == PROSE * 2


def test_the_output_of_a_command_can_be_read() -> None:
    code = "from reader.document import load; print(load('/dev/fd/0').text)"
    process = subprocess.run([sys.executable, "-c", code], input=PROSE, capture_output=True, text=True, check=True)
    assert process.stdout == f"{PROSE}\n"


def test_links_sockets_and_other_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "broken").symlink_to("nowhere\x1b")
    assert failure_message(f"{tmp_path}/broken") == f"{tmp_path}/broken: a link to nowhere␛, which does not exist"
    (tmp_path / "loop").symlink_to("loop")
    assert failure_message(f"{tmp_path}/loop") == f"{tmp_path}/loop: a link that leads back to itself"
    with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(tmp_path):
        server.bind("socket")
        assert failure_message("socket") == "socket: a socket, not a file"


def test_importing_the_package_loads_no_parser() -> None:
    heavy = {"trafilatura", "lxml", "markdown_it", "urllib3", "chardet", "olefile", "email", "spacy", "textual"}
    code = "import sys, reader.document; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)


def test_loading_plain_text_loads_no_parser(tmp_path: Path) -> None:
    source = write(tmp_path / "a.txt", PROSE)
    code = f"import sys; from reader.document import load; load({source!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"trafilatura", "lxml", "markdown_it", "urllib3", "chardet", "olefile", "email"} & set(loaded)
