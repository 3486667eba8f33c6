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
