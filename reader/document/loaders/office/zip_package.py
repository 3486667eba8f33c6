"""Reads the parts of documents that are ZIP files: DOCX, ODT and EPUB."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from reader.document.raw_source import RawSource
from reader.document.signatures import SAVE_ANEW

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PART: Final = 32 * 1024 * 1024
"""Bytes that a part may have when unpacked. All parts that are read together may have twice as many."""
_ENCRYPTED: Final = 0x1
_SCHEMES: Final = frozenset(("http", "https", "mailto"))


class ZipPackage:
    """The parts of a document by name. Reading raises `DocumentError` for a part that is damaged or too large."""

    def __init__(self, raw: RawSource, kind: str, archive: ZipFile) -> None:
        self._raw = raw
        self._kind = kind
        self._archive = archive
        self._budget = 2 * MAX_PART

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return self._archive.namelist()

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None if there is no such part."""
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return None
        if info.flag_bits & _ENCRYPTED:
            raise self._raw.error(f"{self._kind} with a password; save it without the password first")
        with self._archive.open(info) as part:
            data = part.read(MAX_PART + 1)
        self._budget -= len(data)
        if len(data) > MAX_PART or self._budget < 0:
            raise self._raw.error(f"{self._kind} with more than {MAX_PART // 2**20} MB of text")
        return data

    def tree(self, name: str) -> _Element | None:
        """Return the root element of an XML part, or None if there is no such part."""
        from lxml import etree

        data = self.read(name)
        if data is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        return etree.fromstring(data, parser)


@contextmanager
def open_package(raw: RawSource, kind: str) -> Iterator[ZipPackage]:
    """Open a ZIP file. Whatever fails within becomes a `DocumentError` that names the kind of the document."""
    from lxml.etree import LxmlError

    try:
        with ZipFile(BytesIO(raw.data)) as archive:
            yield ZipPackage(raw, kind, archive)
    except (BadZipFile, zlib.error, LxmlError, EOFError, OSError, ValueError, RuntimeError, LookupError) as error:
        raise raw.error(f"{kind} that is damaged; {SAVE_ANEW}") from error


def local_name(element: _Element) -> str:
    """Return the tag of an element without its namespace, or "" for an entity reference."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: _Element | None, name: str) -> str:
    """Return the attribute with this name in any namespace, or ""."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def text_at(root: _Element | None, path: str) -> str:
    """Return the text of the first element at a path, or ""."""
    element = None if root is None else root.find(path)
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def web_address(target: str) -> str:
    """Return the target of a link if it is a web or mail address, otherwise ""."""
    try:
        return target if urlsplit(target).scheme in _SCHEMES else ""
    except ValueError:
        return ""


def notices_of(comments: int, has_deletions: bool, inserted_files: int = 0) -> tuple[str, ...]:
    """Return the notice of what was left out of a document, if anything."""
    left_out = []
    if comments:
        left_out.append("1 comment" if comments == 1 else f"{comments:,} comments")
    if has_deletions:
        left_out.append("deleted text")
    if inserted_files:
        left_out.append("1 inserted file" if inserted_files == 1 else f"{inserted_files:,} inserted files")
    return (f"left out: {', '.join(left_out)}",) if left_out else ()
