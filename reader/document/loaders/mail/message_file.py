"""Reads a mail: its headers, its text once, and its attachments as members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.document.blocks import Block, BlockKind
from reader.document.encoding import decode
from reader.document.loaders.compose import Composer, Composition, TextRun, join_compositions
from reader.document.loaders.html_fragment import compose_fragment
from reader.document.loaders.mail.header_text import header_text, iso_date
from reader.document.loaders.mail.message_parts import Attachment, MailText, split_message
from reader.document.loaders.plain import plain_blocks
from reader.document.raw_source import LoadedContent, Member, RawSource
from reader.document.sanitize import sanitize
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from email.message import Message

_SHOWN_HEADERS: Final = ("From", "To", "Cc", "Date")
_QUOTE_MARKS: Final = lazy_pattern(r"(?:> ?)*")
_MAX_PARTS: Final = 50_000
_NAMES_IN_NOTICE: Final = 5
_ENCRYPTED: Final = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")


def load_content(raw: RawSource) -> LoadedContent:
    """Return a mail: its subject as a heading, its main headers, and its text.

    Plain text is preferred to HTML. Quoted lines are blocks of their own kind. Attachments are listed in a notice.

    Raises:
        DocumentError: The mail is encrypted or cannot be parsed.
    """
    message = _parse(raw)
    texts, attachments = split_message(message)
    notices: list[str] = []
    bodies = [_composition(text, raw.encoding, notices) for text in texts]
    if not any(body.blocks for body in bodies) and message.get_content_type() in _ENCRYPTED:
        raise raw.error("an encrypted mail; decrypt it and save it again")
    if attachments:
        notices.append(_attachment_notice(attachments))
    if words := _words_after_parts(message):
        notices.append(f"left out: {words:,} {'word' if words == 1 else 'words'} after the last part of the mail")
    subject = header_text(message, "subject")
    return LoadedContent(
        *join_compositions(part for part in (_head(message, subject), *bodies) if part.blocks),
        title=subject,
        author=header_text(message, "from"),
        date=iso_date(header_text(message, "date")),
        notices=tuple(dict.fromkeys(notices)),
    )


class MailAttachments:
    """A container of the attachments and forwarded mails of a mail."""

    def __init__(self, raw: RawSource) -> None:
        self._raw = raw
        self._attachments = split_message(_parse(raw))[1]

    def members(self) -> tuple[Member, ...]:
        """Return the attachments and forwarded mails."""
        return tuple(Member(attachment.name, size=len(attachment.data)) for attachment in self._attachments)

    def read(self, name: str) -> RawSource | None:
        """Return an attachment or a forwarded mail, or None if there is none of that name."""
        for attachment in self._attachments:
            if attachment.name == name:
                return self._raw.member(attachment.data, name, "mail" if attachment.is_message else "")
        return None


def open_container(raw: RawSource) -> MailAttachments:
    """Return the attachments of a mail.

    Raises:
        DocumentError: The mail cannot be parsed.
    """
    return MailAttachments(raw)


def _parse(raw: RawSource) -> Message:
    from email import message_from_bytes

    if raw.data.count(b"\n--") > _MAX_PARTS and b"boundary" in raw.data:
        raise raw.error(f"a mail of more than {_MAX_PARTS:,} parts")
    try:
        return message_from_bytes(raw.data)
    except Exception as error:  # parts nested without end: RecursionError, and what else the library lets through
        raise raw.error("a damaged mail") from error


def _words_after_parts(message: Message) -> int:
    """Return how many words follow the last boundaries, where no mail program shows them."""
    return sum(len(part.epilogue.split()) for part in message.walk() if isinstance(part.epilogue, str))


def _head(message: Message, subject: str) -> Composition:
    composer = Composer()
    if subject:
        composer.heading = 1
        composer.add([TextRun(subject)])
        composer.heading = 0
    values = ((name, header_text(message, name.lower())) for name in _SHOWN_HEADERS)
    composer.add(*([TextRun(f"{name}: {value}")] for name, value in values if value))
    return composer.result()


def _composition(text: MailText, encoding: str, notices: list[str]) -> Composition:
    decoded = decode(text.data, text.charset, chosen=encoding)
    if decoded.notice:
        notices.append(decoded.notice)
    source = sanitize(decoded.text)
    if text.is_html:
        return compose_fragment(source)
    if text.is_flowed:
        source = _unflow(source, drops_space=text.drops_space)
    return Composition(source, _blocks(source), ())


def _unflow(text: str, *, drops_space: bool) -> str:
    """Join the lines of flowed text. The mark of a signature, "-- ", is not flowed."""
    lines: list[str] = []
    is_open, depth = False, ""
    for line in text.split("\n"):
        marks = _QUOTE_MARKS.match(line)
        quote = marks[0].replace(" ", "") if marks else ""
        body = line[len(quote) :].removeprefix(" ") if quote else line.removeprefix(" ")
        is_signature = body == "-- "
        if is_open and quote == depth and not is_signature:
            lines[-1] += body
        else:
            lines.append(f"{quote} {body}" if quote else body)
        is_open, depth = body.endswith(" ") and not is_signature, quote
        if is_open and drops_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text, without headings: short lines in mail are greetings and names."""
    return tuple(
        Block(block.start, block.end) if block.kind is BlockKind.HEADING else block for block in plain_blocks(text)
    )


def _attachment_notice(attachments: list[Attachment]) -> str:
    names = ", ".join(attachment.name for attachment in attachments[:_NAMES_IN_NOTICE])
    more = len(attachments) - _NAMES_IN_NOTICE
    count = "1 attachment" if len(attachments) == 1 else f"{len(attachments)} attachments"
    return f"{count}: {names}{f' and {more} more' if more > 0 else ''}; open as SOURCE::{attachments[0].name}"
