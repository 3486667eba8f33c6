"""Loads a document from a path, a URL, standard input, or a file of many documents."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Final

from reader.document.document import Document, DocumentError, digest_of
from reader.document.encoding import encoding_name
from reader.document.load_options import (
    AUTOMATIC,
    DEFAULT_OPTIONS,
    URL_START,
    LoadOptions,
    absolute_source,
    path_of_url,
)
from reader.document.loader_registry import Loader, loader_for
from reader.document.metadata.date_lines import date_on_own_line
from reader.document.metadata.titles import title_of
from reader.document.raw_source import Container, LoadedContent, Member, RawSource
from reader.document.sanitize import one_line
from reader.document.sources.local_files import read_file, read_stream
from reader.document.standard_input import STANDARD_INPUT, is_unnamed
from reader.structures.lazy_pattern import lazy_pattern

_NUMBERED_MEMBER: Final = lazy_pattern(r"(https?://.+?)((?:::(?:[^/:?#]+:)?[0-9]{1,9})+)", re.IGNORECASE | re.DOTALL)
"""The address of a member of a feed or table on the web. URLs may contain the mark, so other names are no members."""
MEMBER_MARK: Final = "::"
"""Separates a file of many documents from the name of a member: `mail.mbox::3`."""
_MAX_DEPTH: Final = 8
"""How deep containers may lie in each other."""
_LOCK: Final = Lock()
"""Held while the container that stays open is read: threads share it."""


class OpenContainer:
    """A file of many documents, read into memory."""

    def __init__(self, raw: RawSource, loader: Loader, container: Container) -> None:
        self._raw = raw
        self._container = container
        self.source = raw.source
        self.kind = loader.kind
        self.has_text = loader.has_text
        """Whether the file is a document itself, such as a mail."""

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The members in order."""
        return self._container.members()

    @property
    def has_addresses(self) -> bool:
        """Whether its members can be opened by their addresses. Those of standard input cannot."""
        first = self.address(self.members[0])
        return self.source != STANDARD_INPUT and (
            not URL_START.match(first) or _NUMBERED_MEMBER.fullmatch(first) is not None
        )

    def address(self, member: Member) -> str:
        """Return the address of a member, under which `load` opens it, except a member of standard input."""
        return f"{self.source}{MEMBER_MARK}{member.name}"

    def document(self, member: Member) -> Document:
        """Load a member.

        Raises:
            ManyDocumentsError: The member is a file of many documents.
            DocumentError: The member cannot be read or contains no text.
        """
        return parse(self.read(member))

    def read(self, member: Member) -> RawSource:
        """Return the bytes of a member, with its address.

        Raises:
            DocumentError: The member is damaged, protected or too large.
        """
        raw = self.find(member.name)
        if raw is None:
            raise self.no_member(member.name)
        return raw

    def find(self, name: str) -> RawSource | None:
        """Return the bytes of the member of that name, with its address, or None if there is none.

        Raises:
            DocumentError: The member is damaged, protected or too large.
        """
        raw = self._container.read(name)
        return None if raw is None else _as_chosen(replace(raw, source=f"{self.source}{MEMBER_MARK}{name}"))

    def no_member(self, name: str) -> DocumentError:
        """Return the error that there is no member of that name, with how many there are."""
        count = len(self.members)
        members = "1 member" if count == 1 else f"{count:,} members"
        return self._raw.error(f"no member {one_line(name)!r}; it has {members}")


class ManyDocumentsError(DocumentError):
    """The source is a file of many documents, none of which was named."""

    def __init__(self, container: OpenContainer) -> None:
        self.container = container
        first = container.address(container.members[0])
        has_addresses = container.has_addresses
        self.addresses = tuple(map(container.address, container.members)) if has_addresses else ()
        """The addresses of the members, in order; () if they cannot be opened by address, as in standard input."""
        advice = f"open one by its address: {one_line(first)}" if has_addresses else "save it as a file first"
        name = "standard input" if container.source == STANDARD_INPUT else one_line(container.source)
        super().__init__(f"{name}: {container.kind} of {len(container.members):,} documents; {advice}")


