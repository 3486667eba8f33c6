"""Is a pipeline's folder whole, and is it data only? Reads a few bytes of each file and imports nothing heavy."""

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

_CODE: Final = frozenset({".py", ".pyc", ".pyo", ".pyd", ".so", ".dll", ".dylib", ".exe", ".sh", ".bat", ".pth"})
_PICKLES: Final = frozenset({".pkl", ".pickle", ".joblib", ".dill", ".cloudpickle"})
_UNFINISHED: Final = frozenset({".part", ".partial", ".crdownload", ".download", ".incomplete", ".tmp"})
_HEAD: Final = 512
"""Bytes of each file that are looked at."""
_LFS: Final = b"version https://git-lfs"
_PICKLE: Final = re.compile(rb"\x80[\x02-\x05].", re.DOTALL)
"""How a pickle begins. One byte \\x80 alone is an empty table of spaCy's."""
_OBJECTS: Final = re.compile(rb"\x93NUMPY.{2,6}\{[^}]*'descr': *'\|O", re.DOTALL)
"""A NumPy array of Python objects, which are pickled."""
_ARCHIVE: Final = b"PK\x03\x04"


def check_data(folder: Path, shown: str) -> None:
    """Check that nothing in a folder is a pickle, a link that leads nowhere or a file that was not downloaded.

    Raises:
        RecognizerError: What was found, in one line.
    """
    for path, name in files_below(folder, shown):
        if path.suffix.lower() in _UNFINISHED:
            raise RecognizerError(f"{shown} is half-downloaded: {name} is unfinished")
        if _is_pickle(path, shown):
            raise RecognizerError(f"{shown} is refused: {name} is a pickle, which could run code when it is read")


def check_no_code(folder: Path, shown: str) -> None:
    """Check that a folder holds no programs.

    Raises:
        RecognizerError: It does.
    """
    for path, name in files_below(folder, shown):
        if path.suffix.lower() in _CODE:
            raise RecognizerError(
                f"{shown} is refused: {name} is code; a pipeline that needs its own is to be installed, if you trust it"
            )


def check_whole(folder: Path, shown: str) -> None:
    """Check that every component that the configuration speaks of is there.

    Raises:
        RecognizerError: One is missing or empty, or the configuration cannot be read.
    """
    parser = RawConfigParser(delimiters=("=",), comment_prefixes=("#", ";"), strict=False)
    try:
        parser.read_string((folder / "config.cfg").read_text("utf-8"))
        listed = re.findall(r'"([^"]+)"', parser.get("nlp", "pipeline", fallback=""))
    except (OSError, ValueError, ConfigError):
        raise RecognizerError(f"{shown} is damaged: config.cfg cannot be read") from None
    saved = {path.name for path in folder.iterdir()}
    for name in listed:
        factory = parser.get(f"components.{name}", "factory", fallback="").strip('"')
        if name not in saved and parser.has_section(f"components.{name}.model"):
            raise RecognizerError(f"{shown} is half-downloaded: the component {name} ({factory}) is missing")
    for path, name in files_below(folder, shown):
        if path.name == "model" and not path.stat().st_size:
            raise RecognizerError(f"{shown} is half-downloaded: {name} is empty")
    if not (folder / "vocab").is_dir() or not (folder / "tokenizer").exists():
        missing = "tokenizer" if (folder / "vocab").is_dir() else "vocab"
        raise RecognizerError(f"{shown} is half-downloaded: {missing} is missing")


def files_below(folder: Path, shown: str) -> Iterator[tuple[Path, str]]:
    """Yield every file below a folder with its path in it, in a fixed order.

    Raises:
        RecognizerError: There is something that is neither a file nor a folder, or a link to a folder.
    """
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in folders:
            if (Path(parent) / name).is_symlink():
                raise RecognizerError(f"{shown} is refused: {name} is a link to another folder")
        for name in sorted(names):
            path = Path(parent) / name
            inner = path.relative_to(folder).as_posix()
            try:
                mode = path.stat().st_mode
            except OSError:
                raise RecognizerError(f"{shown} is half-downloaded: {inner} leads nowhere") from None
            if not stat.S_ISREG(mode):
                raise RecognizerError(f"{shown} is refused: {inner} is no ordinary file")
            yield path, inner


def _is_pickle(path: Path, shown: str) -> bool:
    if path.suffix.lower() in _PICKLES:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head.startswith(_LFS):
            raise RecognizerError(f"{shown} is half-downloaded: {path.name} is a pointer of Git LFS, not the data")
        if head.startswith(_ARCHIVE):
            return _archive_holds_pickle(path, shown)
    except OSError as error:
        raise RecognizerError(f"cannot read {shown}: {error.strerror or error}") from None
    return bool(_PICKLE.match(head) or _OBJECTS.match(head))


def _archive_holds_pickle(path: Path, shown: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if Path(member.filename).suffix.lower() in _PICKLES:
                    return True
                with archive.open(member) as file:
                    head = file.read(_HEAD)
                if _PICKLE.match(head) or _OBJECTS.match(head):
                    return True
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        raise RecognizerError(f"{shown} is damaged or half-downloaded: {path.name} cannot be read") from None
    return False
