"""The training record: a JSON file that training writes to the folder of the new pipeline. Imports nothing heavy."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from reader.structures.lazy_dataclass import dataclass

RECORD_FILE: Final = "trained.json"


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """How a pipeline was trained on this machine, and its scores. The field names are keys of the JSON file."""

    when: str
    """ISO 8601, UTC."""
    base: str
    """The pipeline that was trained further."""
    learnt: int
    """The number of documents it was trained on."""
    held_back: int
    """The number of documents it was measured on."""
    score: float
    """F of the new pipeline on the held-back documents, 0 to 1."""
    bundled: float
    """F of the bundled pipeline on the same documents, 0 to 1."""
    ancestor: str | None = None
    """Version of the bundled pipeline that this one was trained from, directly or through others; "" if it was not,
    None if the record is too old to say."""
    ancestor_weights: str = ""
    """SHA-256 of the weights of that bundled pipeline."""

    @property
    def test_set(self) -> str:
        """The documents on which the scores were measured, for display."""
        return f"{self.held_back} held-back document{'' if self.held_back == 1 else 's'}"

    @property
    def summary(self) -> str:
        """What the scores were measured on, the date of training and the number of documents, for display."""
        return f"{self.test_set}; trained on {self.learnt} others on {self.when[:10]}"


def read_record(folder: Path) -> TrainingRecord | None:
    """Return the training record of a pipeline; None if it has none, or none that is valid."""
    try:
        data: Any = json.loads((folder / RECORD_FILE).read_bytes())
        record = TrainingRecord(
            **{field.name: data[field.name] for field in fields(TrainingRecord) if field.name in data}
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    numbers = (record.learnt, record.held_back, record.score, record.bundled)
    valid = isinstance(record.when, str) and all(isinstance(number, int | float) for number in numbers)
    valid = valid and isinstance(record.ancestor, str | None) and isinstance(record.ancestor_weights, str)
    return record if valid else None


def write_record(folder: Path, record: TrainingRecord, settings: dict[str, Any]) -> None:
    """Write a training record, with the training settings, to the folder of a pipeline."""
    data = asdict(record) | {"settings": settings}
    (folder / RECORD_FILE).write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
