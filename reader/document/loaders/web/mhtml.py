"""Reads pages that a browser saved as one file (MHTML, RFC 2557), without their images."""

from __future__ import annotations

from dataclasses import replace

from reader.document.loaders.web import html
from reader.document.raw_source import LoadedContent, RawSource
from reader.structures.named_tuple import NamedTuple


class SavedPage(NamedTuple):
    """The web page in an MHTML archive."""

    data: bytes
    charset: str
    """The encoding that the archive declares, or ""."""
    url: str
    """The URL from which the page was saved, or ""."""


def load_content(raw: RawSource) -> LoadedContent:
    """Return the article of the web page in an archive.

    Raises:
        DocumentError: The archive contains no web page.
    """
    page = unpack_page(raw.data)
    if page is None:
        raise raw.error("the archive contains no web page")
    return html.load_content(replace(raw, data=page.data, charset=page.charset, url=page.url))


def unpack_page(data: bytes) -> SavedPage | None:
    """Return the first HTML part of an archive, or None if there is none."""
    from email import message_from_bytes
    from email.policy import default

    for part in message_from_bytes(data, policy=default).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                return SavedPage(body, part.get_content_charset(""), str(part.get("Content-Location", "")))
    return None
