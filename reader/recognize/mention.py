"""Mentions: the spans of names and values in a text."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from reader.structures.named_tuple import NamedTuple

Origin: TypeAlias = Literal["model", "rule", "propagated", "user"]

LABELS: Final = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE")
"""The labels of names, in the order in which they are offered."""

VALUE_LABELS: Final = ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL")
"""The labels of values, which are not names."""

SELECTOR_LABELS: Final = ("EMAIL", "PHONE", "IBAN", "LEI", "IMO", "CRYPTO")
"""The labels of selectors: values that identify an account, a ship or a person's line."""


DOUBTFUL_BELOW: Final = 0.9
"""Mentions with less confidence are doubtful: a fifth of all mentions, and half of the wrong ones."""


class Mention(NamedTuple):
    """One occurrence of a name or value: `text[start:end]`, in code points, end exclusive.

    Mentions sort by offset. Half a million of them may exist at once, so this is a tuple.
    """

    start: int
    end: int
    label: str
    origin: Origin = "model"
    """Who found the mention: the pipeline, a rule, the document pass (from the same name elsewhere), or the user."""
    score: float = 1.0
    """Confidence, 0 to 1."""

    @property
    def doubtful(self) -> bool:
        """Whether the mention is worth checking. Mentions by the user never are."""
        return self.score < DOUBTFUL_BELOW and self.origin != "user"
