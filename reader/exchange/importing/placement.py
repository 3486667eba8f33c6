"""Lays annotations over a known document: every mention at its span there, or nowhere. Pure.

If the text of the file is the same, or the same but for white space (as after a format that keeps tokens only), the
spans follow from it. Otherwise the anchoring rules decide, as they do for a text that was changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from reader.annotate.changed_text.relocate import find_unique
from reader.annotate.changed_text.typeset_relocation import TypesetRelocation
from reader.annotate.log.anchors import Anchor
from reader.document import Document
from reader.exchange.annotated_document import AnnotatedMention
from reader.exchange.importing.imported_annotations import ImportedAnnotations, Utf16Units

NOT_PLACED: Final = "mentions that have no certain position in this text"
_MIN_SENTENCE: Final = 8
"""A line is searched for in the text if it has this many characters that are not white space."""

_Placer: TypeAlias = Callable[[int, AnnotatedMention], "tuple[int, int] | None"]
"""Returns the span of a mention, given with its number, in the known text."""


def place(annotations: ImportedAnnotations, document: Document) -> ImportedAnnotations | None:
    """Return annotations with their offsets in a known document; None if the file is about another text.

    What cannot be placed with certainty is left out and counted.
    """
    annotated = annotations.annotated
    if annotations.anchors is not None:
        same_text = annotations.digest == document.digest
        return _placed(annotations, document, _quote_placer(annotations.anchors, document.text, same_text=same_text))
    if annotated.text == document.text:
        return replace(annotations, annotated=replace(annotated, document=document))
    squeezed = _Squeezed.whole(annotated.text, document.text) or _Squeezed.by_lines(annotated.text, document.text)
    if squeezed is not None:
        return _placed(annotations, document, lambda _, mention: squeezed.new_span(mention.start, mention.end))
    relocation = TypesetRelocation(annotated.text, document.text)
    if not relocation.is_version:
        return None
    return _placed(annotations, document, lambda _, mention: relocation.new_span(mention.start, mention.end))


def _placed(annotations: ImportedAnnotations, document: Document, new_span: _Placer) -> ImportedAnnotations:
    annotated = annotations.annotated
    spans = [new_span(number, mention) for number, mention in enumerate(annotated.mentions)]
    mentions = sorted(
        mention._replace(start=span[0], end=span[1])
        for mention, span in zip(annotated.mentions, spans, strict=True)
        if span is not None
    )
    missing = Counter({NOT_PLACED: count} if (count := spans.count(None)) else {})
    return replace(
        annotations,
        annotated=replace(annotated, document=document, mentions=tuple(mentions)),
        anchors=None,
        omitted=Counter(annotations.omitted) + missing,
    )


def _quote_placer(anchors: Iterable[Anchor], text: str, *, same_text: bool) -> _Placer:
    """Return a function that finds mentions by their quotes.

    The offsets count only where the quote is at them and the text is the same, or the context agrees too.
    """
    known_anchors, units = tuple(anchors), Utf16Units(text)

    def new_span(number: int, mention: AnnotatedMention) -> tuple[int, int] | None:
        anchor = known_anchors[number]
        starts = (mention.start, units.code_point(mention.start)) if mention.start >= 0 else ()
        for start in starts:
            end = start + len(anchor.quote)
            if text[start:end] == anchor.quote and (same_text or _has_context(text, start, end, anchor)):
                return start, end
        unique = find_unique(text, *anchor)
        if unique is None:
            return None
        return unique, unique + len(anchor.quote)

    return new_span


def _has_context(text: str, start: int, end: int, anchor: Anchor) -> bool:
    """Return whether a quote has its context; one without any context is not certain."""
    prefix, suffix = anchor.prefix, anchor.suffix
    is_same = text[:start].endswith(prefix) and text.startswith(suffix, end)
    return is_same and bool((prefix + suffix).strip())


class _Squeezed:
    """Maps spans of a text to a copy with other white space, by counting the characters that are not white space."""

    def __init__(self, old_text: str, new_text: str, runs: Iterable[tuple[int, int, int]]) -> None:
        """Each run is the index of its first visible character in the old and the new text, and its length."""
        self._old = [offset for offset, char in enumerate(old_text) if not char.isspace()]
        self._new = [offset for offset, char in enumerate(new_text) if not char.isspace()]
        self._runs = sorted(runs)

    @classmethod
    def whole(cls, old_text: str, new_text: str) -> _Squeezed | None:
        """Return the map if the texts differ in white space only."""
        old, new = "".join(old_text.split()), "".join(new_text.split())
        return cls(old_text, new_text, [(0, 0, len(old))]) if old and old == new else None

    @classmethod
    def by_lines(cls, old_text: str, new_text: str) -> _Squeezed | None:
        """Return the map of the lines that the new text has once, if it has at least half of the old text."""
        new = "".join(new_text.split())
        runs = list(_common_lines(old_text.split("\n"), new))
        common = sum(length for _, _, length in runs)
        has_most = 2 * common > len("".join(old_text.split()))
        return cls(old_text, new_text, runs) if has_most else None

    def new_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the span in the new text; None if its line is not in there once."""
        first, last = bisect_left(self._old, start), bisect_left(self._old, end)
        index = bisect_left(self._runs, (first + 1,)) - 1
        if first >= last or index < 0:
            return None
        old_start, new_start, length = self._runs[index]
        if last > old_start + length:
            return None
        shift = new_start - old_start
        return self._new[first + shift], self._new[last - 1 + shift] + 1


def _common_lines(lines: Iterable[str], new: str) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of lines of the old text that occur in the squeezed new text exactly once."""
    old_start = 0
    for line in lines:
        squeezed = "".join(line.split())
        position = new.find(squeezed) if len(squeezed) >= _MIN_SENTENCE else -1
        if position >= 0 and new.find(squeezed, position + 1) < 0:
            yield old_start, position, len(squeezed)
        old_start += len(squeezed)
