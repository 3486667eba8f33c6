"""How far an update of the profiles is."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class UpdateStep(StrEnum):
    """What an update does for long, as a user reads it."""

    NAMES = "comparing names"
    """It counts new documents."""
    ENTITIES = "connecting entities"
    """It counts entities of groups that are clustered again."""


class UpdateProgress(Protocol):
    """The type of the function that an update calls to say how far it is."""

    def __call__(self, step: UpdateStep, finished: int, total: int) -> None:
        """Say that some of the documents or entities of a step are done."""


def no_progress(step: UpdateStep, finished: int, total: int) -> None:
    """Say nothing."""
