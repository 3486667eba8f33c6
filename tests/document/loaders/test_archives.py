from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.document import DocumentError, load
from reader.document.loading import ManyDocumentsError
from reader.document.sources.local_files import MAX_BYTES
from tests.document.loaders.valid_files import FILES as VALID_FILES

WORDS = "Leyla Karasu of the Merrow Port Authority will visit the northern quay on Friday."
FILES = {
    "report.txt": WORDS.encode(),
    "notes/näh::er.md": f"# Notes\n\n{WORDS}\n".encode(),
    "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(100),
    "__MACOSX/._report.txt": b"x",
    ".hidden.txt": b"x",
    "empty.txt": b"",
}
ADDRESSES = ("report.txt", "notes/näh__er.md")


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def message(path: Path) -> str:
    with pytest.raises(DocumentError) as caught:
        load(str(path))
    return str(caught.value)


@pytest.mark.parametrize("compress", [gzip.compress, lzma.compress, bz2.compress])
@pytest.mark.parametrize("name", ["a.txt.packed", "a"])
def test_a_compressed_file_is_the_document_in_it(tmp_path: Path, compress: Callable[[bytes], bytes], name: str) -> None:
    path = tmp_path / name
    path.write_bytes(compress(WORDS[:40].encode()) + compress(WORDS[40:].encode()))
    document = load(str(path))
    assert (document.text, document.source) == (WORDS, str(path))


def test_the_suffix_inside_a_compressed_file_counts(tmp_path: Path) -> None:
    path = tmp_path / "port-news.md.gz"
    path.write_bytes(gzip.compress(b"# *Quay*\n\nText.\n"))
    assert load(str(path)).text == "Quay\n\nText.\n"


@pytest.mark.parametrize("pack", [zipped, tarred, lambda files: gzip.compress(tarred(files))])
def test_an_archive_lists_and_opens_its_documents(tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    path = tmp_path / "archive"
    path.write_bytes(pack(FILES))
    with pytest.raises(ManyDocumentsError) as caught:
        load(str(path))
    assert caught.value.addresses == tuple(f"{path}::{name}" for name in ADDRESSES)
    assert [load(address).text.count(WORDS) for address in caught.value.addresses] == [1, 1]


def test_archives_in_archives_open(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"x.txt": b"One.", "in.tar.gz": gzip.compress(tarred(FILES))}))
    assert load(f"{path}::in.tar.gz::report.txt").text == WORDS


@pytest.mark.parametrize("between", [b"", bytes(512), b"\1" * 1024], ids=["", "zeros", "other data"])
def test_tar_archives_that_follow_each_other_are_read(tmp_path: Path, between: bytes) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tarred({"a.txt": b"First."}) + between + tarred({"a.txt": b"Second.", "b.txt": b"Third."}))
    with pytest.raises(ManyDocumentsError) as caught:
        load(str(path))
    assert [load(address).text for address in caught.value.addresses] == ["First.", "Second.", "Third."]


@pytest.mark.parametrize("between", [True, False])
def test_data_in_a_tar_archive_that_are_no_file_are_named(tmp_path: Path, between: bool) -> None:
    path = tmp_path / "a.tar"
    words = b"Words without a header. " * 40
    data = tarred({"a.txt": b"First."})
    path.write_bytes(
        data + words + bytes(1024 - len(words)) + tarred({"b.txt": b"Second."}) if between else data + words
    )
    address = f"{path}::a.txt" if between else str(path)
    assert load(address).notices == ("left out: data in the archive that belong to no file",)


def test_headers_about_all_files_of_a_tar_archive_are_no_loss(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT, pax_headers={"comment": "ä" * 600}) as archive:
        for name in ("a.txt", "b" * 200 + ".txt"):
            entry = tarfile.TarInfo(name)
            entry.size = len(WORDS)
            archive.addfile(entry, io.BytesIO(WORDS.encode()))
    assert load(f"{path}::a.txt").notices == ()


FRONTS = {
    "program": b"MZ\x90\0" + bytes(range(256)) * 9,
    "picture": FILES["photo.jpg"],
    "script": b'#!/bin/sh\nunzip -qq "$0"; exit\n',
}


