"""One article being read: its document, what was recognized, what the user decided, and the entities that follow.

Everything that shows or prints an article goes through `Reading`; it never edits a result but computes it again from
mentions and decisions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotate import (
    EVERYWHERE,
    MemoryStore,
    NamesDifferent,
    Store,
    constraints,
    describe,
    describe_step,
)
from reader.annotate.decided import Decided, settled_names
from reader.annotate.decision_history import as_one
from reader.annotate.everywhere import generally
from reader.annotate.mention_edits import MentionsUnder
from reader.annotate.personal_names import PersonalNames, personal
from reader.names.normal import surface
from reader.recognize import Mention
from reader.resolve import Entity, Name, Resolution, Suggestion
from reader.structures.intervals import covering, overlapping

if TYPE_CHECKING:
    from reader.annotate import Decision, History, Step
    from reader.annotate.notes import Remarks
    from reader.document import Document
    from reader.resolve import Constraints, Resolver
    from reader.resolve.rules import Evidence


class Reading:
    """An article with its mentions, decisions and entities. Not thread-safe."""

    def __init__(self, document: Document, store: Store | None = None) -> None:
        self.document = document
        """What is read."""
        self.store: Store = store or MemoryStore()
        """Where decisions are kept."""
        self.found: Sequence[Mention] = ()
        """What recognition said, untouched by decisions."""
        self.mentions: list[Mention] = []
        """What is shown: the found mentions after the user's decisions, by place; they may nest."""
        self.model_name = ""
        """The pipeline that found them, "" before one has."""
        self.model_version = ""
        self.notice = ""
        """What recognition has to say of the text, in one line: that it is in another language."""
        self.values_shown = False
        """Whether dates, amounts and measures are shown and handed on beside the names."""
        self.resolution = Resolution()
        """The entities of the mentions."""
        self.history: History = self.store.history(document)
        """The decisions so far."""
        self.general: History = self.store.history(EVERYWHERE)
        """The decisions that hold in every article, where none made here contradicts them."""
        self._personal = PersonalNames(document)
        self._under = MentionsUnder(document.text)
        self._decided: Decided | None = None
        self.moved: Step | None = None
        """What was taken back or brought back last."""
        self._remarks: tuple[History, Remarks] | None = None
        self._all_values: list[Mention] | None = None
        self._values: tuple[list[Mention], list[Mention]] | None = None
        """The names that they were kept apart from, and the values."""
        self._resolver: Resolver | None = None
        self._bearers: dict[str, list[Entity]] = {}
        self._forms: dict[str, dict[str, int]] = {}
        self._moved: dict[tuple[int, int], Name] = {}
        self._derive()

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities, in order of first mention."""
        return self.resolution.entities

    @property
    def values(self) -> list[Mention]:
        """Dates, times, amounts of money, percentages and measures, by place, none overlapping a name."""
        if self._values is None or self._values[0] is not self.mentions:
            from reader.recognize.rules.values import apart_from, find_values

            if self._all_values is None:
                self._all_values = find_values(self.document)
            self._values = self.mentions, apart_from(self._all_values, self.mentions)
        return self._values[1]

    @property
    def marked(self) -> list[Mention]:
        """The mentions, with the values among them where these are shown."""
        return sorted((*self.mentions, *self.values)) if self.values_shown else self.mentions

    @property
    def remarks(self) -> Remarks:
        """The notes and tags that the user gave to places, to entities and to the document."""
        if self._remarks is None or self._remarks[0] is not self.history:
            from reader.annotate.notes import remarks

            self._remarks = self.history, remarks(self.history.steps)
        return self._remarks[1]

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """The merges on offer, best first."""
        return self.resolution.suggestions

    def recognized(self, mentions: Iterable[Mention]) -> None:
        """Take what recognition found, in place of what it found before."""
        self.found = tuple(mentions)
        self._personal.wanted = True
        self._derive()

    def decide(self, *decisions: Decision) -> str:
        """Keep what the user said as one step, and apply it; `store.saved` tells whether it is on disk.

        Returns:
            One line for the status line.

        Raises:
            MalformedRecordError: The decision makes no sense (a blank name, a span outside of the text).
        """
        self.history = self.store.append(self.document, decisions)
        self._derive()
        return describe(decisions[0], self.document.text)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in force: those of every article, then those made here, which win."""
        return (*personal(self.general.decisions).decisions, *self.history.decisions)

    def hold_everywhere(self) -> str | None:
        """Let the last step hold in every article, or here alone again; undo takes back both.

        Returns:
            One line for the status line; None where the last step is not about names alone.
        """
        step = self.store.last_step(self.history)
        text = self.document.text
        decisions = generally(step.applied, text, self.mentions_between) if step else ()
        if step is None or not decisions:
            return None
        here = any(each.id == step.id for each in self.general.steps)
        if here:
            _, self.general = self.store.undo(EVERYWHERE, step.id)
        elif any(each.id == step.id for each in self.general.undone):
            _, self.general = self.store.redo(EVERYWHERE, step.id)
        else:
            self.general = self.store.append(EVERYWHERE, decisions, step.id)
        self._derive()
        return (
            f"in this article alone: {describe_step(step, text)}"
            if here
            else f"in every article: {describe_step(replace(step, decisions=decisions, quotes=()), text)}"
        )

    def undo(self) -> str | None:
        """Take back the last step; return what it was, or None where there is none."""
        before = self.history
        step, self.history = self.store.undo(self.document)
        self._follow(before)
        return self._changed(step)

    def redo(self) -> str | None:
        """Do again what was last undone; return what it was, or None where there is nothing."""
        before = self.history
        step, self.history = self.store.redo(self.document)
        self._follow(before)
        return self._changed(step)

    def refresh(self) -> bool:
        """Take over what another window has decided; return whether there was anything. Cheap while there is not."""
        if not (self.store.changed_since(self.history) or self.store.changed_since(self.general)):
            return False
        self.history, self.general = self.store.history(self.document), self.store.history(EVERYWHERE)
        self._derive()
        return True

    def undo_to(self, step: str) -> str | None:
        """Take back every step after one ("" is the beginning) as one action; return what that was, None for nothing.

        Raises:
            KeyError: There is no such step.
        """
        before = self.history
        taken, self.history = self.store.undo_to(self.document, step)
        self._follow(before)
        return self._changed(as_one(taken))

    def mention_at(self, offset: int) -> Mention | None:
        """Return the mention that covers a code point, the innermost where several do."""
        return next(iter(self.mentions_at(offset)), None)

    def mentions_at(self, offset: int) -> list[Mention]:
        """Return the mentions that cover a code point, the innermost first."""
        return covering(self.mentions, offset, self._under.longest)

    def mention_with(self, start: int, end: int) -> Mention | None:
        """Return the mention that stands exactly at `start:end`."""
        index = bisect_left(self.mentions, (start, end))
        found = self.mentions[index] if index < len(self.mentions) else None
        return found if found and found[:2] == (start, end) else None

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that overlap `start:end`, in order."""
        return overlapping(self.mentions, start, end, self._under.longest)

    @property
    def longest(self) -> int:
        """No mention is longer (code points)."""
        return self._under.longest

    @property
    def decided(self) -> Decided:
        """Which of the mentions the user has decided about."""
        if self._decided is None:
            names = settled_names(self.history.decisions)
            owners = (entity for name in names for entity in self.bearers(name))
            self._decided = Decided(self.mentions, self._under.count_of_user, owners, self.entity_of)
        return self._decided

    def entity_of(self, mention: Mention) -> Entity | None:
        """Return the entity to which a mention belongs."""
        bearers = self._bearers.get(self.name_of(mention).text, ())
        if len(bearers) == 1:
            return bearers[0]
        return next((entity for entity in bearers if _holds(entity.mentions, mention)), None)

    def entity_named(self, name: str) -> Entity | None:
        """Return the entity that has this name, exactly or else whatever its case, canonical names first."""
        for same in (str, str.casefold):
            wanted = same(name)
            for names_of in (lambda entity: (entity.name,), lambda entity: entity.names):
                for entity in self.entities:
                    if any(same(candidate) == wanted for candidate in names_of(entity)):
                        return entity
        return None

    def name_of(self, mention: Mention) -> Name:
        """Return the name that a mention is an occurrence of: as it is written, or as the user moved it."""
        if self._moved and (to := self._moved.get((mention.start, mention.end))):
            return to
        return Name(surface(self.document.text[mention.start : mention.end]), mention.label)

    def names_of(self, entity: Entity) -> tuple[Name, ...]:
        """Return an entity's names with the labels under which its mentions bear them."""
        return tuple(dict.fromkeys(self.name_of(mention) for mention in entity.mentions))

    def form_of(self, mention: Mention) -> str:
        """Return the surface form of a mention: as it is written, wherever the user moved it."""
        return surface(self.document.text[mention.start : mention.end])

    def forms_of(self, entity: Entity) -> dict[str, int]:
        """Return how often an entity stands in the text under which surface form, its names first.

        What was moved to it counts as it is written: "the Court" is no mention of "European Court of Auditors" by name.
        """
        if entity.id not in self._forms:
            counts = Counter(map(self.form_of, entity.mentions))
            others = sorted(counts.keys() - set(entity.names), key=lambda form: (-counts[form], form))
            self._forms[entity.id] = {form: counts[form] for form in (*entity.names, *others) if counts[form]}
        return self._forms[entity.id]

    def bearers(self, name: Name) -> list[Entity]:
        """Return the entities that hold a name: by text and label, or where none has both, by text alone."""
        found = self._bearers.get(name.text, [])
        if len(found) < 2:
            return found
        exact = [entity for entity in found if name in self.names_of(entity)]
        return exact or found

    def evidence(self, left: Iterable[Name], right: Iterable[Name]) -> Evidence | None:
        """Return what speaks most for two groups of names being one entity, whatever the user settled."""
        return self._resolver.between(left, right) if self._resolver is not None else None

    def told_apart(self, left: Iterable[Name], right: Iterable[Name]) -> bool:
        """Tell whether the text or a rule, not the user, says that two groups of names are two entities."""
        return self._resolver is not None and self._resolver.told_apart(left, right)

    def keep_apart(self, left: tuple[Name, ...], right: tuple[Name, ...]) -> NamesDifferent:
        """Return the decision that two groups of names are two entities, and what it overrules."""
        known = self.evidence(left, right)
        return NamesDifferent(left, right, round(known.score, 3) if known else 0.0)

    def _follow(self, before: History) -> None:
        """Take back, or bring back, in every article what was taken back or brought back here."""
        old, new = ({step.id for step in history.steps} for history in (before, self.history))
        for step in self.general.steps:
            if step.id in old - new:
                _, self.general = self.store.undo(EVERYWHERE, step.id)
        for step in self.general.undone:
            if step.id in new - old:
                _, self.general = self.store.redo(EVERYWHERE, step.id)

    def _changed(self, step: Step | None) -> str | None:
        self.moved = step
        if step is None:
            return None
        self._derive()
        return describe_step(step, self.document.text)

    def _derive(self) -> None:
        decisions = self.decisions
        found = self._personal.among(self.found, self.general.decisions)
        self.mentions = self._under.of(found, decisions)
        self._decided = None
        settled = constraints(decisions)
        self._moved = {(start, end): Name(surface(to.text), to.label) for start, end, to in settled.moved}
        self.resolution = self._resolve(settled) if self.mentions else Resolution()
        self._bearers, self._forms = {}, {}
        for entity in self.entities:
            for name in entity.names:
                self._bearers.setdefault(name, []).append(entity)

    def _resolve(self, settled: Constraints) -> Resolution:
        if self._resolver is None:
            # Merging and its tables are not needed before the first mention, nor for the first paint.
            from reader.resolve import Resolver

            self._resolver = Resolver(self.document.text)
        return self._resolver.resolve(self.mentions, settled)


