"""Text for the clipboard: an entity with its aliases, and a quote with its source."""

from __future__ import annotations

from collections.abc import Sequence

from reader.document import BlockKind, Document, one_line


def quote_of(document: Document, start: int, end: int) -> str:
    """Return a span of the text as it is pasted elsewhere.

    Line breaks inside blocks are spaces, except in code. Blocks are lines, with an empty line between them where the
    text has one; an item of a list has its marker if the span has its beginning.
    """
    first, last = document.block_index_at(start), document.block_index_at(max(end - 1, start))
    text = document.text
    if not document.blocks:
        return text[start:end]
    quote, previous_end = "", 0
    for block in document.blocks[first : last + 1]:
        part = text[max(block.start, start) : min(block.end, end)]
        if not part.strip():
            continue
        marker = f"{block.marker} " if block.marker and start <= block.start and first < last else ""
        if quote:
            quote += "\n\n" if text.count("\n", previous_end, block.start) > 1 else "\n"
        quote += marker + (part if block.kind is BlockKind.CODE else " ".join(part.split()))
        previous_end = block.end
    return quote


def citation(document: Document, start: int, end: int) -> str:
    """Return a span as a quote with author, title, date, page and source, as far as the document has them.

    For example: “The ferry sails at noon.” (Ada Quill, “A guide to the coast”, 2024-05-01, page 3, guide.pdf)
    """
    page = document.block_at(start).page if document.blocks else 0
    title = one_line(document.title)
    facts = [
        one_line(document.author),
        f"“{title}”" if title else "",
        one_line(document.date),
        f"page {page}" if page else "",
        "" if document.source == "-" else one_line(document.source),
    ]
    known_facts = ", ".join(filter(None, facts))
    quote = f"“{quote_of(document, start, end)}”"
    return f"{quote} ({known_facts})" if known_facts else quote


def entity_with_aliases(name: str, aliases: Sequence[str]) -> str:
    """Return the name of an entity and its other names, as in "World Health Organization (WHO; the agency)"."""
    other_names = [one_line(alias) for alias in dict.fromkeys(aliases) if alias != name]
    return f"{one_line(name)} ({'; '.join(other_names)})" if other_names else one_line(name)
