"""Evaluate a recognizer on annotated documents: span and label must match exactly, as in CoNLL-2003."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.recognize.label_mapping import map_label
from reader.recognize.mention import Mention
from reader.recognize.models.find import identify
from reader.recognize.process.analysis import load_recognizer, recognize
from reader.recognize.protocol import Recognizer, RecognizerError
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

TOTAL: Final = "total"
"""The key of the counts over all labels."""


class LabeledSpan(NamedTuple):
    """A name in an annotated document."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The text and the correct names of an annotated document."""

    text: str
    spans: frozenset[LabeledSpan]
    covers: frozenset[str] = frozenset()
    """The labels that were annotated; empty if all were."""
    unknown: tuple[tuple[int, int], ...] = ()
    """Spans in which mentions count neither as right nor as wrong."""


@dataclass(slots=True)
class Counts:
    """How many mentions with one label are right, wrong (found but not annotated) and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of the found mentions that are right, 0 to 1."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """The share of the annotated names that were found, 0 to 1."""
        return self.right / max(self.right + self.missed, 1)

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


@dataclass(slots=True)
class Evaluation:
    """The counts for a recognizer."""

    name: str
    version: str
    counts: dict[str, Counts] = field(default_factory=dict)
    """By label, and for `TOTAL`."""


def read_gold(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents in a file: lines from `reader export --to jsonl`, or objects with `text` and `ents`.

    Raises:
        RecognizerError: The file cannot be read, or a line has neither format.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _parse_gold(line, f"{path}, line {number}")
    except UnicodeDecodeError:
        raise RecognizerError(f"{path} is not UTF-8") from None
    except OSError as error:
        raise RecognizerError(f"cannot read {path}: {error.strerror or error}") from None


def evaluate(model: str | None, documents: Iterable[GoldDocument]) -> Evaluation:
    """Evaluate a recognizer together with the document pass: the mentions that a user would see.

    Raises:
        RecognizerError: The recognizer is missing or broken, or it failed.
    """
    identity = identify(model)
    recognizer = load_recognizer(model)
    counts: dict[str, Counts] = {}
    for gold in documents:
        _count(gold, recognize_text(gold.text, recognizer, identity.language), counts)
    return Evaluation(identity.name, identity.version, counts)


def recognize_text(text: str, recognizer: Recognizer, language: str = "") -> Sequence[Mention]:
    """Return the mentions in a plain text, after the document pass; `language` as for `recognize`."""
    return recognize(Document(text, plain_blocks(text), title="", source=""), recognizer, language)


def _count(gold: GoldDocument, mentions: Iterable[Mention], counts: dict[str, Counts]) -> None:
    predicted = {LabeledSpan(*mention[:3]) for mention in mentions if not gold.covers or mention.label in gold.covers}
    predicted = {
        span
        for span in predicted
        if span in gold.spans or not any(span.start < end and start < span.end for start, end in gold.unknown)
    }
    for attribute, spans in (
        ("right", predicted & gold.spans),
        ("wrong", predicted - gold.spans),
        ("missed", gold.spans - predicted),
    ):
        by_label = Counter(span.label for span in spans)
        for label, number in (*by_label.items(), (TOTAL, len(spans))):
            label_counts = counts.setdefault(label, Counts())
            setattr(label_counts, attribute, getattr(label_counts, attribute) + number)


def _parse_gold(line: str, position: str) -> GoldDocument:
    """Parse a line of a gold file; `position` is the file and line for error messages."""
    try:
        record = json.loads(line)
        is_export = "document" in record
        text = record["document"]["text"] if is_export else record["text"]
        covers = frozenset(filter(None, map(map_label, record.get("covers") or ())))
        spans = frozenset(_spans(record["mentions"] if is_export else record["ents"], text))
        unknown = tuple((int(span["start"]), int(span["end"])) for span in record.get("unmapped", ()))
        covered_spans = frozenset(span for span in spans if not covers or span.label in covers)
        return GoldDocument(text, covered_spans, covers, unknown)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = (
            str(error) if isinstance(error, _OutsideError) else "neither an export nor an object with text and ents"
        )
        raise RecognizerError(f"{position}: {reason}") from None


def _spans(mentions: Sequence[Mapping[str, Any]], text: str) -> Iterator[LabeledSpan]:
    for mention in mentions:
        label = map_label(mention["label"])
        start, end = mention["start"], mention["end"]
        if not 0 <= start < end <= len(text):
            raise _OutsideError(f"a mention at {start}:{end} in a text of {len(text)} code points")
        if label is not None:
            yield LabeledSpan(start, end, label)


class _OutsideError(ValueError):
    """A mention outside the text."""
