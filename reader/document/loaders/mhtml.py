"""Reads pages that a browser saved as one file (MHTML, RFC 2557), without their images."""

from __future__ import annotations

from typing import NamedTuple


class SavedPage(NamedTuple):
    """The web page in an MHTML archive."""

    data: bytes
    charset: str
    """The encoding that the archive declares, or ""."""
    url: str
    """The URL from which the page was saved, or ""."""


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
