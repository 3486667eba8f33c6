"""Which pipeline is meant, and whether it is still the same one: all without importing spaCy."""

from __future__ import annotations

import hashlib
import json
import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from reader import directories
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.protocol import RecognizerError

BUNDLED: Final = Path(__file__).parent.parent / "pipeline"
"""The folder of the pipeline that travels with the program."""
BUNDLED_NAME: Final = "bundled"
"""What the user may call it."""
IN_USE: Final = "in-use"
"""File beside the added pipelines that names the one which `reader model train` put in the bundled one's place."""
NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,63}", re.ASCII)
"""What an added pipeline may be called."""


def identify(model: str | None = None) -> ModelIdentity:
    """Find a pipeline or a plug-in.

    Args:
        model: The path of a folder, or the name of an added pipeline, an installed package or a plug-in; "bundled"
            means the bundled pipeline, None or "" the one in use.

    Raises:
        RecognizerError: There is no such pipeline, or what is there is none.
    """
    model = model or in_use()
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


def added_folder(name: str) -> Path | None:
    """Return where an added pipeline of a name is kept, whether there is one or not; None for what is no name."""
    return directories.data_dir() / "pipelines" / name if NAME.fullmatch(name) else None


def in_use() -> str:
    """Return the name of the pipeline that is used where none is asked for: the one trained last, else the bundled."""
    try:
        name = (directories.data_dir() / "pipelines" / IN_USE).read_text("utf-8").strip()
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
            f"no pipeline {name}: no added or installed pipeline, plug-in or folder of this name "
            "(reader model list shows those there are)"
        )
    inner = sorted(path.parent for path in folder.glob("*/config.cfg"))
    return _identify_folder(inner[-1] if inner else folder, name, package=module)


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
    language = str(meta.get("lang") or "")
    return ModelIdentity(
        name, str(meta.get("version") or "0"), digest.hexdigest(), path, package, "" if language == "xx" else language
    )


def _files(path: Path) -> list[tuple[str, int, int]]:
    """Return relative path, size and time of change (ns) of every file below a folder."""
    found = []
    for folder, _, names in os.walk(path):
        for name in names:
            full = os.path.join(folder, name)  # noqa: PTH118  (twice as fast, and this is on the way to first paint)
            status = os.stat(full)  # noqa: PTH116  (as above)
            found.append((os.path.relpath(full, path), status.st_size, status.st_mtime_ns))
    return sorted(found)
