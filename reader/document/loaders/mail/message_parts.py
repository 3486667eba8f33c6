"""Tells the text of a mail from its attachments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from reader.document.loaders.mail.header_text import decode_words, header_text
from reader.document.sanitize import one_line
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from email.message import Message

_UNSAFE_IN_NAMES: Final = lazy_pattern(r"[\\/]|::")
_MAX_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class MailText:
    """A part with text of the author."""

    data: bytes
    charset: str
    is_html: bool
    is_flowed: bool = False
    """Whether a space at the end of a line means that the paragraph goes on (RFC 3676)."""
    drops_space: bool = False
    """Whether that space is not part of the text."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is a file or a forwarded mail."""

    name: str
    """Distinct in the mail."""
    data: bytes
    is_message: bool = False


def split_message(message: Message) -> tuple[list[MailText], list[Attachment]]:
    """Return the texts of a mail, each in its best form, and its attachments, both in order."""
    texts: list[MailText] = []
    attachments: list[Attachment] = []
    _collect(message, texts, attachments)
    return texts, list(_with_distinct_names(attachments))


def _collect(part: Message, texts: list[MailText], attachments: list[Attachment]) -> None:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        attachments += [_forwarded(message) for message in _parts(part)]
    elif part.is_multipart():
        parts = _parts(part)
        if kind == "multipart/alternative":
            _collect_best(parts, texts, attachments)
        else:
            for inner in parts:
                _collect(inner, texts, attachments)
    elif kind in ("text/plain", "text/html") and not _is_attached(part):
        texts.append(_mail_text(part, is_html=kind == "text/html"))
    elif name := _file_name(part):
        attachments.append(Attachment(name, _payload(part)))


def _collect_best(parts: list[Message], texts: list[MailText], attachments: list[Attachment]) -> None:
    """Collect the first form with plain words, else the first with any. Attachments of all forms are kept."""
    forms: list[list[MailText]] = []
    for part in parts:
        form: list[MailText] = []
        _collect(part, form, attachments)
        forms.append(form)
    filled = [form for form in forms if any(text.data.strip() for text in form)]
    plain = [form for form in filled if not any(text.is_html for text in form)]
    texts += next(iter(plain or filled), [])


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if not isinstance(inner, str)] if isinstance(payload, list) else []


def _mail_text(part: Message, *, is_html: bool) -> MailText:
    charset = flowed = drops = ""
    with suppress(Exception):  # parameters of headers break the library in ways of their own
        charset = part.get_content_charset("") or ""
    with suppress(Exception):
        flowed, drops = str(part.get_param("format", "")).lower(), str(part.get_param("delsp", "")).lower()
    return MailText(_payload(part), charset, is_html, flowed == "flowed", drops == "yes")


def _payload(part: Message) -> bytes:
    with suppress(Exception):  # an unknown transfer encoding, wrong padding
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            return payload
    return str(part.get_payload()).encode("utf-8", "surrogateescape")


def _is_attached(part: Message) -> bool:
    return header_text(part, "content-disposition").lower().startswith("attachment")


def _file_name(part: Message) -> str:
    """Return the name of an attached file; "" for pictures inside the text and parts that are neither."""
    is_picture = part.get_content_maintype() == "image"
    if is_picture and not _is_attached(part) and header_text(part, "content-id"):
        return ""
    name = ""
    with suppress(Exception):
        name = decode_words(part.get_filename("") or "")
    return _safe_name(name) or ("" if part.get_content_maintype() in ("multipart", "text") else part.get_content_type())


def _forwarded(message: Message) -> Attachment:
    data = b""
    with suppress(Exception):  # generators of mail fail on what parsers accept
        data = message.as_bytes()
    return Attachment(_safe_name(header_text(message, "subject")) or "forwarded mail", data, is_message=True)


def _safe_name(name: str) -> str:
    return one_line(_UNSAFE_IN_NAMES.sub("_", name), _MAX_NAME).strip(" .")


def _with_distinct_names(attachments: list[Attachment]) -> Iterator[Attachment]:
    names: set[str] = set()
    for attachment in attachments:
        name, number = attachment.name, 1
        while name in names:
            number += 1
            name = f"{number} {attachment.name}"
        names.add(name)
        yield Attachment(name, attachment.data, attachment.is_message)
