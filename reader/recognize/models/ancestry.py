"""The bundled pipeline that a trained one was made from, and whether the bundled one has changed since."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from reader.recognize.models.compatibility import read_meta
from reader.recognize.models.find import BUNDLED
from reader.recognize.models.training_record import TrainingRecord, read_record
from reader.structures.named_tuple import NamedTuple

_WEIGHTS: Final = "*/weights.npz"


class Ancestor(NamedTuple):
    """The bundled pipeline that another pipeline was trained from."""

    version: str
    weights: str
    """SHA-256 of its weights; "" if the training record is too old to have it."""


def bundled_ancestor() -> Ancestor:
    """Return the version and weights of the current bundled pipeline."""
    return Ancestor(_version(BUNDLED), weights_digest(BUNDLED))


def ancestor_of(folder: Path) -> Ancestor | None:
    """Return the bundled pipeline that the one in a folder was trained from; None if there is none or it is unknown."""
    if folder == BUNDLED:
        return bundled_ancestor()
    record = read_record(folder)
    return _recorded_ancestor(folder, record) if record else None


def outdated_notice(folder: Path) -> str:
    """Return a notice for a pipeline that was trained from an earlier bundled pipeline; "" for any other."""
    record = read_record(folder)
    ancestor = _recorded_ancestor(folder, record) if record else None
    if ancestor is None:
        return ""
    current = _version(BUNDLED)
    if ancestor.version != current:
        return f"trained from bundled pipeline {ancestor.version} (now {current}); {_retrain_hint(folder)}"
    if ancestor.weights and ancestor.weights != weights_digest(BUNDLED):
        return f"trained from bundled pipeline {current}, whose weights have changed since; {_retrain_hint(folder)}"
    return ""


def weights_digest(folder: Path) -> str:
    """Return the SHA-256 of a pipeline's weights; "" if it has none."""
    paths = sorted(folder.glob(_WEIGHTS))
    try:
        with paths[0].open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (IndexError, OSError):
        return ""


def _recorded_ancestor(folder: Path, record: TrainingRecord) -> Ancestor | None:
    if record.ancestor is not None:
        return Ancestor(record.ancestor, record.ancestor_weights) if record.ancestor else None
    version = _version(folder).partition("+")[0]  # older records have no ancestor, but the version names it
    return Ancestor(version, "") if version else None


def _version(folder: Path) -> str:
    return str(read_meta(folder).get("version") or "")


def _retrain_hint(folder: Path) -> str:
    name_option = "" if folder.name == "trained" else f" --name {folder.name}"
    return f"run `reader model train{name_option}` to train it again"
