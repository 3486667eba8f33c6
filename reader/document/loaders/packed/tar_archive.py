"""Reads tar archives: one member per document. Links and devices in them are ignored.

Archives may follow each other in one file, as after `cat` or `tar --append`.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from reader.document.loaders.packed.archive_names import HEAD, MAX_FILES, distinct_names, is_document
from reader.document.raw_source import Member, RawSource

if TYPE_CHECKING:
    from tarfile import TarFile, TarInfo

_BLOCK: Final = 512
"""Bytes; headers and files begin at multiples of it."""
_TYPE: Final = 156
"""Where the type of an entry is in its header."""
_GLOBAL_HEADER: Final = b"g"
_LEFT_OUT: Final = "left out: data in the archive that belong to no file"


class TarArchive:
    """A container of the files of an archive that can be opened."""

    def __init__(self, raw: RawSource) -> None:
        self._raw = raw
        self._archive, self._entries, self._has_other_data = _open(raw)

    def members(self) -> tuple[Member, ...]:
        """Return the documents in the order of the archive."""
        return tuple(
            Member(name, size=entry.size)
            for name, entry in self._entries.items()
            if is_document(name, _read(self._archive, entry, HEAD))
        )

    def read(self, name: str) -> RawSource | None:
        """Return a file of the archive, or None if there is none of that name.

        Raises:
            DocumentError: The archive ends before the file does.
        """
        if name not in self._entries:
            return None
        entry = self._entries[name]
        data = _read(self._archive, entry, min(entry.size, len(self._raw.data)))
        if len(data) < entry.size:
            raise self._raw.error("the member is cut off; get the archive again")
        member = self._raw.member(data, PurePosixPath(name).name)
        return member.with_notice(_LEFT_OUT) if self._has_other_data else member


def open_container(raw: RawSource) -> TarArchive:
    """Open an archive.

    Raises:
        DocumentError: It is damaged or has too many files.
    """
    return TarArchive(raw)


def _open(raw: RawSource) -> tuple[TarFile, dict[str, TarInfo], bool]:
    """Return an archive, its files by name, and whether it has data that are neither a file nor a header."""
    import tarfile
    from io import BytesIO

    files = []
    position, has_other_data = 0, False
    try:
        archive = tarfile.open(fileobj=BytesIO(raw.data), mode="r:", ignore_zeros=True)  # noqa: SIM115 - holds no file
        for entry in archive:
            has_other_data = has_other_data or _is_other_data(raw.data[position : entry.offset])
            position = archive.offset
            if entry.isreg() and not entry.issparse():
                files.append(entry)
            if len(files) > MAX_FILES:
                break
    except Exception as error:  # TarError, but also OverflowError, UnicodeDecodeError, …
        raise raw.error("a damaged tar archive; get it again") from error
    if len(files) > MAX_FILES:
        raise raw.error(f"an archive of more than {MAX_FILES:,} files: unpack it")
    has_other_data = has_other_data or _is_other_data(raw.data[position:])
    return archive, distinct_names(files, lambda entry: entry.name), has_other_data


def _is_other_data(gap: bytes) -> bool:
    """Return whether bytes between two entries are something else than zeros and headers about all entries."""
    rest = gap.lstrip(b"\0")
    return bool(rest) and rest[_TYPE : _TYPE + 1] != _GLOBAL_HEADER


def _read(archive: TarFile, entry: TarInfo, size: int) -> bytes:
    """Return the first bytes of a file, as far as the archive has them."""
    try:
        file = archive.extractfile(entry)
        return file.read(size) if file is not None else b""
    except Exception:
        return b""
