"""Map the labels of other pipelines to ours."""

from __future__ import annotations

import re
from typing import Final

from reader.recognize.mention import LABELS, VALUE_LABELS
from reader.structures.lazy_pattern import lazy_pattern

_OTHER_LABELS: Final = {
    # CoNLL-2003, WikiNER and the small European pipelines of spaCy
    "PER": "PERSON",
    "LOCATION": "LOC",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
    "PEOPLE": "PERSON",
    "HUMAN": "PERSON",
    # WNUT, CrossNER, GUM and other finer label sets
    "GROUP": "ORG",
    "CORPORATION": "ORG",
    "COMPANY": "ORG",
    "GOVERNMENT": "ORG",
    "POLITICALPARTY": "ORG",
    "POLITICIAN": "PERSON",
    "NAT_REL_POL": "NORP",
    "NATIONALITY": "NORP",
    "RELIGION": "NORP",
    "COUNTRY": "GPE",
    "CITY": "GPE",
    "STATE": "GPE",
    "GPE_LOC": "GPE",
    "GPE_ORG": "GPE",
    "FACILITY": "FAC",
    "BUILDING": "FAC",
    "PROD": "PRODUCT",
    "DRV": "NORP",
    "EVT": "EVENT",
    "CREATIVE-WORK": "WORK_OF_ART",
    "CREATIVE_WORK": "WORK_OF_ART",
    "WORK": "WORK_OF_ART",
    "MEDIA": "WORK_OF_ART",
    # Nordic, Slavic and East Asian pipelines
    "PRS": "PERSON",
    "PS": "PERSON",
    "PERSNAME": "PERSON",
    "PERS": "PERSON",
    "OG": "ORG",
    "LC": "LOC",
    "DT": "DATE",
    "TI": "TIME",
    "QT": "QUANTITY",
    "LOC_GPE": "GPE",
    "TOPONYM": "GPE",
    "OBJ": "PRODUCT",
    "WRK": "WORK_OF_ART",
    "WORKOFART": "WORK_OF_ART",
    "LAN": "LANGUAGE",
    "NUMERIC_VALUE": "CARDINAL",
    "DATETIME": "DATE",
    "PERIOD": "DATE",
    "PERSONNAME": "PERSON",
    "ORGNAME": "ORG",
    "PLACENAME": "GPE",
    "GEOGNAME": "LOC",
    "GEO": "LOC",
    "TME": "TIME",
    "MSR": "QUANTITY",
    "NUMERAL": "CARDINAL",
    "NUM": "CARDINAL",
}

_LABEL: Final = lazy_pattern(r"[A-Z][A-Z0-9_-]{0,31}", re.ASCII)
"""The form of every label. Labels are printed and stored, so nothing else is accepted."""

_MAPPING: Final = {label: label for label in (*LABELS, *VALUE_LABELS)} | _OTHER_LABELS
_VALUES: Final = frozenset(VALUE_LABELS)
_NO_LABELS: Final = frozenset({"O", "NONE", "PAD", "X"})


def map_label(label: str, *, values: bool = False) -> str | None:
    """Return our label for the label of another pipeline, or None if nothing is to be marked.

    A label without an equivalent, such as "MISC", does not change. Case and the prefixes of tagging schemes ("B-",
    "I-") are ignored. Nothing is marked for values that are not requested, the "O" of tagging schemes, and texts that
    are no label at all.

    Args:
        label: The label as the pipeline writes it.
        values: Whether to keep DATE, MONEY and the other labels of values.
    """
    plain = label.strip().upper().replace(" ", "_")
    if plain[:2] in {"B-", "I-", "S-", "E-", "L-", "U-"}:
        plain = plain[2:]
    mapped = _MAPPING.get(plain, plain)
    if (mapped in _VALUES and not values) or mapped in _NO_LABELS or not is_label(mapped):
        return None
    return mapped


def is_label(text: str) -> bool:
    """Return whether a text has the form of a label, ours or another pipeline's."""
    return _LABEL.fullmatch(text) is not None
