"""What loaders take and return: the bytes of a source, the content of a document, the members of a container."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from reader.document.document import Block, DocumentError, Hyperlink
from reader.document.sanitize import one_line


@dataclass(frozen=True, slots=True)
class RawSource:
    """The bytes of a source, before they are decoded, with their metadata."""

    data: bytes
    source: str
    """The path, URL or address of a member as the user wrote it, or "-" for standard input."""
    name: str = ""
    """File name, used for the title and to detect the format."""
    format: str = ""
    """The name of the loader if an HTTP header or a container states it; "" to detect it from content and name."""
    charset: str = ""
    """The encoding declared by an HTTP header, or ""."""
    url: str = ""
    """The URL of a web page, used to resolve relative links."""

    @property
    def display_name(self) -> str:
        """The source as messages name it."""
        return "standard input" if self.source == "-" else one_line(self.source)

    def error(self, reason: str) -> DocumentError:
        """Return an error about this source, of one line."""
        return DocumentError(f"{self.display_name}: {reason}")


@dataclass(frozen=True, slots=True)
class LoadedContent:
    """What a loader makes of a source: a text with its blocks, links and metadata."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Hyperlink, ...] = ()
    title: str = ""
    """The title that the source states, or ""."""
    author: str = ""
    date: str = ""
    encoding: str = "utf-8"
    notices: tuple[str, ...] = ()
    """Assumptions made while loading, each one line for the user."""


class Member(NamedTuple):
    """A document in a file of many documents, such as a mail in a mailbox."""

    name: str
    """The part of its address after `SOURCE::`."""
    title: str = ""
    """One line for lists, or "" if the name says enough."""
