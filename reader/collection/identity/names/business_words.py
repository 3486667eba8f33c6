"""Words for what companies and other bodies do, which end their names: "Tarn Cables", "Summit Insurance"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.names import tables

TRADES: Final = frozenset(
    re.findall(
        r"\S+",
        "aerospace agro airlines airways assurance automotive aviation bakeries bank beverages books breweries"
        " brewery broadcasting builders cables capital care cargo carpets cement ceramics chemicals clinic club"
        " coal communications company construction consulting corporation cosmetics couriers credit dairies"
        " dairy developments diagnostics diamonds distilleries electric electronics energy engineering"
        " entertainment estates explosives express farms fashion ferries fertilizers fibers finance financial"
        " fisheries fishing food foods footwear foundries freight furniture furs gallery games gas gazette"
        " glassworks grain group hardware healthcare helicopters herald holdings homes hotel hotels industries"
        " instruments insurance investments ironworks jewelers laboratories labs leasing legal lighting"
        " locomotives logistics lumber machinery machines management marine marketing materials media medical"
        " mills minerals mining mobile motors museum mutual navigation networks news oil optics packaging paints"
        " paper partners petrochemicals petroleum pharma pharmaceuticals pictures pipelines plastics plumbing"
        " post poultry power press printing products properties publishing quarries rail railways realty records"
        " recycling refineries resorts restaurants retail robotics rubber salt savings seafood securities seeds"
        " services shipbuilders shipbuilding shipping shipyard shipyards software solar solutions steel stores"
        " studios sugar supermarkets supplies systems tankers taxis technologies technology telecom"
        " telecommunications telephones textiles theater theatre timber times tires tobacco tours toys tractors"
        " trading trams transit transport travel tribune trucks trust turbines tyres utilities vehicles ventures"
        " vineyards warehouses waterworks wind winery wines wireless workshops yachts",
    )
)
"""Words for what a body does or is, of which its name has one."""
_ALSO_SURNAMES: Final = frozenset(
    re.findall(
        r"\S+",
        "bank books care club coal company diamonds express foods gas glass group herald homes legal marine mills"
        " mutual oil paper post power press products rail salt seeds solar steel stores tires times tribune trust"
        " water wind wines",
    )
)
"""Those that are, or may well be, surnames."""

_NEWSPAPER_WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        "the daily morning evening sunday weekly new"
        " advertiser argus chronicle citizen courier echo examiner express gazette guardian herald independent journal"
        " mail mercury mirror monitor nation news observer post press record standard star sun telegraph times tribune",
    )
)
"""Words that name newspapers of many countries."""


def names_a_business(tokens: Sequence[str]) -> bool:
    """Return whether a name that recognition takes for a person's ends with a trade: "Tarn Cables", not "Ada Mills"."""
    if len(tokens) < 2 or tokens[-1] not in TRADES or tokens[-1] in _ALSO_SURNAMES:
        return False
    first = tokens[0]
    is_given = first in tables.given_names() or first in tables.frequent_given_names()
    return not is_given and tokens[-1] not in tables.surnames()


def names_a_newspaper(tokens: Sequence[str]) -> bool:
    """Return whether a name has such words only as name newspapers of many countries: "Daily Star"."""
    return _NEWSPAPER_WORDS.issuperset(tokens)
