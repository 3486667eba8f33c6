"""List and describe the recognizers on this machine: the bundled pipeline, added and installed ones, and plug-ins."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from importlib.metadata import entry_points
from typing import Final

from reader import directories
from reader.recognize.models.ancestry import outdated_notice
from reader.recognize.models.compatibility import compatibility_problem, pipeline_labels, read_meta, required_spacy
from reader.recognize.models.find import BUNDLED_NAME, NAME, active_model, identify, split_model
from reader.recognize.models.folder_checks import files_in
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.models.plugins import plugins
from reader.recognize.models.training_record import read_record
from reader.recognize.protocol import RecognizerError
from reader.structures.lazy_dataclass import dataclass

_INSTALLED: Final = "spacy_models"
"""The entry point group in which installed packages register their pipelines with spaCy."""
_CHUNK: Final = 1 << 20
"""Bytes to read at once."""


class ModelKind(StrEnum):
    """Where a recognizer comes from."""

    BUNDLED = "bundled"
    ADDED = "added"
    INSTALLED = "installed"
    PLUGIN = "plug-in"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A recognizer that `--model` accepts by name."""

    name: str
    kind: ModelKind
    version: str
    problem: str = ""
    """Why it cannot be used or may be incompatible; "" if there is no known problem."""
    score: float | None = None
    """F on the documents held back in the latest training on this machine, 0 to 1."""
    measured: str = ""
    """What `score` was measured on, as text."""
    outdated: str = ""
    """A notice that it was trained from an earlier bundled pipeline; "" if not."""


@dataclass(frozen=True, slots=True)
class ModelDetails:
    """The details of a recognizer that can be found without loading it."""

    name: str
    kind: ModelKind
    version: str
    path: str
    language: str
    """A code such as "en"; "" if unknown."""
    description: str
    license: str
    labels: tuple[str, ...]
    """The pipeline's own labels, before they are mapped to the reader's."""
    spacy: str
    """The range of spaCy versions that it requires."""
    size: int
    """Bytes in all its files."""
    sha256: str
    """The checksum of its contents, as `checksum` returns it; "" for a plug-in."""
    problem: str
    outdated: str = ""
    """See `ModelEntry.outdated`."""


def list_models() -> Iterator[ModelEntry]:
    """Yield every recognizer that `--model` accepts by name, the bundled pipeline first."""
    names = []
    folder = directories.data_dir() / "pipelines"
    if folder.is_dir():
        names = sorted(path.name for path in folder.iterdir() if NAME.fullmatch(path.name) and path.is_dir())
    records = {name: record for name in names if (record := read_record(folder / name))}
    notices = {name: outdated_notice(folder / name) for name in records}
    # The score of an earlier bundled pipeline does not apply to the current one.
    current_records = [record for name, record in records.items() if not notices[name]]
    latest = max(current_records, key=lambda record: record.when, default=None)
    bundled = _entry(BUNDLED_NAME, ModelKind.BUNDLED)
    yield bundled if latest is None else replace(bundled, score=latest.bundled, measured=latest.test_set)
    for name in names:
        entry, record = _entry(name, ModelKind.ADDED), records.get(name)
        if record is not None:
            entry = replace(entry, score=record.score, measured=record.summary, outdated=notices[name])
        yield entry
    installed = sorted({entry_point.name for entry_point in entry_points(group=_INSTALLED)} - set(names))
    yield from (_entry(name, ModelKind.INSTALLED) for name in installed)
    listed_names = {*names, *installed, BUNDLED_NAME}
    for entry_point in plugins():
        if entry_point.name not in listed_names:
            yield _entry(entry_point.name, ModelKind.PLUGIN)


def describe_model(model: str | None) -> ModelDetails:
    """Return the details of a recognizer without loading it.

    Args:
        model: See `reader.recognize.models.find.identify`. Of two pipelines, the first is described.

    Raises:
        RecognizerError: The recognizer does not exist or is not a valid pipeline.
    """
    model, _ = split_model(model)
    identity = identify(model)
    meta = {} if identity.plugin else read_meta(identity.path)
    files = [] if identity.plugin else list(files_in(identity.path, identity.name))
    return ModelDetails(
        name=identity.name,
        kind=_kind(model, identity),
        version=identity.version,
        path=str(identity.path),
        language=identity.language,
        description=str(meta.get("description") or ""),
        license=str(meta.get("license") or ""),
        labels=pipeline_labels(identity.path) if meta else (),
        spacy=required_spacy(meta),
        size=sum(path.stat().st_size for path, _ in files),
        sha256="" if identity.plugin else checksum(identity),
        problem="" if identity.plugin else compatibility_problem(identity.path, identity.name),
        outdated="" if identity.plugin else outdated_notice(identity.path),
    )


def checksum(identity: ModelIdentity) -> str:
    """Return the SHA-256 of a pipeline's contents.

    It is the digest of a list with one line per file, sorted by path: SHA-256, two spaces, path, LF. Running
    `sha256sum` over all files prints the same list.
    """
    total = hashlib.sha256()
    for path, relative in sorted(files_in(identity.path, identity.name), key=lambda file: file[1]):
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        total.update(f"{digest.hexdigest()}  {relative}\n".encode("utf-8", "surrogatepass"))
    return total.hexdigest()


def _kind(model: str | None, identity: ModelIdentity) -> ModelKind:
    if identity.plugin:
        return ModelKind.PLUGIN
    if identity.package:
        return ModelKind.INSTALLED
    if (model or active_model()) == BUNDLED_NAME:
        return ModelKind.BUNDLED
    return ModelKind.ADDED if identity.path.parent == directories.data_dir() / "pipelines" else ModelKind.FOLDER


def _entry(name: str, kind: ModelKind) -> ModelEntry:
    try:
        identity = identify(name)
        problem = "" if identity.plugin else compatibility_problem(identity.path, name)
        return ModelEntry(name, kind, identity.version, problem)
    except RecognizerError as error:
        return ModelEntry(name, kind, "", str(error))
