"""Names the formats that cannot be opened, by their first bytes, and says what to do about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

OPENABLE: Final = (
    "text, web pages, PDFs, office documents, e-books, mail, subtitles, tables, XML, feeds and archives can be opened"
)
"""What messages about other formats tell the user."""
_TEXT_RECOGNITION: Final = "recognize its text with an OCR program first"
_TRANSCRIPT: Final = "open a transcript or its subtitles"
_UNPACK: Final = "unpack it and open the documents in it"
_AS_CSV: Final = "export it as CSV first"
_AS_DOCX: Final = "save it as .docx first"
_AS_PDF: Final = "save it as PDF first"
_DECRYPT: Final = "decrypt it first"


class _Kind(NamedTuple):
    """A format that cannot be opened, and how its files begin."""

    name: str
    advice: str
    """What to do instead of opening such a file, or "" if nothing helps."""
    starts: tuple[bytes, ...]
    offset: int = 0
    """Where the bytes of `starts` are in a file."""


_KINDS: Final = (
    _Kind("an image", _TEXT_RECOGNITION, (
        b"\x89PNG\r\n\x1a\n", b"\x8aMNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+",
        b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51\0", b"\0\0\0\x0cJXL \r\n\x87\n", b"\xd7\xcd\xc6\x9a\0\0",
        b"8BPS\0", b"v/1\x01", b"\0\0\x01\0\x01\0", b"\1\0\0\0\x6c\0\0\0",
    )),
    _Kind("a video", _TRANSCRIPT, (
        b"\x1aE\xdf\xa3", b"FLV\x01", b"\0\0\x01\xba", b"\0\0\x01\xb3",
    )),
    _Kind("a Windows Media file", _TRANSCRIPT, (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",)),
    _Kind("a sound file", _TRANSCRIPT, (
        b"ID3\2", b"ID3\3", b"ID3\4", b"OggS\0", b"fLaC\0", b"MThd\0\0\0\6", b"caff\0", b".snd\0\0",
    )),
    _Kind("a DjVu document", "convert it to PDF first", (b"AT&TFORM",)),
    _Kind("a PostScript document", "convert it to PDF first", (b"%!PS", b"\xc5\xd0\xd3\xc6")),
    _Kind("a WordPerfect document", _AS_DOCX, (b"\xffWPC",)),
    _Kind("a document of Windows Write", _AS_DOCX, (b"\x31\xbe\0\0", b"\x32\xbe\0\0")),
    _Kind("a OneNote section", _AS_PDF, (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d",)),
    _Kind("an old Excel workbook", "save it as .csv first", (
        b"\x09\0\4\0", b"\x09\2\6\0", b"\x09\4\6\0", b"\x09\x08\x08\0",
    )),
    _Kind("an Access database", "export its tables as CSV first", (b"Standard Jet DB\0", b"Standard ACE DB\0"), 4),
    _Kind("a database", "export its tables as CSV first", (b"SQLite format 3\0",)),
    _Kind("an Outlook mailbox", "export it as .mbox or .eml first", (b"!BDN",)),
    _Kind("a compiled help file", "unpack it and open the pages in it", (b"ITSF\3\0",)),
    _Kind("an old help file", "convert it to RTF first", (b"\x3f\x5f\3\0",)),
    _Kind("a Kindle book", "convert it to EPUB first", (b"BOOKMOBI",), 60),
    _Kind("a Kindle book", "convert it to EPUB first", (b"\xeaDRMION\xee", b"CONT\2\0", b"TPZ\x30\0")),
    _Kind("a book of Microsoft Reader", "convert it to EPUB first", (b"ITOLITLS\1\0",)),
    _Kind("a 7-Zip archive", _UNPACK, (b"7z\xbc\xaf\x27\x1c",)),
    _Kind("a RAR archive", _UNPACK, (b"Rar!\x1a\x07",)),
    _Kind("a Zstandard file", _UNPACK, (b"\x28\xb5\x2f\xfd",)),
    _Kind("an LZ4 file", _UNPACK, (b"\x04\x22\x4d\x18",)),
    _Kind("an lzip file", _UNPACK, (b"LZIP\1",)),
    _Kind("an LZMA file", _UNPACK, (b"\x5d\0\0\x80\0", b"\x5d\0\0\0\4", b"\x5d\0\0\0\x01")),
    _Kind("a file packed by compress", _UNPACK, (b"\x1f\x9d", b"\x1f\xa0")),
    _Kind("a Snappy file", _UNPACK, (b"\xff\6\0\0sNaPpY",)),
    _Kind("a cabinet archive", _UNPACK, (b"MSCF\0\0\0\0",)),
    _Kind("a software package", _UNPACK, (b"!<arch>\ndebian-binary", b"\xed\xab\xee\xdb")),
    _Kind("a disk image", _UNPACK, (b"QFI\xfb", b"KDMV\1\0", b"LUKS\xba\xbe", b"vhdxfile\0")),
    _Kind("a disk image", _UNPACK, (b"CD001\1",), 0x8001),
    _Kind("a git pack", "check out its files and open those", (b"PACK\0\0\0\2", b"PACK\0\0\0\3", b"\xfftOc\0\0\0\2")),
    _Kind("an index of git", "check out its files and open those", (b"DIRC\0\0\0",)),
    _Kind("a Parquet table", _AS_CSV, (b"PAR1\x15",)),
    _Kind("an Arrow table", _AS_CSV, (b"ARROW1\0\0",)),
    _Kind("an Avro file", "export it as JSON lines first", (b"Obj\1",)),
    _Kind("an HDF5 file", _AS_CSV, (b"\x89HDF\r\n\x1a\n",)),
    _Kind("a NumPy array", _AS_CSV, (b"\x93NUMPY",)),
    _Kind("a SAS table", _AS_CSV, (b"\xc2\xea\x81\x60\xb3\x14\x11\xcf",), 12),
    _Kind("a Python pickle", "export it as JSON first", (b"\x80\4\x95", b"\x80\5\x95")),
    _Kind("a recording of network traffic", _AS_CSV, (
        b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x0a\x0d\x0d\x0a\x1c\0\0\0",
    )),
    _Kind("a Windows event log", "export it as XML or CSV first", (b"ElfFile\0",)),
    _Kind("a binary property list", "convert it to XML first", (b"bplist00",)),
    _Kind("a password safe", "", (b"\3\xd9\xa2\x9a\x67\xfb\x4b\xb5",)),
    _Kind("an encrypted file", _DECRYPT, (b"age-encryption.org/v1\n",)),
    _Kind("a shortcut of Windows", "open the file it leads to", (b"\x4c\0\0\0\1\x14\2\0",)),
    _Kind("a font", "", (b"\0\1\0\0\0", b"OTTO\0", b"wOFF\0\1\0\0", b"wOF2\0\1\0\0", b"wOF2OTTO")),
    _Kind("a language model", "", (b"GGUF\2\0\0\0", b"GGUF\3\0\0\0")),
    _Kind("a program", "", (
        b"\x7fELF", b"MZ\x90\0", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\0asm\1\0",
        b"dex\n03",
    )),
)  # fmt: skip
"""Formats whose first bytes no text has: one of them is no printable ASCII, or they are long."""
_BINARY_KINDS: Final = (
    _Kind("an image", _TEXT_RECOGNITION, (b"GIF8", b"BM", b"gimp xcf", b"AC10", b"\xff\x0a")),
    _Kind("an image", _TEXT_RECOGNITION, (b"DICM",), 128),
    _Kind("a video", _TRANSCRIPT, (b"moov", b"mdat", b"wide"), 4),
    _Kind("a video", _TRANSCRIPT, (b"CWS", b"FWS", b"ZWS", b"\x47\x40")),
    _Kind("a sound file", _TRANSCRIPT, (
        b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9", b"#!AMR\n", b"OggS", b"fLaC",
    )),
    _Kind("a program", "", (b"MZ", b"!<arch>\n")),
    _Kind("a cpio archive", _UNPACK, (b"\xc7\x71", b"070701", b"070707")),
    _Kind("an LHA archive", _UNPACK, (b"-lh",), 2),
    _Kind("a Vim swap file", "open the text that it belongs to", (b"b0VIM",)),
    _Kind("a Parquet table", _AS_CSV, (b"PAR1",)),
    _Kind("an ORC table", _AS_CSV, (b"ORC",)),
    _Kind("a table of SPSS", _AS_CSV, (b"$FL2", b"$FL3")),
    _Kind("an encrypted file", _DECRYPT, (b"Salted__", b"\x85\1", b"\x85\2", b"\x85\3", b"\x8c\x0d")),
    _Kind("a torrent", "open the documents that it leads to", (b"d8:announce",)),
    _Kind("compiled Python", "open its source", (b"\r\r\n",), 1),
    _Kind("a compiled help file", "unpack it and open the pages in it", (b"ITSF",)),
)  # fmt: skip
"""Formats whose first bytes a text could have, so that they count only for files that are not text."""
_CHUNKED: Final = {
    b"RIFFWEBP": ("an image", _TEXT_RECOGNITION),
    b"RIFFAVI ": ("a video", _TRANSCRIPT),
    b"RIFFWAVE": ("a sound file", _TRANSCRIPT),
    b"FORMAIFF": ("a sound file", _TRANSCRIPT),
    b"FORMAIFC": ("a sound file", _TRANSCRIPT),
}
"""Formats of which the first four bytes and the third four count; between them is a size."""
_MEDIA_BRANDS: Final = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"crx "),
                    ("an image", _TEXT_RECOGNITION)),
    **dict.fromkeys((b"M4A ", b"M4B ", b"F4A "), ("a sound file", _TRANSCRIPT)),
}  # fmt: skip
"""Files that begin like an MP4, by the brand that they state. Any other is a video."""
OUTLOOK_MESSAGE: Final = "an Outlook message"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (
    ("WordDocument", "an old Word document", "save it as .docx first"),
    ("Workbook", "an old Excel workbook", "save it as .csv first"),
    ("Book\0", "an old Excel workbook", "save it as .csv first"),
    ("PowerPoint Document", "an old PowerPoint presentation", "save its outline as text first"),
    ("VisioDocument", "a Visio drawing", _AS_PDF),
    ("Quill", "a Publisher document", _AS_PDF),
    ("HwpSummaryInformation", "a Hangul document", _AS_DOCX),
    ("__properties_version1.0", OUTLOOK_MESSAGE, ""),
)
_ZIP: Final = b"PK\x03\x04"
_ZIP_END: Final = b"PK\x05\x06"
_ZIP_END_LENGTH: Final = 22 + (1 << 16)
"""Bytes that the end of a ZIP file may have, with its comment."""
_OFFICE_FOLDERS: Final = (
    ("word/", "a Word document", ""),
    ("xl/", "an Excel workbook", "save it as .csv first"),
    ("ppt/", "a PowerPoint presentation", "save its outline as text first"),
    ("visio/", "a Visio drawing", _AS_PDF),
    ("Documents/1/", "an XPS document", "convert it to PDF first"),
)
_ZIP_PARTS: Final = (
    ("AndroidManifest.xml", "an Android app", ""),
    ("META-INF/MANIFEST.MF", "a Java archive", ""),
    ("FixedDocSeq.fdseq", "an XPS document", "convert it to PDF first"),
    ("FixedDocumentSequence.fdseq", "an XPS document", "convert it to PDF first"),
    ("Index/Document.iwa", "a document of Apple iWork", "export it as Word, PDF or CSV first"),
    ("Index.zip", "a document of Apple iWork", "export it as Word, PDF or CSV first"),
    ("Contents/section0.xml", "a Hangul document", _AS_DOCX),
)
"""Formats that are ZIP files with a part of this name."""
_EPUB: Final = b"application/epub+zip"
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument."
_OPEN_DOCUMENTS: Final = {
    b"spreadsheet": ("an OpenDocument spreadsheet", "save it as .csv first"),
    b"presentation": ("an OpenDocument presentation", _AS_PDF),
    b"graphics": ("an OpenDocument drawing", _AS_PDF),
    b"database": ("an OpenDocument database", "export its tables as CSV first"),
}
_PASSWORD_ADVICE: Final = "save it without the password first"
_KINDS_BY_SUFFIX: Final = {
    **dict.fromkeys((".docx", ".doc", ".docm"), "a Word file"),
    **dict.fromkeys((".xlsx", ".xls", ".xlsm"), "an Excel file"),
    **dict.fromkeys((".pptx", ".ppt", ".pptm"), "a PowerPoint file"),
}
SAVE_ANEW: Final = "if another program can open it, save it anew there"
_DAMAGED: Final = " that is damaged"
_DAMAGED_BY_SUFFIX: Final = {
    ".doc": "a Word document",
    ".xls": "an Excel workbook",
    ".ppt": "a PowerPoint presentation",
    ".msg": OUTLOOK_MESSAGE,
}


def refused_kind(data: bytes, suffix: str = "") -> str:
    """Return the name of a format that cannot be opened with the reason or what to do, or "" for any other.

    Args:
        data: All bytes of the source.
        suffix: The suffix of its name in lower case, which tells encrypted office files apart.
    """
    if data.startswith(_OLE):
        return _refusal(*ole_kind(data, suffix))
    if data.startswith(_ZIP) or has_zip_after_other_data(data):
        return _refusal(*zip_kind(data))
    return _refusal(*_kind_of(data, _KINDS))


def binary_refusal(data: bytes) -> str:
    """Return what a file that is not text is, with what to do. Its first bytes may be those of a text, too."""
    name, advice = _CHUNKED.get(data[:4] + data[8:12], ("", ""))
    if not name and data.startswith(b"ftyp", 4):
        name, advice = _MEDIA_BRANDS.get(data[8:12], ("a video", _TRANSCRIPT))
    if not name:
        name, advice = _kind_of(data, _BINARY_KINDS)
    return _refusal(name or "a binary file", advice)


def _kind_of(data: bytes, kinds: Sequence[_Kind]) -> tuple[str, str]:
    """Return the name of the first kind whose start the bytes have, and what to do about it; "" if there is none."""
    return next(((kind.name, kind.advice) for kind in kinds if data.startswith(kind.starts, kind.offset)), ("", ""))


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
        names_of_kinds = _OPEN_DOCUMENTS.items()
        unknown_kind = ("an OpenDocument file", "save it as text or .csv first")
        return next(
            (kind for name, kind in names_of_kinds if stated.startswith(name, len(_OPEN_DOCUMENT))), unknown_kind
        )
    if "[Content_Types].xml" in names:
        for folder, kind, advice in _OFFICE_FOLDERS:
            if any(name.startswith(folder) for name in names):
                return kind, advice
    for part, kind, advice in _ZIP_PARTS:
        if part in names:
            return kind, advice
    return ZIP_ARCHIVE, _UNPACK


SAVED_TEXT: Final = b"#!reader-text 1 "
"""How a text begins that an import saved in the data directory."""
ZIP_ARCHIVE: Final = "a ZIP archive"
_LOCAL_NAMES: Final = lazy_pattern(rb"PK\x03\x04.{26}([!-~]{1,100})", re.DOTALL)
_NAME_OFFSET: Final = 30
"""Where the name of the first member begins in a ZIP file."""


def has_zip_after_other_data(data: bytes) -> bool:
    """Return whether a ZIP file with a part follows other bytes, such as the program of a self-extracting archive."""
    if data.startswith(b"PK") or data.rfind(_ZIP_END, -_ZIP_END_LENGTH) < 0:
        return False
    from io import BytesIO
    from zipfile import ZipFile

    try:
        parts = ZipFile(BytesIO(data)).infolist()
        return bool(parts) and all(data.startswith(_ZIP, part.header_offset) for part in parts)
    except Exception:  # no archive, or a damaged one
        return False


def ole_kind(data: bytes, suffix: str = "") -> tuple[str, str]:
    """Return what a compound file is by the names of its streams, and what to do about it; "" for other files."""
    if not data.startswith(_OLE):
        return "", ""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"{_KINDS_BY_SUFFIX.get(suffix, 'an office file')} with a password", _PASSWORD_ADVICE
    for stream, kind, advice in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind, advice
    if suffix in _DAMAGED_BY_SUFFIX:
        return f"{_DAMAGED_BY_SUFFIX[suffix]}{_DAMAGED}", SAVE_ANEW
    if suffix == ".msi":
        return "an installer", ""
    return "an old office document", "save it in a current format first"


def _refusal(kind: str, advice: str) -> str:
    if kind.endswith(_DAMAGED):
        return f"{kind}; {advice}"
    return f"{kind}, not text; {advice or OPENABLE}" if kind else ""
