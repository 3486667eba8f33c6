"""Does a pipeline fit this installation? Told from its description, without importing spaCy."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any


def description(folder: Path) -> dict[str, Any]:
    """Return what a pipeline says of itself; nothing where that cannot be read."""
    try:
        said = json.loads((folder / "meta.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def wanted_spacy(said: dict[str, Any]) -> str:
    """Return the range of versions of spaCy that a pipeline was made for, "" where it does not say."""
    return str(said.get("spacy_version") or "")


def misfit(folder: Path, name: str) -> str:
    """Return why a pipeline does not fit, in words that follow its name; "" where it does or does not say."""
    said = description(folder)
    here = metadata.version("spacy")
    if not _within(here, wanted_spacy(said)):
        return f"{name} was made for spaCy {wanted_spacy(said)}, this is {here}"
    missing = next(filter(None, map(_missing, _strings(said.get("requirements")))), "")
    return f"{name} needs {missing}" if missing else ""


def labels_of(folder: Path) -> tuple[str, ...]:
    """Return the labels of names that a pipeline says it knows, as it writes them."""
    labels = description(folder).get("labels")
    if not isinstance(labels, dict):
        return ()
    of_names = ("ner", "beam_ner", "entity_ruler", "span_ruler")
    return tuple(dict.fromkeys(label for part in of_names for label in _strings(labels.get(part))))


def _within(version: str, wanted: str) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(f"=={wanted}" if wanted[:1].isdigit() else wanted).contains(version, prereleases=True)
    except InvalidSpecifier:
        return True


def _missing(requirement: str) -> str:
    """Return what is wrong with a requirement, "" where it is met."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        wanted = Requirement(requirement)
        if wanted.marker is not None and not wanted.marker.evaluate():
            return ""
        here = metadata.version(wanted.name)
    except InvalidRequirement:
        return ""
    except metadata.PackageNotFoundError:
        return f"{requirement}, which is not installed"
    return "" if wanted.specifier.contains(here, prereleases=True) else f"{requirement}, this is {here}"


def _strings(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
