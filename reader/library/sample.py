"""The articles that travel with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reader.resources import resource_folder

_INDEX = "index.toml"


@dataclass(frozen=True, slots=True)
class Sample:
    """An article to try the program on."""

    title: str
    about: str
    """One line: what it is about."""
    path: Path


def samples() -> tuple[Sample, ...]:
    """Return the samples in the order of their index; none where the folder is missing or its index is damaged."""
    import tomllib

    folder = resource_folder("seeds")
    try:
        listed = tomllib.loads((folder / _INDEX).read_text("utf-8"))["sample"]
        found = [Sample(str(entry["title"]), str(entry.get("about", "")), folder / entry["file"]) for entry in listed]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()
    return tuple(sample for sample in found if sample.path.is_file())
