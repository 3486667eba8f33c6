"""Makes a document of each record of a table: one of its fields has the text, unread the title, author and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from itertools import islice
from typing import Final, TypeAlias

from reader.document.raw_source import Member, RawSource, StatedMetadata
from reader.document.sanitize import one_line, sanitize
from reader.structures.lazy_pattern import lazy_pattern

Record: TypeAlias = Mapping[str, str]
"""The texts of a record by the names of its fields."""

MAX_RECORDS: Final = 200_000
_SAMPLE: Final = 1_000
"""Records from which the field with the text is guessed."""
_TEXT_FIELDS: Final = frozenset(
    (
        *("text", "body", "content", "article", "fulltext", "full_text", "full text", "message", "document", "story"),
        *("article_text", "body_text", "content_text", "articlebody", "texte", "texto", "testo", "inhalt", "contenu"),
    )
)
_TEXT_FIELD_WEIGHT: Final = 4
_TITLE_FIELDS: Final = ("title", "headline", "heading", "subject", "titel", "titre", "titolo", "título")
_AUTHOR_FIELDS: Final = ("author", "authors", "byline", "creator", "user.screen_name", "user.name", "from", "autor")
_DATE_FIELDS: Final = (
    *("date", "published", "publishedat", "published_at", "pubdate", "publish_date", "date_published"),
    *("created_at", "createdat", "created", "timestamp", "datetime", "datum"),
)
_HTML: Final = lazy_pattern(r"<(?:p|br|div|li|h[1-6]|blockquote|table)\b[^<>]*>", re.IGNORECASE)
_SPACES: Final = lazy_pattern(r"\S\s+\S")
_LETTER: Final = lazy_pattern(r"[^\W\d_]")
_MAX_TITLE: Final = 120
_FIELDS_IN_MESSAGE: Final = 8
_ADDRESS: Final = lazy_pattern(r"(?:(.+):)?([0-9]{1,9})", re.DOTALL)


class RecordContainer:
    """A container of the records of a table. Members are numbered from 1: `table.csv::3`.

    If the user chose the field with the text, the names of the members have it: `table.csv::summary:3`.
    """

    def __init__(self, raw: RawSource, records: Callable[[], Iterator[Record]], encoding: str, notice: str) -> None:
        """Use the records of a file.

        Args:
            raw: The file.
            records: Returns the records in order.
            encoding: The encoding in which the file was decoded.
            notice: What each document says about that, or "".
        """
        self._raw = raw
        self._decoded = raw.decoded_as(encoding)
        self._records = records
        self._notice = notice
        sample = list(islice(records(), _SAMPLE))
        self._weights = _weights(sample)
        self._fields = list(self._weights)
        self._spellings: dict[str, list[str]] = {}
        """The fields by their names in lower case."""
        for field in self._fields:
            self._spellings.setdefault(field.casefold(), []).append(field)
        self._chosen = self._field(raw.field) if raw.field else ""
        self._iterator = enumerate(records(), 1)
        self._last = 0
        """The number of the record that the iterator returned last."""

    def members(self) -> tuple[Member, ...]:
        """Return the records that have text.

        Raises:
            DocumentError: There are too many records.
        """
        field = self._chosen or self._guessed()
        prefix = f"{_address(field)}:" if self._chosen else ""
        title_field = self._one_of(_TITLE_FIELDS, field)
        members = []
        for number, record in enumerate(self._records(), 1):
            if number > MAX_RECORDS:
                raise self._raw.error(f"more than {MAX_RECORDS:,} records; divide the file")
            text = record.get(field, "")
            if text.strip():
                title = one_line(record.get(title_field, "")[:500], _MAX_TITLE) or one_line(text[:500], _MAX_TITLE)
                members.append(Member(f"{prefix}{number}", title, len(text)))
        return tuple(members)

    def read(self, name: str) -> RawSource | None:
        """Return the text of a record with its title above it, or None if there is no such record."""
        address = _ADDRESS.fullmatch(name)
        if address is None:
            return None
        field = self._field(address[1]) if address[1] else self._chosen or self._guessed()
        record = self._record(int(address[2]))
        return None if record is None else self._document(record, field)

    def _record(self, number: int) -> Record | None:
        """Return a record. Records that are read in order are parsed once."""
        if number <= self._last:
            self._iterator, self._last = enumerate(self._records(), 1), 0
        for position, record in self._iterator:
            self._last = position
            if position == number:
                return record
        self._iterator, self._last = enumerate(self._records(), 1), 0
        return None

    def _document(self, record: Record, field: str) -> RawSource:
        title, author, date = (
            one_line(record.get(self._one_of(names, field), ""))
            for names in (_TITLE_FIELDS, _AUTHOR_FIELDS, _DATE_FIELDS)
        )
        text = record.get(field, "")
        is_html = _HTML.search(text) is not None
        if title and text.strip() and not one_line(text[: 2 * len(title)]).startswith(title):
            text = f"<h1>{escape(title)}</h1>\n{text}" if is_html else f"{title}\n\n{text}"
        notices = (self._notice, self._field_notice(record, field))
        return RawSource(
            sanitize(text).encode(),
            self._raw.source,
            format="fragment" if is_html else "plain",
            charset="utf-8",
            stated=StatedMetadata(title, author, date, tuple(notice for notice in notices if notice)),
            decoded=self._decoded,
        )

    def _field_notice(self, record: Record, field: str) -> str:
        """Return which field is read, unless there is no other, and which are left out."""
        used = {field, *(self._one_of(names, field) for names in (_TITLE_FIELDS, _AUTHOR_FIELDS, _DATE_FIELDS))}
        unread = (one_line(name, 30) for name, value in record.items() if name not in used and value.strip())
        first = list(islice(unread, _FIELDS_IN_MESSAGE + 1))
        if not first:
            return ""
        names = ", ".join(first[:_FIELDS_IN_MESSAGE]) + (" …" if len(first) > _FIELDS_IN_MESSAGE else "")
        advice = "" if self._chosen else "; --field NAME reads another"
        return f"the text is in {one_line(field, 30)}; left out: {names}{advice}"

    def _guessed(self) -> str:
        """Return the field with the most words; names such as "text" count more.

        Raises:
            DocumentError: No field has text.
        """
        field = max(self._fields, key=self._weights.__getitem__, default="")
        if not field or not self._weights[field]:
            raise self._raw.error("no column or field with text")
        return field

    def _field(self, name: str) -> str:
        for normalize in (str, str.casefold, _address):
            for field in self._fields:
                if normalize(field) == normalize(name):
                    return field
        names = ", ".join(one_line(field, 30) for field in self._fields[:_FIELDS_IN_MESSAGE])
        raise self._raw.error(f"no column or field {one_line(name, 30)!r}; there are: {names}")

    def _one_of(self, names: tuple[str, ...], text_field: str) -> str:
        """Return the field with the first of some names, "" if there is none; never the one with the text."""
        fields = (field for name in names for field in self._spellings.get(name, ()) if field != text_field)
        return next(fields, "")


def _address(field: str) -> str:
    """Return the name of a field as addresses have it."""
    return field.replace("::", "__")


def _weights(sample: list[Record]) -> dict[str, float]:
    """Return how likely each field has the text: by its letters in values of several words, and by its name."""
    weights: dict[str, float] = {}
    for record in sample:
        for name, value in record.items():
            size = 0.0
            if _SPACES.search(value[:2_000]):
                size = len(value)
            elif _LETTER.search(value[:100]):
                size = 0.1
            weights[name] = weights.get(name, 0.0) + size
    for name in weights:
        if name.casefold().rpartition(".")[2] in _TEXT_FIELDS:
            weights[name] *= _TEXT_FIELD_WEIGHT
    return weights
