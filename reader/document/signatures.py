"""Names the formats that cannot be opened, by their first bytes, and says what to do about them."""

from __future__ import annotations

import re
from typing import Final

OPENABLE: Final = (
    "text, web pages, PDFs, office documents, e-books, mail, subtitles, tables, XML, feeds and archives can be opened"
)
"""What messages about other formats tell the user."""
_TEXT_RECOGNITION: Final = "recognize its text with an OCR program first"
_TRANSCRIPT: Final = "open a transcript or its subtitles"
_UNPACK: Final = "unpack it and open the documents in it"
_SIGNATURES: Final = (
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard file", _UNPACK),
    (0, b"AT&TFORM", "a DjVu document", "convert it to PDF first"),
    (0, b"%!PS", "a PostScript document", "convert it to PDF first"),
    (0, b"ITSF", "a compiled help file", "unpack it and open the pages in it"),
    (60, b"BOOKMOBI", "a Kindle book", "convert it to EPUB first"),
    (0, b"!BDN", "an Outlook mailbox", "export it as .mbox or .eml first"),
    (0, b"\x89PNG\r\n\x1a\n", "an image", _TEXT_RECOGNITION),
    (0, b"\xff\xd8\xff", "an image", _TEXT_RECOGNITION),
    (0, b"GIF8", "an image", _TEXT_RECOGNITION),
    (0, b"II*\0", "an image", _TEXT_RECOGNITION),
    (0, b"MM\0*", "an image", _TEXT_RECOGNITION),
    (8, b"WEBP", "an image", _TEXT_RECOGNITION),
    (4, b"ftypheic", "an image", _TEXT_RECOGNITION),
    (4, b"ftypavif", "an image", _TEXT_RECOGNITION),
    (4, b"ftyp", "a video", _TRANSCRIPT),
    (0, b"\x1aE\xdf\xa3", "a video", _TRANSCRIPT),
    (8, b"AVI ", "a video", _TRANSCRIPT),
    (8, b"WAVE", "a sound file", _TRANSCRIPT),
    (0, b"ID3\2", "a sound file", _TRANSCRIPT),
    (0, b"ID3\3", "a sound file", _TRANSCRIPT),
    (0, b"ID3\4", "a sound file", _TRANSCRIPT),
    (0, b"OggS", "a sound file", _TRANSCRIPT),
    (0, b"fLaC", "a sound file", _TRANSCRIPT),
    (0, b"SQLite format 3\0", "a database", "export its tables as CSV first"),
    (0, b"PAR1", "a Parquet table", "export it as CSV first"),
    (0, b"\x7fELF", "a program", ""),
    (0, b"MZ\x90\0", "a program", ""),
    (0, b"\xcf\xfa\xed\xfe", "a program", ""),
)
"""Offset and bytes of a signature, the name of the format, and what to do instead of opening such a file."""
OUTLOOK_MESSAGE: Final = "an Outlook message"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (
    ("WordDocument", "an old Word document", "save it as .docx first"),
    ("Workbook", "an old Excel workbook", "save it as .csv first"),
    ("PowerPoint Document", "an old PowerPoint presentation", "save its outline as text first"),
    ("__properties_version1.0", OUTLOOK_MESSAGE, ""),
)
_ZIP: Final = b"PK\x03\x04"
_OFFICE_FOLDERS: Final = (
    ("word/", "a Word document", ""),
    ("xl/", "an Excel workbook", "save it as .csv first"),
    ("ppt/", "a PowerPoint presentation", "save its outline as text first"),
)
_EPUB: Final = b"application/epub+zip"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
_PASSWORD_ADVICE: Final = "save it without the password first"
_KINDS_BY_SUFFIX: Final = {
    **dict.fromkeys((".docx", ".doc", ".docm"), "a Word file"),
    **dict.fromkeys((".xlsx", ".xls", ".xlsm"), "an Excel file"),
    **dict.fromkeys((".pptx", ".ppt", ".pptm"), "a PowerPoint file"),
}


def refused_kind(data: bytes, suffix: str = "") -> str:
    """Return the name of a format that cannot be opened with the reason or what to do, or "" for any other.

    Args:
        data: All bytes of the source.
        suffix: The suffix of its name in lower case, which tells encrypted office files apart.
    """
    if data.startswith(_OLE):
        return _refusal(*ole_kind(data, suffix))
    if data.startswith(_ZIP):
        return _refusal(*zip_kind(data))
    for offset, signature, kind, advice in _SIGNATURES:
        if data.startswith(signature, offset):
            return _refusal(kind, advice)
    return ""


def zip_kind(data: bytes) -> tuple[str, str]:
    """Return what a ZIP file is by the names of its members, and what to do about it."""
    from io import BytesIO
    from zipfile import ZipFile

    try:
        names = frozenset(ZipFile(BytesIO(data)).namelist())
    except Exception:  # a damaged archive, without its directory; the headers of its members have names too
        names = frozenset(name.decode("latin-1") for name in _LOCAL_NAMES.findall(data))
    stated = data[_NAME_OFFSET : _NAME_OFFSET + 100].removeprefix(b"mimetype")
    if stated.startswith(_EPUB) or "META-INF/container.xml" in names:
        return "an e-book", ""
    if stated.startswith(_OPEN_DOCUMENT):
        return "an OpenDocument file", "save it as text or .csv first"
    if "[Content_Types].xml" in names:
        for folder, kind, advice in _OFFICE_FOLDERS:
            if any(name.startswith(folder) for name in names):
                return kind, advice
    if "META-INF/MANIFEST.MF" in names:
        return "a Java archive", ""
    return ZIP_ARCHIVE, _UNPACK


SAVED_TEXT: Final = b"#!reader-text 1 "
"""How a text begins that an import saved in the data directory."""
ZIP_ARCHIVE: Final = "a ZIP archive"
_LOCAL_NAMES: Final = re.compile(rb"PK\x03\x04.{26}([!-~]{1,100})", re.DOTALL)
_NAME_OFFSET: Final = 30
"""Where the name of the first member begins in a ZIP file."""


def ole_kind(data: bytes, suffix: str = "") -> tuple[str, str]:
    """Return what a compound file is by the names of its streams, and what to do about it; "" for other files."""
    if not data.startswith(_OLE):
        return "", ""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"{_KINDS_BY_SUFFIX.get(suffix, 'an office file')} with a password", _PASSWORD_ADVICE
    for stream, kind, advice in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind, advice
    return "an old office document", "save it in a current format first"


def _refusal(kind: str, advice: str) -> str:
    return f"{kind}, not text; {advice or OPENABLE}"
