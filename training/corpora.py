"""The corpora as training examples: paragraphs, with what is known, and what is not, about each token."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

LABELS: Final = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
"""What the pipeline learns. LANGUAGE is left to tables: no corpus marks it throughout."""
ALSO_COVERED: Final = {name: frozenset({"LAW"}) for name in ("gum", "docred", "crossner", "wikigold")}
"""Labels so rare in a corpus, or kept apart there as unmapped, that what is unmarked counts as absent."""
REPEATS: Final = {"re3d": 3}
"""How often a corpus is shown in one epoch; those not named, once."""
FILES: Final = ("re3d", "gum", "docred", "crossner", "wikigold", "uner_ewt", "uner_pud_wiki", "btc_news_tweets")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sample:
    """One paragraph with the names that its corpus annotates.

    Attributes:
        text: The paragraph.
        names: (start, end, label) in code points, end exclusive; labels of `LABELS` only.
        unknown: Stretches of the text about which nothing is known.
        covers: The labels that the corpus annotates wherever they occur; any other may occur unmarked.
        source: The corpus and its part.
    """

    text: str
    names: tuple[tuple[int, int, str], ...]
    unknown: tuple[Span, ...]
    covers: frozenset[str]
    source: str


def read_corpus(path: Path) -> list[Sample]:
    """Return the documents of one corpus file.

    Raises:
        ValueError: A line is no document of the expected layout; the message names file and line.
    """
    samples = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    samples.append(_sample(json.loads(line), path.stem))
                except (AttributeError, KeyError, TypeError, ValueError) as error:
                    raise ValueError(f"{path.name}, line {number}: {error!r}") from error
    return samples


def _sample(record: dict[str, Any], corpus: str) -> Sample:
    covers = frozenset(record.get("covers") or LABELS) & frozenset(LABELS) | ALSO_COVERED.get(corpus, frozenset())
    names = sorted((e["start"], e["end"], e["label"]) for e in record["ents"] if e["label"] in LABELS)
    unknown = tuple((u["start"], u["end"]) for u in record.get("unmapped") or ())
    unknown += tuple((e["start"], e["end"]) for e in record["ents"] if e["label"] == "LANGUAGE")
    source = f"{corpus}/{record.get('source', '')}"
    if any(not 0 <= start < end <= len(record["text"]) for start, end, _ in names):
        raise ValueError(f"a name of {record['id']} lies outside its text")
    return Sample(record["text"], tuple(names), unknown, covers, source)


def paragraphs(sample: Sample, separator: str = r"\n+") -> Iterator[Sample]:
    """Split a document where `separator` matches; what crosses a border is unknown on both sides of it."""
    start = 0
    borders = [match.span() for match in re.finditer(separator, sample.text)]
    for border, following in [*borders, (len(sample.text), len(sample.text))]:
        if sample.text[start:border].strip():
            yield _cut(sample, start, border)
        start = following


def _cut(sample: Sample, start: int, end: int) -> Sample:
    names, unknown = [], []
    for first, last, label in sample.names:
        if start <= first and last <= end:
            names.append((first - start, last - start, label))
        elif first < end and start < last:
            unknown.append((max(first - start, 0), min(last, end) - start))
    unknown += [(max(a - start, 0), min(b, end) - start) for a, b in sample.unknown if a < end and start < b]
    return replace(sample, text=sample.text[start:end], names=tuple(names), unknown=tuple(unknown))


def fill_demonyms(sample: Sample, demonyms: frozenset[str]) -> Sample:
    """Mark demonyms as NORP where the corpus leaves such names unmarked and nothing else stands there."""
    if "NORP" in sample.covers:
        return sample
    taken = [(start, end) for start, end, _ in sample.names] + list(sample.unknown)
    found = [
        (match.start(), match.end(), "NORP")
        for match in re.finditer(r"[^\W\d_]+", sample.text)
        if match.group() in demonyms and not any(a < match.end() and match.start() < b for a, b in taken)
    ]
    names = tuple(sorted([*sample.names, *found]))
    return replace(sample, names=names, covers=sample.covers | {"NORP"})


def read_demonyms(path: Path) -> frozenset[str]:
    """Return the demonyms (one word each) of a table of countries."""
    words: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("|")
        if not line.startswith("#") and len(fields) > 2:
            words.update(word for word in fields[2].split(";") if word and " " not in word)
    return frozenset(words)


def training_samples(documents: Iterable[Sample], demonyms: frozenset[str]) -> list[Sample]:
    """Return the paragraphs of one epoch, a corpus of `REPEATS` as often as it says, in a fixed order."""
    samples = []
    for document in documents:
        repeats = REPEATS.get(document.source.split("/")[0], 1)
        for copy in range(repeats):
            separator = r"\n+" if copy < 2 else r"\n\s*\n"
            samples += [fill_demonyms(part, demonyms) for part in paragraphs(document, separator)]
    return samples


def split_held_back(documents: Sequence[Sample], share: float, seed: int) -> tuple[list[Sample], list[Sample]]:
    """Return (for training, held back): `share` of the documents, the same ones for the same seed."""
    order = list(range(len(documents)))
    random.Random(seed).shuffle(order)
    back = set(order[: round(len(order) * share)])
    return [d for i, d in enumerate(documents) if i not in back], [documents[i] for i in sorted(back)]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
