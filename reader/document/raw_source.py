"""What loaders take and return: the bytes of a source, the content of a document, the members of a container."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from reader.document.blocks import Block
from reader.document.document import DocumentError, Hyperlink, digest_of
from reader.document.load_options import NO_CHOICES, LoadChoices, SavedChoices
from reader.document.sanitize import one_line
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple


class StatedMetadata(NamedTuple):
    """What a container states about a member. It counts where the member itself states nothing."""

    title: str = ""
    author: str = ""
    date: str = ""
    notices: tuple[str, ...] = ()


NOTHING_STATED: Final = StatedMetadata()


class DecodedSource(NamedTuple):
    """What a member was decoded from by its container, such as a record of a table."""

    digest: str
    """`sha256:…` of the bytes of the container."""
    encoding: str
    """The encoding of these bytes."""
    choices: LoadChoices
    """What the user chose about the container."""


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
    encoding: str = ""
    """The encoding that the user chose, or "" to determine it. It overrides every declaration."""
    field: str = ""
    """The column or field with the text of each record that the user chose, or "" to guess it."""
    all_text: bool = False
    """Whether the user chose to see all text of a web page, not only its article."""
    stated: StatedMetadata = NOTHING_STATED
    saved: SavedChoices = NO_CHOICES
    """What the user chose earlier about this source or its members."""
    decoded: DecodedSource | None = None
    """What the bytes were decoded from; None if they are those of a file."""

    @property
    def display_name(self) -> str:
        """The source as messages name it."""
        return "standard input" if self.source == "-" else one_line(self.source)

    def member(self, data: bytes, name: str, loader: str = "") -> RawSource:
        """Return a member of this source with the user's choices. Its address is set later.

        Args:
            data: The bytes of the member.
            name: Its file name.
            loader: The name of the loader, "" to detect it.
        """
        return RawSource(
            data,
            self.source,
            name,
            loader,
            encoding=self.encoding,
            field=self.field,
            all_text=self.all_text,
            saved=self.saved,
        )

    def with_notice(self, notice: str) -> RawSource:
        """Return the source with one more notice for the user, of one line."""
        return replace(self, stated=self.stated._replace(notices=(*self.stated.notices, notice)))

    @property
    def choices(self) -> LoadChoices:
        """What the user chose about how these bytes are loaded."""
        return self.decoded.choices if self.decoded is not None else LoadChoices(self.encoding, self.all_text)

    @property
    def choices_digest(self) -> str:
        """The digest under which the user's choices about these bytes are kept."""
        return self.decoded.digest if self.decoded is not None else digest_of(self.data)

    def decoded_as(self, encoding: str) -> DecodedSource:
        """Return what the members of a container were decoded from."""
        return DecodedSource(self.choices_digest, encoding, self.choices)

    def error(self, reason: str) -> DocumentError:
        """Return an error about this source, of one line."""
        return DocumentError(f"{self.display_name}: {reason}")


@dataclass(frozen=True, slots=True)
class LoadedContent:
    """What a loader makes of a source: a text with its blocks, links and metadata."""

    text: str
    blocks: Sequence[Block]
    links: tuple[Hyperlink, ...] = ()
    title: str = ""
    """The title that the source states, or ""."""
    author: str = ""
    date: str = ""
    """The date that the source states, or ""."""
    creation_date: str = ""
    """When the file was made, by its metadata, or "". It counts only if source and text state no date."""
    encoding: str = "utf-8"
    notices: tuple[str, ...] = ()
    """Assumptions made while loading, each one line for the user."""


class Member(NamedTuple):
    """A document in a file of many documents, such as a mail in a mailbox."""

    name: str
    """The part of its address after `SOURCE::`."""
    title: str = ""
    """One line for lists, or "" if the name says enough."""
    size: int = 0
    """Bytes, 0 if unknown."""


class Container(Protocol):
    """An open file of many documents. Reading its members in order takes time in proportion to its size."""

    def members(self) -> tuple[Member, ...]:
        """Return the members in order, with distinct names.

        Raises:
            DocumentError: The file is damaged, protected or too large. Nothing else is ever raised.
        """

    def read(self, name: str) -> RawSource | None:
        """Return the bytes of a member, or None if no member has that name. Its `source` is set by the caller.

        Raises:
            DocumentError: The member is damaged, protected or too large. Nothing else is ever raised.
        """
