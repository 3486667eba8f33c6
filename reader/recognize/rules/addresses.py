"""Find web and mail addresses and account names, in which no part is a name: "www.example.org/Paris"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from reader.recognize.mention import Mention
from reader.structures.intervals import longest_of, overlapping
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_SIGN: Final = lazy_pattern(r"://|[Ww][Ww][Ww]\.|@|\w\.[A-Za-z]{2}")
"""Every address contains one of these."""
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_COUNTRY_DOMAINS: Final = (
    "ac|ae|ar|au|bg|br|by|ca|ch|cl|cn|cz|de|dk|ee|eg|es|eu|fi|fr|gr|hk|hr|hu|ie|il|iq|ir|jo|jp|ke|kr|kz|lb|lt|lv|mx|"
    "ng|nl|nz|pk|pl|pt|qa|ro|rs|ru|sa|se|sg|si|sk|sy|th|tr|tw|ua|uk|za"
)
"""Top-level domains of countries, without those that are also words ("is", "it", "no")."""
_TOP_DOMAINS: Final = rf"(?:com|org|net|edu|gov|mil|int|info|biz|io|tv|news|{_COUNTRY_DOMAINS})"
_PATH: Final = r"[^\s<>\"“”«»–—\[\]]"
_ADDRESS: Final = lazy_pattern(
    rf"(?<![\w@.+-])(?:"
    rf"(?P<address>[A-Za-z][A-Za-z0-9+.-]{{1,15}}://{_PATH}+|[Ww]{{3}}\.{_PATH}+"
    rf"|@?[\w.+-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,6}}"
    rf"|(?:{_LABEL}\.){{1,6}}{_TOP_DOMAINS}(?::\d{{1,5}})?[/?#]{_PATH}*)"
    rf"|(?P<whole>(?:{_LABEL}\.){{1,6}}{_TOP_DOMAINS}(?![\w@-]|\.\w)|@\w{{1,50}}))"
)
_AFTER_ADDRESS: Final = ".,;:!?'’*_…"
"""Marks at the end of an address that belong to the sentence."""


class Address(NamedTuple):
    """The span of an address; offsets in code points, end exclusive."""

    start: int
    end: int
    may_be_name: bool
    """Whether the whole may be a name, such as that of a company ("Example.com") or an account ("@example")."""


@lru_cache(maxsize=4)
def find_addresses(text: str) -> Sequence[Address]:
    """Return the addresses in a text, sorted by offset. They do not overlap."""
    if not _SIGN.search(text):
        return ()
    return tuple(
        Address(match.start(), _end(match[0]) + match.start(), match["whole"] is not None)
        for match in _ADDRESS.finditer(text)
    )


def outside_addresses(mentions: Iterable[Mention], addresses: Sequence[Address]) -> Iterator[Mention]:
    """Yield mentions, without those inside addresses. One that also covers words beside an address keeps the words."""
    if not addresses:
        yield from mentions
        return
    longest = longest_of(addresses)
    for mention in mentions:
        start, end = mention.start, mention.end
        for address in overlapping(addresses, start, end, longest):
            if address.may_be_name and mention.start <= address.start and address.end <= mention.end:
                continue
            if start < address.start:
                end = min(end, address.start)
            else:
                start = max(start, address.end)
        if start < end:
            yield mention if (start, end) == (mention.start, mention.end) else mention._replace(start=start, end=end)


def _end(address: str) -> int:
    """Return the length of an address without marks after it, and without brackets that it closes but does not open."""
    end = len(address)
    unmatched = address.count(")") - address.count("(")
    while end > 1:
        mark = address[end - 1]
        if mark == ")" and unmatched > 0:
            unmatched -= 1
        elif mark not in _AFTER_ADDRESS:
            break
        end -= 1
    return end
