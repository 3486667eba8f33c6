"""Loads a document from a path, a URL, standard input, or a file of many documents."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from reader.document.document import Document, DocumentError, digest_of
from reader.document.loader_registry import Loader, loader_for
from reader.document.raw_source import LoadedContent, Member, RawSource
from reader.document.sanitize import one_line
from reader.document.sources.local_files import read_file, read_stream
from reader.document.titles import title_of

_URL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
MEMBER_MARK: Final = "::"
"""Separates a file of many documents from the name of a member: `mail.mbox::3`."""
_MAX_DEPTH: Final = 8
"""How deep containers may lie in each other."""


class ManyDocumentsError(DocumentError):
    """The source is a file of many documents, none of which was named."""

    def __init__(self, raw: RawSource, loader: Loader, members: tuple[Member, ...]) -> None:
        has_address = raw.source != "-" and not _URL.match(raw.source)
        self.addresses = tuple(f"{raw.source}{MEMBER_MARK}{member.name}" for member in members if has_address)
        """The addresses of the members, in order. `load` opens each of them. Only files have members with addresses."""
        advice = f"open one by its address: {one_line(self.addresses[0])}" if has_address else "save it as a file first"
        super().__init__(f"{raw.display_name}: {loader.kind} of {len(members):,} documents; {advice}")
        self.members = members


def load(source: str, *, stdin: BinaryIO | None = None) -> Document:
    """Load the document at `source`.

    Args:
        source: A path, a `file:`, `http:` or `https:` URL, the address of a member (`PATH::MEMBER`), or "-" for
            standard input. A file of documents with a single member is this member.
        stdin: The stream that "-" reads from; the standard input of the process by default.

    Raises:
        ManyDocumentsError: The source is a file of many documents.
        DocumentError: The source cannot be read or contains no text. The message is one line without control
            characters.
    """
    path, *names = _split_address(source)
    raw = _read(path, stdin)
    for name in names:
        raw = _member(raw, name)
    return parse(replace(raw, source=source))


def parse(raw: RawSource, depth: int = 0) -> Document:
    """Build a document from bytes.

    Raises:
        ManyDocumentsError: The bytes are a file of many documents.
        DocumentError: The bytes contain no text.
    """
    loader = loader_for(raw)
    if loader.has_text:
        return _build_document(raw, loader.documents().load_content(raw))
    container = loader.members()
    members = container.list_members(raw)
    if not members:
        raise raw.error(f"{loader.kind} without documents")
    if len(members) > 1:
        raise ManyDocumentsError(raw, loader, members)
    if depth >= _MAX_DEPTH:
        raise raw.error(f"containers in each other, more than {_MAX_DEPTH} deep")
    only = container.read_member(raw, members[0].name)
    if only is None:
        raise raw.error(f"{loader.kind} that is damaged")
    document = parse(replace(only, source=raw.source), depth + 1)
    return replace(document, file_digest=digest_of(raw.data))


def _split_address(source: str) -> list[str]:
    """Split `PATH::MEMBER::MEMBER` into its parts. The path of an existing file may contain the mark."""
    if MEMBER_MARK not in source or source == "-" or _URL.match(source):
        return [source]
    parts = source.split(MEMBER_MARK)
    for count in range(len(parts), 0, -1):
        path = MEMBER_MARK.join(parts[:count])
        if _is_file(path):
            names = parts[count:]
            return [path, *names] if len(names) <= _MAX_DEPTH else [source]
    return [source]


def _is_file(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _member(raw: RawSource, name: str, depth: int = 0) -> RawSource:
    """Return a member of a container. In a container with one member, such as a compressed archive, look into it."""
    loader = loader_for(raw)
    if not loader.has_members:
        raise raw.error(f"{loader.kind}, which has no members")
    container = loader.members()
    member = container.read_member(raw, name)
    if member is not None:
        return replace(member, source=f"{raw.source}{MEMBER_MARK}{name}")
    if not loader.has_text and depth < _MAX_DEPTH and len(members := container.list_members(raw)) == 1:
        only = container.read_member(raw, members[0].name)
        if only is not None and loader_for(only).has_members:
            return _member(replace(only, source=raw.source), name, depth + 1)
    raise raw.error(f"no member {one_line(name)!r}")


def _read(source: str, stdin: BinaryIO | None) -> RawSource:
    if source == "-":
        return RawSource(read_stream(stdin or sys.stdin.buffer, "standard input"), source)
    url = _URL.match(source)
    scheme = url[1].lower() if url else "file"
    if scheme in ("http", "https"):
        from reader.document.sources.fetch import fetch

        page = fetch(source)
        return RawSource(page.data, source, page.name, page.format, page.charset, page.url)
    if scheme != "file":
        raise DocumentError(f"{one_line(source)}: only files and http or https URLs can be opened, not {scheme}")
    path = _path_of(source) if url else source
    return RawSource(read_file(path), source, Path(path).name)


def _path_of(url: str) -> str:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise DocumentError(f"{one_line(url)}: a file on another machine")
    return url2pathname(parts.path)


def _build_document(raw: RawSource, content: LoadedContent) -> Document:
    if not content.blocks:
        raise raw.error("no text to read")
    return Document(
        text=content.text,
        blocks=content.blocks,
        title=title_of(content.title, content.text, content.blocks, raw.name),
        source=raw.source,
        author=content.author,
        date=content.date,
        links=content.links,
        encoding=content.encoding,
        notices=content.notices,
        file_digest=digest_of(raw.data),
    )
