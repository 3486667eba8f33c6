"""Where a name stands in a text."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

Origin: TypeAlias = Literal["model", "rule", "propagated", "user"]

LABELS: Final = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE")
"""The labels of names, in the order in which they are offered."""

VALUE_LABELS: Final = ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL")
"""Labels of values rather than names."""


DOUBTFUL: Final = 0.9
"""Confidence below which a mention is worth a look: these are a fifth of all, and half of those that are wrong."""


class Mention(NamedTuple):
    """One occurrence of a name: `text[start:end]`, in code points, end exclusive.

    Sorts by place. Half a million of these may be alive at once, hence a tuple.
    """

    start: int
    end: int
    label: str
    origin: Origin = "model"
    """Who says so: the pipeline, a rule, the same name elsewhere in the document, or the user."""
    score: float = 1.0
    """Confidence, 0 to 1."""

    @property
    def doubtful(self) -> bool:
        """Whether it is worth a look; what the user said is not."""
        return self.score < DOUBTFUL and self.origin != "user"
