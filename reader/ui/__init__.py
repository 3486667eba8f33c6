"""The Textual app: screens, widgets, and the one table of commands."""

from __future__ import annotations
