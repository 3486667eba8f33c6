"""Which pipeline is meant, and whether it is still the same one: all without importing spaCy."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from reader.recognize.protocol import RecognizerError

BUNDLED: Final = Path(__file__).parent / "pipeline"
"""The folder of the pipeline that travels with the program."""


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """A pipeline on this machine."""

    name: str
    version: str
    fingerprint: str
    """Changes when any file of the pipeline does."""
    path: Path
    """The folder that holds its configuration and weights."""
    package: str = ""
    """The installed package that it comes from, empty for a plain folder."""


def identify(model: str | None = None) -> ModelIdentity:
    """Find a pipeline.

    Args:
        model: The name of an installed package or the path of a folder; None or "" means the bundled pipeline.

    Raises:
        RecognizerError: There is no such pipeline, or what is there is none.
    """
    if not model:
        return _identify_folder(BUNDLED, "the bundled pipeline")
    path = Path(model).expanduser()
    if os.sep in model or model.startswith((".", "~")) or path.is_dir():
        if not path.exists():
            raise RecognizerError(f"no pipeline at {model}: the folder does not exist")
        if not path.is_dir():
            raise RecognizerError(f"no pipeline at {model}: not a folder")
        return _identify_folder(path, model)
    return _identify_package(model)


def _identify_package(name: str) -> ModelIdentity:
    module = name.replace("-", "_")
    try:
        spec = find_spec(module) if module.isidentifier() else None
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise RecognizerError(f"no pipeline {name}: neither an installed package nor a folder of this name")
    folder = Path(next(iter(spec.submodule_search_locations)))
    inner = sorted(path.parent for path in folder.glob("*/config.cfg"))
    if inner:
        folder = inner[-1]
    return _identify_folder(folder, name, package=module)


def _identify_folder(path: Path, shown: str, *, package: str = "") -> ModelIdentity:
    try:
        raw = (path / "meta.json").read_bytes()
        meta: Any = json.loads(raw)
        files = _files(path)
    except FileNotFoundError:
        raise RecognizerError(f"{shown} is not a spaCy pipeline: meta.json is missing") from None
    except OSError as error:
        raise RecognizerError(f"cannot read {shown}: {error.strerror or error}") from None
    except ValueError:
        raise RecognizerError(f"{shown} is damaged: meta.json is not valid JSON") from None
    if not isinstance(meta, dict):
        raise RecognizerError(f"{shown} is damaged: meta.json holds no description")
    if not (path / "config.cfg").is_file():
        raise RecognizerError(f"{shown} is not a spaCy pipeline: config.cfg is missing")
    digest = hashlib.sha256(raw)
    for relative, size, changed in files:
        digest.update(f"\n{relative}\0{size}\0{changed}".encode("utf-8", "surrogatepass"))
    name = f"{meta.get('lang') or 'xx'}_{meta.get('name') or path.name}"
    return ModelIdentity(name, str(meta.get("version") or "0"), digest.hexdigest(), path, package)


def _files(path: Path) -> list[tuple[str, int, int]]:
    """Return relative path, size and time of change (ns) of every file below a folder."""
    found = []
    for folder, _, names in os.walk(path):
        for name in names:
            full = os.path.join(folder, name)  # noqa: PTH118  (twice as fast, and this is on the way to first paint)
            status = os.stat(full)  # noqa: PTH116
            found.append((os.path.relpath(full, path), status.st_size, status.st_mtime_ns))
    return sorted(found)
