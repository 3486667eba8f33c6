"""Reads brat standoff: `.ann` files, each with the text in a `.txt` of the same name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from reader.exchange.format import ExchangeError
from reader.exchange.importing.imported_annotations import (
    DISCONTINUOUS,
    OTHER_RELATIONS,
    SAME_ENTITY,
    AnnotationDraft,
    ImportedAnnotations,
)
from reader.exchange.importing.source_files import SourceFile
from reader.structures.lazy_pattern import lazy_pattern

_SPAN: Final = lazy_pattern(r"(\S+) (\d{1,15} \d{1,15}(?:;\d{1,15} \d{1,15})*)")
_RELATION: Final = lazy_pattern(r"(\S+) \S+?:(\S+) \S+?:(\S+)")
_MACHINE: Final = "MachineFound"


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each text.

    Raises:
        ExchangeError: There is no `.ann` file, or one without its text, or a line that is no annotation.
    """
    texts = {file.base: file for file in files if file.suffix == ".txt"}
    annotation_files = [file for file in files if file.suffix == ".ann"]
    if not annotation_files:
        raise ExchangeError("no .ann file")
    for file in annotation_files:
        text_file = texts.get(file.base)
        if text_file is None:
            raise ExchangeError(f"{file.name} has no {file.stem}.txt next to it")
        draft = AnnotationDraft(text_file.decoded(), file.stem)
        annotations = file.decoded()
        try:
            _Standoff(draft, annotations).add()
        except ExchangeError as error:
            raise ExchangeError(f"{file.name}: {error}") from None
        yield draft.finish()


class _Standoff:
    """The annotations of one file."""

    def __init__(self, draft: AnnotationDraft, annotations: str) -> None:
        self._draft = draft
        self._mentions: dict[str, tuple[str, str, str]] = {}
        """The label, offsets and quote of each mention by its id."""
        self._links: list[Sequence[str]] = []
        self._references: dict[str, str] = {}
        self._notes: dict[str, list[str]] = {}
        self._machine_found: set[str] = set()
        for number, line in enumerate(annotations.splitlines(), 1):
            if line.strip() and not self._parse(line):
                raise ExchangeError(f"line {number} is not an annotation")

    def add(self) -> None:
        """Add the mentions, their entities and notes to the draft."""
        numbers = {identifier: self._add_mention(identifier) for identifier in self._mentions}
        for identifiers in self._links:
            for first, second in pairwise(identifiers):
                self._draft.link(numbers.get(first), numbers.get(second))

    def _parse(self, line: str) -> bool:
        """Keep what a line says; return whether it is an annotation."""
        identifier, _, content = line.partition("\t")
        middle, _, last = content.partition("\t")
        match identifier[:1]:
            case "T":
                span = _SPAN.fullmatch(middle)
                if span is None:
                    return False
                self._mentions[identifier] = (span[1], span[2], last)
            case "*":
                parts = middle.split()
                if len(parts) < 2:
                    return False
                self._link(parts[0], parts[1:])
            case "R":
                relation = _RELATION.fullmatch(middle.strip())
                if relation is None:
                    return False
                self._link(relation[1], [relation[2], relation[3]])
            case "N":
                parts = middle.split(" ", 2)
                if len(parts) == 3:
                    self._references[parts[1]] = parts[2]
            case "#":
                parts = middle.split()
                if len(parts) > 1 and last.strip():
                    self._notes.setdefault(parts[1], []).append(last)
            case "A" | "M":
                parts = middle.split()
                if parts[:1] == [_MACHINE] and len(parts) > 1:
                    self._machine_found.add(parts[1])
                else:
                    self._draft.omit("attributes")
            case "E":
                self._draft.omit("events")
            case _:
                return False
        return True

    def _link(self, kind: str, identifiers: Sequence[str]) -> None:
        if kind.lower().replace("_", " ").replace("-", " ") in SAME_ENTITY:
            self._links.append(identifiers)
        else:
            self._draft.omit(OTHER_RELATIONS)

    def _add_mention(self, identifier: str) -> int | None:
        label, offsets, quote = self._mentions[identifier]
        parts = sorted(tuple(map(int, part.split(" "))) for part in offsets.split(";"))
        text = self._draft.text or ""
        if any(text[part[1] : next_part[0]].strip() for part, next_part in pairwise(parts)):
            self._draft.omit(DISCONTINUOUS)
            return None
        return self._draft.add(
            parts[0][0],
            parts[-1][1],
            label,
            entity=self._references.get(identifier, ""),
            machine=identifier in self._machine_found,
            note="\n".join(self._notes.get(identifier, ())),
            quote=quote or None,
        )
