"""What a pipeline that was trained here says of its training: a file in its folder. Imports nothing heavy."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

FILE: Final = "trained.json"


@dataclass(frozen=True, slots=True)
class Record:
    """How a pipeline was trained, and how well it did."""

    when: str
    """ISO 8601, UTC."""
    base: str
    """The pipeline that was trained further."""
    learnt: int
    """Articles."""
    held_back: int
    """Articles on which it was measured."""
    score: float
    """F on them, 0 to 1."""
    bundled: float
    """F of the bundled pipeline on them."""
    ancestor: str | None = None
    """Version of the bundled pipeline that it comes from, at whatever remove; "" for none, None where nobody wrote
    it down."""
    ancestor_weights: str = ""
    """Their SHA-256."""

    @property
    def on(self) -> str:
        """On what it was measured, in words."""
        return f"{self.held_back} held-back article{'' if self.held_back == 1 else 's'}"

    @property
    def measured(self) -> str:
        """The same with when, and from how many articles it has learnt."""
        return f"{self.on}; learnt from {self.learnt} on {self.when[:10]}"


def read_record(folder: Path) -> Record | None:
    """Return what a pipeline says of its training; None where it was not trained here, or that cannot be read."""
    try:
        said: Any = json.loads((folder / FILE).read_bytes())
        record = Record(**{each.name: said[each.name] for each in fields(Record) if each.name in said})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    numbers = (record.learnt, record.held_back, record.score, record.bundled)
    sound = isinstance(record.when, str) and all(isinstance(each, int | float) for each in numbers)
    sound = sound and isinstance(record.ancestor, str | None) and isinstance(record.ancestor_weights, str)
    return record if sound else None


def write_record(folder: Path, record: Record, settings: dict[str, Any]) -> None:
    """Write it, with the settings beside it."""
    said = asdict(record) | {"settings": settings}
    (folder / FILE).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
