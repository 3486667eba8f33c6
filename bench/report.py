"""The lines of the report, one per measurement."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement and its budget, both in `unit`."""

    subject: str
    value: float
    budget: float
    unit: str = "×"
    detail: str = ""

    @property
    def ok(self) -> bool:
        """Whether the value is within the budget."""
        return self.value <= self.budget

    def __str__(self) -> str:
        verdict = "ok  " if self.ok else "OVER"
        numbers = f"{self.value:8.2f} {self.unit:2}  ≤ {self.budget:<7g}"
        return f"{verdict}  {numbers}  {self.subject:44}  {self.detail}".rstrip()


def ratio(subject: str, ours: list[float], base: list[float], budget: float, *, base_name: str = "") -> Row:
    """Return the ratio of the medians of two series of times, in seconds. Measure the two series alternately."""
    our_median, base_median = 1000 * median(ours), 1000 * median(base)
    detail = f"{our_median:.3g} ms against {base_median:.3g} ms{base_name}, medians of {len(ours)}"
    return Row(subject, our_median / base_median, budget, detail=detail)
