"""Merging: which names are one entity, and why."""

from __future__ import annotations

from reader.resolve.model import Constraints, Entity, Link, Name, Resolution, Suggestion

__all__ = ["Constraints", "Entity", "Link", "Name", "Resolution", "Suggestion"]
