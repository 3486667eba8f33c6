"""The registry of exchange formats by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reader.exchange.format import ExportFormat
from reader.exchange.importing.import_format import ImportFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

_NESTED: Final = "mentions inside or across others"
_NOTES: Final = "notes and tags"
_LOG: Final = "the history of decisions"
_TEXT: Final = "the text"
_ENTITIES: Final = "entities and their aliases"
_NAMES: Final = "canonical names of entities"
_APART: Final = "which entities were kept apart"
_CONFIDENCE: Final = "the confidence of machine-found mentions"
_FINDER: Final = "who found a mention"

_EXPORT_FORMATS: Final = (
    ExportFormat(
        "jsonl",
        "one JSON object per document, lossless; offsets in Unicode code points",
        ".jsonl",
        "jsonl",
        is_separate=True,
    ),
    ExportFormat(
        "docbin",
        "spaCy DocBin to train pipelines, tokens of spaCy",
        ".spacy",
        "annotation_tools.docbin",
        (_NOTES, _LOG),
        is_binary=True,
    ),
    ExportFormat(
        "conll",
        "CoNLL-2003 columns in IOB2, tokens of spaCy",
        ".conll",
        "annotation_tools.conll",
        (_NESTED, _ENTITIES, _NOTES, _FINDER, _LOG, "white space"),
    ),
    ExportFormat(
        "conll-iob1",
        "CoNLL-2003 columns in IOB1, tokens of spaCy",
        ".conll",
        "annotation_tools.conll_iob1",
        (_NESTED, _ENTITIES, _NOTES, _FINDER, _LOG, "white space"),
    ),
    ExportFormat(
        "prodigy",
        "Prodigy tasks; offsets in Unicode code points, token ends inclusive",
        ".jsonl",
        "annotation_tools.prodigy",
        (_NESTED, _NOTES, _LOG),
    ),
    ExportFormat(
        "doccano",
        "doccano JSON Lines; offsets in Unicode code points",
        ".jsonl",
        "annotation_tools.doccano",
        (_NESTED, _NAMES, _APART, "notes on mentions and entities, and tags", _LOG),
    ),
    ExportFormat(
        "label-studio",
        "Label Studio tasks; offsets in Unicode code points",
        ".json",
        "annotation_tools.label_studio",
        ("notes on entities and the document, and tags", _LOG),
    ),
    ExportFormat(
        "brat",
        "brat standoff, a folder of .txt and .ann files; offsets in Unicode code points",
        "",
        "annotation_tools.brat",
        (_NAMES, _APART, "the note on the document, line breaks in notes, and tags", _CONFIDENCE, _LOG),
    ),
    ExportFormat(
        "webanno",
        "WebAnno TSV 3.3, a folder of files; offsets in UTF-16 code units",
        "",
        "annotation_tools.webanno_tsv",
        (_NAMES, _NOTES, _FINDER, _LOG, "white space between sentences"),
    ),
    ExportFormat(
        "uima",
        "UIMA CAS XMI with DKPro types, a folder of files (extra: uima); offsets in UTF-16 code units",
        "",
        "annotation_tools.uima_cas",
        (_NAMES, _NOTES, _CONFIDENCE, _LOG),
    ),
    ExportFormat(
        "web-annotation",
        "W3C Web Annotation, JSON-LD; offsets in Unicode code points",
        ".jsonld",
        "annotation_tools.web_annotation",
        ("the text outside of mentions", "notes and tags of entities and the document", _LOG),
    ),
    ExportFormat(
        "html", "a standalone page with highlights and an index of entities", ".html", "reports.html_page", (_LOG,)
    ),
    ExportFormat(
        "markdown",
        "a report in Markdown: entities, mentions in their sentences, notes",
        ".md",
        "reports.markdown_report",
        ("the text outside of sentences with mentions", "tags", _LOG),
    ),
    ExportFormat(
        "obsidian",
        "a folder of Obsidian notes: one per document and entity, linked",
        "",
        "reports.obsidian",
        ("links of " + _NESTED, "tags of mentions", _LOG),
    ),
    ExportFormat(
        "graphml", "entities that occur together, as GraphML", ".graphml", "networks.graphml", (_TEXT, _NOTES, _LOG)
    ),
    ExportFormat("gexf", "entities that occur together, for Gephi", ".gexf", "networks.gexf", (_TEXT, _NOTES, _LOG)),
    ExportFormat(
        "ftm",
        "FollowTheMoney JSON lines: persons, organizations, places and events",
        ".jsonl",
        "networks.follow_the_money",
        ("entities with other labels", "offsets of mentions", "tags of mentions", _LOG),
    ),
    ExportFormat(
        "nomenklatura",
        "merges and splits as judgements of nomenklatura",
        ".ijson",
        "networks.judgements",
        (_TEXT, "mentions", _NOTES),
        is_separate=True,
    ),
    ExportFormat(
        "csv",
        "a table of mentions; offsets in Unicode code points",
        ".csv",
        "lists.mention_table",
        (_TEXT, "notes and tags of entities and the document", _LOG),
    ),
    ExportFormat("aliases", "a table of entities and their names, as CSV", ".csv", "lists.alias_table", (_TEXT, _LOG)),
    ExportFormat(
        "patterns",
        "patterns for spaCy's EntityRuler",
        ".jsonl",
        "lists.entity_ruler",
        (_TEXT, "mentions", _NOTES, _LOG),
    ),
)

_IMPORT_FORMATS: Final = (
    ImportFormat("jsonl", "the lossless format of this program, with the history of decisions", "jsonl", has_log=True),
    ImportFormat("docbin", "spaCy DocBin: entities and span groups", "readers.docbin_reader"),
    ImportFormat("conll", "tokens in columns, as in CoNLL-2003: IOB1, IOB2 or BIOES", "readers.columns_reader"),
    ImportFormat("prodigy", "Prodigy tasks with spans", "readers.prodigy_reader"),
    ImportFormat("doccano", "doccano JSON Lines, with or without relations", "readers.doccano_reader"),
    ImportFormat("label-studio", "Label Studio tasks, JSON or JSON-MIN", "readers.label_studio_reader"),
    ImportFormat("brat", "brat standoff: an .ann file, or a folder of them", "readers.brat_reader"),
    ImportFormat("webanno", "WebAnno TSV 3: a file, or a folder of them", "readers.webanno_reader"),
    ImportFormat("uima", "UIMA CAS in XMI or JSON: a file, or a folder of them (extra: uima)", "readers.uima_reader"),
    ImportFormat("web-annotation", "W3C Web Annotation; does not have the text", "readers.web_annotation_reader"),
    ImportFormat("csv", "the table of mentions; does not have the text", "readers.mention_table_reader"),
    ImportFormat("aliases", "the table of entities and their names", "readers.alias_table_reader"),
)

FORMATS: Final[Mapping[str, ExportFormat]] = MappingProxyType({entry.name: entry for entry in _EXPORT_FORMATS})
"""The export formats, in the order of the help."""

READERS: Final[Mapping[str, ImportFormat]] = MappingProxyType({entry.name: entry for entry in _IMPORT_FORMATS})
"""The import formats, in the order of the help."""
