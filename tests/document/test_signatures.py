"""Formats that cannot be opened are named, with what to do instead; texts that begin like them are opened."""

from __future__ import annotations

import random

import pytest

from reader.document import DocumentError
from reader.document.loading import parse
from reader.document.raw_source import RawSource
from reader.document.signatures import OPENABLE
from tests.document.loaders.compound_file import compound_file
from tests.document.loaders.office.office_files import archive

NOISE = random.Random(1).randbytes(3000)
OCR = "recognize its text with an OCR program first"
TRANSCRIPT = "open a transcript or its subtitles"
UNPACK = "unpack it and open the documents in it"


def refusal(name: str, data: bytes) -> str:
    """Return why a file cannot be opened."""
    with pytest.raises(DocumentError) as caught:
        parse(RawSource(data, name, name))
    assert str(caught.value).isprintable()
    return str(caught.value).removeprefix(f"{name}: ")


@pytest.mark.parametrize(
    ("start", "message"),
    [
        (b"\x89PNG\r\n\x1a\n", f"an image, not text; {OCR}"),
        (b"BM\x36\x10\x0e\0\0\0\0\0\x36\0\0\0", f"an image, not text; {OCR}"),
        (b"\0\0\x01\0\x01\0\x10\x10", f"an image, not text; {OCR}"),
        (b"8BPS\0\1", f"an image, not text; {OCR}"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", f"an image, not text; {OCR}"),
        (b"\0\0\0\x18ftypheic", f"an image, not text; {OCR}"),
        (b"\0\0\0\x18ftypmif1", f"an image, not text; {OCR}"),
        (bytes(128) + b"DICM", f"an image, not text; {OCR}"),
        (b"\0\0\0\x18ftypisom", f"a video, not text; {TRANSCRIPT}"),
        (b"\0\0\0\x08wide\0\0\x10\0mdat", f"a video, not text; {TRANSCRIPT}"),
        (b"FLV\x01\5\0\0\0\x09", f"a video, not text; {TRANSCRIPT}"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", f"a Windows Media file, not text; {TRANSCRIPT}"),
        (b"\0\0\0\x18ftypM4A ", f"a sound file, not text; {TRANSCRIPT}"),
        (b"\xff\xfb\x90\x64" + bytes(32), f"a sound file, not text; {TRANSCRIPT}"),
        (b"FORM\0\0\x10\0AIFF", f"a sound file, not text; {TRANSCRIPT}"),
        (b"AT&TFORM\0\0\x10\0DJVMDIRM", "a DjVu document, not text; convert it to PDF first"),
        (b"\xffWPC", "a WordPerfect document, not text; save it as .docx first"),
        (b"\x09\x08\x08\0", "an old Excel workbook, not text; save it as .csv first"),
        (b"\0\x01\0\0Standard Jet DB\0", "an Access database, not text; export its tables as CSV first"),
        (b"SQLite format 3\0", "a database, not text; export its tables as CSV first"),
        (b"PACK\0\0\0\2\0\0\0\1", "a git pack, not text; check out its files and open those"),
        (b"Rar!\x1a\x07\1\0", f"a RAR archive, not text; {UNPACK}"),
        (b"\x04\x22\x4d\x18\x64", f"an LZ4 file, not text; {UNPACK}"),
        (b"MSCF\0\0\0\0", f"a cabinet archive, not text; {UNPACK}"),
        (b"!<arch>\ndebian-binary   0  ", f"a software package, not text; {UNPACK}"),
        (bytes(0x8001) + b"CD001\1", f"a disk image, not text; {UNPACK}"),
        (b"Title" + bytes(55) + b"BOOKMOBI", "a Kindle book, not text; convert it to EPUB first"),
        (b"bplist00\xd1", "a binary property list, not text; convert it to XML first"),
        (b"\x85\1\x0c\3", "an encrypted file, not text; decrypt it first"),
        (b"\x7fELF\x02\x01\x01", f"a program, not text; {OPENABLE}"),
        (b"MZ\x78\0\1", f"a program, not text; {OPENABLE}"),
        (b"\xca\xfe\xba\xbe\0\0\0\x3d", f"a program, not text; {OPENABLE}"),
        (b"\7", f"a binary file, not text; {OPENABLE}"),
    ],
)
def test_binary_formats_are_named(start: bytes, message: str) -> None:
    assert refusal("a.bin", start + NOISE) == message
    assert refusal("a.txt", start + NOISE) == message


@pytest.mark.parametrize(
    ("name", "stream", "message"),
    [
        ("a.docx", "EncryptedPackage", "a Word file with a password, not text; save it without the password first"),
        ("a.xls", "EncryptedPackage", "an Excel file with a password, not text; save it without the password first"),
        ("a.doc", "WordDocument", "an old Word document, not text; save it as .docx first"),
        ("a.xls", "Workbook", "an old Excel workbook, not text; save it as .csv first"),
        ("a.xls", "Book", "an old Excel workbook, not text; save it as .csv first"),
        ("a.ppt", "PowerPoint Document", "an old PowerPoint presentation, not text; save its outline as text first"),
        ("a.vsd", "VisioDocument", "a Visio drawing, not text; save it as PDF first"),
        ("a.hwp", "\x05HwpSummaryInformation", "a Hangul document, not text; save it as .docx first"),
        ("a.msi", "Other", f"an installer, not text; {OPENABLE}"),
        ("a.doc", "Other", "a Word document that is damaged; if another program can open it, save it anew there"),
        ("a", "Other", "an old office document, not text; save it in a current format first"),
    ],
)
def test_compound_files_are_named_by_their_streams(name: str, stream: str, message: str) -> None:
    assert refusal(name, compound_file({stream: NOISE})) == message


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"},
            "an OpenDocument spreadsheet, not text; save it as .csv first",
        ),
        ({"AndroidManifest.xml": "", "META-INF/MANIFEST.MF": ""}, f"an Android app, not text; {OPENABLE}"),
        ({"[Content_Types].xml": "", "visio/a.xml": ""}, "a Visio drawing, not text; save it as PDF first"),
        ({"FixedDocSeq.fdseq": "<a/>"}, "an XPS document, not text; convert it to PDF first"),
        (
            {"Index/Document.iwa": "", "a.txt": "A note."},
            "a document of Apple iWork, not text; export it as Word, PDF or CSV first",
        ),
    ],
)
def test_formats_that_are_zip_files_are_named_by_their_parts(parts: dict[str, str], message: str) -> None:
    assert refusal("a.zip", archive(parts)) == message


@pytest.mark.parametrize(
    "start",
    ["BM", "MZ", "GIF8", "ORC", "PACK", "FORM", "The new WAVE", "RIFF as a WAVE", "Too ftypical", "Obj", "CWS", "莙"],
)
def test_a_text_that_begins_like_a_binary_format_is_opened(start: str) -> None:
    encoding = "gbk" if not start.isascii() else "utf-8"
    text = f"{start} of the harbor board met on Friday.\n" * 3
    assert parse(RawSource(text.encode(encoding), "a.txt", "a.txt", encoding=encoding)).text == text
    if start.isascii():
        assert parse(RawSource(text.encode(), "a", "a")).text == text
