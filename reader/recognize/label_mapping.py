"""The labels of other pipelines, expressed in ours."""

from __future__ import annotations

import re
from typing import Final

from reader.recognize.mention import LABELS, VALUE_LABELS

_OTHERS: Final = {
    # CoNLL-2003, WikiNER and the small European pipelines of spaCy
    "PER": "PERSON",
    "LOCATION": "LOC",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
    "PEOPLE": "PERSON",
    "HUMAN": "PERSON",
    # WNUT, CrossNER, GUM and other finer sets
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

_LABEL: Final = re.compile(r"[A-Z][A-Z0-9_-]{0,31}", re.ASCII)
"""What any label looks like: it is printed and stored."""

_MAPPING: Final = {label: label for label in (*LABELS, *VALUE_LABELS)} | _OTHERS
_VALUES: Final = frozenset(VALUE_LABELS)
_NONE: Final = frozenset({"O", "NONE", "PAD", "X"})


def own_label(label: str, *, values: bool = False) -> str | None:
    """Return our label for a pipeline's label; one that we have no word for ("MISC") stays as it is.

    Prefixes of tagging schemes ("B-", "I-") are ignored, and so is case. None is what is not to be marked: values that
    are not wanted, the "O" of tagging schemes, and what is no label at all.

    Args:
        label: As the pipeline writes it.
        values: Whether DATE, MONEY and the other labels of values are wanted.
    """
    plain = label.strip().upper().replace(" ", "_")
    if plain[:2] in {"B-", "I-", "S-", "E-", "L-", "U-"}:
        plain = plain[2:]
    mapped = _MAPPING.get(plain, plain)
    if (mapped in _VALUES and not values) or mapped in _NONE or not is_label(mapped):
        return None
    return mapped


def is_label(text: str) -> bool:
    """Say whether a text can be a label, ours or another pipeline's."""
    return _LABEL.fullmatch(text) is not None
