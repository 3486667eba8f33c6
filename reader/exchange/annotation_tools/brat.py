"""brat standoff: for each document, the text in a `.txt` and its annotations in an `.ann` of the same name.

Offsets are code points of the `.txt`, end exclusive; a mention over several lines is written in one part per line, as
brat asks. `*` lines list the mentions of one entity, `#` lines hold notes. The attribute `MachineFound` marks mentions
that no person decided about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from reader.exchange.annotated_document import annotated_documents
from reader.exchange.atomic_files import atomic_writer
from reader.exchange.file_names import FileNames
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from pathlib import Path

    from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedMention, Exportable

_LINE: Final = lazy_pattern(r"[^\n]+")
_CONFIGURATION: Final = "annotation.conf"


def write(readings: Iterable[Exportable], folder: Path, *, decided: bool = False) -> None:
    """Write two files per reading and the configuration that declares the labels. See `ExportFormat.write_folder`."""
    names, labels = FileNames(), set[str]()
    for document in annotated_documents(readings, decided=decided):
        name = names.unique(document.document.title)
        _write_file(folder / f"{name}.txt", document.text)
        _write_file(folder / f"{name}.ann", "".join(f"{line}\n" for line in annotation_lines(document)))
        labels |= {mention.label for mention in document.mentions}
    _write_file(folder / _CONFIGURATION, _configuration(labels))


def annotation_lines(document: AnnotatedDocument) -> Iterator[str]:
    """Yield the lines of the `.ann` file."""
    by_entity: dict[str, list[str]] = {}
    notes: list[tuple[str, str]] = []
    machine_found: list[str] = []
    for number, mention in enumerate(document.mentions, 1):
        identifier = f"T{number}"
        yield f"{identifier}\t{mention.label} {_offsets(document, mention)}\t{_joined(document.quote(mention))}"
        if mention.entity:
            by_entity.setdefault(mention.entity, []).append(identifier)
        if mention.note:
            notes.append((identifier, mention.note))
        if not mention.decided:
            machine_found.append(identifier)
    for entity in document.entities:
        identifiers = by_entity.get(entity.id, [])
        if len(identifiers) > 1:
            yield f"*\tEquiv {' '.join(identifiers)}"
        if identifiers:
            notes += [(identifiers[0], note) for note in entity.notes]
    yield from (f"A{number}\tMachineFound {identifier}" for number, identifier in enumerate(machine_found, 1))
    for number, (identifier, note) in enumerate(notes, 1):
        yield f"#{number}\tAnnotatorNotes {identifier}\t{_joined(note)}"


def _offsets(document: AnnotatedDocument, mention: AnnotatedMention) -> str:
    parts = _LINE.finditer(document.text, mention.start, mention.end)
    return ";".join(f"{part.start()} {part.end()}" for part in parts)


def _joined(text: str) -> str:
    return " ".join(_LINE.findall(text)).replace("\t", " ")


def _configuration(labels: Iterable[str]) -> str:
    lines = ["[entities]", *sorted(labels), "[relations]", "<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"]
    lines += ["[events]", "[attributes]", "MachineFound Arg:<ENTITY>"]
    return "".join(f"{line}\n" for line in lines)


def _write_file(path: Path, text: str) -> None:
    with atomic_writer(path) as out:
        out.write(text.encode())
