"""The recognizers on this machine: the bundled pipeline, added folders, installed pipelines of spaCy, plug-ins."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import entry_points
from typing import Final

from reader import directories
from reader.recognize.models.ancestry import outdated
from reader.recognize.models.find import BUNDLED_NAME, NAME, identify, in_use
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.models.plugins import plugins
from reader.recognize.models.soundness import files_below
from reader.recognize.models.training_record import read_record
from reader.recognize.models.versions import description, labels_of, misfit, wanted_spacy
from reader.recognize.protocol import RecognizerError

_INSTALLED: Final = "spacy_models"
"""The entry points by which installed pipelines make themselves known to spaCy."""
_CHUNK: Final = 1 << 20


class Kind(StrEnum):
    """Where a recognizer comes from."""

    BUNDLED = "bundled"
    ADDED = "added"
    INSTALLED = "installed"
    PLUGIN = "plug-in"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Entry:
    """A recognizer that `--model` finds by its name."""

    name: str
    kind: Kind
    version: str
    problem: str = ""
    """Why it cannot be used, or may not fit; "" where nothing speaks against it."""
    score: float | None = None
    """F on the articles held back when a pipeline was trained here last, 0 to 1."""
    measured: str = ""
    """On what, in words."""
    outdated: str = ""
    """That one trained here was made from an earlier bundled pipeline, in words."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a recognizer without loading it."""

    name: str
    kind: Kind
    version: str
    path: str
    language: str
    """As "en"; "" where it does not say."""
    description: str
    license: str
    labels: tuple[str, ...]
    """As the pipeline writes them."""
    spacy: str
    """The range of versions of spaCy that it was made for."""
    size: int
    """Bytes of all files."""
    sha256: str
    """Of the contents: see `checksum`. "" for a plug-in."""
    problem: str
    outdated: str = ""
    """See `Entry`."""


def entries() -> Iterator[Entry]:
    """Yield what there is, the bundled pipeline first."""
    names = []
    folder = directories.data_dir() / "pipelines"
    if folder.is_dir():
        names = sorted(path.name for path in folder.iterdir() if NAME.fullmatch(path.name) and path.is_dir())
    records = {name: record for name in names if (record := read_record(folder / name))}
    late = {name: outdated(folder / name) for name in records}
    # What an earlier bundled pipeline scored says nothing of this one.
    fresh = [record for name, record in records.items() if not late[name]]
    latest = max(fresh, key=lambda record: record.when, default=None)
    bundled = _entry(BUNDLED_NAME, Kind.BUNDLED)
    yield bundled if latest is None else replace(bundled, score=latest.bundled, measured=latest.on)
    for name in names:
        entry, record = _entry(name, Kind.ADDED), records.get(name)
        if record is not None:
            entry = replace(entry, score=record.score, measured=record.measured, outdated=late[name])
        yield entry
    installed = sorted({point.name for point in entry_points(group=_INSTALLED)} - set(names))
    yield from (_entry(name, Kind.INSTALLED) for name in installed)
    known = {*names, *installed, BUNDLED_NAME}
    for point in plugins():
        if point.name not in known:
            yield _entry(point.name, Kind.PLUGIN)


def facts(model: str | None) -> Facts:
    """Return what is known of a recognizer.

    Args:
        model: See `reader.recognize.models.find.identify`.

    Raises:
        RecognizerError: There is none, or what is there is none.
    """
    identity = identify(model)
    said = {} if identity.plugin else description(identity.path)
    files = [] if identity.plugin else list(files_below(identity.path, identity.name))
    return Facts(
        name=identity.name,
        kind=_kind(model, identity),
        version=identity.version,
        path=str(identity.path),
        language=identity.language,
        description=str(said.get("description") or ""),
        license=str(said.get("license") or ""),
        labels=labels_of(identity.path) if said else (),
        spacy=wanted_spacy(said),
        size=sum(path.stat().st_size for path, _ in files),
        sha256="" if identity.plugin else checksum(identity),
        problem="" if identity.plugin else misfit(identity.path, identity.name),
        outdated="" if identity.plugin else outdated(identity.path),
    )


def checksum(identity: ModelIdentity) -> str:
    """Return the SHA-256 of a pipeline's contents: of the list of its files, each as "SHA-256, two spaces, path, LF".

    `sha256sum` over all files, sorted by path, gives the same list.
    """
    total = hashlib.sha256()
    for path, name in sorted(files_below(identity.path, identity.name), key=lambda file: file[1]):
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        total.update(f"{digest.hexdigest()}  {name}\n".encode("utf-8", "surrogatepass"))
    return total.hexdigest()


def _kind(model: str | None, identity: ModelIdentity) -> Kind:
    if identity.plugin:
        return Kind.PLUGIN
    if identity.package:
        return Kind.INSTALLED
    if (model or in_use()) == BUNDLED_NAME:
        return Kind.BUNDLED
    return Kind.ADDED if identity.path.parent == directories.data_dir() / "pipelines" else Kind.FOLDER


def _entry(name: str, kind: Kind) -> Entry:
    try:
        identity = identify(name)
        problem = "" if identity.plugin else misfit(identity.path, name)
        return Entry(name, kind, identity.version, problem)
    except RecognizerError as error:
        return Entry(name, kind, "", str(error))