def _holds(mentions: Sequence[Mention], mention: Mention) -> bool:
    index = bisect_left(mentions, mention)
    return index < len(mentions) and mentions[index] == mention


def read(source: str, *, model: str | None = None, annotations: bool = True) -> Reading:
    """Load an article, find its names and merge them.

    Args:
        source: A path, a web address or "-" for standard input.
        model: The name of an installed spaCy pipeline or the path of one; None for the bundled one.
        annotations: Whether the decisions that are kept for the article apply, and new ones are kept.

    Raises:
        DocumentError: It cannot be read.
        RecognizerError: The pipeline is missing, broken or failed.
        StoreError: The decisions cannot be read.
    """
    from reader.annotate import Store
    from reader.document import load

    reading = Reading(load(source), Store.open() if annotations else None)
    if not reading.store.readable and reading.store.error is not None:
        raise reading.store.error
    analyze(reading, model)
    return reading


def analyze(reading: Reading, model: str | None = None) -> None:
    """Find the names of an article in this process, or take them from the cache.

    Raises:
        RecognizerError: The pipeline is missing, broken or failed.
    """
    from reader.recognize import mentions_of

    found = mentions_of(reading.document, model)
    reading.model_name, reading.model_version = found.model_name, found.model_version
    reading.notice = found.notice
    reading.recognized(found.mentions)
