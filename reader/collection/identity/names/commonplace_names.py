"""Names that bodies of many towns or countries choose: "Summit Insurance", "St. Orla's Hospital", "Trinity College"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reader.collection.identity.names.business_words import TRADES, names_a_newspaper
from reader.collection.identity.names.crossing import CrossingName, NameKind, is_generic
from reader.names import tables
from reader.names.acronyms import is_acronym

_FAVORITES: Final = frozenset(
    re.findall(
        r"\S+",
        "summit atlas apex acme pioneer horizon horizons phoenix falcon eagle eagles lion tiger bear wolf hawk"
        " dolphin crown sterling star stars sun sunrise sunset moon sky rainbow diamond pearl ruby emerald"
        " sapphire gold golden silver bronze platinum copper crystal amber titan titanium orion apollo zenith"
        " vertex vanguard meridian equinox solstice polaris aurora nova alpha beta gamma delta omega sigma prime"
        " premier elite royal regal imperial regent majestic global universal continental trans inter"
        " intercontinental worldwide united allied associated consolidated integrated advanced modern new"
        " dynamic precision quality reliable reliance alliance partners pacific atlantic arctic baltic nordic"
        " mediterranean caribbean oceanic alpine coastal harbor harbour bay lake river valley mountain hill"
        " hills highland highlands island islands ocean forest woodland garden meadow spring springs park green"
        " blue red white black north south east west northern southern eastern western central midland midlands"
        " metro metropolitan capital city town village country rural urban liberty freedom unity independence"
        " progress hope grace faith charity victory triumph heritage legacy century millennium frontier gateway"
        " landmark beacon lighthouse anchor compass bridge cornerstone keystone capstone pinnacle pyramid"
        " fortress castle citadel shield guardian sentinel patriot colonial first second third trinity sacred"
        " holy heart redeemer savior saviour assumption immaculate blessed good shepherd samaritan st saint"
        " mercy providence memorial victoria lincoln washington jefferson king kings queen queens prince"
        " princess",
    )
)
"""Words that name many bodies."""
_FOUNDED_BY_MANY: Final = frozenset(
    {
        *(
            "academy",
            "cathedral",
            "church",
            "clinic",
            "college",
            "hospice",
            "hospital",
            "monastery",
            "parish",
            "school",
        ),
        *("seminary", "university"),
    }
)
"""Kinds of bodies that many towns name after the same persons and saints."""
_KINDS: Final = TRADES | _FOUNDED_BY_MANY
_LABELS: Final = frozenset({"ORG", "FAC", "PERSON"})
"""Recognition takes "Summit Insurance" for a person's name now and then."""
_OF_PLACE: Final = ("university", "of")
"""A university that is named like this is that of a place."""


@lru_cache(maxsize=1 << 14)
def is_commonplace(name: CrossingName) -> bool:
    """Return whether bodies in many places have a name."""
    if name.kind is NameKind.PROPER and names_a_newspaper(name.tokens):
        return True
    if name.kind not in {NameKind.PROPER, NameKind.SITE, NameKind.LISTED} or name.label not in _LABELS:
        return False
    tokens = name.tokens
    if (
        is_acronym(name.text)
        or len(tokens) < 2
        or (name.kind is NameKind.LISTED and _FOUNDED_BY_MANY.isdisjoint(tokens))
    ):
        return False
    if tokens[:2] == _OF_PLACE or _KINDS.isdisjoint(tokens):
        return False
    others = [token for token in tokens if token not in _KINDS and not is_generic((token,))]
    favorites = _FAVORITES if _FOUNDED_BY_MANY.isdisjoint(tokens) else _FAVORITES | tables.given_names().keys()
    return bool(others) and all(token in favorites for token in others)
