"""Merging: which names are one entity, and why."""

from __future__ import annotations

from reader.resolve.model import Constraints, Entity, Link, Name, Resolution, Suggestion
from reader.resolve.resolver import Resolver, resolve
from reader.resolve.rules import RULES

__all__ = ["RULES", "Constraints", "Entity", "Link", "Name", "Resolution", "Resolver", "Suggestion", "resolve"]
