"""The parts of the status bar: what is saved and decided, and the confidence and number of a mention."""

from __future__ import annotations

from collections import Counter
from typing import Final
from urllib.parse import urlsplit

from reader.document import Document
from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.structures.intervals import find_item
from reader.ui.keys.keymap import Keymap

_MAX_SOURCE_LENGTH: Final = 40
"""Characters of a path that a title bar shows in full."""


def save_status(reading: Reading) -> str:
    """Return whether every decision is on disk, for the status bar."""
    store = reading.store
    if not store.persistent:
        return "not kept"
    return "saved" if store.saved else f"{store.unsaved} NOT SAVED"


def progress_status(reading: Reading, entity_count: int) -> str:
    """Return how many mentions are decided, or how many entities the list shows as long as none is."""
    decided = reading.decided
    if decided.count:
        return f"{decided.count:,} of {decided.total:,} decided"
    return f"{entity_count:,} entities"


def confidence_status(reading: Reading, mention: Mention | None) -> str:
    """Return the confidence of a mention that the user should check; "" for any other mention."""
    return f"{mention.score:.0%} sure" if mention and needs_check(reading, mention) else ""


def needs_check(reading: Reading, mention: Mention) -> bool:
    """Return whether a mention is doubtful and not decided."""
    return mention.doubtful and mention not in reading.decided


def page_status(document: Document, offset: int) -> str:
    """Return the page or time at which the block at `offset` begins, as in "page 12" or "1:02:03"; "" without any."""
    if not document.blocks:
        return ""
    block = document.block_at(offset)
    return f"page {block.page}" if block.page else block.time


def number_status(entity: Entity | None, mention: Mention | None) -> str:
    """Return the number of a mention among those of the selected entity, as in "3 of 14"; "" for other mentions."""
    if entity is None or mention is None:
        return ""
    index = find_item(entity.mentions, mention)
    return "" if index is None else f"{index + 1} of {len(entity.mentions)}"


def labels_kept(reading: Reading, keymap: Keymap, name: Name) -> str:
    """Return a message if some mentions of the entity with this name have another label than the entity; else ""."""
    owners = reading.entities_with(name)
    counts = Counter(mention.label for mention in owners[0].mentions) if owners else Counter[str]()
    other_counts = [item for item in counts.most_common() if item[0] != owners[0].label]
    if not other_counts:
        return ""
    total, labels = sum(count for _, count in other_counts), " and ".join(label for label, _ in other_counts)
    mentions_stay = "mentions stay" if total > 1 else "mention stays"
    return f"{total:,} {mentions_stay} {labels}: {keymap.key_of('retag-entity')} in the text retags all"


def short_source(source: str) -> str:
    """Return a source for the title bar: a short path in full, the last part of a long one, the host of a URL."""
    if source == "-":
        return "standard input"
    if source.startswith(("http://", "https://")):
        return urlsplit(source).hostname or source
    return source if len(source) <= _MAX_SOURCE_LENGTH else "…/" + source.rstrip("/").rpartition("/")[2]
