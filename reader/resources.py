"""Where the files that travel with the program stand: styles and sample articles."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource_folder(folder: str) -> Path:
    """Return the folder "styles" or "seeds": inside an installed package, or beside the package in a checkout."""
    installed = _PACKAGE / "_shared" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder
