"""Find a pipeline or plug-in by name or path and identify its contents, without importing spaCy."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from reader import directories
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.protocol import RecognizerError
from reader.structures.lazy_pattern import lazy_pattern

BUNDLED: Final = Path(__file__).parent.parent / "pipeline"
"""The folder of the bundled pipeline."""
BUNDLED_NAME: Final = "bundled"
"""The name that selects the bundled pipeline."""
ACTIVE_FILE: Final = "in-use"
"""The file, next to the added pipelines, with the name of the pipeline that replaces the bundled one by default."""
NAME: Final = lazy_pattern(r"[A-Za-z0-9][\w.-]{0,63}", re.ASCII)
"""Matches a valid name for an added pipeline."""
_SECOND: Final = "+"
"""Joins the names of a pipeline and of the one for a second opinion. No name contains it."""


def identify(model: str | None = None) -> ModelIdentity:
    """Find a pipeline or a plug-in.

    Args:
        model: The path of a folder, or the name of an added pipeline, an installed package or a plug-in. "bundled"
            selects the bundled pipeline; None or "" selects the active one (see `active_model`). "FIRST+SECOND"
            selects a pipeline and another one for a second opinion.

    Raises:
        RecognizerError: The pipeline does not exist or is not valid.
    """
    first, second = split_model(model)
    if second:
        return _identify_pair(first, second)
    model = first or active_model()
    if model == BUNDLED_NAME:
        return _identify_folder(BUNDLED, "the bundled pipeline")
    if (added := added_folder(model)) is not None and added.is_dir():
        return _identify_folder(added, model)
    path = Path(model).expanduser()
    if os.sep in model or model.startswith((".", "~")) or path.is_dir():
        if not path.exists():
            raise RecognizerError(f"no pipeline at {model}: the folder does not exist")
        if not path.is_dir():
            raise RecognizerError(f"no pipeline at {model}: not a folder")
        return _identify_folder(path, model)
    return _identify_installed(model)


def split_model(model: str | None) -> tuple[str, str]:
    """Return the names or paths of a pipeline and of the one for a second opinion, which is "" if there is none.

    Raises:
        RecognizerError: One of the two names is missing.
    """
    if not model or _SECOND not in model or Path(model).expanduser().is_dir():
        return model or "", ""
    first, _, second = model.partition(_SECOND)
    if not first or not second:
        raise RecognizerError(f"{model!r} does not name two pipelines: write FIRST{_SECOND}SECOND")
    return first, second


def _identify_pair(first: str, second: str) -> ModelIdentity:
    identities = identify(first), identify(second)
    languages = {identity.language for identity in identities if identity.language}
    if len(languages) > 1:
        raise RecognizerError(f"{first} and {second} cannot be compared: they read different languages")
    return replace(
        identities[0],
        name=_SECOND.join(identity.name for identity in identities),
        version=_SECOND.join(identity.version for identity in identities),
        fingerprint=_SECOND.join(identity.fingerprint for identity in identities),
        second=second,
    )


def added_folder(name: str) -> Path | None:
    """Return the folder for an added pipeline of this name, whether or not it exists; None if the name is invalid."""
    return directories.data_dir() / "pipelines" / name if NAME.fullmatch(name) else None


def active_model() -> str:
    """Return the name of the default pipeline: the one that training put in use, otherwise the bundled one."""
    try:
        name = (directories.data_dir() / "pipelines" / ACTIVE_FILE).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return BUNDLED_NAME
    folder = added_folder(name)
    return name if folder is not None and folder.is_dir() else BUNDLED_NAME


def _identify_installed(name: str) -> ModelIdentity:
    from reader.recognize.models.plugins import find_plugin, identify_plugin

    module = name.replace("-", "_")
    try:
        spec = find_spec(module) if module.isidentifier() else None
    except (ImportError, ValueError):
        spec = None
    folder = Path(next(iter(spec.submodule_search_locations or ()), "")) if spec is not None else None
    if folder is None or not folder.name or not (folder / "meta.json").is_file():
        plugin = find_plugin(name)
        if plugin is not None:
            return identify_plugin(plugin)
    if folder is None or not folder.name:
        raise RecognizerError(
            f"no pipeline {name}: no added or installed pipeline, plug-in or folder has this name "
            "(run `reader model list` to see what is available)"
        )
    data_folders = sorted(path.parent for path in folder.glob("*/config.cfg"))
    return _identify_folder(data_folders[-1] if data_folders else folder, name, package=module)


def _identify_folder(path: Path, display_name: str, *, package: str = "") -> ModelIdentity:
    try:
        raw = (path / "meta.json").read_bytes()
        meta: Any = json.loads(raw)
        files = _files(path)
    except FileNotFoundError:
        raise RecognizerError(f"{display_name} is not a spaCy pipeline: meta.json is missing") from None
    except OSError as error:
        raise RecognizerError(f"cannot read {display_name}: {error.strerror or error}") from None
    except ValueError:
        raise RecognizerError(f"{display_name} is damaged: meta.json is not valid JSON") from None
    if not isinstance(meta, dict):
        raise RecognizerError(f"{display_name} is damaged: meta.json is not a JSON object")
    if not (path / "config.cfg").is_file():
        raise RecognizerError(f"{display_name} is not a spaCy pipeline: config.cfg is missing")
    digest = hashlib.sha256(raw)
    for relative, size, modified in files:
        digest.update(f"\n{relative}\0{size}\0{modified}".encode("utf-8", "surrogatepass"))
    name = f"{meta.get('lang') or 'xx'}_{meta.get('name') or path.name}"
    language = str(meta.get("lang") or "")
    return ModelIdentity(
        name, str(meta.get("version") or "0"), digest.hexdigest(), path, package, "" if language == "xx" else language
    )


def _files(path: Path) -> list[tuple[str, int, int]]:
    """Return the relative path, size (bytes) and modification time (ns) of every file in a folder, sorted."""
    files = []
    for folder, _, names in os.walk(path):
        for name in names:
            full = os.path.join(folder, name)  # noqa: PTH118  (twice as fast, and the first paint waits for this)
            status = os.stat(full)  # noqa: PTH116  (as above)
            files.append((os.path.relpath(full, path), status.st_size, status.st_mtime_ns))
    return sorted(files)
