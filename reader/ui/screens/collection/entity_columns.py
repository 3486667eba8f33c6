"""The columns of the list of entities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from reader.collection.queries.profiles.profile_lookup import ProfileOrder, ProfileSummary
from reader.display.cells import cells, fit, pad
from reader.document import one_line
from reader.structures.named_tuple import NamedTuple
from reader.ui.screens.collection.line_list import ListLine

_GAP: Final = 2
_MARGIN: Final = 3
_NARROWEST_NAME: Final = 12
_NARROWEST_HINT: Final = 6
"""Cells beside a name, below which nothing tells it from others of the same name."""


class _EntityColumn(NamedTuple):
    """One column besides the name."""

    heading: str
    width: int
    order: ProfileOrder | None
    text: Callable[[ProfileSummary], str]
    is_right: bool = False


_LABEL: Final = _EntityColumn("label", 11, None, lambda profile: profile.label)
_DOCUMENTS: Final = _EntityColumn(
    "documents", 9, ProfileOrder.DOCUMENTS, lambda profile: f"{profile.documents:,}", is_right=True
)
_MENTIONS: Final = _EntityColumn(
    "mentions", 9, ProfileOrder.MENTIONS, lambda profile: f"{profile.mentions:,}", is_right=True
)
_FIRST: Final = _EntityColumn("first seen", 10, ProfileOrder.FIRST_SEEN, lambda profile: profile.first_day)
_LAST: Final = _EntityColumn("last seen", 10, ProfileOrder.LAST_SEEN, lambda profile: profile.last_day)
_SETS: Final = (
    (100, (_LABEL, _DOCUMENTS, _MENTIONS, _FIRST, _LAST)),
    (75, (_LABEL, _DOCUMENTS, _MENTIONS, _LAST)),
    (60, (_LABEL, _DOCUMENTS, _MENTIONS)),
    (0, (_DOCUMENTS,)),
)
"""The columns by the least width of a row in cells."""


class EntityColumns:
    """Draws entities in columns. It is the table of the list that shows them."""

    def __init__(self, profiles: Sequence[ProfileSummary], order: ProfileOrder) -> None:
        self._order = order
        self._is_dated = any(profile.first_day for profile in profiles)
        self._label_width = max((len(profile.label) for profile in profiles), default=0)

    def headings(self, width: int) -> Sequence[tuple[str, str]]:
        """Return the headings of the columns of a row with this width in cells."""
        columns, name_width = self._layout(width)
        names_sort = self._order is ProfileOrder.NAME
        parts = [(" " * _MARGIN, "faint"), (pad("name", name_width), "sorted" if names_sort else "faint")]
        for column in columns:
            role = "sorted" if column.order is self._order else "faint"
            parts += [(" " * _GAP, "faint"), (_aligned(column.heading, column), role)]
        return parts

    def row(self, line: ListLine, width: int) -> Sequence[tuple[str, str]]:
        """Return the columns of an entity."""
        profile = line.item
        if not isinstance(profile, ProfileSummary):
            return ()
        columns, name_width = self._layout(width)
        name = fit(one_line(profile.name), name_width)
        room = name_width - cells(name)
        hint = fit(f"  {one_line(profile.hint)}", room) if profile.hint and room > _NARROWEST_HINT else ""
        parts = [(" " * _MARGIN, "faint"), (name, "title"), (pad(hint, room), "faint")]
        for column in columns:
            parts += [(" " * _GAP, "faint"), (_aligned(column.text(profile), column), "faint")]
        return parts

    def _layout(self, width: int) -> tuple[list[_EntityColumn], int]:
        """Return the columns that fit, and the width of the name."""
        fitting: tuple[_EntityColumn, ...] = next(columns for least, columns in _SETS if width >= least)
        if self._order is ProfileOrder.FIRST_SEEN and _FIRST not in fitting:
            fitting = tuple(_FIRST if column is _LAST else column for column in fitting)
        label = _LABEL._replace(width=min(max(self._label_width, len(_LABEL.heading)), _LABEL.width))
        columns = [label if column is _LABEL else column for column in fitting]
        if not self._is_dated:
            columns = [column for column in columns if column not in (_FIRST, _LAST)]
        others = sum(column.width + _GAP for column in columns)
        return columns, max(width - _MARGIN - others - 1, _NARROWEST_NAME)


def _aligned(text: str, column: _EntityColumn) -> str:
    fitted = fit(text, column.width)
    return " " * (column.width - cells(fitted)) + fitted if column.is_right else pad(fitted, column.width)
