"""What of an installation decides results. It must be the same on every machine of a cluster."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

from reader.structures.named_tuple import NamedTuple

PACKAGES: Final = (
    "spacy", "numpy", "rapidfuzz", "regex", "trafilatura", "lxml", "lxml_html_clean", "markdown-it-py",
    "mdit-py-plugins", "chardet", "striprtf", "phonenumberslite", "olefile", "pypdfium2",
)  # fmt: skip
"""The libraries that texts and names depend on."""
_PACKAGE_FOLDER: Final = Path(__file__).parents[2]
_TABLES: Final = _PACKAGE_FOLDER / "names" / "data"


class Installation(NamedTuple):
    """The parts of an installation, each as users read it."""

    program: str
    """Version and digest of the code."""
    python: str
    """Version without the last number."""
    pipeline: str
    """Name, version and digest of the files."""
    packages: tuple[str, ...]
    """Name and version of the libraries."""


@cache
def installation(model: str | None) -> Installation:
    """Return what is installed on this machine.

    Args:
        model: The pipeline. See `reader.recognize.models.find.identify`.

    Raises:
        RecognizerError: The pipeline does not exist.
    """
    from reader import __version__

    return Installation(
        f"{__version__} ({code_digest()})",
        f"{sys.version_info.major}.{sys.version_info.minor}",
        _pipeline(model),
        tuple(f"{name} {_version(name)}" for name in PACKAGES),
    )


def difference(ours: Installation, theirs: Installation) -> str:
    """Return in what a worker differs, as the end of a sentence; "" if in nothing."""
    if ours.program != theirs.program:
        return f"has another version of the program: {theirs.program}, not {ours.program}"
    if ours.python != theirs.python:
        return f"has Python {theirs.python}, not {ours.python}"
    if ours.pipeline != theirs.pipeline:
        return f"has another pipeline: {theirs.pipeline}, not {ours.pipeline}"
    for our_package, their_package in zip(ours.packages, theirs.packages, strict=True):
        if our_package != their_package:
            return f"has {their_package}, not {our_package}"
    return ""


def code_digest() -> str:
    """Return a digest of the modules and tables of this program."""
    return _digest(_PACKAGE_FOLDER, [*_PACKAGE_FOLDER.rglob("*.py"), *_files(_TABLES)])


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


def _pipeline(model: str | None) -> str:
    from reader.recognize.models.find import identify, split_model

    first, second = split_model(model)
    parts = []
    for name in (first, second) if second else (model,):
        identity = identify(name)
        folder = identity.path if identity.path.is_dir() else identity.path.parent
        files = _files(identity.path) if identity.path.is_dir() else [identity.path]
        parts.append(f"{identity.name} {identity.version} ({_digest(folder, files)})")
    return " + ".join(parts)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _digest(folder: Path, paths: Iterator[Path] | list[Path]) -> str:
    """Return a short digest of the names and bytes of files."""
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in paths):
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
