"""Draws the heading of the details: the names of the entity, related entities, hits of watchlists, keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style

from reader.display.cells import cells, fit
from reader.display.wrapping import wrapped
from reader.document import one_line
from reader.reading import Reading
from reader.resolve import Entity, Resolution
from reader.structures.named_tuple import NamedTuple
from reader.ui.keys.keymap import Keymap
from reader.ui.panels.details_rows import DetailsStyles
from reader.ui.panels.note_rows import LISTED

if TYPE_CHECKING:
    from reader.collection.watchlists.screening import WatchlistHit

_MAX_LINKS: Final = 8


def link_lines(entity: Entity) -> list[str]:
    """Return the reasons for which the names of an entity were merged."""
    lines = [f"{link.a} = {link.b}: {link.rule.explanation}" for link in entity.links[:_MAX_LINKS]]
    if len(entity.links) > _MAX_LINKS:
        lines.append(f"… and {len(entity.links) - _MAX_LINKS} more reasons")
    return lines


def neighbor_lines(resolution: Resolution, entity: Entity) -> list[str]:
    """Return the entities that are related to an entity, and those that may be the same; one that is both only once."""
    suggested = resolution.suggested_for(entity)
    candidate_ids = {candidate.id for candidate, _ in suggested}
    return [
        *(f"related: {related.name}" for related in resolution.related_to(entity) if related.id not in candidate_ids),
        *(
            f"maybe also: {candidate.name} ({candidate.label}), {suggestion.rule.explanation}"
            for candidate, suggestion in suggested
        ),
    ]


def hit_lines(hits: Sequence[WatchlistHit]) -> list[str]:
    """Return the names of watchlists that an entity is like."""
    answers = {"yes": "the listed one", "unsure": "unsure"}
    return [
        f"{LISTED} like {one_line(hit.listed_name)} ({hit.watchlist}: {hit.listed.id}), {hit.score:.0%}: "
        f"{answers.get(hit.answer) or one_line('; '.join(hit.reasons))}"
        for hit in hits
    ]


def empty_rows(message: str, keymap: Keymap, width: int) -> list[str]:
    """Return what is shown while no entity is selected: a message, or how to select one."""
    next_key, list_key = keymap.key_of("next-mention"), keymap.key_of("go-entities")
    advice = f"No entity is selected. {next_key} goes to the next mention in the text, {list_key} to the entities."
    return wrapped(message or advice, width)


def alias_rows(reading: Reading, entity: Entity, styles: DetailsStyles, width: int) -> list[list[Segment]]:
    """Return the names of an entity with their counts, below an empty row; nothing if it has one name only."""
    counts = reading.forms_of(entity)
    if list(counts) == [entity.name]:
        return []
    lines = []
    for form, count in counts.items():
        count_column = f"{count:,} "
        fitted = fit(form, max(width - 4 - len(count_column), 1))
        gap = " " * max(width - 3 - cells(fitted) - len(count_column), 1)
        lines.append([Segment("   "), Segment(fitted), Segment(gap + count_column, styles.faint)])
    return [[], *lines]


def faint_rows(lines: Sequence[str], styles: DetailsStyles, width: int) -> list[list[Segment]]:
    """Return lines of text, wrapped to the width."""
    return [[Segment(f" {row}", styles.faint)] for line in lines for row in wrapped(line, max(width - 2, 1))]


class ViewKey(NamedTuple):
    """A key that changes what the details list."""

    key: str
    words: str
    active: bool
    """Whether the details list this."""

    @property
    def size(self) -> int:
        """The number of cells that it takes."""
        return cells(self.key) + 1 + cells(self.words)


def view_key_rows(keys: Sequence[ViewKey], styles: DetailsStyles, width: int) -> list[list[Segment]]:
    """Return the keys that change what is listed; what is listed now is bold."""
    active_style = Style(bold=True)
    rows = []
    for row in _rows_of_keys(keys, max(width - 2, 1)):
        segments = [Segment(" ")]
        for key in row:
            words_style = active_style if key.active else styles.faint
            segments += [Segment(key.key, styles.mark), Segment(f" {key.words}", words_style), Segment("  ")]
        rows.append(segments)
    return rows


def _rows_of_keys(keys: Sequence[ViewKey], width: int) -> Iterator[list[ViewKey]]:
    """Yield keys in rows of at most `width` cells, two cells apart."""
    row: list[ViewKey] = []
    for key in keys:
        if row and sum(shown.size + 2 for shown in row) + key.size > width:
            yield row
            row = []
        row.append(key)
    yield row
