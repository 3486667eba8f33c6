"""One line per measure."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """A measure next to its budget, both in `unit`."""

    what: str
    value: float
    budget: float
    unit: str = "×"
    detail: str = ""

    @property
    def ok(self) -> bool:
        """Whether the budget is kept."""
        return self.value <= self.budget

    def __str__(self) -> str:
        verdict = "ok  " if self.ok else "OVER"
        return (
            f"{verdict}  {self.value:8.2f} {self.unit:2}  ≤ {self.budget:<7g}  {self.what:44}  {self.detail}".rstrip()
        )


def ratio(what: str, ours: list[float], base: list[float], budget: float) -> Row:
    """Return the ratio of two series of times (s), taken in turn, by their medians."""
    mine, other = median(ours), median(base)
    detail = f"{mine * 1000:.0f} ms against {other * 1000:.0f} ms, medians of {len(ours)}"
    return Row(what, mine / other, budget, detail=detail)
