"""Reads mailboxes (mbox, RFC 4155): one member per mail, numbered from 1."""

from __future__ import annotations

import re
from typing import Final

from reader.document.loaders.mail.header_text import header_text
from reader.document.raw_source import Member, RawSource
from reader.document.sanitize import one_line
from reader.structures.lazy_pattern import lazy_pattern

_SEPARATOR: Final = lazy_pattern(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n(?=>?[!-9;-~]+:)")
_QUOTED_FROM: Final = lazy_pattern(rb"^>(>*From )", re.MULTILINE)
_HEADER_END: Final = lazy_pattern(rb"\r?\n\r?\n")
_MAX_HEAD: Final = 65_536
_MAX_MAILS: Final = 200_000
_MAX_TITLE: Final = 120


class Mailbox:
    """A container of mails, numbered from 1."""

    def __init__(self, raw: RawSource) -> None:
        self._raw = raw
        self._messages = _messages(raw.data)
        if len(self._messages) > _MAX_MAILS:
            raise raw.error(f"a mailbox of more than {_MAX_MAILS:,} mails; divide the file")

    def members(self) -> tuple[Member, ...]:
        """Return the mails in the order of the file, with subject and sender."""
        return tuple(Member(str(number), _title(data), len(data)) for number, data in enumerate(self._messages, 1))

    def read(self, name: str) -> RawSource | None:
        """Return the mail of that number, or None."""
        if not (name.isascii() and name.isdecimal() and len(name) < 9):
            return None
        index = int(name) - 1
        if not 0 <= index < len(self._messages):
            return None
        return self._raw.member(_QUOTED_FROM.sub(rb"\1", self._messages[index]), name, "mail")


def open_container(raw: RawSource) -> Mailbox:
    """Divide a mailbox into its mails.

    Raises:
        DocumentError: There are too many.
    """
    return Mailbox(raw)


def _messages(data: bytes) -> list[bytes]:
    borders = [(match.start(), match.end()) for match in _SEPARATOR.finditer(data)]
    ends = [*(start for start, _ in borders), len(data)][1:]
    return [data[start:end] for (_, start), end in zip(borders, ends, strict=True)]


def _title(data: bytes) -> str:
    from email import message_from_bytes

    end = _HEADER_END.search(data, 0, _MAX_HEAD)
    message = message_from_bytes(data[: end.start() if end else _MAX_HEAD])
    parts = (header_text(message, "subject") or "(no subject)", header_text(message, "from"))
    return one_line(" · ".join(part for part in parts if part), _MAX_TITLE)
