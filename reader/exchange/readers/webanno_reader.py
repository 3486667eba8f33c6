r"""Reads WebAnno TSV 3: named entities in a span layer, coreference in a chain layer.

Offsets are UTF-16 code units. White space between sentences is not in the file and becomes line breaks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final

from reader.exchange.format import ExchangeError
from reader.exchange.importing.imported_annotations import AnnotationDraft, ImportedAnnotations, Utf16Units
from reader.exchange.importing.source_files import MAX_BYTES, SourceFile
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

_START: Final = "#FORMAT=WebAnno TSV 3"
_ROW: Final = lazy_pattern(r"(\d+)-(\d+)(?:\.\d+)?\t(\d{1,12})-(\d{1,12})\t(.*)")
_ESCAPE: Final = lazy_pattern(r"\\(.)", re.DOTALL)
_UNESCAPED_BAR: Final = lazy_pattern(r"((?:[^\\|]|\\.)*)(?:\||$)", re.DOTALL)
_NUMBERED: Final = lazy_pattern(r"(.*)\[(\d+)\]", re.DOTALL)
_LINK: Final = lazy_pattern(r".*?->(\d+)-(\d+)", re.DOTALL)
_NAME_FEATURES: Final = ("value", "label", "type", "entity", "class", "tag")
"""Features of a custom layer that are its label, the likeliest first."""
_NO_NAMES: Final = lazy_pattern(
    r"(?:\.|^)(?:POS|Lemma|MorphologicalFeatures|Stem|Dependency|Token|SurfaceForm)(?:$|\b)"
)


@dataclass(slots=True)
class _Layer:
    """The columns of one layer."""

    kind: str
    """"SP" for spans, "CH" for chains, "RL" for relations."""
    name: str
    features: list[str]
    first_column: int

    def column_of(self, *features: str) -> int | None:
        """Return the column of the first of the features that the layer has."""
        match = next((feature for feature in features if feature in self.features), None)
        return None if match is None else self.first_column + self.features.index(match)


@dataclass(slots=True)
class _Annotation:
    """A span under construction: rows of one annotation follow each other."""

    start: int
    end: int
    values: dict[int, str] = field(default_factory=dict)


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each file.

    Raises:
        ExchangeError: A file is not WebAnno TSV 3.
    """
    for file in files:
        text = file.decoded().replace("\r\n", "\n")
        if not text.startswith(_START):
            raise ExchangeError(f"{file.name} is not WebAnno TSV 3")
        try:
            yield _File(text.split("\n"), file.stem).annotations()
        except ExchangeError as error:
            raise ExchangeError(f"{file.name}: {error}") from None


