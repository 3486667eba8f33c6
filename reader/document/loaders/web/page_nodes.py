"""The block elements of a page as a light tree, and what their tags and classes say about them."""

from __future__ import annotations

import re
from dataclasses import field
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element


class NodeRole(Enum):
    """What the tag, class or id of an element says about its text."""

    UNKNOWN = "unknown"
    HIDDEN = "hidden"
    CLUTTER = "clutter"
    """Navigation, related articles, advertisements, shops, video players, comments and the like."""
    APPEAL = "appeal"
    """A request for money, consent, an address or a subscription. Articles may be inside such an element."""
    PULL_QUOTE = "pull quote"
    """Words of the article that are repeated in large letters."""
    ASIDE = "aside"
    """Beside the article: a sidebar, a widget, a form, an announcement."""
    BYLINE = "byline"
    """Who wrote it, when, under which tags."""
    CAPTION = "caption"
    NOTES = "notes"
    """Footnotes, or a box that belongs to the article."""


_CAMEL: Final = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN_STYLE: Final = lazy_pattern(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def _words(patterns: str) -> re.Pattern[str]:
    """Return a pattern for words that stand alone in classes and ids."""
    return re.compile(rf"(?<![a-z])(?:{'|'.join(patterns.split())})(?![a-z])")


_ROLE_WORDS: Final = (
    (NodeRole.HIDDEN, _words("sr-only screen-reader-text visually-?hidden assistive-text d-none")),
    (NodeRole.PULL_QUOTE, _words("pull-?quotes?")),
    (
        NodeRole.NOTES,
        _words("(?:doc-)?(?:footnotes?|endnotes?) reflist references admonition callout infobox fact-?box"),
    ),
    (
        NodeRole.CLUTTER,
        _words(
            # navigation
            "nav navbar navbox navigation site-?(?:nav|notice|sub|header|footer|alert) breadcrumbs? pagination pager "
            "paging toc table-of-contents mw-(?:editsection|cite-backlink|jump-link) catlinks hatnote noprint "
            "skip-?(?:link|to-content|nav) headerlink anchor-?link prev-?next post-navigation buttons? btn "
            # sharing
            "shares? sharing sharedaddy share-?(?:bar|buttons?|tools?|links?) social "
            "social-?(?:bar|buttons?|icons?|links?|media|share) sociable addthis addtoany follow-us "
            # other articles
            "related related-?(?:articles?|posts?|content|stories|links?|news|topics) (?:jp-)?relatedposts? "
            "recommended recommendations? recirc(?:ulation)? read-?(?:next|also) also-?(?:read|like) "
            "more-?(?:from|on|news|stories|articles|posts|like-this) most-?(?:read|popular|viewed|shared|recent) "
            "trending popular popular-?(?:posts|articles|stories|now) latest-?(?:news|posts|articles|stories) outbrain "
            "taboola (?:next|previous|prev|older|newer)-?(?:article|post|story) onward up-?next further-?articles "
            # advertisements and shops
            "ads? adverts? advertisements? advertorial adsbygoogle ad-?(?:slot|unit|box|container|wrapper|label) dfp "
            "sponsored sponsor affiliate affiliates?-?(?:box|links?) shop shop-?(?:box|teaser|widget|links?) shopping "
            "product-?(?:box|card|teaser|carousel|widget|links?|recommendations?) buy-?(?:now|box|button|links?) "
            "price-?(?:box|comparison) deals? e-?commerce "
            # players
            "video-?(?:player|js|overlay|controls?|error) vjs vjs-[a-z-]+ jw-?player plyr mejs media-?player "
            "player-?(?:controls?|error|message|container) player audio-?player brightcove playlist "
            # what readers say
            "comments? comments?-?(?:list|area|section|wrapper|thread|form) commentlist disqus disqus-thread respond "
            "reader-comments? "
            # dialogs
            "modal pop-?up lightbox tooltip toast"
        ),
    ),
    (
        NodeRole.APPEAL,
        _words(
            "cookies? cookie-?[a-z]+ consent gdpr newsletters? newsletter-?[a-z]+ "
            "subscri(?:be|ption|ptions|ber)(?:-?[a-z]+)? sign-?up(?:-?[a-z]+)? paywall(?:-?[a-z]+)? "
            "donat(?:e|ion|ions)(?:-?[a-z]+)? membership regwall support-us call-?to-?action cta"
        ),
    ),
    (NodeRole.ASIDE, _words("side-?bar widget widget-area rail right-rail teasers? promos? promotions?")),
    (
        NodeRole.BYLINE,
        _words(
            "by-?line authors? author-?(?:box|bio|info|card|name|meta|details|description|profile) "
            "about-?(?:the-?)?author "
            "(?:post|entry|article|story)-?(?:meta|info|date|footer|tags|author) meta(?:-?[a-z]+)? time-?stamp date "
            "pub-?date published updated posted-?(?:on|in|by) tags? tag-?(?:list|cloud|links?) "
            "categor(?:y|ies) cat-?links "
            "read(?:ing)?-?time credit kicker eyebrow rubric user-?(?:info|details|card) signature votes? vote-?[a-z]+ "
            "post-?menu score"
        ),
    ),
    (NodeRole.CAPTION, _words("(?:fig-?|image-?|media-?)?caption (?:wp-)?caption-?text")),
)
_TAG_ROLES: Final = {
    "nav": NodeRole.CLUTTER,
    "footer": NodeRole.CLUTTER,
    "menu": NodeRole.CLUTTER,
    "dialog": NodeRole.CLUTTER,
    "aside": NodeRole.ASIDE,
    "form": NodeRole.ASIDE,
    "fieldset": NodeRole.ASIDE,
    "address": NodeRole.BYLINE,
    "figcaption": NodeRole.CAPTION,
    "caption": NodeRole.CAPTION,
}
_ARIA_ROLES: Final = {
    "navigation": NodeRole.CLUTTER,
    "dialog": NodeRole.CLUTTER,
    "alertdialog": NodeRole.CLUTTER,
    "search": NodeRole.CLUTTER,
    "contentinfo": NodeRole.CLUTTER,
    "complementary": NodeRole.ASIDE,
    "doc-footnote": NodeRole.NOTES,
    "doc-endnotes": NodeRole.NOTES,
}
_WHOLE_PAGE: Final = frozenset(("html", "body", "main", "article"))


@lru_cache(maxsize=4096)
def _role_of_names(names: str) -> NodeRole:
    """Return what a class and an id say."""
    lower = _CAMEL.sub("-", names).lower().replace("_", "-")
    return next((role for role, pattern in _ROLE_WORDS if pattern.search(lower)), NodeRole.UNKNOWN)


def is_hidden(element: _Element) -> bool:
    """Return whether an attribute of an element hides it."""
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or (style is not None and _HIDDEN_STYLE.search(style) is not None)
        or (element.tag != "math" and attributes.get("aria-hidden") == "true")
    )


