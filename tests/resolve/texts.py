"""Texts with marked names: `[Ann Lee|PERSON]` is a mention, the brackets are not part of the text."""

from __future__ import annotations

import re

from reader.recognize import Mention
from reader.resolve import Constraints, Entity, Resolution, resolve

_MARK = re.compile(r"\[([^|\[\]]+)\|([A-Z_]+)\]")


def marked(source: str) -> tuple[str, list[Mention]]:
    """Return the text without marks and the mentions that they mark."""
    parts: list[str] = []
    mentions: list[Mention] = []
    at = done = 0
    for match in _MARK.finditer(source):
        parts.append(source[done : match.start()])
        at += match.start() - done
        mentions.append(Mention(at, at + len(match[1]), match[2]))
        parts.append(match[1])
        at += len(match[1])
        done = match.end()
    return "".join(parts) + source[done:], mentions


def resolved(source: str, constraints: Constraints | None = None) -> Resolution:
    """Return what a marked text resolves to."""
    return resolve(*marked(source), constraints)


def clusters(resolution: Resolution) -> set[frozenset[str]]:
    """Return the sets of surface forms."""
    return {frozenset(entity.names) for entity in resolution.entities}


def entity_of(resolution: Resolution, name: str, label: str | None = None) -> Entity:
    """Return the one entity that has a name."""
    found = [e for e in resolution.entities if name in e.names and label in {None, e.label}]
    assert len(found) == 1, (name, found)
    return found[0]


def offered(resolution: Resolution) -> set[frozenset[str]]:
    """Return the pairs of surface forms on which suggestions rest."""
    return {frozenset(suggestion.names) for suggestion in resolution.suggestions}


def plain(names: str, label: str) -> str:
    """Return a marked text that holds the names of a list, separated by ";", each in a sentence."""
    return " ".join(f"There was [{name.strip()}|{label}] here." for name in names.split(";"))
