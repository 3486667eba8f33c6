"""Test texts with marked names. `[Ann Lee|PERSON]` marks a mention; the brackets and the label are not in the text."""

from __future__ import annotations

import re

from reader.recognize import Mention
from reader.resolve import Constraints, Entity, Resolution, resolve

_MARK = re.compile(r"\[([^|\[\]]+)\|([A-Z_]+)\]")


def marked(source: str) -> tuple[str, list[Mention]]:
    """Return the text without marks, and its mentions."""
    parts: list[str] = []
    mentions: list[Mention] = []
    offset = copied = 0
    for match in _MARK.finditer(source):
        parts.append(source[copied : match.start()])
        offset += match.start() - copied
        mentions.append(Mention(offset, offset + len(match[1]), match[2]))
        parts.append(match[1])
        offset += len(match[1])
        copied = match.end()
    return "".join(parts) + source[copied:], mentions


def resolved(source: str, constraints: Constraints | None = None) -> Resolution:
    """Return the resolution of a marked text."""
    return resolve(*marked(source), constraints)


def clusters(resolution: Resolution) -> set[frozenset[str]]:
    """Return the surface forms of each entity."""
    return {frozenset(entity.names) for entity in resolution.entities}


def entity_of(resolution: Resolution, name: str, label: str | None = None) -> Entity:
    """Return the only entity with a name, and with a label if one is given."""
    entities = [entity for entity in resolution.entities if name in entity.names and label in {None, entity.label}]
    assert len(entities) == 1, (name, entities)
    return entities[0]


def suggested_pairs(resolution: Resolution) -> set[frozenset[str]]:
    """Return the pairs of surface forms in the suggestions."""
    return {frozenset(suggestion.names) for suggestion in resolution.suggestions}


def one_sentence_each(names: str, label: str) -> str:
    """Return a marked text with one sentence for each name. `names` are separated by ";"."""
    return " ".join(f"There was [{name.strip()}|{label}] here." for name in names.split(";"))
