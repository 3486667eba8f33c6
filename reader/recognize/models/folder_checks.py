"""Check that a pipeline's folder is complete and contains only data. Reads a few bytes of each file."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Iterator
from configparser import Error as ConfigError
from configparser import RawConfigParser
from pathlib import Path
from typing import Final

from reader.recognize.protocol import RecognizerError
from reader.structures.lazy_pattern import lazy_pattern

_CODE: Final = frozenset({".py", ".pyc", ".pyo", ".pyd", ".so", ".dll", ".dylib", ".exe", ".sh", ".bat", ".pth"})
_PICKLES: Final = frozenset({".pkl", ".pickle", ".joblib", ".dill", ".cloudpickle"})
_UNFINISHED: Final = frozenset({".part", ".partial", ".crdownload", ".download", ".incomplete", ".tmp"})
_HEAD: Final = 512
"""The number of bytes to read from the beginning of each file."""
_LFS_POINTER: Final = b"version https://git-lfs"
_PICKLE: Final = lazy_pattern(rb"\x80[\x02-\x05].", re.DOTALL)
r"""Matches the beginning of a pickle. A lone byte \x80 is an empty spaCy table."""
_OBJECT_ARRAY: Final = lazy_pattern(rb"\x93NUMPY.{2,6}\{[^}]*'descr': *'\|O", re.DOTALL)
"""Matches the beginning of a NumPy array of Python objects, which are pickled."""
_ARCHIVE: Final = b"PK\x03\x04"


def check_no_pickles(folder: Path, display_name: str) -> None:
    """Check that a folder contains no pickles, broken links, links to folders or incompletely downloaded files.

    Raises:
        RecognizerError: It does; the message is one line.
    """
    for path, relative in files_in(folder, display_name):
        if path.suffix.lower() in _UNFINISHED:
            raise RecognizerError(f"{display_name} is incompletely downloaded: {relative} is unfinished")
        if _is_pickle(path, display_name):
            raise RecognizerError(f"{display_name} is refused: {relative} is a pickle, which could run code when read")


def check_no_code(folder: Path, display_name: str) -> None:
    """Check that a folder contains no code.

    Raises:
        RecognizerError: It does.
    """
    for path, relative in files_in(folder, display_name):
        if path.suffix.lower() in _CODE:
            raise RecognizerError(
                f"{display_name} is refused: {relative} is code; if you trust a pipeline that needs its own code, "
                "install it with pip"
            )


def check_complete(folder: Path, display_name: str) -> None:
    """Check that a folder has every component that its configuration lists.

    Raises:
        RecognizerError: A component is missing or empty, or the configuration cannot be read.
    """
    parser = RawConfigParser(delimiters=("=",), comment_prefixes=("#", ";"), strict=False)
    try:
        parser.read_string((folder / "config.cfg").read_text("utf-8"))
        components = re.findall(r'"([^"]+)"', parser.get("nlp", "pipeline", fallback=""))
    except (OSError, ValueError, ConfigError):
        raise RecognizerError(f"{display_name} is damaged: config.cfg cannot be read") from None
    saved = {path.name for path in folder.iterdir()}
    for component in components:
        factory = parser.get(f"components.{component}", "factory", fallback="").strip('"')
        if component not in saved and parser.has_section(f"components.{component}.model"):
            raise RecognizerError(
                f"{display_name} is incompletely downloaded: the component {component} ({factory}) is missing"
            )
    for path, relative in files_in(folder, display_name):
        if path.name == "model" and not path.stat().st_size:
            raise RecognizerError(f"{display_name} is incompletely downloaded: {relative} is empty")
    if not (folder / "vocab").is_dir() or not (folder / "tokenizer").exists():
        missing = "tokenizer" if (folder / "vocab").is_dir() else "vocab"
        raise RecognizerError(f"{display_name} is incompletely downloaded: {missing} is missing")


def files_in(folder: Path, display_name: str) -> Iterator[tuple[Path, str]]:
    """Yield every file in a folder and its subfolders, with its relative path, in a fixed order.

    Raises:
        RecognizerError: An entry is neither a file nor a folder, or a link to a folder.
    """
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in folders:
            if (Path(parent) / name).is_symlink():
                raise RecognizerError(f"{display_name} is refused: {name} is a link to another folder")
        for name in sorted(names):
            path = Path(parent) / name
            relative = path.relative_to(folder).as_posix()
            try:
                mode = path.stat().st_mode
            except OSError:
                raise RecognizerError(
                    f"{display_name} is incompletely downloaded: {relative} is a broken link"
                ) from None
            if not stat.S_ISREG(mode):
                raise RecognizerError(f"{display_name} is refused: {relative} is not a regular file")
            yield path, relative


def _is_pickle(path: Path, display_name: str) -> bool:
    if path.suffix.lower() in _PICKLES:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head.startswith(_LFS_POINTER):
            raise RecognizerError(
                f"{display_name} is incompletely downloaded: {path.name} is a Git LFS pointer, not the data"
            )
        if head.startswith(_ARCHIVE):
            return _archive_has_pickle(path, display_name)
    except OSError as error:
        raise RecognizerError(f"cannot read {display_name}: {error.strerror or error}") from None
    return bool(_PICKLE.match(head) or _OBJECT_ARRAY.match(head))


def _archive_has_pickle(path: Path, display_name: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if Path(member.filename).suffix.lower() in _PICKLES:
                    return True
                with archive.open(member) as file:
                    head = file.read(_HEAD)
                if _PICKLE.match(head) or _OBJECT_ARRAY.match(head):
                    return True
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        raise RecognizerError(
            f"{display_name} is damaged or incompletely downloaded: {path.name} cannot be read"
        ) from None
    return False
