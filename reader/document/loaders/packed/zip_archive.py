"""Reads ZIP archives: one member per document."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from reader.document.loaders.packed.archive_names import HEAD, MAX_FILES, distinct_names, is_document
from reader.document.raw_source import Member, RawSource
from reader.document.sources.local_files import MAX_BYTES, too_large

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_ENCRYPTED: Final = 1
_LEFT_OUT: Final = "left out: data in front of the archive"


class ZipArchive:
    """A container of the files of an archive that can be opened."""

    def __init__(self, raw: RawSource) -> None:
        self._raw = raw
        self._archive, self._entries = _open(raw)

    def members(self) -> tuple[Member, ...]:
        """Return the documents in the order of the archive."""
        return tuple(
            Member(name, size=entry.file_size)
            for name, entry in self._entries.items()
            if is_document(name, _head(self._archive, entry))
        )

    def read(self, name: str) -> RawSource | None:
        """Return a file of the archive, or None if there is none of that name.

        Raises:
            DocumentError: The file has a password, is damaged or too large.
        """
        if name not in self._entries:
            return None
        data = _read(self._raw, self._archive, self._entries[name])
        member = self._raw.member(data, PurePosixPath(name).name)
        return member if self._raw.data.startswith(b"PK") else member.with_notice(_LEFT_OUT)


def open_container(raw: RawSource) -> ZipArchive:
    """Open an archive.

    Raises:
        DocumentError: It is damaged, has a password or too many files.
    """
    return ZipArchive(raw)


def _open(raw: RawSource) -> tuple[ZipFile, dict[str, ZipInfo]]:
    from io import BytesIO
    from zipfile import ZipFile

    try:
        archive = ZipFile(BytesIO(raw.data))
        files = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    except Exception as error:  # BadZipFile, but also struct.error, NotImplementedError, UnicodeDecodeError, …
        raise raw.error("a damaged ZIP archive; get it again") from error
    if len(files) > MAX_FILES:
        raise raw.error(f"an archive of {len(files):,} files; the limit is {MAX_FILES:,}: unpack it")
    if files and all(entry.flag_bits & _ENCRYPTED for entry in files):
        raise raw.error("a ZIP archive with a password; unpack it and open the documents in it")
    return archive, distinct_names(files, lambda entry: entry.filename)


def _head(archive: ZipFile, entry: ZipInfo) -> bytes:
    """Return the first bytes of a file, b"" if it cannot be read."""
    try:
        with archive.open(entry) as file:
            return file.read(HEAD)
    except Exception:  # damaged, encrypted, or an unknown method of compression
        return b""


def _read(raw: RawSource, archive: ZipFile, entry: ZipInfo) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise raw.error("the member has a password; unpack the archive first")
    try:
        with archive.open(entry) as file:
            data = file.read(MAX_BYTES + 1)
    except Exception as error:
        raise raw.error("the member is damaged or compressed by an unknown method") from error
    if len(data) > MAX_BYTES:
        too_large(f"{raw.source} unpacked", 0, MAX_BYTES)
    return data
