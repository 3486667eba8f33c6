"""What identifies a pipeline on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
    language: str = ""
    """Of the texts that it reads, as "en"; "" where it does not say, or reads many."""
    plugin: str = ""
    """The plug-in that it is, empty for a pipeline of spaCy's."""
