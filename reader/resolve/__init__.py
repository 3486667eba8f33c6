"""Merging: which names are one entity, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.lazy import lazy_names
from reader.resolve.resolution import Constraints, Entity, Link, Name, Resolution, Suggestion
from reader.resolve.rules import Rule

if TYPE_CHECKING:
    from reader.resolve.resolver import Resolver, resolve
    from reader.resolve.warm_up import prepare

__all__ = [
    "Constraints",
    "Entity",
    "Link",
    "Name",
    "Resolution",
    "Resolver",
    "Rule",
    "Suggestion",
    "prepare",
    "resolve",
]

__getattr__ = lazy_names(__name__, {"Resolver": "resolver", "prepare": "warm_up", "resolve": "resolver"})
