"""Read the corpora as paragraphs, each with its names and with the spans and labels that nobody annotated."""

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
"""The labels that the pipeline learns. LANGUAGE is left to tables because no corpus annotates it completely."""
ALSO_COVERED: Final = {name: frozenset({"LAW"}) for name in ("gum", "docred", "crossner", "wikigold")}
"""Labels that count as annotated by a corpus although it does not list them: they are rare in it, or unmapped there."""
REPEATS: Final = {"re3d": 3}
"""How many times a corpus is used in one epoch; the default is 1."""
FILES: Final = ("re3d", "gum", "docred", "crossner", "wikigold", "uner_ewt", "uner_pud_wiki", "btc_news_tweets")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sample:
    """A paragraph or document with the names that its corpus annotates.

    Attributes:
        text: The text.
        names: (start, end, label) in code points, end exclusive; labels of `LABELS` only.
        unknown: Spans that may or may not be names.
        covers: The labels that the corpus annotates completely. Names with other labels may be unannotated.
        source: The name of the corpus, a slash and the part of it.
    """

    text: str
    names: tuple[tuple[int, int, str], ...]
    unknown: tuple[Span, ...]
    covers: frozenset[str]
    source: str


def read_corpus(path: Path) -> list[Sample]:
    """Return the documents of one corpus file.

    Raises:
        ValueError: A line is not a document in the expected format; the message has the file and the line.
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
    entities = record["ents"]
    names = sorted((name["start"], name["end"], name["label"]) for name in entities if name["label"] in LABELS)
    unknown = tuple((span["start"], span["end"]) for span in record.get("unmapped") or ())
    unknown += tuple((name["start"], name["end"]) for name in entities if name["label"] == "LANGUAGE")
    source = f"{corpus}/{record.get('source', '')}"
    if any(not 0 <= start < end <= len(record["text"]) for start, end, _ in names):
        raise ValueError(f"a name in {record['id']} is outside the text")
    return Sample(record["text"], tuple(names), unknown, covers, source)


def paragraphs(sample: Sample, separator: str = r"\n+") -> Iterator[Sample]:
    """Split a document where `separator` matches. A name across a border becomes unknown on both sides."""
    start = 0
    borders = [match.span() for match in re.finditer(separator, sample.text)]
    for end, next_start in [*borders, (len(sample.text), len(sample.text))]:
        if sample.text[start:end].strip():
            yield _slice(sample, start, end)
        start = next_start


def _slice(sample: Sample, start: int, end: int) -> Sample:
    names, unknown = [], []
    for first, last, label in sample.names:
        if start <= first and last <= end:
            names.append((first - start, last - start, label))
        elif first < end and start < last:
            unknown.append((max(first - start, 0), min(last, end) - start))
    unknown += [
        (max(first - start, 0), min(last, end) - start)
        for first, last in sample.unknown
        if first < end and start < last
    ]
    return replace(sample, text=sample.text[start:end], names=tuple(names), unknown=tuple(unknown))


def fill_demonyms(sample: Sample, demonyms: frozenset[str]) -> Sample:
    """Annotate demonyms as NORP, outside names and unknown spans, if the corpus does not annotate that label."""
    if "NORP" in sample.covers:
        return sample
    occupied = [(start, end) for start, end, _ in sample.names] + list(sample.unknown)
    demonym_names = [
        (match.start(), match.end(), "NORP")
        for match in re.finditer(r"[^\W\d_]+", sample.text)
        if match.group() in demonyms and not any(start < match.end() and match.start() < end for start, end in occupied)
    ]
    names = tuple(sorted([*sample.names, *demonym_names]))
    return replace(sample, names=names, covers=sample.covers | {"NORP"})


def read_demonyms(path: Path) -> frozenset[str]:
    """Return the demonyms in a table of countries that are one word."""
    words: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("|")
        if not line.startswith("#") and len(fields) > 2:
            words.update(word for word in fields[2].split(";") if word and " " not in word)
    return frozenset(words)


def training_samples(documents: Iterable[Sample], demonyms: frozenset[str]) -> list[Sample]:
    """Return the paragraphs of one epoch in a fixed order, those of some corpora repeatedly (see `REPEATS`).

    From the third time on, a document is split only at blank lines.
    """
    samples = []
    for document in documents:
        repeats = REPEATS.get(document.source.split("/")[0], 1)
        for repeat in range(repeats):
            separator = r"\n+" if repeat < 2 else r"\n\s*\n"
            samples += [fill_demonyms(part, demonyms) for part in paragraphs(document, separator)]
    return samples


def split_held_back(documents: Sequence[Sample], share: float, seed: int) -> tuple[list[Sample], list[Sample]]:
    """Return the documents for training and the held-back ones.

    Args:
        documents: All documents.
        share: The share to hold back, 0 to 1.
        seed: The same seed holds back the same documents.
    """
    order = list(range(len(documents)))
    random.Random(seed).shuffle(order)
    held_back = set(order[: round(len(order) * share)])
    training = [document for index, document in enumerate(documents) if index not in held_back]
    return training, [documents[index] for index in sorted(held_back)]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
