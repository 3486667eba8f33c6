"""Reads feeds (RSS 0.9 to 2.0, Atom): one member per entry."""

from __future__ import annotations

from html import escape, unescape
from typing import TYPE_CHECKING, Final

from reader.document.loaders.mail.header_text import iso_date
from reader.document.loaders.office.zip_package import attribute, local_name, web_address
from reader.document.loaders.xml.xml_tree import parse_xml
from reader.document.raw_source import Member, RawSource, StatedMetadata
from reader.document.sanitize import one_line
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRIES: Final = ("{*}item", "{*}entry")
_TEXTS: Final = ("encoded", "content", "description", "summary")
"""Elements with the text of an entry, the fullest first."""
_MARKUP: Final = lazy_pattern(r"</?[A-Za-z][^<>]*>|&[#\w]+;")
_PARAGRAPH_END: Final = lazy_pattern(r"\n\s*\n")
_MAX_TITLE: Final = 120


class Feed:
    """A container of the entries of a feed, numbered from 1 in the order of the file."""

    def __init__(self, raw: RawSource) -> None:
        self._raw = raw
        parsed = parse_xml(raw)
        self._notices = parsed.notices
        self._decoded = raw.decoded_as(parsed.encoding)
        self._entries = [] if parsed.root is None else list(parsed.root.iter(*_ENTRIES))
        """In RSS 1.0, the channel has an element "items", but only entries are named "item"."""

    def members(self) -> tuple[Member, ...]:
        """Return the entries with title and date."""
        return tuple(
            Member(str(number), _line(entry), len(_html(entry))) for number, entry in enumerate(self._entries, 1)
        )

    def read(self, name: str) -> RawSource | None:
        """Return the title and text of an entry, or None if there is none of that number."""
        if not (name.isascii() and name.isdecimal() and len(name) < 9 and 1 <= int(name) <= len(self._entries)):
            return None
        entry = self._entries[int(name) - 1]
        title = _title(entry)
        return RawSource(
            f"<h1>{escape(title)}</h1>\n{_html(entry)}".encode(),
            self._raw.source,
            format="fragment",
            charset="utf-8",
            url=_link(entry) or self._raw.url,
            stated=StatedMetadata(title, _author(entry), _date(entry), self._notices),
            decoded=self._decoded,
        )


def open_container(raw: RawSource) -> Feed:
    """Return the entries of a feed; none if it cannot be parsed.

    Raises:
        DocumentError: There are too many elements.
    """
    return Feed(raw)


def _children(entry: _Element, *names: str) -> list[_Element]:
    """Return the children with one of these names, in the order of the names."""
    return [child for name in names for child in entry if local_name(child) == name]


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _title(entry: _Element) -> str:
    """Return the title of an entry. Titles may contain escaped HTML."""
    text = next((text for child in _children(entry, "title") if (text := _text(child)).strip()), "")
    return one_line(unescape(_MARKUP.sub(lambda tag: "" if tag[0][0] == "<" else tag[0], unescape(text))))


def _html(entry: _Element) -> str:
    """Return the fullest text of an entry as HTML."""
    from lxml import etree

    for child in _children(entry, *_TEXTS):
        if any(local_name(inner) for inner in child):
            parts = (etree.tostring(inner, encoding="unicode") for inner in child)
            source = escape(str(child.text or "")) + "".join(parts)
        else:
            source = _text(child)
            if not _MARKUP.search(source):
                source = "".join(f"<p>{escape(part)}</p>" for part in _PARAGRAPH_END.split(source) if part.strip())
        if source.strip():
            return source
    return ""


def _link(entry: _Element) -> str:
    for child in _children(entry, "link"):
        if attribute(child, "rel") in ("", "alternate") and (
            url := web_address(attribute(child, "href") or _text(child).strip())
        ):
            return url
    return ""


def _author(entry: _Element) -> str:
    names = []
    for child in _children(entry, "creator", "author"):
        inner = _children(child, "name")
        names.append(one_line(_text(inner[0] if inner else child)))
    return ", ".join(name for name in dict.fromkeys(names) if name)


def _date(entry: _Element) -> str:
    for child in _children(entry, "pubDate", "published", "date", "updated"):
        if value := one_line(_text(child)):
            return value if value[:4].isdecimal() else iso_date(value)
    return ""


def _line(entry: _Element) -> str:
    return one_line(" · ".join(part for part in (_title(entry) or "(no title)", _date(entry)[:10]) if part), _MAX_TITLE)
