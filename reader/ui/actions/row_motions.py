"""Moving the cursor of a list: the same six motions for every list, under the command ids of each."""

from __future__ import annotations

from typing import Final

from reader.ui.base.row_list import RowList
from reader.ui.keys.action_table import ActionTable


def down(rows: RowList, count: int) -> None:
    """Move down by `count` items."""
    rows.move(count)


def up(rows: RowList, count: int) -> None:
    """Move up by `count` items."""
    rows.move(-count)


def page_down(rows: RowList, count: int) -> None:
    """Move down by `count` pages."""
    rows.move(count * rows.page_size())


def page_up(rows: RowList, count: int) -> None:
    """Move up by `count` pages."""
    rows.move(-count * rows.page_size())


def first(rows: RowList) -> None:
    """Move to the first item."""
    rows.move_to(0)


def last(rows: RowList) -> None:
    """Move to the last item."""
    rows.move_to(rows.item_count() - 1)


ENTITY_MOTIONS: Final = ActionTable[RowList](
    plain={"entity-first": first, "entity-last": last},
    counted={
        "entity-down": down,
        "entity-up": up,
        "entity-page-down": page_down,
        "entity-page-up": page_up,
    },
)
"""For the entities."""

DETAILS_MOTIONS: Final = ActionTable[RowList](
    plain={"details-first": first, "details-last": last},
    counted={
        "details-down": down,
        "details-up": up,
        "details-page-down": page_down,
        "details-page-up": page_up,
    },
)
"""For the details."""

LIST_MOTIONS: Final = ActionTable[RowList](
    plain={"list-first": first, "list-last": last},
    counted={
        "list-down": down,
        "list-up": up,
        "list-page-down": page_down,
        "list-page-up": page_up,
    },
)
"""For screens that are one list."""
