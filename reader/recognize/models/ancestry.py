"""From which bundled pipeline one that was trained here comes, and whether the bundled one has changed since."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, NamedTuple

from reader.recognize.models.find import BUNDLED
from reader.recognize.models.training_record import Record, read_record
from reader.recognize.models.versions import description

_WEIGHTS: Final = "*/weights.npz"


class Ancestor(NamedTuple):
    """The bundled pipeline that one was made from."""

    version: str
    weights: str
    """Their SHA-256; "" where the record is of a time when that was not written down."""


def bundled_ancestor() -> Ancestor:
    """Return what is written down of the bundled pipeline as it is now."""
    return Ancestor(_version(BUNDLED), weights_digest(BUNDLED))


def ancestor_of(folder: Path) -> Ancestor | None:
    """Return from which bundled pipeline the one in a folder comes; None where that is not known, or from none."""
    if folder == BUNDLED:
        return bundled_ancestor()
    record = read_record(folder)
    return _ancestor(folder, record) if record else None


def outdated(folder: Path) -> str:
    """Return what is to be said of a pipeline that was trained from an earlier bundled one; "" of any other."""
    record = read_record(folder)
    made = _ancestor(folder, record) if record else None
    if made is None:
        return ""
    now = _version(BUNDLED)
    if made.version != now:
        return f"made from the bundled pipeline {made.version}, which is {now} now; {_anew(folder)}"
    if made.weights and made.weights != weights_digest(BUNDLED):
        return f"made from the bundled pipeline {now} with other weights than it has now; {_anew(folder)}"
    return ""


def weights_digest(folder: Path) -> str:
    """Return the SHA-256 of a pipeline's weights; "" where there are none."""
    found = sorted(folder.glob(_WEIGHTS))
    try:
        with found[0].open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (IndexError, OSError):
        return ""


def _ancestor(folder: Path, record: Record) -> Ancestor | None:
    if record.ancestor is not None:
        return Ancestor(record.ancestor, record.ancestor_weights) if record.ancestor else None
    version = _version(folder).partition("+")[0]  # as older records have it
    return Ancestor(version, "") if version else None


def _version(folder: Path) -> str:
    return str(description(folder).get("version") or "")


def _anew(folder: Path) -> str:
    name = "" if folder.name == "trained" else f" --name {folder.name}"
    return f"`reader model train{name}` makes it anew"
