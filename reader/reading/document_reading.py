"""A document being read: its text, its recognized mentions, the user's decisions, and the resulting entities.

Every screen and every command shows a document through `Reading`. It never edits a result: after each decision, it
computes mentions and entities again from the recognized mentions and all decisions in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotate import GENERAL_DOCUMENT, NullStore, Store, constraints, describe_step
from reader.annotate.decisions import NamesDifferent
from reader.annotate.effects.decided_mentions import DecidedMentions, decided_names
from reader.annotate.effects.mention_edits import EditedMentions
from reader.annotate.effects.personal_names import PersonalNames, personal_list
from reader.annotate.general_decisions import follow_general_steps, general_forms, toggle_general_step
from reader.annotate.loading_choices import choices_in, save_choices
from reader.annotate.log.decision_history import combine_steps
from reader.names.normal import surface
from reader.reading.merged_names import MentionNames, MergedNames
from reader.recognize import Mention
from reader.resolve import Entity, Name, Resolution, Suggestion
from reader.structures.intervals import covering, find_span, overlapping

if TYPE_CHECKING:
    from reader.annotate import Decision, History, Step
    from reader.annotate.effects.notes import Notes
    from reader.document import Document
    from reader.document.load_options import LoadChoices
    from reader.document.normal_text import NormalText
    from reader.resolve import Constraints, Resolver
    from reader.resolve.evidence.base import Evidence


class Reading:
    """A document with its mentions, decisions and entities. Not thread-safe."""

    def __init__(self, document: Document, store: Store | None = None) -> None:
        self.document = document
        """The document that is read."""
        self.store: Store = store or NullStore()
        """Where decisions are kept."""
        self.recognized: Sequence[Mention] = ()
        """The mentions that recognition found, before any decisions."""
        self.mentions: list[Mention] = []
        """The mentions after the user's decisions, sorted by span. They may nest."""
        self.model_name = ""
        """The pipeline that found the recognized mentions; empty before recognition."""
        self.model_version = ""
        self.notice = ""
        """One line from recognition for the user, such as that the text is in another language."""
        self.values_shown = False
        """Whether dates, amounts and measures are shown and exported with the names."""
        self.merges_later = False
        """Whether the names are yet to be merged in another thread. Until `adopt`, decisions do not read the text."""
        self.history: History = self.store.history(document)
        """The decisions about this document."""
        self.general: History = self.store.history(GENERAL_DOCUMENT)
        """The general decisions. They apply unless a decision about this document contradicts them."""
        self.last_reverted: Step | None = None
        """The step undone or redone last."""
        self.load_as: LoadChoices | None = None
        """How the source must be loaded again, because a step was undone or redone that said so; else None."""
        self._personal = PersonalNames(lambda: self.normal)
        self._edited = EditedMentions(document.text)
        self._decided: DecidedMentions | None = None
        self._normal: NormalText | None = None
        self._notes: tuple[History, Notes] | None = None
        self._all_values: list[Mention] | None = None
        self._values: tuple[list[Mention], list[Mention]] | None = None
        """The mentions for which the values were computed, and the values."""
        self._resolver: Resolver | None = None
        self._constraints: Constraints
        self._names: MentionNames
        self._merged_names: MergedNames | None
        """The merged names, None before they are first needed."""
        self._derive()

    @property
    def resolution(self) -> Resolution:
        """The entities of the mentions. Names are merged when this is first needed after a change."""
        return self._merged.resolution

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities, in order of first mention."""
        return self.resolution.entities

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """The suggested merges, best first."""
        return self.resolution.suggestions

    @property
    def values(self) -> list[Mention]:
        """Dates, times, amounts of money, percentages and measures, sorted by span; none overlaps a name."""
        if self._values is None or self._values[0] is not self.mentions:
            from reader.recognize.rules.values import find_values, values_outside_names

            if self._all_values is None:
                self._all_values = find_values(self.document)
            self._values = self.mentions, values_outside_names(self._all_values, self.mentions)
        return self._values[1]

    @property
    def shown_mentions(self) -> list[Mention]:
        """The mentions, with the values among them if `values_shown` is set."""
        return sorted((*self.mentions, *self.values)) if self.values_shown else self.mentions

    @property
    def notes(self) -> Notes:
        """The notes and tags on mentions, entities and the document."""
        if self._notes is None or self._notes[0] is not self.history:
            from reader.annotate.effects.notes import collect_notes

            self._notes = self.history, collect_notes(self.history.steps)
        return self._notes[1]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in force: first the general ones, then those about this document, which take precedence."""
        return (*personal_list(self.general.decisions).decisions, *self.history.decisions)

    @property
    def decided(self) -> DecidedMentions:
        """The mentions that the user has decided about."""
        if self._decided is None:
            names = decided_names(self.history.decisions)
            owners = (entity for name in names for entity in self.entities_with(name))
            self._decided = DecidedMentions(self.mentions, self._edited.user_count, owners, self.entity_of)
        return self._decided

    @property
    def normal(self) -> NormalText:
        """The normal form of the text, on which names are found, merged and searched for."""
        if self._normal is None:
            # Like merging, it is not needed for the first paint.
            from reader.document.normal_text import NormalText

            self._normal = NormalText(self.document)
        return self._normal

    @property
    def has_normal(self) -> bool:
        """Whether the normal form has been computed, which takes 0.2 seconds for a million code points."""
        return self._normal is not None

    # Changing what is read

    def set_recognized(self, mentions: Iterable[Mention]) -> None:
        """Replace the recognized mentions. They can be shown at once: their names are merged when that is needed."""
        self.recognized = tuple(mentions)
        self._personal.enabled = True
        self._derive()

    def merge(self) -> None:
        """Merge the names now, if they are not merged yet, and look up what merging needs of the text.

        So no decision has to wait for that.
        """
        self._text_resolver().examine_text()
        _ = self._merged

    def snapshot(self) -> Reading:
        """Return a copy for another thread: changes replace the parts of a reading and never edit them."""
        _ = self._merged
        return copy(self)

    def prepare(self) -> Reading:
        """Return a copy that recognizes and merges in another thread; `adopt` takes over what it has found.

        Call this and `adopt` in the thread of this reading, and the copy's `set_recognized` and `merge` in the other
        one. A reading that two threads change mixes up old and new names.
        """
        prepared = copy(self)
        prepared._personal = PersonalNames(lambda: prepared.normal)
        prepared._edited = EditedMentions(self.document.text)
        prepared._resolver = None
        if self._resolver is not None and not self.merges_later:
            prepared._resolver = self._resolver.without_mentions()
        prepared.merges_later = False
        return prepared

    def adopt(self, prepared: Reading) -> None:
        """Take over the mentions and entities of a prepared reading, under the decisions made in the meantime."""
        self.recognized, self.mentions = prepared.recognized, prepared.mentions
        self._personal, self._edited, self._decided = prepared._personal, prepared._edited, None
        self._normal, self._resolver = prepared._normal, prepared._resolver
        self._constraints, self._names, self._merged_names = prepared._constraints, prepared._names, prepared._merged
        self.merges_later = False
        if self.history is not prepared.history or self.general is not prepared.general:
            self._derive()

    def decide(self, *decisions: Decision) -> str:
        """Record decisions as one step and apply them. `store.saved` is whether they are on disk.

        Returns:
            A description of the first decision, for the status bar.

        Raises:
            MalformedRecordError: A decision is invalid, such as a blank name or a span outside the text.
        """
        self.history = self.store.append(self.document, decisions)
        self._derive()
        return decisions[0].describe(self.document.text)

    def toggle_general(self) -> str | None:
        """Apply the last step to every document, or to this document only again. Undoing the step undoes both.

        Returns:
            A line for the status bar, or None if the last step is not only about names.
        """
        step = self.store.next_undo(self.history)
        text = self.document.text
        decisions = general_forms(step.applied, text, self.mentions_between) if step else ()
        if step is None or not decisions:
            return None
        self.general = toggle_general_step(self.store, self.general, step.id, decisions)
        self._derive()
        if any(general.id == step.id for general in self.general.steps):
            return f"in every document: {describe_step(replace(step, decisions=decisions, quotes=()), text)}"
        return f"in this document only: {describe_step(step, text)}"

    def undo(self) -> str | None:
        """Undo the last step. Return its description, or None if there is nothing to undo."""
        before = self.history
        step, self.history = self.store.undo(self.document)
        self._follow_steps(before)
        return self._derive_after(step)

    def redo(self) -> str | None:
        """Redo the step undone last. Return its description, or None if there is nothing to redo."""
        before = self.history
        step, self.history = self.store.redo(self.document)
        self._follow_steps(before)
        return self._derive_after(step)

    def undo_to(self, step: str) -> str | None:
        """Undo every step after a given one, at once. Return a description, or None if there is nothing to undo.

        Args:
            step: Id of the last step to keep; "" undoes all.

        Raises:
            KeyError: There is no such step.
        """
        before = self.history
        undone, self.history = self.store.undo_to(self.document, step)
        self._follow_steps(before)
        return self._derive_after(combine_steps(undone))

    def refresh(self) -> bool:
        """Load decisions made in another window. Return whether there were any. Cheap if there were none."""
        if not (self.store.changed_since(self.history) or self.store.changed_since(self.general)):
            return False
        self.history, self.general = self.store.history(self.document), self.store.history(GENERAL_DOCUMENT)
        self._derive()
        return True

    # Mentions

    @property
    def longest(self) -> int:
        """The length of the longest mention, in code points. Lookups by offset need it."""
        return self._edited.longest

    def mention_at(self, offset: int) -> Mention | None:
        """Return the mention that covers an offset, the innermost if there are several."""
        return next(iter(self.mentions_at(offset)), None)

    def mentions_at(self, offset: int) -> list[Mention]:
        """Return the mentions that cover an offset, innermost first."""
        return covering(self.mentions, offset, self.longest)

    def mentions_between(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that overlap `start:end`, in order."""
        return overlapping(self.mentions, start, end, self.longest)

    def mention_with(self, start: int, end: int) -> Mention | None:
        """Return the mention whose span is exactly `start:end`."""
        index = find_span(self.mentions, start, end)
        return None if index is None else self.mentions[index]

    # Names and entities

    def name_of(self, mention: Mention) -> Name:
        """Return the name that a mention counts as: its own, or the name that the user moved it to."""
        return self._names.name_of(mention)

    def form_of(self, mention: Mention) -> str:
        """Return the surface form of a mention, even if the user moved it to another name."""
        return self._names.form_of(mention)

    def names_of(self, entity: Entity) -> tuple[Name, ...]:
        """Return the names that the mentions of an entity count as."""
        return self._merged.names_of(entity)

    def forms_of(self, entity: Entity) -> dict[str, int]:
        """Return the surface forms of an entity's mentions with their counts, its names first.

        A mention that was moved to the entity counts under its own form: "the Court" is not an occurrence of the name
        "European Court of Auditors".
        """
        return self._merged.forms_of(entity)

    def all_names_of(self, entity: Entity) -> tuple[str, ...]:
        """Return all by which an entity may be looked for: its canonical name, its names, and the forms moved to it."""
        return self._merged.all_names_of(entity)

    def current(self, entity: Entity | None) -> Entity | None:
        """Return the current counterpart of an entity. Code that keeps an entity across decisions calls this.

        Returns:
            The entity itself if it is current, else the owner of its first mention that still exists, else None.
        """
        if entity is None or self.resolution.has(entity):
            return entity
        mentions = (self.mention_with(mention.start, mention.end) for mention in entity.mentions)
        owners = (self.entity_of(mention) for mention in mentions if mention is not None)
        return next((owner for owner in owners if owner is not None), None)

    def entity_of(self, mention: Mention) -> Entity | None:
        """Return the entity that a mention belongs to."""
        return self._merged.entity_of(mention)

    def entities_with(self, name: Name) -> list[Entity]:
        """Return the entities with a name: by text and label, or if none has both, by text alone."""
        return self._merged.entities_with(name)

    def entity_named(self, name: str) -> Entity | None:
        """Return the entity with a name: exact before case-insensitive matches, canonical names before aliases."""
        return self._merged.entity_named(name)

    def evidence(self, left: Iterable[Name], right: Iterable[Name]) -> Evidence | None:
        """Return the strongest evidence that two groups of names are one entity, regardless of the user's decisions."""
        return self._resolver.between(left, right) if self._resolver is not None else None

    def told_apart(self, left: Iterable[Name], right: Iterable[Name]) -> bool:
        """Return whether the text or a rule, not the user, says that two groups of names are two entities."""
        return self._resolver is not None and self._resolver.told_apart(left, right)

    def keep_apart(self, left: tuple[Name, ...], right: tuple[Name, ...]) -> NamesDifferent:
        """Return the decision that two groups of names are two entities, with the score of the evidence against it."""
        evidence = self.evidence(left, right)
        return NamesDifferent(left, right, round(evidence.score, 3) if evidence else 0.0)

    # Deriving

    def _follow_steps(self, before: History) -> None:
        """Undo or redo elsewhere what belongs to the steps that were undone or redone since `before`."""
        old_choices, new_choices = choices_in(before.decisions), choices_in(self.history.decisions)
        if old_choices != new_choices:
            save_choices(self.store, self.document, old_choices, new_choices)
            self.load_as = new_choices
        self.general = follow_general_steps(self.store, self.general, before, self.history)

    def _derive_after(self, step: Step | None) -> str | None:
        self.last_reverted = step
        if step is None:
            return None
        self._derive()
        return describe_step(step, self.document.text)

    def _derive(self) -> None:
        recognized = self._personal.add_to(self.recognized, self.general.decisions)
        self.mentions = self._edited.update(recognized, self.decisions)
        self._constraints = constraints(self.decisions)
        moved = {(start, end): Name(surface(name.text), name.label) for start, end, name in self._constraints.moved}
        self._names = MentionNames(self.document.text, moved)
        self._decided = self._merged_names = None

    @property
    def _merged(self) -> MergedNames:
        if self._merged_names is None:
            resolution = (
                self._text_resolver().resolve(self.mentions, self._constraints) if self.mentions else Resolution()
            )
            self._merged_names = MergedNames(resolution, self._names)
        return self._merged_names

    def _text_resolver(self) -> Resolver:
        if self._resolver is None:
            # Merging and its tables are not needed for the first paint, only once there are mentions.
            from reader.resolve import Resolver

            self._resolver = Resolver.of_names(self.document) if self.merges_later else Resolver(self.normal)
        return self._resolver
