"""The labels of other pipelines, expressed in ours."""

from __future__ import annotations

from typing import Final

from reader.recognize.mention import LABELS, VALUE_LABELS

_OTHERS: Final = {
    # CoNLL-2003, WikiNER and the small European pipelines of spaCy
    "PER": "PERSON",
    "MISC": "PRODUCT",
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
    "PERSNAME": "PERSON",
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

_MAPPING: Final = {label: label for label in (*LABELS, *VALUE_LABELS)} | _OTHERS
_VALUES: Final = frozenset(VALUE_LABELS)


def own_label(label: str, *, values: bool = False) -> str | None:
    """Return our label for a pipeline's label, None where we have none.

    Prefixes of tagging schemes ("B-", "I-") are ignored, and so is case.

    Args:
        label: As the pipeline writes it.
        values: Whether DATE, MONEY and the other labels of values are wanted.
    """
    plain = label.strip().upper().replace(" ", "_")
    if plain[:2] in {"B-", "I-", "S-", "E-", "L-", "U-"}:
        plain = plain[2:]
    mapped = _MAPPING.get(plain)
    return None if mapped in _VALUES and not values else mapped
