"""The files of an import: one file, the files of a folder or of a ZIP archive, or standard input."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from reader.exchange.format import ExchangeError
from reader.structures.named_tuple import NamedTuple

MAX_BYTES: Final = 24 << 20
"""The most bytes that are read for one import; a parsed file needs several times its size in memory."""
_SUFFIXES: Final = frozenset((".ann", ".txt", ".tsv", ".xmi", ".xml", ".json", ".jsonl", ".jsonld", ".spacy", ".conll"))
"""The suffixes of files that are read from a folder or an archive."""
_ZIP_START: Final = b"PK\x03\x04"
_TOO_LARGE: Final = f"larger than {MAX_BYTES >> 20} MB; split it first"


class SourceFile(NamedTuple):
    """A file to import."""

    name: str
    """Its name with its folders, relative to the folder of the import, separated by "/"."""
    data: bytes

    @property
    def suffix(self) -> str:
        """The suffix in lower case, such as ".ann"."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """The name without its folders and suffix."""
        return PurePosixPath(self.name).stem

    @property
    def base(self) -> str:
        """The name without its suffix, with its folders."""
        return str(PurePosixPath(self.name).with_suffix(""))

    def decoded(self) -> str:
        """Return the data as text in UTF-8, without a byte-order mark.

        Raises:
            ExchangeError: It is not UTF-8.
        """
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ExchangeError(f"{self.name} is not UTF-8 (byte {error.start + 1:,})") from None


def read_source_files(path: str) -> list[SourceFile]:
    """Return the files at a path, sorted by name. "-" is standard input.

    A brat file or the data of a CAS brings the file along that belongs to it.

    Raises:
        ExchangeError: They are too large, or an archive is damaged.
        OSError: They cannot be read.
    """
    if path == "-":
        return _unpacked(SourceFile("standard input", _read_limited(sys.stdin.buffer)))
    root = Path(path)
    if root.is_dir():
        return _folder_files(root)
    with root.open("rb") as source:
        files = _unpacked(SourceFile(root.name, _read_limited(source)))
    for sibling in _siblings(root):
        with sibling.open("rb") as source:
            files.append(SourceFile(sibling.name, _read_limited(source)))
    return files


def _siblings(path: Path) -> Iterator[Path]:
    """Yield the files that belong to a file: the text of brat annotations, the type system of a CAS."""
    suffix = path.suffix.lower()
    names = {".ann": [path.with_suffix(".txt")], ".txt": [path.with_suffix(".ann")]}.get(suffix, [])
    if suffix in (".xmi", ".xml") and path.name.lower() != "typesystem.xml":
        names = [path.with_name("TypeSystem.xml"), path.with_name("typesystem.xml")]
    yield from [name for name in names if name.is_file()][:1]


def _folder_files(root: Path) -> list[SourceFile]:
    files: list[SourceFile] = []
    size = 0
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() in _SUFFIXES and path.is_file() and not _is_hidden(name):
            size += path.stat().st_size
            if size > MAX_BYTES:
                raise ExchangeError(_TOO_LARGE)
            with path.open("rb") as source:
                files.append(SourceFile(name, _read_limited(source)))
    if not files:
        raise ExchangeError("no files to import in this folder")
    return files


def _unpacked(file: SourceFile) -> list[SourceFile]:
    """Return a file, or the files in it if it is a ZIP archive."""
    if not file.data.startswith(_ZIP_START):
        return [file]
    files: list[SourceFile] = []
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            for name in sorted(archive.namelist()):
                if PurePosixPath(name).suffix.lower() not in _SUFFIXES or _is_hidden(name):
                    continue
                with archive.open(name) as member:
                    data = member.read(MAX_BYTES - size + 1)
                size += len(data)
                if size > MAX_BYTES:
                    raise ExchangeError(_TOO_LARGE)
                files.append(SourceFile(name, data))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        raise ExchangeError("a ZIP archive that is damaged or protected") from None
    if not files:
        raise ExchangeError("no files to import in this archive")
    return files


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _read_limited(source: BinaryIO) -> bytes:
    data = source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ExchangeError(_TOO_LARGE)
    return data
