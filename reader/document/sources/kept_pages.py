"""Keeps what was fetched from the web, so that an article can be read, cited and found again without the network.

The bytes are files named after their SHA-256. For each address, a file of JSON lists when it was fetched and what came
back. Both are written to a temporary file, forced to disk and renamed, so that a crash leaves the old or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from reader.directories import data_dir
from reader.document.document import digest_of
from reader.document.sources.local_files import MAX_BYTES
from reader.structures.lazy_dataclass import dataclass

FOLDER: Final = "fetched"
_PREFIX: Final = "sha256:"
_TEXT_FIELDS: Final = ("url", "final_url", "time", "digest", "format", "media_type", "charset", "name")


class DamagedPageError(Exception):
    """The kept bytes of a page are missing or were changed."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What a server sent at one time."""

    url: str
    """The address that was asked for, without user name, password and fragment."""
    final_url: str
    """The address after redirects."""
    redirects: tuple[str, ...]
    """The addresses to which the server redirected, in order. The last one is `final_url`."""
    time: str
    """When it was fetched, in UTC and ISO 8601 format."""
    digest: str
    """`sha256:…` of the bytes after decompression."""
    size: int
    format: str
    """The name of the loader that the media type stands for, or ""."""
    media_type: str
    """As the server stated it, or ""."""
    charset: str
    """As the server stated it, or ""."""
    name: str
    """The last part of the path of the final address."""

    @property
    def shown_time(self) -> str:
        """The time as messages show it, to the minute."""
        return f"{self.time[:10]} {self.time[11:16]} UTC"

    @property
    def path(self) -> Path:
        """The file with the bytes."""
        return _bytes_path(self.digest)


def plain_address(url: str) -> str:
    """Return a URL without user name, password and fragment, which are never kept."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()


def now() -> str:
    """Return the time in UTC, in ISO 8601 format, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def keep(page: KeptPage, data: bytes) -> None:
    """Keep a page and its bytes.

    Raises:
        OSError: They cannot be written.
    """
    path = page.path
    if not _is_intact(path, page.digest):
        _write(path, data)
    pages = [*fetches(page.url), page]
    lines = json.dumps([asdict(fetched) for fetched in pages], ensure_ascii=False, indent=1)
    _write(_index_path(page.url), lines.encode("utf-8", "surrogatepass"))


def fetches(url: str) -> tuple[KeptPage, ...]:
    """Return what was fetched from an address, the latest last. What cannot be read is left out."""
    with suppress(OSError, ValueError, RecursionError):
        entries = json.loads(_index_path(plain_address(url)).read_bytes())
        if isinstance(entries, list):
            return tuple(page for entry in entries if (page := _page(entry)) is not None)
    return ()


def read(page: KeptPage) -> bytes:
    """Return the bytes of a page.

    Raises:
        DamagedPageError: They are missing, or their digest is another one.
    """
    try:
        with page.path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DamagedPageError(page.digest) from error
    if digest_of(data) != page.digest:
        raise DamagedPageError(page.digest)
    return data


def kept_pages() -> Iterator[KeptPage]:
    """Yield the latest fetch of every address."""
    folder = data_dir() / FOLDER / "addresses"
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        with suppress(OSError, ValueError, RecursionError):
            entries = json.loads(path.read_bytes())
            pages = [page for entry in entries if (page := _page(entry)) is not None]
            yield from pages[-1:]


def _page(entry: object) -> KeptPage | None:
    """Return the page that an entry of an index describes, or None if it describes none."""
    if not isinstance(entry, dict):
        return None
    texts = {key: entry.get(key) for key in _TEXT_FIELDS}
    redirects, size = entry.get("redirects"), entry.get("size")
    digest = str(texts["digest"]).removeprefix(_PREFIX)
    is_valid = all(isinstance(value, str) for value in texts.values()) and isinstance(size, int)
    is_digest = len(digest) == 64 and set(digest) <= set("0123456789abcdef")
    if not is_valid or not is_digest or not isinstance(redirects, list):
        return None
    values = {key: str(value) for key, value in texts.items()}
    return KeptPage(redirects=tuple(map(str, redirects)), size=int(str(size)), **values)


def _bytes_path(digest: str) -> Path:
    number = digest.removeprefix(_PREFIX)
    return data_dir() / FOLDER / "bytes" / number[:2] / number


def _index_path(url: str) -> Path:
    number = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
    return data_dir() / FOLDER / "addresses" / f"{number}.json"


def _is_intact(path: Path, digest: str) -> bool:
    try:
        return digest_of(path.read_bytes()) == digest
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
    with suppress(OSError):
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
