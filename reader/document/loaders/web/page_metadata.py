"""Reads the title, author and date of a web page from its metadata, or else from the page itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from reader.document.sanitize import one_line
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES: Final = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "headline",
    "parsely-title",
)
_AUTHORS: Final = (
    *("author", "article:author", "og:article:author", "byl", "dc.creator", "dcterms.creator", "citation_author"),
    *("parsely-author", "sailthru.author", "twitter:creator"),
)
_DATES: Final = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dcterms.date"),
    *("dc.date.issued", "dcterms.created", "citation_publication_date", "citation_date", "pubdate", "publishdate"),
    *("publish-date", "parsely-pub-date", "sailthru.date", "originalpublicationdate", "article:published"),
)
_SITES: Final = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "twitter:site")
_ARTICLE_TYPES: Final = lazy_pattern(
    r"(?:Article|BlogPosting|Posting|Report|Recipe|Review|HowTo|QAPage|Question|Product|WebPage|CreativeWork|Book|Event)$"
)
_SITE_TYPES: Final = frozenset(("WebSite", "Organization", "NewsMediaOrganization"))
_DEEPEST_JSON: Final = 6
_DAY: Final = lazy_pattern(r"\s*((?:19|20)\d\d)-(\d\d)-(\d\d)(?=$|[T\s])")
_SEPARATORS: Final = lazy_pattern(r"\s+[|\-–—·•»«:]+\s+|:\s+|\s*[|»·]\s*")
_ANCHOR: Final = lazy_pattern(r"\s*[¶#§🔗]\Z")
"""The link to a heading that generators of documentation write after it."""
_NOT_WORD: Final = lazy_pattern(r"\W+")
_BY: Final = lazy_pattern(r"\A(?:by|von|par|por|di|door|af|av)\s+", re.IGNORECASE)
_TITLE_CLASS: Final = lazy_pattern(r"title|headline", re.IGNORECASE)
_SITE_CLASS: Final = lazy_pattern(r"site|logo|brand|masthead|blog-?(?:title|name)", re.IGNORECASE)
_MIN_SHARED: Final = 0.5
"""Share of a headline's words that a stated title shares with it."""


@dataclass
class PageMetadata:
    """What the head of a page says about it."""

    titles: list[str] = field(default_factory=list)
    """The stated titles, the most reliable first."""
    authors: list[str] = field(default_factory=list)
    date: str = ""
    """In ISO 8601 format, or "" if unknown."""
    sites: set[str] = field(default_factory=set)
    """Names of the site, folded."""


def read_metadata(root: HtmlElement, url: str = "") -> PageMetadata:
    """Return the metadata of a page. The page is only searched for an author and a date that its head lacks."""
    values: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = element.get("content")
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if content and name and content.strip():
            values.setdefault(name.lower(), []).append(one_line(content))
    items = [
        item for script in root.iter("script") if "ld+json" in (script.get("type") or "") for item in _items(script)
    ]
    articles = [item for item in items if any(_ARTICLE_TYPES.search(kind) for kind in _types(item))]
    metadata = PageMetadata()
    headlines = [_text(item.get("headline")) for item in articles[:1]]
    page_title = one_line(str(root.findtext(".//title") or ""))
    stated = [title for name in _TITLES[:2] for title in values.get(name, ())[:1]]
    uncommon = [title for name in _TITLES[2:] for title in values.get(name, ())[:1]]
    metadata.titles = [title for title in (*stated, *headlines, page_title, *uncommon) if title]
    metadata.sites = {
        folded for name in _SITES for value in values.get(name, ()) if (folded := _fold(value.lstrip("@")))
    }
    for item in items:
        named = item if _types(item) & _SITE_TYPES else item.get("publisher")
        metadata.sites |= {_fold(name) for name in _names(named)}
    metadata.sites.discard("")
    metadata.authors = _authors(values, articles, root)
    metadata.date = _date(values, articles, root, url)
    return metadata


def headline_of(root: HtmlElement, metadata: PageMetadata, url: str = "") -> str:
    """Return the title of a page: the headline in it that a stated title contains, else a stated one without the site.

    Sites add their names to titles, and write their names as headings.
    """
    sites = _with_host(metadata.sites, url)
    headings = _headings(root, sites)
    stated = [title for title in metadata.titles if _fold(title) not in sites]
    best = ""
    for title in stated:
        folded = _fold(title)
        for heading in headings:
            words = _fold(heading)
            is_part = folded.startswith(words) or folded.endswith(words)
            is_longer = is_part and len(words) > len(_fold(best))
            if is_longer and not _is_site_part(title, heading, [*metadata.titles, *headings]):
                best = heading
        if best:
            return best
    shared = [heading for heading in headings if any(_shares_words(heading, title) for title in stated)]
    if shared:
        return shared[0]
    if stated:
        return _without_site(stated[0], sites, metadata.titles)
    return headings[0] if headings else next(iter(metadata.titles), "")