def load(source: str, options: LoadOptions = DEFAULT_OPTIONS, *, stdin: BinaryIO | None = None) -> Document:
    """Load the document at `source`.

    Args:
        source: A path, a `file:`, `http:` or `https:` URL, the address of a member (`PATH::MEMBER`), or "-" for
            standard input. A file of documents with a single member is this member.
        options: How it is loaded.
        stdin: The stream that "-" reads from; the standard input of the process by default.

    Raises:
        ManyDocumentsError: The source is a file of many documents.
        DocumentError: The source cannot be read or contains no text, or the encoding is unknown. The message is one
            line without control characters.
    """
    return parse(read_source(source, options, stdin=stdin))


def read_source(source: str, options: LoadOptions = DEFAULT_OPTIONS, *, stdin: BinaryIO | None = None) -> RawSource:
    """Return the bytes at `source`, before they are parsed. The arguments are those of `load`.

    Raises:
        DocumentError: The source cannot be read, or the encoding is unknown.
    """
    encoding = options.encoding
    if encoding not in ("", AUTOMATIC) and not encoding_name(encoding):
        raise DocumentError(f"no encoding is called {one_line(encoding, 40)!r}; examples: utf-8, cp1250, iso-8859-2")
    path, *names = split_address(source)
    if names:
        with _LOCK:
            raw = _member(_container(path, options), names[0])
        for name in names[1:]:
            raw = _member(open_container(raw), name)
    else:
        raw = _read_as(path, options, stdin)
    return replace(raw, source=source)


def read_document(source: str, options: LoadOptions = DEFAULT_OPTIONS) -> RawSource:
    """Return the bytes of the document at `source`, to be parsed elsewhere. The arguments are those of `load`.

    Raises:
        ManyDocumentsError: The source is a file of many documents.
        DocumentError: The source cannot be read, or the encoding is unknown.
    """
    raw = read_source(source, options)
    loader = loader_for(raw)
    if not loader.has_text:
        _only_member(raw, loader)
    return raw


def parse(raw: RawSource, depth: int = 0) -> Document:
    """Build a document from bytes.

    Raises:
        ManyDocumentsError: The bytes are a file of many documents.
        DocumentError: The bytes contain no text.
    """
    loader = loader_for(raw)
    if loader.has_text:
        return _build_document(raw, loader.documents().load_content(raw))
    member = _only_member(raw, loader)
    if depth >= _MAX_DEPTH:
        raise raw.error(f"containers in each other, more than {_MAX_DEPTH} deep")
    document = parse(replace(member, source=raw.source), depth + 1)
    digest = digest_of(raw.data)
    return replace(document, file_digest=digest, choices_digest=digest)


def _only_member(raw: RawSource, loader: Loader) -> RawSource:
    """Return the member of a container that has one.

    Raises:
        ManyDocumentsError: It has several.
        DocumentError: It has none, or cannot be read.
    """
    container = open_container(raw)
    if not container.members:
        raise raw.error(f"{loader.kind} without documents")
    if len(container.members) > 1:
        raise ManyDocumentsError(container)
    return container.read(container.members[0])


def split_address(source: str) -> list[str]:
    """Return the path or URL of a source and the names of members in it.

    The path of an existing file may contain the mark.
    """
    if MEMBER_MARK not in source or is_unnamed(source):
        return [source]
    if URL_START.match(source):
        numbered = _NUMBERED_MEMBER.fullmatch(source)
        return [numbered[1], *numbered[2].split(MEMBER_MARK)[1:]] if numbered else [source]
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


def _container(path: str, options: LoadOptions) -> OpenContainer:
    """Return an open container. The last one stays open, so that reading all members of a file takes linear time."""
    if URL_START.match(path):
        return open_container(_read_as(path, options))
    try:
        status = Path(path).stat()
    except (OSError, ValueError):  # reading it says what is wrong
        return _open_file(path, options, 0, 0)
    return _open_file(path, options, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=1)
