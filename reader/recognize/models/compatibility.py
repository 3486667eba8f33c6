"""Check whether a pipeline is compatible with this installation: reads `meta.json` and never imports spaCy."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any


def read_meta(folder: Path) -> dict[str, Any]:
    """Return the contents of a pipeline's `meta.json`; empty if it cannot be read."""
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return meta if isinstance(meta, dict) else {}


def required_spacy(meta: dict[str, Any]) -> str:
    """Return the range of spaCy versions that a pipeline requires; "" if its `meta.json` does not say."""
    return str(meta.get("spacy_version") or "")


def compatibility_problem(folder: Path, name: str) -> str:
    """Return why a pipeline is incompatible, as one line that starts with its name; "" if there is no known problem."""
    meta = read_meta(folder)
    installed = metadata.version("spacy")
    if not _satisfies(installed, required_spacy(meta)):
        return f"{name} requires spaCy {required_spacy(meta)}, but {installed} is installed"
    problem = next(filter(None, map(_requirement_problem, _strings(meta.get("requirements")))), "")
    return f"{name} requires {problem}" if problem else ""


def pipeline_labels(folder: Path) -> tuple[str, ...]:
    """Return the entity labels that a pipeline's `meta.json` lists, unmapped."""
    labels = read_meta(folder).get("labels")
    if not isinstance(labels, dict):
        return ()
    components = ("ner", "beam_ner", "entity_ruler", "span_ruler")
    return tuple(dict.fromkeys(label for component in components for label in _strings(labels.get(component))))


def _satisfies(version: str, specifier: str) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        specifiers = SpecifierSet(f"=={specifier}" if specifier[:1].isdigit() else specifier)
        return specifiers.contains(version, prereleases=True)
    except InvalidSpecifier:
        return True


def _requirement_problem(text: str) -> str:
    """Return a requirement with the reason it is not met; "" if it is met or cannot be parsed."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate():
            return ""
        installed = metadata.version(requirement.name)
    except InvalidRequirement:
        return ""
    except metadata.PackageNotFoundError:
        return f"{text}, which is not installed"
    return (
        "" if requirement.specifier.contains(installed, prereleases=True) else f"{text}, but {installed} is installed"
    )


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
