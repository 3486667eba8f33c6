"""Pipelines that the user adds from a wheel or a folder, kept in the data directory.

A wheel is unpacked for its data; nothing of it is installed or run. What is added is checked, copied beside its place,
loaded once, and only then put into it.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from reader import directories
from reader.recognize.models.find import BUNDLED_NAME, IN_USE, added_folder, identify, in_use
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.models.soundness import check_data, check_no_code, check_whole, files_below
from reader.recognize.models.versions import misfit
from reader.recognize.protocol import Recognizer, RecognizerError

_LARGEST: Final = 8 << 30
"""Bytes that a wheel may unpack to."""
_CHUNK: Final = 1 << 20
_STAGING: Final = ".adding-"


@dataclass(frozen=True, slots=True)
class Added:
    """What was added."""

    identity: ModelIdentity
    name: str
    """By which `--model` finds it."""
    wheel: str
    """The SHA-256 of the wheel, "" for a folder."""


def add(
    source: Path,
    *,
    load: Callable[[str], Recognizer],
    name: str = "",
    expected: str = "",
    replace: bool = False,
) -> Added:
    """Copy a pipeline to where `--model` finds it by name.

    Args:
        source: A wheel, or the folder of a pipeline or of an unpacked package that holds one.
        load: Loads the pipeline in a folder, given its path: the new pipeline is loaded once before it is installed.
        name: What to call it; "" for its own name ("en_core_web_md").
        expected: The SHA-256 that the wheel must have; "" for any.
        replace: Whether one of the same name gives way.

    Raises:
        RecognizerError: It is no pipeline, damaged, half-downloaded, holds code or pickles, or does not fit.
    """
    shown = source.name or str(source)
    wheel = _digest(source) if source.is_file() else ""
    if expected and wheel != expected.lower():
        raise RecognizerError(f"{shown} has the SHA-256 {wheel or '(none: no file)'}, not {expected.lower()}")
    try:
        with _staging() as staging:
            data = _unpacked(source, staging / "wheel", shown) if wheel else _folder(source, shown)
            check_data(data, shown)
            check_no_code(data, shown)
            check_whole(data, shown)
            identity = identify(str(data))
            called = name or identity.name
            place = _place(called, replace=replace)
            if problem := misfit(data, identity.name):
                raise RecognizerError(problem)
            ready = data if wheel else _copied(data, staging / "copy", shown)
            _try_loading(ready, shown, load)
            _put(ready, place, staging)
    except OSError as error:
        raise RecognizerError(f"cannot add {shown}: {error.strerror or error}") from None
    return Added(identify(called), called, wheel)


def remove(name: str) -> None:
    """Delete an added pipeline.

    Raises:
        RecognizerError: None of this name was added, or it cannot be deleted.
    """
    folder = added_folder(name)
    if folder is None or not folder.is_dir() or name == BUNDLED_NAME:
        raise RecognizerError(f"no added pipeline {name}: only what `reader model add` brought can be removed")
    try:
        with _staging() as staging:
            if in_use() == name:
                (folder.parent / IN_USE).unlink()
            folder.rename(staging / "removed")
    except OSError as error:
        raise RecognizerError(f"cannot remove {name}: {error.strerror or error}") from None


@contextmanager
def prepared(name: str, *, replace: bool = False) -> Iterator[Path]:
    """Make an empty folder for a pipeline; what is in it in the end is put in its place, whole or not at all.

    Args:
        name: What to call the pipeline.
        replace: Whether one of the same name gives way.

    Raises:
        RecognizerError: There is one already, this is no name, or it cannot be written.
    """
    place = _place(name, replace=replace)
    try:
        with _staging() as staging:
            folder = staging / "made"
            folder.mkdir()
            yield folder
            if any(folder.iterdir()):
                _put(folder, place, staging)
    except OSError as error:
        raise RecognizerError(f"cannot write {name}: {error.strerror or error}") from None


def use(name: str) -> None:
    """Let an added pipeline be the one that is used where none is asked for.

    Raises:
        RecognizerError: That cannot be written.
    """
    try:
        with _staging() as staging:
            (staging / IN_USE).write_text(f"{name}\n", "utf-8")
            (staging / IN_USE).replace(staging.parent / IN_USE)
    except OSError as error:
        raise RecognizerError(f"cannot put {name} in use: {error.strerror or error}") from None


def _place(name: str, *, replace: bool) -> Path:
    place = added_folder(name)
    if place is None or name == BUNDLED_NAME:
        raise RecognizerError(f"{name!r} is no name for a pipeline: letters, digits, . _ - (at most 64)")
    if place.exists() and not replace:
        raise RecognizerError(f"{name} is there already: --replace puts this one in its place, --name calls it else")
    return place


@contextmanager
def _staging() -> Iterator[Path]:
    """Make a folder beside the added pipelines that is gone afterwards, whatever happens."""
    parent = directories.data_dir() / "pipelines"
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _folder(source: Path, shown: str) -> Path:
    if not source.is_dir():
        raise RecognizerError(f"no wheel or folder at {source}")
    return _data_of(source, shown)


def _data_of(folder: Path, shown: str) -> Path:
    """Return the folder of the pipeline itself: this one, or one at most two levels below."""
    for pattern in ("config.cfg", "*/config.cfg", "*/*/config.cfg"):
        found = sorted(folder.glob(pattern))
        if len(found) > 1:
            raise RecognizerError(f"{shown} holds several pipelines: name the folder of one")
        if found:
            return found[0].parent
    raise RecognizerError(f"{shown} is not a spaCy pipeline: config.cfg is missing")


def _unpacked(wheel: Path, target: Path, shown: str) -> Path:
    """Unpack the files of a wheel, its own list of checksums permitting, and return the folder of the pipeline."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > _LARGEST:
                raise RecognizerError(f"{shown} is refused: it unpacks to more than {_LARGEST >> 30} GB")
            expected = _recorded(archive)
            for member in members:
                _unpack(archive, member, target, expected.get(member.filename, ""), shown)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError):
        raise RecognizerError(f"{shown} is damaged or half-downloaded, or no wheel") from None
    data = _data_of(target, shown)
    packages = {path for path in target.rglob("*.py") if path.name != "__init__.py"}
    if packages:
        name = min(packages).relative_to(target).as_posix()
        raise RecognizerError(
            f"{shown} is refused: {name} is code; a pipeline that needs its own is to be installed, if you trust it"
        )
    return data


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, expected: str, shown: str) -> None:
    parts = PurePosixPath(member.filename)
    if parts.is_absolute() or ".." in parts.parts or "\\" in member.filename or ":" in member.filename:
        raise RecognizerError(f"{shown} is refused: it would write outside of its folder")
    path = target / parts
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(member) as read, path.open("wb") as write:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            write.write(chunk)
    if expected and urlsafe_b64encode(digest.digest()).rstrip(b"=").decode() != expected:
        raise RecognizerError(f"{shown} is damaged: {member.filename} is not what the wheel's own list says")


def _recorded(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the SHA-256 by file of a wheel's own list; nothing where there is none."""
    record = next((name for name in archive.namelist() if name.endswith(".dist-info/RECORD")), None)
    if record is None:
        return {}
    listed = archive.read(record).decode("utf-8", "replace").splitlines()
    rows = (line.rsplit(",", 2) for line in listed)
    return {row[0]: row[1].removeprefix("sha256=") for row in rows if len(row) == 3 and row[1].startswith("sha256=")}


def _copied(data: Path, target: Path, shown: str) -> Path:
    for path, name in files_below(data, shown):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / name)
    return target


def _try_loading(folder: Path, shown: str, load: Callable[[str], Recognizer]) -> None:
    """Check that a pipeline loads and runs."""
    try:
        next(load(str(folder)).recognize(["Anna Lindh met them in Oslo."]), None)
    except RecognizerError as error:
        raise RecognizerError(f"{shown} is not added: {error}") from None


def _put(ready: Path, place: Path, staging: Path) -> None:
    if place.exists():
        place.rename(staging / "replaced")
    ready.rename(place)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise RecognizerError(f"cannot read {path}: {error.strerror or error}") from None
    return digest.hexdigest()
