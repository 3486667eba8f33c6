"""`reader info SOURCE`: print the source, format, size and annotations of a document."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from reader.cli.arguments import add_source
from reader.cli.open_readings import Opener, finish
from reader.cli.output.table import align_columns, print_json, print_rows
from reader.display.counted import counted
from reader.document.sanitize import one_line
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.document import Document
    from reader.document.raw_source import RawSource

Facts: TypeAlias = dict[str, Any]
"""What is known, by name, in the order of printing: texts, numbers, lists of texts, or more facts."""

_WORD: Final = lazy_pattern(r"\w+")
_EPILOG: Final = """\
A web page is described as it was last fetched: its address, the address after
redirects, the time, and the SHA-256 of the saved bytes. SOURCE may be a member of
a file of many documents, such as mail.mbox::3.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    add_source(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table", help="output format; default: table")


def run(options: Options) -> int:
    """Print what is known of the source."""
    from reader.document import ManyDocumentsError
    from reader.document.loader_registry import loader_for
    from reader.document.loading import parse

    with Opener(options) as opener:
        raw = opener.read_source(options.source)
        facts = _source_facts(raw)
        facts["format"] = loader_for(raw).kind.removeprefix("a ").removeprefix("an ")
        try:
            document = parse(raw)
        except ManyDocumentsError as error:
            facts["documents"] = len(error.container.members)
        else:
            facts |= _document_facts(document)
            facts["annotations"] = _annotation_facts(opener, document)
        if options.format == "json":
            print_json(facts)
        else:
            print_rows(_rows(facts))
        return finish(opener)


def _source_facts(raw: RawSource) -> Facts:
    """Return where the bytes of a source come from."""
    from reader.document.document import digest_of
    from reader.document.loading import split_address
    from reader.document.sources.kept_pages import fetches

    path, *members = split_address(raw.source)
    facts: Facts = {"source": raw.source}
    if path != "-" and re.match(r"https?://", path, re.IGNORECASE):
        pages = fetches(path)
        if pages:
            page = pages[-1]
            facts |= {"address": page.url, "final_address": page.final_url}
            if page.redirects:
                facts["redirects"] = list(page.redirects)
            facts |= {"fetched": page.time, "media_type": page.media_type, "charset": page.charset}
            facts |= {"kept_bytes": str(page.path), "fetches": len(pages)}
    elif path != "-" and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", path):
        facts["path"] = os.path.abspath(path)  # noqa: PTH100 - keeps symbolic links
        if members:
            facts |= {"file_size": Path(path).stat().st_size, "member": "::".join(members)}
    return {key: value for key, value in facts.items() if value != ""} | {
        "size": len(raw.data),
        "bytes_digest": digest_of(raw.data),
    }


def _document_facts(document: Document) -> Facts:
    pages = max((block.page for block in document.blocks), default=0)
    facts: Facts = {
        "encoding": document.encoding,
        "chosen_encoding": document.choices.encoding,
        "all_text": document.choices.all_text or "",
        "title": document.title,
        "author": document.author,
        "date": document.date,
        "words": len(_WORD.findall(document.text)),
        "code_points": len(document.text),
        "blocks": len(document.blocks),
        "links": len(document.links),
        "pages": pages or "",
        "text_digest": document.digest,
        "notices": list(document.notices),
    }
    return {key: value for key, value in facts.items() if value not in ("", [])}


def _annotation_facts(opener: Opener, document: Document) -> Facts:
    """Return how much was annotated. Carries decisions over from an earlier text, as opening the document does."""
    from reader.annotate.effects.bookmarks import collect_bookmarks
    from reader.annotate.effects.notes import collect_notes
    from reader.display.excerpts import sentence_excerpt

    history = opener.store.history(document)
    opener.check_store()
    facts: Facts = {
        "steps": len(history.steps),
        "decisions": len(history.decisions),
        "undone_steps": len(history.undone),
        "orphans": len(history.orphans),
    }
    facts["notes"] = len(collect_notes(history.steps).notes)
    facts["bookmarks"] = [
        {"letter": letter, "start": offset, "sentence": sentence_excerpt(document, offset)}
        for letter, offset in collect_bookmarks(history.steps).items()
    ]
    remembered = opener.store.recall(document)
    if remembered is not None:
        facts["last_opened"] = remembered.opened
    return facts


def _rows(facts: Facts) -> list[str]:
    lines: list[tuple[str, str]] = []
    for name, value in facts.items():
        label = name.replace("_", " ")
        match value:
            case dict():
                lines.append((label, _summary(value)))
                rows = [f"{bookmark['letter']}  “{bookmark['sentence']}”" for bookmark in value["bookmarks"]]
                lines += [("bookmarks" if not index else "", row) for index, row in enumerate(rows)]
            case list():
                lines += [(label if not index else "", one_line(str(line))) for index, line in enumerate(value)]
            case int() if name in ("size", "file_size"):
                lines.append((label, f"{value:,} bytes"))
            case int():
                lines.append((label, f"{value:,}"))
            case _:
                lines.append((label, one_line(str(value))))
    return [f"{label}  {value}" for label, value in align_columns(lines)]


def _summary(facts: Facts) -> str:
    from reader.annotate.log.step_descriptions import local_time

    opened = f"; last opened {local_time(str(facts['last_opened']))}" if "last_opened" in facts else ""
    counts = (counted(facts[name], name[:-1]) for name in ("steps", "decisions", "notes", "orphans"))
    return f"{', '.join(counts)}; {facts['undone_steps']} undone{opened}"
