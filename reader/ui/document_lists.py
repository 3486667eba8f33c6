"""Lists from which the user opens documents one after the other: files of many documents, and folders."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.annotate.loading_choices import load_as_chosen
from reader.document import Document, one_line
from reader.document.load_options import absolute_source
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.annotate import Store
    from reader.document.loading import OpenContainer


_REMEMBERED: Final = 5_000
"""Documents that were opened last, of which lists know that they were read."""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document in a list."""

    title: str
    source: str
    """What to load; not sanitized for the screen."""
    about: str
    """Its name in the file, and its size."""
    size: int = 0
    """Bytes, 0 if unknown."""
    status: str = ""
    """One word at the right: whether it was read."""


@dataclass(frozen=True, slots=True)
class DocumentList:
    """Documents to choose from."""

    title: str
    entries: tuple[DocumentEntry, ...]
    open: Callable[[DocumentEntry], Document]
    """Loads the document of an entry. Raises a `DocumentError`."""


def member_list(
    container: OpenContainer, store: Store, load_source: Callable[[str], Document] | None = None
) -> DocumentList:
    """Return the documents in a file of many.

    Args:
        container: The file.
        store: Where decisions are kept.
        load_source: Loads a member by its address; None for as the user chose earlier. Members without addresses are
            read from the container.
    """
    load_source = load_source or partial(load_as_chosen, store=store)
    read = _sources_read(store)
    members = {container.address(member): member for member in container.members}
    entries = tuple(
        DocumentEntry(
            member.title or member.name,
            address,
            f"{member_name} · {size}" if (size := size_text(member.size)) else member_name,
            member.size,
            "read" if absolute_source(address) in read else "",
        )
        for address, member in members.items()
        for member_name in (one_line(member.name, 80),)
    )
    name = "standard input" if container.source == "-" else one_line(container.source)
    title = f"{name}: {container.kind} of {len(entries):,} documents"

    def open_entry(entry: DocumentEntry) -> Document:
        return load_source(entry.source) if container.has_addresses else container.document(members[entry.source])

    return DocumentList(title, entries, open_entry)


def folder_list(folder: str, store: Store, load_source: Callable[[str], Document]) -> DocumentList:
    """Return the files in a folder and in its folders, without hidden ones."""
    from reader.collection.batches.source_paths import SourcePaths

    read = _sources_read(store)
    entries = tuple(
        DocumentEntry(
            one_line(os.path.relpath(path, folder)),
            path,
            size_text(size),
            size,
            "read" if absolute_source(path) in read else "",
        )
        for path in SourcePaths((folder,))
        if (size := _size_of(path)) is not None
    )
    title = f"{one_line(folder)}: a folder of {len(entries):,} files"
    return DocumentList(title, entries, lambda entry: load_source(entry.source))


def size_text(size: int) -> str:
    """Return a size in bytes for lists, such as "12 kB"; "" for 0, which stands for unknown."""
    if not size:
        return ""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def _sources_read(store: Store) -> set[str]:
    return {remembered.source for remembered in store.recent(_REMEMBERED)}


def _size_of(path: str) -> int | None:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return None if Path(path).is_dir() else status.st_size