def _open_file(path: str, options: LoadOptions, modified: int, size: int) -> OpenContainer:
    del modified, size  # a file that has changed is read again
    return open_container(_read_as(path, options))


def open_container(raw: RawSource) -> OpenContainer:
    """Open a file of many documents.

    Raises:
        DocumentError: It is none, or it is damaged.
    """
    loader = loader_for(raw)
    if not loader.has_members:
        raise raw.error(f"{loader.kind}, which has no members")
    return OpenContainer(raw, loader, loader.members().open_container(raw))


def _member(container: OpenContainer, name: str, depth: int = 0) -> RawSource:
    """Return a member of a container. In a container with one member, such as a compressed archive, look into it."""
    member = container.find(name)
    if member is not None:
        return member
    if not container.has_text and depth < _MAX_DEPTH and len(container.members) == 1:
        only = replace(container.read(container.members[0]), source=container.source)
        if loader_for(only).has_members:
            return _member(open_container(only), name, depth + 1)
    raise container.no_member(name)


def _read_as(source: str, options: LoadOptions, stdin: BinaryIO | None = None) -> RawSource:
    """Read a source, and note how it is to be loaded."""
    raw = replace(
        _read(source, stdin, refresh=options.refresh),
        encoding="" if options.encoding == AUTOMATIC else encoding_name(options.encoding),
        field=options.field,
        all_text=bool(options.all_text),
        saved=options.saved_in_effect,
    )
    return _as_chosen(raw)


def _as_chosen(raw: RawSource) -> RawSource:
    """Return a source with what the user chose for it earlier. A member that is decoded already stays as it is."""
    saved = raw.saved
    if not saved or raw.decoded is not None:
        return raw
    digest, source = digest_of(raw.data), absolute_source(raw.source)
    encoding, all_text = saved.encoding_of(digest, source, raw.data), saved.all_text_of(digest, source)
    if encoding:
        raw = raw.with_notice(f"read as {encoding}, which you chose for this document")
    return replace(
        raw,
        encoding=raw.encoding if encoding is None else encoding,
        all_text=raw.all_text if all_text is None else all_text,
    )


def _read(source: str, stdin: BinaryIO | None, *, refresh: bool = False) -> RawSource:
    if source == STANDARD_INPUT:
        return RawSource(read_stream(stdin or sys.stdin.buffer, "standard input"), source)
    if source and is_unnamed(source):
        raise DocumentError(f"{one_line(source)}: a text from standard input; the collection opens it")
    url = URL_START.match(source)
    scheme = url[1].lower() if url else "file"
    if scheme in ("http", "https"):
        from reader.document.sources.web_pages import open_page

        return open_page(source, refresh=refresh)
    if scheme != "file":
        raise DocumentError(f"{one_line(source)}: only files and http or https URLs can be opened, not {scheme}")
    path = _path_of(source) if url else source
    return RawSource(read_file(path), source, Path(path).name)


def _path_of(url: str) -> str:
    path = path_of_url(url)
    if not path:
        raise DocumentError(f"{one_line(url)}: a file on another machine")
    return path


def _build_document(raw: RawSource, content: LoadedContent) -> Document:
    if not content.blocks:
        raise raw.error("no text to read")
    stated = raw.stated
    return Document(
        text=content.text,
        blocks=content.blocks,
        title=title_of(content.title or stated.title, content.text, content.blocks, raw.name),
        source=raw.source,
        author=content.author or stated.author,
        date=content.date or stated.date or date_on_own_line(content.text) or content.creation_date,
        links=content.links,
        encoding=raw.decoded.encoding if raw.decoded is not None else content.encoding,
        notices=(*stated.notices, *content.notices),
        file_digest=digest_of(raw.data),
        choices=raw.choices,
        choices_digest=raw.choices_digest,
    )
