"""Add pipelines from a wheel or a folder to the data directory, and remove them.

Only the data of a wheel is unpacked; none of its code is installed or run. A new pipeline is checked and copied to a
staging folder, loaded once, and only then moved to its final folder.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from reader import directories
from reader.recognize.models.compatibility import compatibility_problem
from reader.recognize.models.find import ACTIVE_FILE, BUNDLED_NAME, active_model, added_folder, identify
from reader.recognize.models.folder_checks import check_complete, check_no_code, check_no_pickles, files_in
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.protocol import Recognizer, RecognizerError
from reader.structures.lazy_dataclass import dataclass

_MAX_UNPACKED: Final = 8 << 30
"""The most bytes that a wheel may unpack to."""
_CHUNK: Final = 1 << 20
"""Bytes to read at once."""
_STAGING_PREFIX: Final = ".adding-"


@dataclass(frozen=True, slots=True)
class AddedPipeline:
    """A pipeline that was just added."""

    identity: ModelIdentity
    name: str
    """The name to use with `--model`."""
    wheel: str
    """The SHA-256 of the wheel; "" if it was added from a folder."""


def add_pipeline(
    source: Path,
    *,
    load: Callable[[str], Recognizer],
    name: str = "",
    expected_sha256: str = "",
    replace: bool = False,
) -> AddedPipeline:
    """Copy a pipeline to the data directory, where `--model` finds it by name.

    Args:
        source: A wheel, or the folder of a pipeline or of an unpacked package that contains one.
        load: Loads the pipeline in a folder, given its path. It is called once before the pipeline is added.
        name: The name for the pipeline; "" for its own name, such as "en_core_web_md".
        expected_sha256: The SHA-256 that the wheel must have; "" to accept any.
        replace: Whether to replace an added pipeline that has the same name.

    Raises:
        RecognizerError: The source is not a pipeline, is damaged, incomplete or incompatible, contains code or pickles,
            or cannot be loaded.
    """
    source_name = source.name or str(source)
    if source.is_file() and source.suffix.lower() != ".whl":
        raise RecognizerError(f"{source_name} is neither a wheel (.whl) nor a folder")
    wheel = _sha256(source) if source.is_file() else ""
    if expected_sha256 and wheel != expected_sha256.lower():
        actual = f"its SHA-256 is {wheel}" if wheel else "it is not a file"
        raise RecognizerError(f"{source_name} does not have the SHA-256 {expected_sha256.lower()}: {actual}")
    try:
        with _staging_folder() as staging:
            data = _unpack(source, staging / "wheel", source_name) if wheel else _find_data(source, source_name)
            check_no_pickles(data, source_name)
            check_no_code(data, source_name)
            check_complete(data, source_name)
            identity = identify(str(data))
            new_name = name or identity.name
            target = _target_folder(new_name, replace=replace)
            if problem := compatibility_problem(data, identity.name):
                raise RecognizerError(problem)
            staged = data if wheel else _copy(data, staging / "copy", source_name)
            _try_loading(staged, source_name, load)
            _move_into_place(staged, target, staging)
    except OSError as error:
        raise RecognizerError(f"cannot add {source_name}: {error.strerror or error}") from None
    return AddedPipeline(identify(new_name), new_name, wheel)


def remove_pipeline(name: str) -> None:
    """Delete an added pipeline.

    Raises:
        RecognizerError: No added pipeline has this name, or it cannot be deleted.
    """
    folder = added_folder(name)
    if folder is None or not folder.is_dir() or name == BUNDLED_NAME:
        raise RecognizerError(f"no added pipeline {name}: only pipelines from `reader model add` can be removed")
    try:
        with _staging_folder() as staging:
            if active_model() == name:
                (folder.parent / ACTIVE_FILE).unlink()
            folder.rename(staging / "removed")
    except OSError as error:
        raise RecognizerError(f"cannot remove {name}: {error.strerror or error}") from None


@contextmanager
def staged_pipeline(name: str, *, replace: bool = False) -> Iterator[Path]:
    """Provide an empty folder for a new pipeline and move it into place at the end, unless it is still empty.

    If the body raises, the folder is deleted and nothing changes.

    Args:
        name: The name for the pipeline.
        replace: Whether to replace an added pipeline that has the same name.

    Raises:
        RecognizerError: The name is taken or invalid, or the folder cannot be written.
    """
    target = _target_folder(name, replace=replace)
    try:
        with _staging_folder() as staging:
            folder = staging / "made"
            folder.mkdir()
            yield folder
            if any(folder.iterdir()):
                _move_into_place(folder, target, staging)
    except OSError as error:
        raise RecognizerError(f"cannot write {name}: {error.strerror or error}") from None


def activate(name: str) -> None:
    """Make an added pipeline the default: the one used when no pipeline is named.

    Raises:
        RecognizerError: The setting cannot be written.
    """
    try:
        with _staging_folder() as staging:
            (staging / ACTIVE_FILE).write_text(f"{name}\n", "utf-8")
            (staging / ACTIVE_FILE).replace(staging.parent / ACTIVE_FILE)
    except OSError as error:
        raise RecognizerError(f"cannot make {name} the default pipeline: {error.strerror or error}") from None


def _target_folder(name: str, *, replace: bool) -> Path:
    folder = added_folder(name)
    if folder is None or name == BUNDLED_NAME:
        raise RecognizerError(
            f"{name!r} is not a valid pipeline name: use letters, digits and . _ - (at most 64 characters)"
        )
    if folder.exists() and not replace:
        raise RecognizerError(f"{name} already exists: use --replace to replace it, or --name to choose another name")
    return folder


@contextmanager
def _staging_folder() -> Iterator[Path]:
    """Make a temporary folder next to the added pipelines and delete it afterwards."""
    parent = directories.data_dir() / "pipelines"
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_STAGING_PREFIX, dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _find_data(source: Path, source_name: str) -> Path:
    """Return the folder of the pipeline itself: `source`, or a folder at most two levels below it."""
    if not source.is_dir():
        raise RecognizerError(
            f"no wheel or folder at {source}: download the pipeline from its publisher first, then give the path of "
            "the file"
        )
    for pattern in ("config.cfg", "*/config.cfg", "*/*/config.cfg"):
        configs = sorted(source.glob(pattern))
        if len(configs) > 1:
            raise RecognizerError(f"{source_name} contains several pipelines: give the folder of one of them")
        if configs:
            return configs[0].parent
    raise RecognizerError(f"{source_name} is not a spaCy pipeline: config.cfg is missing")


def _unpack(wheel: Path, target: Path, source_name: str) -> Path:
    """Unpack a wheel, check its files against its own checksums, and return the folder of the pipeline."""
    target.mkdir()
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > _MAX_UNPACKED:
                raise RecognizerError(f"{source_name} is refused: it unpacks to more than {_MAX_UNPACKED >> 30} GB")
            checksums = _recorded_checksums(archive)
            for member in members:
                _unpack_member(archive, member, target, checksums.get(member.filename, ""), source_name)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError):
        raise RecognizerError(f"{source_name} is damaged, incompletely downloaded or not a wheel") from None
    data = _find_data(target, source_name)
    modules = {path for path in target.rglob("*.py") if path.name != "__init__.py"}
    if modules:
        name = min(modules).relative_to(target).as_posix()
        raise RecognizerError(
            f"{source_name} is refused: {name} is code; if you trust a pipeline that needs its own code, install it "
            "with pip"
        )
    return data


def _unpack_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, checksum: str, source_name: str
) -> None:
    """Unpack one file of a wheel and compare it with its URL-safe Base64 SHA-256, if the wheel lists one."""
    parts = PurePosixPath(member.filename)
    if parts.is_absolute() or ".." in parts.parts or "\\" in member.filename or ":" in member.filename:
        raise RecognizerError(f"{source_name} is refused: it would write outside its folder")
    path = target / parts
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(member) as read, path.open("wb") as write:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            write.write(chunk)
    if checksum and urlsafe_b64encode(digest.digest()).rstrip(b"=").decode() != checksum:
        raise RecognizerError(f"{source_name} is damaged: {member.filename} does not match the wheel's own checksum")


def _recorded_checksums(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the SHA-256 of each file, as the wheel's RECORD file lists it; empty if there is no such file."""
    record = next((name for name in archive.namelist() if name.endswith(".dist-info/RECORD")), None)
    if record is None:
        return {}
    lines = archive.read(record).decode("utf-8", "replace").splitlines()
    rows = (line.rsplit(",", 2) for line in lines)
    return {row[0]: row[1].removeprefix("sha256=") for row in rows if len(row) == 3 and row[1].startswith("sha256=")}


def _copy(data: Path, target: Path, source_name: str) -> Path:
    for path, relative in files_in(data, source_name):
        (target / relative).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / relative)
    return target


def _try_loading(folder: Path, source_name: str, load: Callable[[str], Recognizer]) -> None:
    """Check that a pipeline loads and runs. Loading a folder runs none of its code (see `spacy_recognizer`)."""
    try:
        next(load(str(folder)).recognize(["Anna Lindh met them in Oslo."]), None)
    except RecognizerError as error:
        raise RecognizerError(f"{source_name} is not added: {error}") from None


def _move_into_place(staged: Path, target: Path, staging: Path) -> None:
    if target.exists():
        target.rename(staging / "replaced")
    staged.rename(target)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise RecognizerError(f"cannot read {path}: {error.strerror or error}") from None
    return digest.hexdigest()
