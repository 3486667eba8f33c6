"""How decisions change the mentions that recognition found. Pure; the later decision wins."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from reader.annotate import decisions as kinds
from reader.names.normal import surface
from reader.recognize import Mention
from reader.resolve import Name
from reader.structures.intervals import find_span, indexes_at, longest_of, overlapping, overlapping_indexes

_MAX_INSERTIONS: Final = 64
"""Up to this many added mentions are inserted one by one; with more, sorting all mentions is faster."""

_MAX_MENTION_LENGTH: Final = 1000
"""No recognized mention is longer (code points). Mentions can nest, so a look-up begins this far before a span."""


def apply_to_mentions(text: str, mentions: Sequence[Mention], decisions: Iterable[kinds.Decision]) -> list[Mention]:
    """Return the mentions after the decisions, sorted by span.

    A mention that the user added, retagged or confirmed has origin "user" and score 1.0. A decision about an entity
    applies to the mentions with the surface form and the label of one of its names. It applies to the surface form
    under any label if the name has no label, or if no mention of the document ever had both: so the decision outlives a
    change of recognizer that labels the name differently.

    Args:
        text: The text of the document.
        mentions: The recognized mentions, sorted by span.
        decisions: The decisions, in the order in which they were made.
    """
    edits = MentionEdits(text, mentions)
    for decision in decisions:
        edits.apply(decision)
    return edits.mentions()


class MentionEdits:
    """Mentions to which decisions are applied one by one.

    The cost of a decision depends on the mentions that it affects, not on the size of the document. Every mention has a
    slot, a number that never changes: recognized mentions have the first ones, in order, and each mention that the user
    adds gets the next.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], recognized: RecognizedMentions | None = None) -> None:
        """Begin with the recognized mentions, sorted by span; pass `recognized` to reuse facts about them."""
        self._text = text
        self._recognized = recognized or RecognizedMentions(text, mentions)
        self._mentions = mentions
        self._changed: dict[int, Mention | None] = {}  # by slot; None for a removed mention
        self._added: list[tuple[int, int, int]] = []  # start, end and slot of the added mentions, sorted
        self._longest_added = 0  # code points
        self._overlaid: set[int] = set()  # slots of the added mentions that may overlap others
        self._slot_count = len(mentions)
        self._slots_by_surface: defaultdict[str, list[int]] | None = None  # built when the first decision needs it
        self._early_labels: list[tuple[int, int, str]] = []  # spans that the user labeled before it was built
        self._user_names: set[Name] = set()  # names that a decision ever labeled
        self._dismissed: dict[int, Mention] = {}  # by slot
        self._moved_forms: dict[int, str] = {}  # the surface form that a moved mention counts for, by slot

    def apply(self, decision: kinds.Decision) -> None:
        """Apply one more decision. A decision about merging, notes or tags changes no mention."""
        match decision:
            case kinds.MentionAdded(start, end, label):
                self._add(start, end, label, list(self._overlapping_slots(start, end)))
            case kinds.MentionOverlaid(start, end, label):
                self._overlaid.add(self._add(start, end, label, list(self._slots_at(start, end))))
            case kinds.MachineMentionAdded(start, end, label, score):
                self._add_found(Mention(start, end, label, "model", score))
            case kinds.MentionRemoved(start, end):
                for slot in self._slots_at(start, end):
                    self._remove(slot)
            case kinds.MentionRetagged(start, end, label) | kinds.MentionConfirmed(start, end, label):
                self._retag(start, end, label)
                self._user_names.update(
                    Name(self._moved_forms[slot], label)
                    for slot in self._slots_at(start, end)
                    if slot in self._moved_forms
                )
            case kinds.MentionMoved(start, end, to):
                self._retag(start, end, to.label)
                self._move(start, end, to)
            case kinds.EntityRetagged(names, label):
                for slot in [slot for name in names for slot in self._slots_named(name)]:
                    self._set_label(slot, label)
                self._user_names.update(Name(surface(name.text), label) for name in names)
            case kinds.EntityConfirmed(names):
                for slot in [slot for name in names for slot in self._slots_named(name)]:
                    self._set_label(slot, self._label(slot))
            case kinds.EntityDismissed(names):
                for slot in [slot for name in names for slot in self._slots_named(name)]:
                    if (mention := self._mention_in(slot)) is not None:
                        self._dismissed[slot] = mention
                    self._remove(slot)
            case kinds.EntityRestored(names):
                for name in names:
                    self._restore(name)

    def mentions(self) -> list[Mention]:
        """Return the mentions after the decisions so far, sorted by span."""
        by_slot: list[Mention | None] = list(self._mentions)
        added: list[Mention] = []
        for slot, mention in self._changed.items():
            if slot < len(by_slot):
                by_slot[slot] = mention
            elif mention is not None:
                added.append(mention)
        mentions = [mention for mention in by_slot if mention is not None]
        if len(added) <= _MAX_INSERTIONS:
            for mention in added:
                insort(mentions, mention)
        else:
            mentions += added
            mentions.sort()
        return mentions

    def user_count(self) -> int:
        """Return the number of mentions with origin "user". The cost depends on the changed mentions only."""
        recognized = self._mentions
        recognized_count = sum(recognized[slot].origin == "user" for slot in self._changed if slot < len(recognized))
        changed_count = sum(mention is not None and mention.origin == "user" for mention in self._changed.values())
        return self._recognized.user_count - recognized_count + changed_count

    @property
    def longest(self) -> int:
        """The length of the longest mention that the user added (code points)."""
        return self._longest_added

    def _add_found(self, mention: Mention) -> None:
        """Add a mention that a machine found beside the others, unless the user decided about one with its span."""
        slots = list(self._slots_at(mention.start, mention.end))
        if all((overlapped := self._mention_in(slot)) is None or overlapped.origin != "user" for slot in slots):
            slot = self._add(mention.start, mention.end, mention.label, slots)
            self._changed[slot] = mention
            self._overlaid.add(slot)

    def _add(self, start: int, end: int, label: str, replaced_slots: Iterable[int]) -> int:
        """Add a mention in place of others; return its slot."""
        for replaced_slot in replaced_slots:
            self._remove(replaced_slot)
        slot = self._slot_count
        self._slot_count += 1
        insort(self._added, (start, end, slot))
        self._longest_added = max(self._longest_added, end - start)
        self._changed[slot] = Mention(start, end, label, "user", 1.0)
        if self._slots_by_surface is not None:
            self._slots_by_surface[surface(self._text[start:end])].append(slot)
        self._remember_label(start, end, label)
        return slot

    def _retag(self, start: int, end: int, label: str) -> None:
        """Give the mention at `start:end` a label. If recognition no longer finds one there, add it."""
        slots = list(self._slots_at(start, end))
        if not slots:
            # Mentions that the user overlaid when recognition still found this one stay.
            replaced_slots = [slot for slot in self._overlapping_slots(start, end) if slot not in self._overlaid]
            self._add(start, end, label, replaced_slots)
            return
        self._set_label(slots[0], label)
        self._remember_label(start, end, label)
        for slot in slots[1:]:
            self._remove(slot)

    def _move(self, start: int, end: int, to: Name) -> None:
        """Let the mention at `start:end` count for another name."""
        slots_by_surface = self._surface_index()
        form, target_form = surface(self._text[start:end]), surface(to.text)
        for slot in self._slots_at(start, end):
            if slot < len(self._mentions) and slot not in self._moved_forms:
                # The name existed with its recognized label, even though its mention has moved away.
                self._user_names.add(Name(form, self._mentions[slot].label))
            for slots in (slots_by_surface[form], slots_by_surface[self._moved_forms.get(slot, "")]):
                if slot in slots:
                    slots.remove(slot)
            self._moved_forms[slot] = target_form
            slots_by_surface[target_form].append(slot)
        self._user_names.add(Name(target_form, to.label))

    def _restore(self, name: Name) -> None:
        """Bring back the dismissed mentions of a name, except where the user has added another mention since."""
        for slot, mention in reversed([*self._dismissed.items()]):
            if slot in self._slots_with_form(name) and (not self._is_specific(name) or mention.label == name.label):
                del self._dismissed[slot]
                start, end = mention.start, mention.end
                obstacles = [] if slot in self._overlaid else self._added
                occupied = any(
                    added_start < end and start < added_end and added_slot not in self._overlaid
                    for added_start, added_end, added_slot in obstacles
                )
                if not occupied and next(self._slots_at(start, end), None) is None:
                    self._changed[slot] = mention
                    if slot >= len(self._mentions):
                        insort(self._added, (mention.start, mention.end, slot))

    def _set_label(self, slot: int, label: str) -> None:
        mention = self._mention_in(slot)
        if mention is not None:
            self._changed[slot] = Mention(mention.start, mention.end, label, "user", 1.0)

    def _remove(self, slot: int) -> None:
        mention = self._mention_in(slot)
        self._changed[slot] = None
        if slot >= len(self._mentions) and mention is not None:
            self._added.remove((mention.start, mention.end, slot))

    def _remember_label(self, start: int, end: int, label: str) -> None:
        if self._slots_by_surface is None:
            self._early_labels.append((start, end, label))
        else:
            self._user_names.add(Name(surface(self._text[start:end]), label))

    def _mention_in(self, slot: int) -> Mention | None:
        return self._changed[slot] if slot in self._changed else self._mentions[slot]

    def _label(self, slot: int) -> str:
        mention = self._mention_in(slot)
        return mention.label if mention is not None else ""

    def _slots_at(self, start: int, end: int) -> Iterator[int]:
        """Yield the slots of the mentions whose span is exactly `start:end`."""
        for slot in indexes_at(self._mentions, start, end):
            if self._mention_in(slot) is not None:
                yield slot
        index = find_span(self._added, start, end)
        if index is not None:
            yield self._added[index][2]

    def _overlapping_slots(self, start: int, end: int) -> Iterator[int]:
        for slot in overlapping_indexes(self._mentions, start, end, _MAX_MENTION_LENGTH):
            if self._mention_in(slot) is not None:
                yield slot
        for _, _, slot in overlapping(self._added, start, end, self._longest_added):
            yield slot

    def _slots_named(self, name: Name) -> list[int]:
        """Return the slots of the mentions to which a decision about a name applies."""
        slots = [slot for slot in self._slots_with_form(name) if self._mention_in(slot) is not None]
        return [slot for slot in slots if self._label(slot) == name.label] if self._is_specific(name) else slots

    def _slots_with_form(self, name: Name) -> Sequence[int]:
        return self._surface_index().get(surface(name.text), ())

    def _is_specific(self, name: Name) -> bool:
        """Return whether only mentions with the label of the name count: some mention ever had its form and label."""
        mentions = self._mentions
        return name.label != "" and (
            Name(surface(name.text), name.label) in self._user_names
            or any(
                mentions[slot].label == name.label
                for slot in self._slots_with_form(name)
                if slot < len(mentions) and slot not in self._moved_forms
            )
        )

    def _surface_index(self) -> defaultdict[str, list[int]]:
        """Return the slots by surface form. The first call builds the index, with the labels given so far."""
        if self._slots_by_surface is None:
            text = self._text
            slots_by_surface = defaultdict(
                list, {form: [*slots] for form, slots in self._recognized.indexes_by_surface.items()}
            )
            for start, end, slot in self._added:
                slots_by_surface[surface(text[start:end])].append(slot)
            self._user_names = {Name(surface(text[start:end]), label) for start, end, label in self._early_labels}
            self._slots_by_surface = slots_by_surface
        return self._slots_by_surface


