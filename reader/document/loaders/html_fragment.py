"""Loads pieces of HTML in which nothing is boilerplate: the text of a mail, an entry of a feed, a field of a record."""

from __future__ import annotations

from reader.document.encoding import decode
from reader.document.loaders.compose import Composer, Composition
from reader.document.loaders.web.html_blocks import add_tree, compose_tree
from reader.document.loaders.web.page_cleanup import parse_page, unroll_layout_tables
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import sanitize


def load_content(raw: RawSource) -> LoadedContent:
    """Return all of the text."""
    decoded = decode(raw.data, raw.charset)
    return LoadedContent(*compose_fragment(sanitize(decoded.text), raw.url), encoding=decoded.encoding)


def add_fragment(source: str, composer: Composer) -> None:
    """Add the text of sanitized HTML to a composer."""
    root = parse_page(source) if source.strip() else None
    if root is not None and root.body is not None:
        unroll_layout_tables(root)
        add_tree(root.body, composer)


def compose_fragment(source: str, url: str = "") -> Composition:
    """Return the text of sanitized HTML with its blocks and links; `url` resolves relative links."""
    root = parse_page(source) if source.strip() else None
    if root is None or root.body is None:
        return Composition("", (), ())
    unroll_layout_tables(root)
    return compose_tree(root.body, url)
