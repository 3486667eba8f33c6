"""Texts that an import saves in the data directory: a first line with the title, then the text as it is.

The first line makes sure that the text is read back exactly, whatever it looks like: an annotated web page or mail is
text here, with the offsets that its annotations have.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reader.document.signatures import SAVED_TEXT

if TYPE_CHECKING:
    from reader.document.raw_source import LoadedContent, RawSource


def saved_text(text: str, title: str, notice: str) -> bytes:
    """Return the bytes of a text that is safe for a terminal, with its title and a line about where it is from."""
    header = json.dumps({"title": title, "notice": notice})
    return SAVED_TEXT + header.encode() + b"\n" + text.encode("utf-8", "replace")


def load_content(raw: RawSource) -> LoadedContent:
    """Return the text with its blocks."""
    from reader.document.loaders.plain import plain_blocks
    from reader.document.raw_source import LoadedContent
    from reader.document.sanitize import one_line, sanitize

    first_line, _, data = raw.data.partition(b"\n")
    text = sanitize(data.decode("utf-8", "replace"))
    try:
        header = json.loads(first_line.removeprefix(SAVED_TEXT))
        title, notice = one_line(str(header["title"])), one_line(str(header["notice"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        title, notice = "", "the first line, with the title, is damaged"
    return LoadedContent(text, plain_blocks(text), title=title, notices=(notice,) if notice else ())