def role_of(element: _Element) -> NodeRole:
    """Return what the attributes and the tag of an element say about its text."""
    tag = str(element.tag)
    if not element.attrib:
        return _TAG_ROLES.get(tag, NodeRole.UNKNOWN)
    if is_hidden(element):
        return NodeRole.HIDDEN
    role = _ARIA_ROLES.get(element.get("role", ""), NodeRole.UNKNOWN)
    if role is NodeRole.UNKNOWN and tag not in _WHOLE_PAGE:
        names = f"{element.get('class', '')} {element.get('id', '')}"
        role = _role_of_names(names) if names != " " else NodeRole.UNKNOWN
    return role if role is not NodeRole.UNKNOWN else _TAG_ROLES.get(tag, NodeRole.UNKNOWN)


@dataclass(slots=True)
class PageNode:
    """A block element of a page."""

    parent: int
    """Index of the element around it, -1 for the outermost one."""
    end: int
    """Index after the last element inside it: those inside have the indexes after its own."""
    tag: str
    names: str
    """Its class."""
    role: NodeRole


@dataclass
class PageNodes:
    """The block elements of a page in document order, and which of them holds each block of text."""

    nodes: list[PageNode] = field(default_factory=list)
    of_blocks: list[int] = field(default_factory=list)
    """Index of the innermost element of each block."""
    hidden_words: int = 0
    """Words that are hidden inside lines."""
    _open: list[int] = field(default_factory=list)

    def open(self, element: _Element) -> None:
        """Add an element, inside those that are open."""
        parent = self._open[-1] if self._open else -1
        self._open.append(len(self.nodes))
        self.nodes.append(PageNode(parent, 0, str(element.tag), element.get("class") or "", role_of(element)))

    def close(self) -> None:
        """Close the innermost element."""
        self.nodes[self._open.pop()].end = len(self.nodes)

    def assign(self, block_count: int) -> None:
        """Note that the blocks up to `block_count` are in the innermost open element, unless they are in another."""
        self.of_blocks += [self._open[-1] if self._open else 0] * (block_count - len(self.of_blocks))
