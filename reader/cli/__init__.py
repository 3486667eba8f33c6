"""The command line.

Importing this imports neither spaCy nor Textual; each command imports what it needs when it runs.
"""

from __future__ import annotations

from reader.cli.entry import main

__all__ = ["main"]
