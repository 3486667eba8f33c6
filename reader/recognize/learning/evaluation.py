"""How well a recognizer does on annotated articles: exact span and label, as CoNLL-2003 counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.recognize.label_mapping import map_label
from reader.recognize.mention import Mention
from reader.recognize.models.find import identify
from reader.recognize.process.analysis import load_recognizer, recognize
from reader.recognize.protocol import Recognizer, RecognizerError

TOTAL: Final = "total"


class Span(NamedTuple):
    """A name as the gold has it."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated article."""

    text: str
    spans: frozenset[Span]
    covers: frozenset[str] = frozenset()
    """The labels that were annotated; none means all."""
    open: tuple[tuple[int, int], ...] = ()
    """Stretches in which nothing is right or wrong."""


@dataclass(slots=True)
class Counts:
    """What was found of one label."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right, 0 to 1."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """The share of what is there that was found, 0 to 1."""
        return self.right / max(self.right + self.missed, 1)

    @property
    def f(self) -> float:
        """The harmonic mean of both, 0 to 1."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


@dataclass(slots=True)
class Result:
    """A recognizer measured."""

    name: str
    version: str
    counts: dict[str, Counts] = field(default_factory=dict)
    """By label, and for `TOTAL`."""


def read_gold(path: Path) -> Iterator[Gold]:
    """Yield the articles of a file: lines of `reader export --to jsonl`, or objects with `text` and `ents`.

    Raises:
        RecognizerError: It cannot be read, or a line is neither.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _gold(line, f"{path}, line {number}")
    except UnicodeDecodeError:
        raise RecognizerError(f"{path} is not UTF-8") from None
    except OSError as error:
        raise RecognizerError(f"cannot read {path}: {error.strerror or error}") from None


def evaluate(model: str | None, articles: Iterable[Gold]) -> Result:
    """Measure a recognizer, the document pass included: what the user would see.

    Raises:
        RecognizerError: It is missing, broken or failed.
    """
    identity = identify(model)
    recognizer = load_recognizer(model)
    counts: dict[str, Counts] = {}
    for gold in articles:
        _count(gold, found_in(gold.text, recognizer), counts)
    return Result(identity.name, identity.version, counts)


def found_in(text: str, recognizer: Recognizer) -> Sequence[Mention]:
    """Return what a recognizer and the document pass find in a text of which nothing else is known."""
    return recognize(Document(text, plain_blocks(text), title="", source=""), recognizer)


def _count(gold: Gold, mentions: Iterable[Mention], counts: dict[str, Counts]) -> None:
    found = {Span(*mention[:3]) for mention in mentions if not gold.covers or mention.label in gold.covers}
    found = {
        span
        for span in found
        if span in gold.spans or not any(span.start < end and start < span.end for start, end in gold.open)
    }
    for attribute, spans in (
        ("right", found & gold.spans),
        ("wrong", found - gold.spans),
        ("missed", gold.spans - found),
    ):
        by_label = Counter(span.label for span in spans)
        for label, number in (*by_label.items(), (TOTAL, len(spans))):
            one = counts.setdefault(label, Counts())
            setattr(one, attribute, getattr(one, attribute) + number)


def _gold(line: str, where: str) -> Gold:
    try:
        said = json.loads(line)
        exported = "document" in said
        text = said["document"]["text"] if exported else said["text"]
        covers = frozenset(filter(None, map(map_label, said.get("covers") or ())))
        spans = frozenset(_spans(said["mentions"] if exported else said["ents"], text))
        stretches = tuple((int(each["start"]), int(each["end"])) for each in said.get("unmapped", ()))
        return Gold(text, frozenset(s for s in spans if not covers or s.label in covers), covers, stretches)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = str(error) if isinstance(error, _OutsideError) else "neither an export nor text with ents"
        raise RecognizerError(f"{where}: {reason}") from None


def _spans(listed: Sequence[Mapping[str, Any]], text: str) -> Iterator[Span]:
    for each in listed:
        label = map_label(each["label"])
        start, end = each["start"], each["end"]
        if not 0 <= start < end <= len(text):
            raise _OutsideError(f"a mention at {start}:{end} of a text of {len(text)}")
        if label is not None:
            yield Span(start, end, label)


class _OutsideError(ValueError):
    pass
