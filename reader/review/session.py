"""The course of a review: which question is next, what was answered, and what an answer comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from reader.annotate import Decision, NamesSame, describe_step
from reader.reading import Reading
from reader.resolve import Name
from reader.review.questions import Item, Key, Kind, merges, offers, renewed


class Verdict(StrEnum):
    """What was answered."""

    SAME = "merged"
    APART = "kept apart"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question that was answered."""

    item: Item
    verdict: Verdict
    ticked: frozenset[int]
    step: str
    """The step of the log that holds the answer."""


class Review:
    """Goes through the questions of one article; questions follow from the reading, answers go to it.

    A question that is left unsure comes again when all others were seen.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.kind = Kind.OFFERS
        """What is gone through."""
        self.items: tuple[Item, ...] = ()
        """The open questions, the next to be asked first, seen or not."""
        self.current: Item | None = None
        """The question that is asked; None when there is none left."""
        self.ticked: set[int] = set()
        """The sides of it that are ticked."""
        self.judged: list[Judged] = []
        """What was answered, in order."""
        self.unsure: set[Key] = set()
        """Questions that were left unsure."""
        self._passed: set[Key] = set()
        self._undone: list[list[Judged]] = []
        self._back_to: Kind | None = None
        """What was gone through when an answer was judged again; it is gone on with afterwards."""
        self.refresh()

    @property
    def position(self) -> tuple[int, int]:
        """Which question of how many is asked; of answered ones, each counts once."""
        done = len({each.item.key for each in self.judged if each.item.kind is self.kind})
        open_keys = {item.key for item in self.items}
        total = done + len(open_keys - {each.item.key for each in self.judged})
        if self.current is None:
            return total, total
        return min(done + len(self._passed & open_keys) + 1, total), total

    @property
    def again(self) -> Judged | None:
        """The answer that the current question got before, where it is judged again."""
        if self.current is None or self.current.key in {item.key for item in self.items}:
            return None
        return next((each for each in reversed(self.judged) if each.item is self.current), None)

    def refresh(self, show: Item | None = None) -> None:
        """Take over what the reading holds now; the question stays, where it still is one.

        Args:
            show: The question to ask now.
        """
        steps = {step.id for step in self.reading.history.steps}
        self.judged = [each for each in self.judged if each.step in steps]
        self.items = self._open()
        wanted = show or self.current
        found = next((item for item in self.items if wanted and item.key == wanted.key), None)
        if found is None:
            self._ask(self._next())
        elif self.current is None or found.key != self.current.key:
            self._ask(found)
        else:
            self.current = found

    def merge(self) -> str | None:
        """Say that the ticked sides are one entity, and not one with the others; go on.

        Returns:
            What was done, in a few words; None where fewer than two sides are ticked.
        """
        item, ticked = self.current, frozenset(self.ticked)
        if item is None or len(ticked) < 2:
            return None
        return self._answer(item, Verdict.SAME, ticked, merging(self.reading, item, ticked))

    def part(self) -> str | None:
        """Say that no two of the ticked sides are one entity; go on.

        Returns:
            What was done, in a few words; None where fewer than two sides are ticked.
        """
        item, ticked = self.current, frozenset(self.ticked)
        if item is None or (len(ticked) < 2 and not item.rivals):
            return None
        return self._answer(item, Verdict.APART, ticked, parting(self.reading, item, ticked))

    def skip(self) -> None:
        """Leave the question open until all others were seen; one that was judged before stays as it was."""
        if self.current is not None and self.again is None:
            self.unsure.add(self.current.key)
            self._passed.add(self.current.key)
        self._go_back()
        self._ask(self._next())

    def tick(self, index: int) -> None:
        """Tick a side, or take the tick away; of rivals, this one alone besides the short form."""
        if self.current is not None and self.current.rivals:
            self.ticked.clear()
            self.ticked |= {0, index}
        elif self.current is not None:
            self.ticked ^= {index}

    def turn(self) -> None:
        """Go through the other kind of questions."""
        self.kind = Kind.MERGES if self.kind is Kind.OFFERS else Kind.OFFERS
        self.current = self._back_to = None
        self._passed.clear()
        self.refresh()

    def ask_again(self, judged: Judged) -> None:
        """Ask a question that was answered once more."""
        self._back_to = self._back_to or self.kind
        self.kind = judged.item.kind
        self.items = self._open()
        self.current, self.ticked = judged.item, set(judged.ticked)

    def latest(self) -> list[Judged]:
        """Return what was answered last to each question, the last first, with the sides as they are now."""
        self.judged = [replace(each, item=renewed(self.reading, each.item)) for each in self.judged]
        return list(reversed({each.item.key: each for each in self.judged}.values()))

    def above(self, score: float) -> list[Item]:
        """Return the open questions of at least this score that have one likely answer."""
        found: list[Item] = []
        taken: set[frozenset[Name]] = set()
        for item in self.items:
            sides = item.key[1]
            if item.score >= score and not item.rivals and not item.doubt and taken.isdisjoint(sides):
                found.append(item)
                taken |= sides
        return found

    def accept(self, items: Sequence[Item]) -> str:
        """Say of all sides of each question that they are one entity, as one step."""
        decisions = [decision for item in items for decision in merging(self.reading, item, item.likely)]
        self.reading.decide(*decisions)
        step = self.reading.history.steps[-1].id
        self.judged += [Judged(item, Verdict.SAME, item.likely, step) for item in items]
        self._undone.clear()
        self.refresh()
        return f"accepted {len(items)} of the {self.kind}"

    def undo(self) -> str | None:
        """Take back the last answer and ask it again; return what was undone, None where nothing was answered."""
        last = self.reading.store.last_step(self.reading.history)
        taken = [each for each in self.judged if last and each.step == last.id]
        if not taken:
            return None
        self._undone.append(taken)
        done = self.reading.undo()
        self._return_to(taken[0])
        return done

    def redo(self) -> str | None:
        """Give again the answer that was taken back last; return what was done."""
        coming = self.reading.store.last_taken(self.reading.history)
        if not self._undone or coming is None or self._undone[-1][0].step != coming.id:
            return None
        self.judged += self._undone.pop()
        done = self.reading.redo()
        self.refresh()
        return done

    def _return_to(self, judged: Judged) -> None:
        self.kind = judged.item.kind
        self._passed.discard(judged.item.key)
        self.refresh(judged.item)
        if self.current is not None and self.current.key == judged.item.key:
            self.ticked = set(judged.ticked)

    def _answer(self, item: Item, verdict: Verdict, ticked: frozenset[int], decisions: Iterable[Decision]) -> str:
        done = self.reading.decide(*decisions)
        step = self.reading.history.steps[-1]
        if verdict is Verdict.APART:
            done = describe_step(step, self.reading.document.text)
        self.judged.append(Judged(item, verdict, ticked, step.id))
        self._undone.clear()
        self.current = None
        self._go_back()
        self.refresh()
        return done

    def _open(self) -> tuple[Item, ...]:
        return offers(self.reading) if self.kind is Kind.OFFERS else merges(self.reading)

    def _go_back(self) -> None:
        if self._back_to is not None:
            self.kind, self._back_to = self._back_to, None
            self.items = self._open()

    def _next(self) -> Item | None:
        left = [item for item in self.items if item.key not in self._passed]
        if not left:
            self._passed.clear()
            left = list(self.items)
        return left[0] if left else None

    def _ask(self, item: Item | None) -> None:
        self.current = item
        self.ticked = set(item.likely) if item else set()


def merging(reading: Reading, item: Item, ticked: Iterable[int]) -> list[Decision]:
    """Return the decisions that the ticked sides are one, and that the others are not one with them."""
    together = set(ticked)
    one = tuple(name for index, side in enumerate(item.sides) if index in together for name in side.names)
    apart = [side.names for index, side in enumerate(item.sides) if index not in together]
    return [NamesSame(tuple(dict.fromkeys(one))), *(reading.keep_apart(names, one) for names in apart)]


def parting(reading: Reading, item: Item, ticked: Iterable[int]) -> list[Decision]:
    """Return the decisions that keep the ticked sides apart; a short form from all that it might be."""
    if item.rivals:
        return [reading.keep_apart(item.sides[0].names, other.names) for other in item.sides[1:]]
    sides = [side.names for index, side in enumerate(item.sides) if index in set(ticked)]
    return [reading.keep_apart(left, right) for place, left in enumerate(sides) for right in sides[place + 1 :]]