class RecognizedMentions:
    """Recognized mentions, sorted by span, with facts about them that are computed when first needed."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._text = text

    @cached_property
    def indexes_by_surface(self) -> Mapping[str, Sequence[int]]:
        """The indexes of the mentions by surface form."""
        indexes: defaultdict[str, list[int]] = defaultdict(list)
        for index, mention in enumerate(self.mentions):
            indexes[self._text[mention[0] : mention[1]]].append(index)
        for raw_form in list(indexes):
            if (form := surface(raw_form)) != raw_form:
                indexes[form] += indexes.pop(raw_form)
        return indexes

    @cached_property
    def user_count(self) -> int:
        """The number of mentions with origin "user": those of personal names."""
        return sum(mention[3] == "user" for mention in self.mentions)

    @cached_property
    def longest(self) -> int:
        """The length of the longest mention (code points)."""
        return longest_of(self.mentions)


class EditedMentions:
    """The recognized mentions of one document after its decisions.

    When decisions are only added, the cost depends on the new ones, besides that of a new list.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._recognized = RecognizedMentions(text, ())
        self._applied: tuple[kinds.Decision, ...] = ()
        self._edits = MentionEdits(text, ())
        self.longest = 0
        """The length of the longest mention (code points)."""

    def update(self, recognized: Sequence[Mention], decisions: tuple[kinds.Decision, ...]) -> list[Mention]:
        """Return the mentions after the decisions, sorted by span."""
        applied_count = len(self._applied)
        is_current = recognized is self._recognized.mentions
        if not is_current:
            self._recognized = RecognizedMentions(self._text, recognized)
        if not is_current or decisions[:applied_count] != self._applied:
            self._edits, applied_count = MentionEdits(self._text, recognized, self._recognized), 0
        for decision in decisions[applied_count:]:
            self._edits.apply(decision)
        self._applied = decisions
        self.longest = max(self._recognized.longest, self._edits.longest)
        return self._edits.mentions()

    @property
    def user_count(self) -> int:
        """The number of mentions with origin "user"."""
        return self._edits.user_count()
