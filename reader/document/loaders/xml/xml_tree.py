"""Parses XML of unknown origin: nothing is fetched, and no entity of a document type is expanded."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, Final

from reader.document.encoding import declared_in_page, decode
from reader.document.raw_source import RawSource
from reader.document.sanitize import sanitize
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_ENTITY: Final = lazy_pattern(r"<!\[CDATA\[(?:(?!\]\]>).)*+|&([A-Za-z][\w.-]*;)", re.DOTALL)
_NAMED: Final = {name: char for name, char in html5.items() if not set(char) & set("&<>\"'")}
_PREDEFINED: Final = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_DECLARATION: Final = lazy_pattern(r"\ufeff?\s*<\?xml[^>]*\?>")
_DOCUMENT_TYPE: Final = lazy_pattern(r"<!DOCTYPE\b[^<>\[\]]*(?:\[(?:[^\]\"']++|\"[^\"]*+\"|'[^']*+')*+\]\s*)?>")
"""A document type with the entities that it declares."""


_MAX_ELEMENTS: Final = 300_000
_MAX_ENTITIES: Final = 2_000_000


class ParsedXml(NamedTuple):
    """The root element, or None if there is none, and what had to be assumed."""

    root: _Element | None
    encoding: str
    notices: tuple[str, ...]


def parse_xml(raw: RawSource) -> ParsedXml:
    """Parse XML. What is not well-formed is read as far as possible, with a notice.

    Raises:
        DocumentError: There are too many elements or entities.
    """
    from lxml import etree

    decoded = decode(raw.data, raw.charset or declared_in_page(raw.data), chosen=raw.encoding)
    source = _DECLARATION.sub("", sanitize(decoded.text), count=1)
    if source.count("<") > 2 * _MAX_ELEMENTS or source.count("&") > _MAX_ENTITIES:
        raise raw.error(f"XML of more than {_MAX_ELEMENTS:,} elements or {_MAX_ENTITIES:,} entities; divide the file")
    source = _DOCUMENT_TYPE.sub("", source, count=1)
    data = _ENTITY.sub(_without_entity, source).encode()
    notices = [decoded.notice] if decoded.notice else []
    root: _Element | None = None
    try:
        root = etree.fromstring(data, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        try:
            root = etree.fromstring(data, _parser(recover=True))
        except (etree.XMLSyntaxError, ValueError):
            root = None
        line = getattr(error, "lineno", None)
        notices.append(f"damaged XML{f' in line {line:,}' if line else ''}: some text may be missing")
    return ParsedXml(root, decoded.encoding, tuple(notices))


def _without_entity(match: re.Match[str]) -> str:
    """Return a named character for an entity, or the entity itself as text. CDATA sections stay."""
    name = match[1]
    if not name or name in _PREDEFINED:
        return match[0]
    return _NAMED.get(name) or f"&amp;{name}"


def _parser(*, recover: bool) -> XMLParser:
    from lxml import etree

    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
        recover=recover,
    )
