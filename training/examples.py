"""Build training examples for the name tagger, and variants in capitals and in headline case."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from training.corpora import LABELS, Sample

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

    from reader.recognize.rules.typesetting.capitals import Casing

_SMALL_WORDS: Final = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "off", "on", "or", "per"}
    | {"the", "to", "up", "via", "with"}
)


def make_example(nlp: Language, sample: Sample) -> Example:
    """Return a sample as a spaCy example. Names that do not match token borders are missing, not outside."""
    from spacy.training import Example
    from spacy.util import filter_spans

    from reader.recognize.network.tagger import UNANNOTATED

    doc = nlp.make_doc(sample.text)
    spans, unknown_spans = [], list(sample.unknown)
    for start, end, label in sample.names:
        span = doc.char_span(start, end, label=label)
        if span is None:
            unknown_spans.append((start, end))
        else:
            spans.append(span)
    spans = filter_spans(spans)
    in_names = {token.i for span in spans for token in span}
    expanded = [doc.char_span(start, end, alignment_mode="expand") for start, end in unknown_spans]
    unknown = {token.i for span in expanded if span is not None for token in span} - in_names
    doc.set_ents(spans, missing=[doc[index : index + 1] for index in sorted(unknown)], default="outside")
    doc.user_data[UNANNOTATED] = [label for label in LABELS if label not in sample.covers]
    return Example(nlp.make_doc(sample.text), doc)


def capitals(sample: Sample, casing: Casing) -> Sample:
    """Return a sample as the pipeline would read it if it were in capitals; unchanged if its length would change."""
    text = sample.text.upper()
    return replace(sample, text=casing.as_title(text)) if len(text) == len(sample.text) else sample


def headline(sample: Sample) -> Sample:
    """Return a sample with the words outside names capitalized, as in a headline."""
    pieces, last = [], 0
    names = [(start, end) for start, end, _ in sample.names]
    for start, word in _words(sample.text):
        inside = any(first <= start < end for first, end in names)
        change = not inside and word[0].islower() and word not in _SMALL_WORDS and len(word[0].upper()) == 1
        pieces += [sample.text[last:start], word[0].upper() + word[1:] if change else word]
        last = start + len(word)
    return replace(sample, text="".join(pieces) + sample.text[last:])


def _words(text: str) -> Iterator[tuple[int, str]]:
    start = -1
    for index, char in enumerate(text + " "):
        if char.isalpha() and start < 0:
            start = index
        elif start >= 0 and not char.isalpha() and char not in "'’":
            yield start, text[start:index]
            start = -1


def variants(samples: Sequence[Sample], share: float, rng: random.Random, casing: Casing) -> list[Sample]:
    """Return variants of a random share (0 to 1) of the samples, half from capitals and half in headline case."""
    chosen = sorted(rng.sample(range(len(samples)), round(share * len(samples))))
    return [
        capitals(samples[index], casing) if number % 2 else headline(samples[index])
        for number, index in enumerate(chosen)
    ]
