"""What a file of another program says about a text, and a draft in which its reader collects that.

The draft checks every span, makes the text safe for a terminal, and counts what it must leave out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any, Final

from reader.annotate.log.anchors import Anchor
from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.document.sanitize import one_line, sanitize
from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedEntity, AnnotatedMention
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.union_find import UnionFind

MACHINE: Final = "model"
"""The origin of mentions that the file says a machine found."""
SAME_ENTITY: Final = frozenset(
    ("same entity", "same", "same as", "coref", "coreference", "equiv", "alias", "identity", "ident")
)
"""Types of relations between two mentions of one entity, in lower case and with spaces."""

OUTSIDE_TEXT: Final = "spans outside the text"
EMPTY_SPANS: Final = "empty spans"
CHANGED_QUOTE: Final = "mentions whose text is not at their offsets"
WITHOUT_LABEL: Final = "mentions without a label"
_CRLF: Final = lazy_pattern("\r\n")
BLANK_MENTIONS: Final = "mentions of white space"
DISCONTINUOUS: Final = "discontinuous mentions"
OTHER_RELATIONS: Final = "relations other than “same entity”"
SECOND_LABELS: Final = "further labels of a span"


@dataclass(frozen=True, slots=True)
class ImportedAnnotations:
    """What a file says about one text."""

    annotated: AnnotatedDocument
    """The text with its mentions and entities. If the file does not have the text, the document is empty."""
    anchors: tuple[Anchor, ...] | None = None
    """If the file does not have the text: the quotes of the mentions, in order; their offsets may be unknown (-1)."""
    digest: str = ""
    """The digest of the text that the file states, or ""."""
    omitted: Mapping[str, int] = field(default_factory=dict)
    """What was left out, in words for the user, and how many of each."""

    @property
    def has_text(self) -> bool:
        """Whether the file has the text."""
        return self.anchors is None


@dataclass(slots=True)
class _DraftEntity:
    name: str = ""
    label: str = ""
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class AnnotationDraft:
    """Collects what a file says about one text. Mentions are numbered in the order in which they are added."""

    def __init__(self, text: str | None, title: str = "", source: str = "", digest: str = "") -> None:
        """Begin without mentions.

        Args:
            text: The text as it is in the file; None if the file does not have it.
            title: The title of the document.
            source: Where the text came from, as the file says.
            digest: The digest of the text, if the file states it.
        """
        self.text = text
        """The text as it is in the file."""
        self.omitted: Counter[str] = Counter()
        """What was left out."""
        self.note = ""
        """The note on the document."""
        self.tags: tuple[str, ...] = ()
        """The tags of the document."""
        self._title, self._source, self._digest = one_line(title, 200), one_line(source), digest
        self._offsets = _CleanOffsets(text or "")
        self._mentions: list[AnnotatedMention] = []
        self._anchors: list[Anchor] = []
        self._owners: UnionFind[int | str] = UnionFind()
        self._entities: dict[str, _DraftEntity] = {}

    def add(
        self,
        start: Any,
        end: Any,
        label: Any,
        *,
        entity: str = "",
        machine: bool | None = None,
        score: Any = None,
        note: str = "",
        tags: Iterable[str] = (),
        quote: str | None = None,
        prefix: str = "",
        suffix: str = "",
    ) -> int | None:
        """Add a mention and return its number; None if it was left out, which is counted.

        Args:
            start: Its start in the text of the file (code points); -1 if unknown.
            end: Its end, exclusive.
            label: Its label.
            entity: The id of its entity in the file; "" if the file has none.
            machine: Whether the file says that only a machine found it; None if it does not say. Then a mention with a
                confidence is one that a machine found.
            score: The confidence that the file states, which counts for what a machine found.
            note: The note on it.
            tags: The tags of it.
            quote: Its text, if the file states it. If it is not at the offsets in code points, they are read as UTF-16.
            prefix: The text before it, if the file states it.
            suffix: The text after it, if the file states it.
        """
        if not isinstance(label, str) or not label.strip():
            self.omit(WITHOUT_LABEL)
            return None
        if not is_offset(start) or not is_offset(end):
            if self.text is not None or not quote:
                self.omit(OUTSIDE_TEXT)
                return None
            start = end = -1
        confidence = confidence_of(score)
        is_machine = confidence is not None if machine is None else machine
        mention = AnnotatedMention(
            start,
            end,
            label.strip(),
            "",
            MACHINE if is_machine else "user",
            confidence if is_machine and confidence is not None else 1.0,
            not is_machine,
            sanitize(note).strip(),
            _clean_tags(tags),
        )
        if self.text is None:
            if not quote or not quote.strip():
                self.omit(BLANK_MENTIONS)
                return None
            self._anchors.append(Anchor(sanitize(quote), sanitize(prefix), sanitize(suffix)))
        else:
            span = self._checked_span(start, end, quote)
            if span is None:
                return None
            mention = mention._replace(start=span[0], end=span[1])
        number = len(self._mentions)
        self._mentions.append(mention)
        if entity:
            self.name_entity(entity)
            self._owners.join(entity, number)
        return number

    def omit(self, reason: str, count: int = 1) -> None:
        """Count something that was left out."""
        self.omitted[reason] += count

    def link(self, first: int | None, second: int | None) -> None:
        """Make two mentions mentions of one entity. None is a mention that was left out."""
        if first is not None and second is not None:
            self._owners.join(first, second)

    def name_entity(
        self,
        entity: str,
        name: str = "",
        *,
        label: str = "",
        names: Iterable[str] = (),
        notes: Iterable[str] = (),
        tags: Iterable[str] = (),
    ) -> None:
        """Add what the file says about an entity, by its id in the file."""
        facts = self._entities.setdefault(entity, _DraftEntity())
        facts.name = facts.name or one_line(name)
        facts.label = facts.label or label.strip()
        facts.names = tuple(dict.fromkeys((*facts.names, *filter(None, map(one_line, names)))))
        facts.notes = tuple(dict.fromkeys((*facts.notes, *filter(None, (sanitize(note).strip() for note in notes)))))
        facts.tags = tuple(dict.fromkeys((*facts.tags, *_clean_tags(tags))))

    def finish(self) -> ImportedAnnotations:
        """Return what was collected."""
        text = self._offsets.text
        document = Document(text, plain_blocks(text), self._title, self._source)
        order = sorted(range(len(self._mentions)), key=lambda number: self._mentions[number][:2])
        ids = self._entity_ids(order)
        mentions = tuple(self._mentions[number]._replace(entity=ids.get(number, "")) for number in order)
        annotated = AnnotatedDocument(
            document,
            mentions,
            tuple(self._finished_entities(ids)),
            note=sanitize(self.note).strip(),
            tags=_clean_tags(self.tags),
        )
        anchors = tuple(self._anchors[number] for number in order) if self.text is None else None
        return ImportedAnnotations(annotated, anchors, self._digest, self.omitted)

    def _checked_span(self, start: int, end: int, quote: str | None) -> tuple[int, int] | None:
        if start == end:
            self.omit(EMPTY_SPANS)
            return None
        text, reason = self.text or "", OUTSIDE_TEXT
        span: tuple[int, int] | None = (start, end) if 0 <= start < end <= len(text) else None
        if quote is not None and (span is None or text[start:end].split() != quote.split()):
            span, reason = self._from_utf16(start, end, quote), CHANGED_QUOTE if span else OUTSIDE_TEXT
        clean_span = self._offsets.clean_span(*span) if span else None
        if clean_span is None:
            self.omit(BLANK_MENTIONS if span else reason)
        return clean_span

    def _from_utf16(self, start: int, end: int, quote: str) -> tuple[int, int] | None:
        """Return offsets in UTF-16 code units as code points, if the quote is at them."""
        text, offsets = self.text or "", self._offsets.utf16
        start, end = offsets.code_point(start), offsets.code_point(end)
        return (start, end) if start < end and quote.strip() and text[start:end].split() == quote.split() else None

    def _entity_ids(self, order: Iterable[int]) -> dict[int, str]:
        """Return the id of the entity of every mention that has one; ids of the file if it has them."""
        counts = Counter(self._owners.root(number) for number in range(len(self._mentions)))
        id_of_root: dict[int | str, str] = {}
        for entity in self._entities:
            id_of_root.setdefault(self._owners.root(entity), entity)
        ids: dict[int, str] = {}
        for number in order:
            root = self._owners.root(number)
            if root not in id_of_root and counts[root] > 1:
                id_of_root[root] = f"#{len(id_of_root) + 1}"
            if root in id_of_root:
                ids[number] = id_of_root[root]
        return ids

    def _finished_entities(self, ids: Mapping[int, str]) -> Iterable[AnnotatedEntity]:
        owners: dict[int | str, str] = {}
        merged: dict[str, _DraftEntity] = {}
        for entity, facts in self._entities.items():
            owner = owners.setdefault(self._owners.root(entity), entity)
            target = merged.setdefault(owner, facts)
            if target is not facts:
                target.name = target.name or facts.name
                target.label = target.label or facts.label
                target.names += facts.names
                target.notes += facts.notes
                target.tags += facts.tags
        for entity in dict.fromkeys((*ids.values(), *merged)):
            facts = merged.get(entity, _DraftEntity())
            yield AnnotatedEntity(entity, facts.name, facts.label, facts.names, (), facts.notes, facts.tags)


def is_offset(value: Any) -> bool:
    """Return whether a value from a file can be an offset: a whole number that is not negative."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def confidence_of(value: Any) -> float | None:
    """Return a value from a file as a confidence from 0 to 1, or None if it is none."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value <= 1 else None


def text_of(value: Any) -> str:
    """Return a value from a file if it is a string, else ""."""
    return value if isinstance(value, str) else ""


def without_machine_found(annotations: ImportedAnnotations) -> ImportedAnnotations:
    """Return annotations without the mentions that the file says only a machine found; they are counted."""
    annotated = annotations.annotated
    decided = [index for index, mention in enumerate(annotated.mentions) if mention.decided]
    count = len(annotated.mentions) - len(decided)
    if not count:
        return annotations
    mentions = tuple(annotated.mentions[index] for index in decided)
    anchors = annotations.anchors
    return replace(
        annotations,
        annotated=replace(annotated, mentions=mentions),
        anchors=None if anchors is None else tuple(anchors[index] for index in decided),
        omitted=Counter(annotations.omitted) + Counter({"machine-found mentions": count}),
    )


class Utf16Units:
    """Converts offsets in UTF-16 code units of a text to code points."""

    def __init__(self, text: str) -> None:
        self._unit_starts: list[int] = []
        """The offset in code units of every code point that has two."""
        for index, offset in enumerate(offset for offset, char in enumerate(text) if char > "\uffff"):
            self._unit_starts.append(offset + index)

    def code_point(self, unit: int) -> int:
        """Return an offset in code points."""
        return unit - bisect_left(self._unit_starts, unit)


class _CleanOffsets:
    """Maps offsets of a text as it is in a file to the same text as the program shows it: with LF as line ends."""

    def __init__(self, text: str) -> None:
        self._raw = text
        self.text = sanitize(text)
        self._removed = [match.start() for match in _CRLF.finditer(text)]
        self._utf16: Utf16Units | None = None

    @property
    def utf16(self) -> Utf16Units:
        """The UTF-16 code units of the text in the file."""
        if self._utf16 is None:
            self._utf16 = Utf16Units(self._raw)
        return self._utf16

    def clean_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return a span without outer white space in the clean text; None if nothing else is in it."""
        start, end = start - bisect_left(self._removed, start), end - bisect_left(self._removed, end)
        quote = self.text[start:end]
        inner = quote.strip()
        first = start + len(quote) - len(quote.lstrip())
        return (first, first + len(inner)) if inner else None


def _clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (one_line(tag, 40) for tag in tags))))
