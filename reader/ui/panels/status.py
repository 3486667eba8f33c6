"""The words of the status line about a reading: how far it is decided, how sure a mention is, where it stands."""

from __future__ import annotations

from collections import Counter
from typing import Final
from urllib.parse import urlsplit

from reader.reading import Reading
from reader.recognize import Mention
from reader.resolve import Entity, Name
from reader.structures.intervals import find_item


def saving(reading: Reading) -> str:
    """Say whether every decision is on disk."""
    store = reading.store
    if not store.persistent:
        return "not kept"
    return "saved" if store.saved else f"{store.unsaved} NOT SAVED"


def progress(reading: Reading) -> str:
    """Say how many mentions are decided, or how many entities there are as long as none is."""
    decided = reading.decided
    if decided.count:
        return f"{decided.count:,} of {decided.total:,} decided"
    return f"{len(reading.entities):,} entities"


def doubt(reading: Reading, mention: Mention | None) -> str:
    """Say how sure recognition is of a mention; "" where it is, or the user has decided."""
    return f"{mention.score:.0%} sure" if mention and in_doubt(reading, mention) else ""


def in_doubt(reading: Reading, mention: Mention) -> bool:
    """Tell whether recognition is not sure of a mention and the user has not decided about it."""
    return mention.doubtful and mention not in reading.decided


def place_of(entity: Entity | None, mention: Mention | None) -> str:
    """Say which of the selected entity's mentions one is: "3 of 14"; "" where it is none of them."""
    if entity is None or mention is None:
        return ""
    index = find_item(entity.mentions, mention)
    return "" if index is None else f"{index + 1} of {len(entity.mentions)}"


def labels_kept(reading: Reading, name: Name) -> str:
    """Say which mentions of the entity that holds a name keep another label than most of it; "" where none does."""
    bearers = reading.entities_with(name)
    labelled = Counter(mention.label for mention in bearers[0].mentions) if bearers else Counter[str]()
    others = labelled.most_common()[1:]
    if not others:
        return ""
    number, labels = sum(count for _, count in others), " and ".join(label for label, _ in others)
    return f"{number:,} mention{'s stay' if number > 1 else ' stays'} {labels}: T in the text retags all"


_ROOM: Final = 40


def short_source(source: str) -> str:
    """Return a source as a title line shows it: the whole of a short path, else its last part; a page's site."""
    if source == "-":
        return "standard input"
    if source.startswith(("http://", "https://")):
        return urlsplit(source).hostname or source
    return source if len(source) <= _ROOM else "…/" + source.rstrip("/").rpartition("/")[2]
