"""What the article pane shows at the moment, as the drawing of rows sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from rich.style import Style

from reader.display.search import Matches
from reader.reading import Reading
from reader.resolve import Entity
from reader.structures.named_tuple import NamedTuple
from reader.ui.article.resizing import Resizing
from reader.ui.article.selection import Selection
from reader.ui.base.label_styles import LabelStyles


class Highlights(StrEnum):
    """Which mentions are drawn."""

    ALL = "all"
    DECIDED = "decided"
    NONE = "none"


class ArticleView(NamedTuple):
    """The state of the article pane while a row is drawn. Drawing needs no widget besides this."""

    reading: Reading
    labels: LabelStyles
    part_style: Callable[[str], Style]
    """Returns the style of a part of the pane, such as "link" or "cursor"."""
    entity: Entity | None = None
    """The selected entity: its mentions are filled."""
    only_entity: bool = False
    """Whether mentions of other entities than the selected one are left plain."""
    highlights: Highlights = Highlights.ALL
    matches: Matches = Matches()
    """The matches of the search."""
    selection: Selection | None = None
    resizing: Resizing | None = None
    """The mention whose edges are being moved."""
    listed_spans: Sequence[tuple[int, int]] = ()
    """Where names are like those of watchlists, sorted and without overlaps."""
    cursor: int | None = None
    """The offset of the cursor, None where it is not drawn."""

    @property
    def hides_other_entities(self) -> bool:
        """Whether only the selected entity is highlighted."""
        return self.only_entity and self.entity is not None