def _headings(root: HtmlElement, sites: set[str]) -> list[str]:
    """Return the headings that may be the headline: not the name of the site, nor a link to its start page."""
    first: list[str] = []
    later: list[str] = []
    for element in root.iter("h1", "h2", "h3"):
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        is_titled = _TITLE_CLASS.search(names) is not None and not _SITE_CLASS.search(names)
        if element.tag != "h1" and not is_titled:
            continue
        text = _ANCHOR.sub("", one_line(str(element.text_content())))
        if not text or _fold(text) in sites or _links_home(element) or _SITE_CLASS.search(names):
            continue
        (first if is_titled and element.tag == "h1" else later).append(text)
    return first + later


def _links_home(element: HtmlElement) -> bool:
    link = element.find(".//a")
    if link is None and (parent := element.getparent()) is not None and parent.tag == "a":
        link = parent
    if link is None:
        return False
    href = (link.get("href") or "").strip()
    if href in ("/", "./", "../", "index.html", "/index.html", "#", "."):
        return True
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return bool(parts.netloc) and parts.path in ("", "/", "/index.html") and not parts.query


def _is_site_part(title: str, heading: str, lines: list[str]) -> bool:
    """Return whether a heading is the part of a title that names the site.

    That is the last part, if it is the shorter one, or if one of `lines`, the other titles and headings, is the rest.
    """
    parts = [_fold(part) for part in _SEPARATORS.split(title)]
    folded = _fold(heading)
    if len(parts) < 2 or folded != parts[-1]:
        return False
    return any(_fold(line) == "".join(parts[:-1]) for line in lines) or len(parts[0]) > len(folded)


def _without_site(title: str, sites: set[str], titles: list[str]) -> str:
    """Return a stated title without the name of the site at its start or end."""
    separators = list(_SEPARATORS.finditer(title))
    if not separators:
        return title
    first, last = separators[0], separators[-1]
    if _fold(title[last.end() :]) in sites:
        return title[: last.start()].strip()
    if _fold(title[: first.start()]) in sites:
        return title[first.end() :].strip()
    shorter = [line for line in titles if line != title and title.startswith(line)]
    return min(shorter, key=len) if shorter else title


def _with_host(sites: set[str], url: str) -> set[str]:
    host = (urlsplit(url).hostname or "") if url else ""
    labels = host.removeprefix("www.").split(".")
    return sites | {_fold(host), _fold(labels[0])} - {""} if host else sites


def _shares_words(heading: str, title: str) -> bool:
    words, stated = set(heading.casefold().split()), set(title.casefold().split())
    return len(words) > 1 and len(words & stated) >= _MIN_SHARED * min(len(words), len(stated))


def _authors(values: dict[str, list[str]], articles: list[dict[str, Any]], root: HtmlElement) -> list[str]:
    for item in articles:
        names = _names(item.get("author"))
        if names:
            return list(dict.fromkeys(names))
    for key in _AUTHORS:
        names = [name for value in values.get(key, ()) for name in _split_names(value)]
        if names:
            return list(dict.fromkeys(names))
    from trafilatura.metadata import extract_author

    try:
        return _split_names(one_line(extract_author(root) or ""))
    except Exception:  # malformed pages break the extractor in many ways
        return []


def _split_names(value: str) -> list[str]:
    """Return the names in a byline, without user names and addresses."""
    parts = (
        _BY.sub("", part.strip(), count=1) if _BY.match(part.strip()) else part.strip() for part in value.split(";")
    )
    return [part for part in parts if " " in part and "://" not in part and not part.startswith("@")]


def _date(values: dict[str, list[str]], articles: list[dict[str, Any]], root: HtmlElement, url: str) -> str:
    stated = [_text(item.get("datePublished")) for item in articles]
    stated += [value for key in _DATES for value in values.get(key, ())]
    for value in stated:
        if day := _DAY.match(value):
            return "-".join(day.groups())
    from htmldate import find_date

    try:
        return (
            find_date(root, original_date=True, extensive_search=False, outputformat="%Y-%m-%d", url=url or None) or ""
        )
    except Exception:  # malformed pages break the search in many ways
        return ""


def _items(script: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of a script of JSON-LD."""
    try:
        data = json.loads(str(script.text_content()), strict=False)
    except (ValueError, RecursionError):
        return
    yield from _objects(data, 0)


def _objects(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth < _DEEPEST_JSON:
        for part in data:
            yield from _objects(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        if depth < _DEEPEST_JSON:
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _objects(data.get(key), depth + 1)


def _types(item: dict[str, Any]) -> set[str]:
    kinds = item.get("@type")
    return {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}


def _names(value: object) -> list[str]:
    """Return the names in a value of JSON-LD: a name, an object with one, or a list of them."""
    match value:
        case str():
            return [] if "://" in value else [name for name in [one_line(value)] if name]
        case dict():
            return _names(value.get("name"))
        case list():
            return [name for part in value for name in _names(part)]
        case _:
            return []


def _text(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", text).casefold()
