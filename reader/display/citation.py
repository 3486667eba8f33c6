"""Text for the clipboard: an entity with its aliases, and a quote with its source."""

from __future__ import annotations

from collections.abc import Sequence

from reader.document import Document, one_line


def quote_of(document: Document, start: int, end: int) -> str:
    """Return a span of the text as it is pasted elsewhere: line breaks inside blocks are spaces, blocks are lines."""
    first, last = document.block_index_at(start), document.block_index_at(max(end - 1, start))
    if not document.blocks:
        return document.text[start:end]
    parts = [
        document.text[max(block.start, start) : min(block.end, end)] for block in document.blocks[first : last + 1]
    ]
    return "\n".join(" ".join(part.split()) for part in parts if part.strip())


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
    others = [one_line(alias) for alias in dict.fromkeys(aliases) if alias != name]
    return f"{one_line(name)} ({'; '.join(others)})" if others else one_line(name)
