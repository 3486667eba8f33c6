"""UIMA CAS in XMI with the types of DKPro Core, for INCEpTION and other UIMA programs, written by dkpro-cassis.

One `.xmi` per document and one `TypeSystem.xml`. Mentions are `NamedEntity` annotations with the id of their entity as
`identifier`. Entities are coreference chains of `CoreferenceLink` annotations. Offsets in the files are UTF-16 code
units; dkpro-cassis converts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from reader.exchange.annotated_document import annotated_documents
from reader.exchange.annotation_tools.tokens import sentences_of
from reader.exchange.atomic_files import atomic_writer
from reader.exchange.file_names import FileNames
from reader.exchange.format import ExchangeError

if TYPE_CHECKING:
    from pathlib import Path

    from reader.exchange.annotated_document import AnnotatedDocument, AnnotatedMention, Exportable

TYPE_SYSTEM_FILE: Final = "TypeSystem.xml"
_DKPRO: Final = "de.tudarmstadt.ukp.dkpro.core.api"
NAMED_ENTITY: Final = f"{_DKPRO}.ner.type.NamedEntity"
LINK: Final = f"{_DKPRO}.coref.type.CoreferenceLink"
CHAIN: Final = f"{_DKPRO}.coref.type.CoreferenceChain"
TOKEN: Final = f"{_DKPRO}.segmentation.type.Token"
SENTENCE: Final = f"{_DKPRO}.segmentation.type.Sentence"


def write(readings: Iterable[Exportable], folder: Path, *, decided: bool = False) -> None:
    """Write one file per reading and the type system. See `ExportFormat.write_folder`.

    Raises:
        ExchangeError: dkpro-cassis is not installed.
    """
    if find_spec("cassis") is None:
        raise ExchangeError("dkpro-cassis is not installed; it comes with the extra “uima”")
    from cassis import load_dkpro_core_typesystem

    type_system = load_dkpro_core_typesystem()
    names = FileNames()
    for document in annotated_documents(readings, decided=decided):
        with atomic_writer(folder / f"{names.unique(document.document.title)}.xmi") as out:
            out.write(cas_of(document, type_system).to_xmi().encode())
    with atomic_writer(folder / TYPE_SYSTEM_FILE) as out:
        out.write(type_system.to_xml().encode())


def cas_of(document: AnnotatedDocument, type_system: Any) -> Any:
    """Return a document as a CAS with its tokens, sentences, mentions and entities."""
    from cassis import Cas

    cas = Cas(type_system)
    cas.sofa_string = document.text
    cas.sofa_mime = "text/plain"
    token_type, sentence_type = type_system.get_type(TOKEN), type_system.get_type(SENTENCE)
    for sentence in sentences_of(document, document.mentions):
        cas.add(sentence_type(begin=sentence[0].start, end=sentence[-1].end))
        cas.add_all([token_type(begin=token.start, end=token.end) for token in sentence])
    named_entity, link_type = type_system.get_type(NAMED_ENTITY), type_system.get_type(LINK)
    chain_type = type_system.get_type(CHAIN)
    links_by_entity: dict[str, list[Any]] = {}
    for mention in document.mentions:
        identifier = mention.entity or None
        cas.add(named_entity(begin=mention.start, end=mention.end, value=mention.label, identifier=identifier))
        if mention.entity:
            link = link_type(begin=mention.start, end=mention.end, referenceType=_finder(mention))
            links_by_entity.setdefault(mention.entity, []).append(link)
    for links in links_by_entity.values():
        for link, next_link in pairwise(links):
            link.next = next_link
        cas.add_all(links)
        cas.add(chain_type(first=links[0]))
    return cas


def _finder(mention: AnnotatedMention) -> str:
    """Return who answers for a mention: "user" if a person decided about it."""
    return "user" if mention.decided else mention.origin