class _File:
    """The layers, the text and the rows of one file."""

    def __init__(self, lines: Sequence[str], title: str) -> None:
        self._title = title
        self._layers: list[_Layer] = []
        self._rows: list[tuple[int, int, list[str]]] = []
        """The offsets (code units) and the values of each row."""
        self._sentences: list[tuple[int, str]] = []
        """The offset (code units) and the text of each sentence."""
        sentence: list[str] = []
        width = 0
        for number, line in enumerate(lines, 1):
            if line.startswith("#Text="):
                sentence.append(_unescaped(line.removeprefix("#Text=")))
            elif line.startswith("#T_"):
                layer = _layer(line, width)
                width += len(layer.features)
                self._layers.append(layer)
            elif line.strip() and not line.startswith("#"):
                row = _ROW.fullmatch(line)
                if row is None:
                    raise ExchangeError(f"line {number} is not a row of a token")
                start, end = int(row[3]), int(row[4])
                if sentence:
                    self._sentences.append((start, "\n".join(sentence)))
                    sentence = []
                _, *values = row[5].split("\t")
                self._rows.append((start, end, values))

    def annotations(self) -> ImportedAnnotations:
        """Return the annotations of the layers of names and coreference."""
        text = self._text()
        units = Utf16Units(text)
        draft = AnnotationDraft(text, self._title)
        span_layers = [layer for layer in self._layers if layer.kind == "SP"]
        names = [layer for layer in span_layers if layer.name.endswith("NamedEntity")]
        names = names or [layer for layer in span_layers if not _NO_NAMES.search(layer.name)]
        chains = self._chains()
        for layer in self._layers:
            if layer not in names and layer.kind != "CH":
                draft.omit(f"annotations of the layer {layer.name.rpartition('.')[2][:40]}", self._count(layer))
        placed: set[tuple[int, int]] = set()
        for layer in names:
            label_column = layer.column_of(*_NAME_FEATURES)
            label_column = layer.first_column if label_column is None else label_column
            id_column = layer.column_of("identifier")
            for annotation in self._annotations(layer):
                span = annotation.start, annotation.end
                identifier = annotation.values.get(id_column, "") if id_column is not None else ""
                label = annotation.values.get(label_column, "") or layer.name.rpartition(".")[2]
                placed.add(span)
                entity = identifier or chains.get(span, "")
                draft.add(units.code_point(span[0]), units.code_point(span[1]), label, entity=entity)
        if unnamed := len(chains.keys() - placed):
            draft.omit("coreference links without a name", unnamed)
        draft.omitted += type(draft.omitted)()  # drops counts of zero
        return draft.finish()

    def _text(self) -> str:
        parts: list[str] = []
        length = 0  # code units
        for start, sentence in self._sentences:
            gap = start - length
            if gap < 0 or gap > MAX_BYTES:
                raise ExchangeError(f"the sentence at {start:,} overlaps the one before it")
            parts += ["\n" * gap, sentence]
            length = start + len(sentence) + sum(char > "\uffff" for char in sentence)
        return "".join(parts)

    def _annotations(self, layer: _Layer) -> list[_Annotation]:
        """Return the annotations of a layer. Rows with the same number are one; a value without one is one."""
        numbered: dict[str, _Annotation] = {}
        annotations: list[_Annotation] = []
        columns = range(layer.first_column, layer.first_column + len(layer.features))
        for start, end, values in self._rows:
            stacks = {column: _stack(values[column]) for column in columns if column < len(values)}
            for index in range(max(map(len, stacks.values()), default=0)):
                row_values = {column: stack[index] for column, stack in stacks.items() if index < len(stack)}
                matches = {column: _NUMBERED.fullmatch(value) for column, value in row_values.items()}
                number = next((match[2] for match in matches.values() if match), "")
                annotation = numbered.get(number) if number else None
                if annotation is None:
                    annotation = _Annotation(start, end)
                    annotations.append(annotation)
                    if number:
                        numbered[number] = annotation
                annotation.start, annotation.end = min(annotation.start, start), max(annotation.end, end)
                for column, value in row_values.items():
                    match = matches[column]
                    plain = match[1] if match else value
                    if plain not in ("*", "_", ""):
                        annotation.values.setdefault(column, _unescaped(plain))
        return annotations

    def _chains(self) -> dict[tuple[int, int], str]:
        """Return the chain of each span of coreference layers; the first if it is in several."""
        links: dict[tuple[str, str, str], tuple[int, int]] = {}
        for layer in (layer for layer in self._layers if layer.kind == "CH"):
            column = layer.first_column + len(layer.features) - 1
            for start, end, values in self._rows:
                for value in _stack(values[column]) if column < len(values) else ():
                    if link := _LINK.fullmatch(value):
                        key = (layer.name, link[1], link[2])
                        first = links.get(key, (start, end))
                        links[key] = (min(first[0], start), max(first[1], end))
        chains: dict[tuple[int, int], str] = {}
        for (layer_name, chain, _), span in links.items():
            chains.setdefault(span, f"{layer_name.rpartition('.')[2].partition('|')[0]} {chain}")
        return chains

    def _count(self, layer: _Layer) -> int:
        counts: dict[str, int] = defaultdict(int)
        for annotation in self._annotations(layer):
            counts["all"] += bool(annotation.values)
        return counts["all"]


def _layer(line: str, width: int) -> _Layer:
    kind, _, description = line[3:].partition("=")
    name, *features = description.split("|")
    return _Layer(kind, name.strip(), [feature.rpartition(":")[2] for feature in features] or [""], width)


def _stack(cell: str) -> list[str]:
    """Return the values of a cell, which "|" separates; none for "_"."""
    if cell in ("", "_"):
        return []
    return [match[1] for match in _UNESCAPED_BAR.finditer(cell) if match[0]]


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(lambda match: {"n": "\n", "t": "\t", "r": "\r"}.get(match[1], match[1]), value)
