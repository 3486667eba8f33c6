"""Locates the files that are shipped with the program: styles and samples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource_folder(folder: str) -> Path:
    """Return the path of "styles" or "seeds": inside an installed package, or next to the package in a checkout."""
    installed = _PACKAGE / "_shared" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder
