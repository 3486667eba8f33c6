"""The directories in which the program keeps data, caches and configuration; nothing is created here."""

from __future__ import annotations

import os
from pathlib import Path

_APP = "entity-reader"


def data_dir() -> Path:
    """Where annotations are kept: `READER_DATA_DIR`, or the platform's data directory."""
    return _directory("READER_DATA_DIR", "data")


def cache_dir() -> Path:
    """Where what can be computed again is kept: `READER_CACHE_DIR`, or the platform's cache directory."""
    return _directory("READER_CACHE_DIR", "cache")


def config_dir() -> Path:
    """Where the user's settings are read from: `READER_CONFIG_DIR`, or the platform's config directory."""
    return _directory("READER_CONFIG_DIR", "config")


def _directory(variable: str, kind: str) -> Path:
    override = os.environ.get(variable)
    if override:
        return Path(override)
    import platformdirs

    platform = platformdirs.PlatformDirs(_APP, appauthor=False)
    return Path(getattr(platform, f"user_{kind}_dir"))
