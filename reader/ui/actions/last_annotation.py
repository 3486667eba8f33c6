"""The last annotation, for the command that repeats it elsewhere."""

from __future__ import annotations

from enum import StrEnum

from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass


class AnnotationKind(StrEnum):
    """What the annotation did."""

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
    """An annotation without its position in the text."""

    kind: AnnotationKind
    label: str = ""
    """The label that it gave."""
    beside: bool = False
    """Whether it kept the mentions that it overlaps."""
    to: Name | None = None
    """The name to which it moved a mention."""
