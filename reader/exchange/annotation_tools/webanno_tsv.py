r"""WebAnno TSV 3.3, one file per document: named entities as a span layer, entities as a chain layer.

Offsets are UTF-16 code units, end exclusive. Texts are UTF-8; `\ [ ] | _ ; * TAB LF` are escaped where they occur in
values. Tokens are those of spaCy, split at the borders of mentions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from reader.exchange.annotated_document import annotated_documents
from reader.exchange.annotation_tools.tokens import sentences_of
from reader.exchange.atomic_files import atomic_writer
from reader.exchange.file_names import FileNames
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from pathlib import Path

    from reader.exchange.annotated_document import AnnotatedDocument, Exportable

SPAN_LAYER: Final = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
CHAIN_LAYER: Final = "de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation"
_ESCAPED: Final = lazy_pattern(r"->|[\\\[\]|_;*\t\n]")
_RELATION: Final = "*"


def write(readings: Iterable[Exportable], folder: Path, *, decided: bool = False) -> None:
    """Write one file per reading. See `ExportFormat.write_folder`."""
    names = FileNames()
    for document in annotated_documents(readings, decided=decided):
        with atomic_writer(folder / f"{names.unique(document.document.title)}.tsv") as out:
            out.write("".join(f"{line}\n" for line in lines_of(document)).encode())


def lines_of(document: AnnotatedDocument) -> Iterator[str]:
    """Yield the lines of the file of a document."""
    yield "#FORMAT=WebAnno TSV 3.3"
    yield f"#T_SP={SPAN_LAYER}"
    yield f"#T_CH={CHAIN_LAYER}"
    yield ""
    sentences = list(sentences_of(document, document.mentions))
    columns = _columns(document, [token.start for sentence in sentences for token in sentence])
    units = Utf16Offsets(document.text)
    for sentence_number, sentence in enumerate(sentences, 1):
        yield ""
        start, end = sentence[0].start, sentence[-1].end
        yield f"#Text={escape_text(document.text[start:end])}"
        for token_number, token in enumerate(sentence, 1):
            word = document.text[token.start : token.end]
            values = "\t".join(columns.get(token.start, ("_",) * 4))
            offsets = f"{units.of(token.start)}-{units.of(token.end)}"
            yield f"{sentence_number}-{token_number}\t{offsets}\t{word}\t{values}\t"


def _columns(document: AnnotatedDocument, token_starts: list[int]) -> dict[int, tuple[str, str, str, str]]:
    """Return the values of the four columns of each annotated token, by the offset of the token."""
    chain_numbers = {entity.id: number for number, entity in enumerate(document.entities, 1)}
    link_numbers: dict[str, int] = defaultdict(int)
    stacked: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    for number, mention in enumerate(document.mentions, 1):
        values = [f"{escape(mention.entity) or '*'}[{number}]", f"{escape(mention.label)}[{number}]", "_", "_"]
        if mention.entity:
            chain = chain_numbers[mention.entity]
            link_numbers[mention.entity] += 1
            link = link_numbers[mention.entity]
            values[2:] = [f"*[{chain}]", f"{_RELATION}->{chain}-{link}"]
        first, last = bisect_left(token_starts, mention.start), bisect_left(token_starts, mention.end)
        for start in token_starts[first:last]:
            stacked[start].append((values[0], values[1], values[2], values[3]))
    return {start: _stack(rows) for start, rows in stacked.items()}


def _stack(rows: list[tuple[str, str, str, str]]) -> tuple[str, str, str, str]:
    """Join the values of mentions that cover one token, each column by "|"."""
    joined = ["|".join(value for value in column if value != "_") or "_" for column in zip(*rows, strict=True)]
    return joined[0], joined[1], joined[2], joined[3]


def escape(value: str) -> str:
    """Escape what separates values."""
    return _ESCAPED.sub(lambda match: "".join(f"\\{char}" for char in match[0]) if match[0] != "\n" else "\\n", value)


def escape_text(text: str) -> str:
    """Escape the text of a sentence, which stands on one line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


class Utf16Offsets:
    """Converts offsets in code points to UTF-16 code units."""

    def __init__(self, text: str) -> None:
        astral = [offset for offset, char in enumerate(text) if char > "\uffff"]
        self._astral = astral

    def of(self, offset: int) -> int:
        """Return the offset in UTF-16 code units."""
        return offset + bisect_left(self._astral, offset)
