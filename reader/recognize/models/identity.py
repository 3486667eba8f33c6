"""The identity of a pipeline or plug-in on this machine."""

from __future__ import annotations

from pathlib import Path

from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """A pipeline or plug-in on this machine."""

    name: str
    version: str
    fingerprint: str
    """A digest that changes when any file of the pipeline changes."""
    path: Path
    """The folder with its configuration and weights; for a plug-in, the folder or file with its code."""
    package: str = ""
    """The installed package that contains the pipeline; "" for a plain folder."""
    language: str = ""
    """The language of the texts that it reads, as "en"; "" if unknown or if it reads several."""
    second: str = ""
    """The name or path of the pipeline that gives a second opinion; "" if there is none."""
    plugin: str = ""
    """The name of the plug-in; "" for a spaCy pipeline."""
