"""The words for kinds of things: "university", "river", "cup"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reader.names import tables
from reader.names.matcher import words

SETTLEMENTS: Final = words("city resort town township village")
"""Kinds of settlements, which may follow the name of a place."""
AREAS: Final = words("area basin border coast delta district plain region valley zone")
"""Kinds of areas that are named after a place in them or beside them."""
OFTEN_SEVERAL: Final = words("avenue building department ministry office road station street")
"""Kinds of things of which a text usually has several, even if it names only one."""
NAMED_AFTER_PLACE: Final = words("academy bank church college hospital institute museum school university")
"""Kinds of bodies of which one place may have several, told apart by the word before the kind."""
KINDS_BY_LABEL: Final = {
    "EVENT": words(
        """
        award awards campaign championship championships convention crisis cup election exhibition festival fire flood
        gala games marathon massacre mutiny offensive open operation race rally rebellion regatta resistance revolt
        revolution riots siege summit tournament uprising war wars
        """
    ),
    "ORG": words("marine maritime petroleum securities tankers trading ventures"),
    "PRODUCT": words(
        """
        aircraft airplane bomber browser drone fighter helicopter jet missile missiles probe rifle rocket rover
        satellite scanner space spacecraft tank telescope torpedo vaccine
        """
    ),
}
"""Kinds of companies, events and products, which may end a name."""
KINDS_BEFORE_NAME: Final = {
    "EVENT": words("cyclone hurricane operation storm super tropical typhoon"),
    "PRODUCT": words(
        """
        carrier cruiser destroyer ferry frigate hmas hmcs hms liner mv orbiter probe rms rover satellite ship shuttle
        space spacecraft spaceship ss steamer steamship submarine tanker trawler uss yacht
        """
    ),
}
"""Kinds of storms, operations, ships and spacecraft, which precede a name: "Cyclone Orla", "Space Shuttle Meridian"."""
OFFSHOOTS: Final = words("foundation fund library museum press")
"""Kinds of bodies that are named after another one: "Ford", "Ford Foundation"."""
SCOPES: Final = words("asian european international national olympic regional world")
"""Words before the kind of an event that name no event by themselves: "World", "World Championship"."""
NAMED_AFTER_NEIGHBOR: Final = AREAS | words(
    """
    avenue canton county expressway governorate highway municipality oblast prefecture province railway river road
    station street voivodeship
    """
)
"""Kinds of places that are named after another place there: "Albury", "Albury County", "Albury Station"."""


@lru_cache(maxsize=1)
def kind_words() -> frozenset[str]:
    """Return the words for kinds of things, such as "university"."""
    return tables.heads() | tables.place_words() | tables.descriptors()