@pytest.mark.parametrize("front", FRONTS)
def test_a_zip_archive_behind_other_data_opens(tmp_path: Path, front: str) -> None:
    path = tmp_path / "a.exe"
    path.write_bytes(FRONTS[front] + zipped({"a.txt": b"First.", "b.txt": b"Second."}))
    with pytest.raises(ManyDocumentsError) as caught:
        load(str(path))
    documents = [load(address) for address in caught.value.addresses]
    assert [document.text for document in documents] == ["First.", "Second."]
    assert documents[0].notices == ("left out: data in front of the archive",)


def test_an_office_document_behind_other_data_is_recognized(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\0\1" * 9 + VALID_FILES["a.docx"]())
    assert load(str(path)).text
    path.write_bytes(b"\0\1" * 9 + zipped({"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<x/>"}))
    assert "an Excel workbook, not text" in message(path)


def test_a_tar_archive_that_ends_with_a_zip_archive_is_a_tar_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tarred({"a.txt": b"First.", "b.zip": zipped({"c.txt": b"Second."})}))
    assert load(f"{path}::b.zip::c.txt").text == "Second."


TOO_LARGE = "it is too large; the limit is 32 MB"
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "gzip bomb": (lambda: gzip.compress(bytes(MAX_BYTES + 1)), TOO_LARGE),
    "xz bomb": (lambda: lzma.compress(bytes(MAX_BYTES + 1), preset=0), TOO_LARGE),
    "bzip2 bomb": (lambda: bz2.compress(bytes(MAX_BYTES + 1), 1), TOO_LARGE),
    "ZIP bomb": (lambda: zipped({"a.txt": b"a" * (MAX_BYTES + 1)}), TOO_LARGE),
    "cut gzip": (lambda: gzip.compress(WORDS.encode())[:-12], "the compressed data is cut off; get the file again"),
    "damaged gzip": (lambda: gzip.compress(WORDS.encode())[:-8] + bytes(8), "the compressed data is damaged"),
    "cut tar": (lambda: tarred({"a.txt": WORDS.encode() * 99})[:3000], "a damaged tar archive; get it again"),
    "cut ZIP": (lambda: zipped(FILES)[:-30], "a damaged ZIP archive"),
    "pictures": (lambda: zipped({"photo.jpg": FILES["photo.jpg"]}), "a ZIP archive without documents"),
    "nothing": (lambda: zipped({}), "a ZIP archive without documents"),
    "workbook": (lambda: zipped({"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<x/>"}), "an Excel workbook, not text"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bombs_and_damage_are_refused_in_one_line(tmp_path: Path, case: str) -> None:
    build, reason = REFUSED[case]
    data = build()
    path = tmp_path / "a.packed"
    path.write_bytes(data)
    assert reason in message(path)
    assert "\n" not in message(path)


def test_archives_nested_too_deep_are_refused(tmp_path: Path) -> None:
    data = WORDS.encode()
    for _ in range(12):
        data = gzip.compress(data)
    path = tmp_path / "a.gz"
    path.write_bytes(data)
    assert message(path) == f"{path}: containers in each other, more than 8 deep"


def test_members_without_a_name_and_outside_of_the_folder_have_harmless_names(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    names = ("../../up.txt", "/etc/root.txt", "a\x1b[31m.txt", "x::y.txt")
    with zipfile.ZipFile(buffer, "w") as file:
        for name in (*names, "nameless"):
            file.writestr(name, WORDS)
    path = tmp_path / "a.zip"
    path.write_bytes(_without_name(buffer.getvalue(), b"nameless"))
    with pytest.raises(ManyDocumentsError) as caught:
        load(str(path))
    assert [load(address).text for address in caught.value.addresses] == [WORDS] * 5
    assert caught.value.addresses[-1] == f"{path}::unnamed"
    assert sorted(tmp_path.iterdir()) == [path]


def _without_name(data: bytes, name: bytes) -> bytes:
    """Return a ZIP file in which a member has no name: its bytes become a field that follows the name."""
    first, second = data.index(name), data.rindex(name)
    result = bytearray(data)
    extra = b"\x99\x99\x04\0" + bytes(len(name) - 4)
    for offset, lengths in ((first, first - 4), (second, second - 18)):
        result[lengths : lengths + 4] = (0).to_bytes(2, "little") + len(name).to_bytes(2, "little")
        result[offset : offset + len(name)] = extra
    return bytes(result)
