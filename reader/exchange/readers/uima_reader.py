"""Reads UIMA CAS in XMI or JSON with dkpro-cassis: `NamedEntity` annotations and coreference chains of DKPro Core."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any, Final

from reader.exchange.annotation_tools.uima_cas import CHAIN, LINK, NAMED_ENTITY
from reader.exchange.format import ExchangeError
from reader.exchange.importing.imported_annotations import AnnotationDraft, ImportedAnnotations, text_of
from reader.exchange.importing.source_files import SourceFile
from reader.structures.lazy_pattern import lazy_pattern

_MACHINE_ORIGINS: Final = frozenset(("model", "rule", "propagated"))
_STRUCTURE: Final = lazy_pattern(
    r"uima\.|org\.apache\.uima\.|.*\.segmentation\.type\.|.*\.metadata\.type\.|.*\.(?:CASMetadata|TagsetDescription)"
)
"""Types that say nothing of names: tokens, sentences, pages, metadata."""
_DOCTYPE: Final = lazy_pattern(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MAX_LINKS: Final = 100_000
"""Links followed in one chain: a damaged file can have a chain that never ends."""


def read_annotations(files: Sequence[SourceFile]) -> Iterator[ImportedAnnotations]:
    """Yield the annotations of each CAS. A type system is taken from a file of its own, if there is one.

    Raises:
        ExchangeError: dkpro-cassis is not installed, or a file is not a CAS.
    """
    if find_spec("cassis") is None:
        raise ExchangeError("dkpro-cassis is not installed; it comes with the extra “uima”")
    logging.getLogger("cassis").setLevel(logging.CRITICAL)
    type_systems = [file for file in files if b"typeSystemDescription" in file.data[:4096]]
    cas_files = [file for file in files if file not in type_systems and file.suffix not in (".txt", ".tsv", ".ann")]
    if not cas_files:
        raise ExchangeError("a type system without a CAS")
    for file in files:
        if _DOCTYPE.search(file.data):
            raise ExchangeError(f"{file.name} declares a document type, which a CAS never does")
    type_system: Any = None
    for file in cas_files:
        is_json = file.data.lstrip()[:1] == b"{"
        if type_system is None and not is_json:
            type_system = _load_type_system(type_systems)
        yield _draft_of(_load(file, type_system), file).finish()


def _load_type_system(type_systems: Sequence[SourceFile]) -> Any:
    """Return the type system of the import, or the one of DKPro Core."""
    from cassis import load_dkpro_core_typesystem, load_typesystem

    try:
        return load_typesystem(io.BytesIO(type_systems[0].data)) if type_systems else load_dkpro_core_typesystem()
    except (Exception, RecursionError):  # cassis raises whatever a damaged file leads to
        raise ExchangeError(f"{type_systems[0].name} is not a type system, or it is damaged") from None


def _load(file: SourceFile, type_system: Any) -> Any:
    """Return the CAS of a file; one in JSON has a type system of its own."""
    from cassis import load_cas_from_json, load_cas_from_xmi

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # types that are not in the type system
            if type_system is None or file.data.lstrip()[:1] == b"{":
                return load_cas_from_json(io.BytesIO(file.data))
            return load_cas_from_xmi(io.BytesIO(file.data), typesystem=type_system, lenient=True)
    except (Exception, RecursionError):  # as above
        raise ExchangeError(f"{file.name} is not a UIMA CAS, or it is damaged") from None


def _draft_of(cas: Any, file: SourceFile) -> AnnotationDraft:
    text = cas.sofa_string
    if not isinstance(text, str):
        raise ExchangeError(f"{file.name} has no text in its initial view")
    draft = AnnotationDraft(text, file.stem)
    try:
        views = len(cas.views) - 1
        annotations = [item for item in cas.select_all_annotations() if isinstance(_feature(item, "begin"), int)]
        chains, machine_found, links = _chains(cas)
    except (Exception, RecursionError):  # as above
        raise ExchangeError(f"{file.name} is damaged: its annotations cannot be read") from None
    if views > 0:
        draft.omit("further views", views)
    spans: set[tuple[Any, Any]] = set()
    other_types: Counter[str] = Counter()
    for item in annotations:
        name = item.type.name
        if name == NAMED_ENTITY:
            span = _feature(item, "begin"), _feature(item, "end")
            spans.add(span)
            entity = text_of(_feature(item, "identifier")) or chains.get(span, "")
            label = _feature(item, "value")
            draft.add(*span, label, entity=entity, machine=span in machine_found)
        elif name != LINK and not _STRUCTURE.match(name):
            other_types[f"annotations of the type {name.rpartition('.')[2][:40]}"] += 1
    draft.omitted += other_types
    if unnamed := len(links - spans):
        draft.omit("coreference links without a name", unnamed)
    return draft


def _chains(cas: Any) -> tuple[dict[Any, str], set[Any], set[Any]]:
    """Return the chain of each span, the spans that a machine found, and the spans of all links."""
    chains: dict[Any, str] = {}
    machine_found: set[Any] = set()
    links: set[Any] = set()
    if not cas.typesystem.contains_type(CHAIN):
        return chains, machine_found, links
    for number, chain in enumerate(cas.select(CHAIN), 1):
        link = _feature(chain, "first")
        for _ in range(_MAX_LINKS):
            if link is None:
                break
            span = _feature(link, "begin"), _feature(link, "end")
            if span in links and chains.get(span) == f"chain {number}":
                break  # a chain that leads back to itself
            links.add(span)
            chains.setdefault(span, f"chain {number}")
            if _feature(link, "referenceType") in _MACHINE_ORIGINS:
                machine_found.add(span)
            link = _feature(link, "next")
    return chains, machine_found, links


def _feature(item: Any, name: str) -> Any:
    return getattr(item, name, None)
