"""What was annotated last, to be done again elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.resolve import Name


class Kind(StrEnum):
    """What can be done again."""

    MARK = "mark"
    RETAG = "retag"
    RETAG_ENTITY = "retag entity"
    REMOVE = "remove"
    REMOVE_NAME = "remove name"
    MOVE = "move"
    CONFIRM = "confirm"
    CONFIRM_ENTITY = "confirm entity"


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation without its place."""

    kind: Kind
    label: str = ""
    """The label that was given."""
    beside: bool = False
    """Whether it was laid beside the mentions that it overlaps."""
    to: Name | None = None
    """To which name a mention was moved."""
