"""Lists the documents that are shipped with the program."""

from __future__ import annotations

from pathlib import Path

from reader.resources import resource_folder
from reader.structures.lazy_dataclass import dataclass

_INDEX = "index.toml"
_TUTORIAL = "tutorial.md"


@dataclass(frozen=True, slots=True)
class Sample:
    """A document to try the program on."""

    title: str
    about: str
    """What the document is about, in one line."""
    path: Path


def tutorial() -> Sample | None:
    """Return the document that teaches the keys; None if it is missing."""
    path = resource_folder("seeds") / _TUTORIAL
    return (
        Sample("Learn the keys in ten minutes", "Teaches the keys by being annotated.", path)
        if path.is_file()
        else None
    )


def samples() -> tuple[Sample, ...]:
    """Return the samples in the order of their index; () if the folder is missing or its index is damaged."""
    import tomllib

    folder = resource_folder("seeds")
    try:
        entries = tomllib.loads((folder / _INDEX).read_text("utf-8"))["sample"]
        listed = [Sample(str(entry["title"]), str(entry.get("about", "")), folder / entry["file"]) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()
    return tuple(sample for sample in listed if sample.path.is_file())
