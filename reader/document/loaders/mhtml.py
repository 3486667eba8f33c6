"""Pages that a browser saved as one file (MHTML, RFC 2557): the page itself, without its pictures."""

from __future__ import annotations

from typing import NamedTuple


class SavedPage(NamedTuple):
    """The page in an archive."""

    data: bytes
    charset: str
    """As the archive declares it, or ""."""
    url: str
    """Where it was saved from, or ""."""


def unpack_page(data: bytes) -> SavedPage | None:
    """Return the first HTML part of an archive, None if there is none."""
    from email import message_from_bytes
    from email.policy import default

    for part in message_from_bytes(data, policy=default).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                return SavedPage(body, part.get_content_charset(""), str(part.get("Content-Location", "")))
    return None
