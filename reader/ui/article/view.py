"""What the article pane shows at the moment."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


class Highlights(StrEnum):
    """Which mentions are drawn."""

    ALL = "all"
    DECIDED = "decided"
    NONE = "none"
