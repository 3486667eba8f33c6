"""Locates the directories for data, caches and configuration, without creating them."""

from __future__ import annotations

import os
from pathlib import Path

_APP = "entity-reader"


def data_dir() -> Path:
    """Return the directory of the store: `READER_DATA_DIR`, or the data directory of the platform."""
    return _directory("READER_DATA_DIR", "data")


def cache_dir() -> Path:
    """Return the directory for recomputable data: `READER_CACHE_DIR`, or the cache directory of the platform."""
    return _directory("READER_CACHE_DIR", "cache")


def config_dir() -> Path:
    """Return the directory of the settings: `READER_CONFIG_DIR`, or the config directory of the platform."""
    return _directory("READER_CONFIG_DIR", "config")


def _directory(variable: str, kind: str) -> Path:
    override = os.environ.get(variable)
    if override:
        return Path(override)
    import platformdirs

    platform = platformdirs.PlatformDirs(_APP, appauthor=False)
    return Path(getattr(platform, f"user_{kind}_dir"))
