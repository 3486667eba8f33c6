"""What is known of names: normal forms, titles, particles, acronyms, tables, and definitions found in a text."""

from __future__ import annotations
