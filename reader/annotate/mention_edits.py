"""How decisions change what recognition found. Pure; the later decision wins."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from reader.annotate.decisions import (
    Decision,
    EntityConfirmed,
    EntityDismissed,
    EntityRestored,
    EntityRetagged,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionOverlaid,
    MentionRemoved,
    MentionRetagged,
)
from reader.names.normal import surface
from reader.recognize import Mention
from reader.resolve import Name
from reader.structures.intervals import find_span, indexes_at, longest_of, overlapping, overlapping_indexes

_FEW: Final = 64
"""Up to so many mentions are put in place one by one; above, sorting all is quicker."""

_LONGEST: Final = 1000
"""No name found in a text is longer (code points): mentions may nest, and so much is looked at before a place."""


def apply_to_mentions(text: str, mentions: Sequence[Mention], decisions: Iterable[Decision]) -> list[Mention]:
    """Return the mentions that stand after the decisions, in order of place.

    `mentions` are in order of place. What the user added or retagged has origin "user" and score 1.0. A name in an
    entity-wide decision is matched by surface and label, by surface alone if its label is "" or if no mention of the
    document ever had both: so a decision outlives a recognizer that labels the name differently.
    """
    edits = MentionEdits(text, mentions)
    for decision in decisions:
        edits.apply(decision)
    return edits.mentions()


class MentionEdits:
    """Mentions under decisions that come one by one: each costs what it touches, not what the document holds."""

    def __init__(self, text: str, mentions: Sequence[Mention], found: Found | None = None) -> None:
        """Begin with what recognition found; `found` is the same, with what is known of it already."""
        self._text = text
        self._known = found or Found(text, mentions)
        self._found = mentions
        self._changed: dict[int, Mention | None] = {}  # by slot; slots from len(found) on are the user's own
        self._added: list[tuple[int, int, int]] = []  # start, end, slot; in order
        self._longest = 0  # of those, in code points
        self._overlaid: set[int] = set()  # slots of those among them that may overlap others
        self._slots = len(mentions)
        self._surfaces: defaultdict[str, list[int]] | None = None
        self._said: list[tuple[int, int, str]] = []  # labels that the user gave before the index was needed
        self._made: set[Name] = set()
        self._dismissed: dict[int, Mention] = {}
        self._borne: dict[int, str] = {}  # the names of mentions that were moved

    def apply(self, decision: Decision) -> None:
        """Let one more decision take effect; one about names only changes no mention."""
        match decision:
            case MentionAdded(start, end, label):
                self._add(start, end, label, list(self._overlapping(start, end)))
            case MentionOverlaid(start, end, label):
                self._overlaid.add(self._add(start, end, label, list(self._exactly(start, end))))
            case MentionRemoved(start, end):
                for slot in self._exactly(start, end):
                    self._drop(slot)
            case MentionRetagged(start, end, label) | MentionConfirmed(start, end, label):
                self._retag(start, end, label)
            case MentionMoved(start, end, to):
                self._retag(start, end, to.label)
                self._move(start, end, to)
            case EntityRetagged(names, label):
                for slot in [slot for name in names for slot in self._named(name)]:
                    self._put(slot, label)
                self._made.update(Name(surface(name.text), label) for name in names)
            case EntityConfirmed(names):
                for slot in [slot for name in names for slot in self._named(name)]:
                    self._put(slot, self._label(slot))
            case EntityDismissed(names):
                for slot in [slot for name in names for slot in self._named(name)]:
                    if (mention := self._current(slot)) is not None:
                        self._dismissed[slot] = mention
                    self._drop(slot)
            case EntityRestored(names):
                for name in names:
                    self._restore(name)

    def mentions(self) -> list[Mention]:
        """Return the mentions as they stand now, in order of place."""
        standing: list[Mention | None] = list(self._found)
        extra: list[Mention] = []
        for slot, mention in self._changed.items():
            if slot < len(standing):
                standing[slot] = mention
            elif mention is not None:
                extra.append(mention)
        result = [mention for mention in standing if mention is not None]
        if len(extra) <= _FEW:
            for mention in extra:
                insort(result, mention)
        else:
            result += extra
            result.sort()
        return result

    def count_of_user(self) -> int:
        """Return how many of the mentions are the user's; costs what was decided, not what the document holds."""
        found = self._found
        before = sum(found[slot].origin == "user" for slot in self._changed if slot < len(found))
        now = sum(mention is not None and mention.origin == "user" for mention in self._changed.values())
        return self._known.of_user - before + now

    @property
    def longest(self) -> int:
        """No mention that the user added is longer (code points)."""
        return self._longest

    def _add(self, start: int, end: int, label: str, instead: Iterable[int]) -> int:
        for slot in instead:
            self._drop(slot)
        slot = self._slots
        self._slots += 1
        insort(self._added, (start, end, slot))
        self._longest = max(self._longest, end - start)
        self._changed[slot] = Mention(start, end, label, "user", 1.0)
        if self._surfaces is not None:
            self._surfaces[surface(self._text[start:end])].append(slot)
        self._remember(start, end, label)
        return slot

    def _retag(self, start: int, end: int, label: str) -> None:
        # Whoever retags a name says that a name stands there, also where recognition has changed its mind since.
        slots = list(self._exactly(start, end))
        if not slots:
            # What the user laid beside it when recognition still found it stays.
            self._add(start, end, label, [each for each in self._overlapping(start, end) if each not in self._overlaid])
            return
        self._put(slots[0], label)
        self._remember(start, end, label)
        for slot in slots[1:]:
            self._drop(slot)

    def _move(self, start: int, end: int, to: Name) -> None:
        """Count what stands there to another name from now on."""
        if self._surfaces is None:
            self._surfaces = self._by_surface()
        for slot in self._exactly(start, end):
            if slot < len(self._found) and slot not in self._borne:
                found = self._found[slot]  # its name was seen with its label, also once it has moved away
                self._made.add(Name(surface(self._text[start:end]), found.label))
            for slots in (self._surfaces[surface(self._text[start:end])], self._surfaces[self._borne.get(slot, "")]):
                if slot in slots:
                    slots.remove(slot)
            self._borne[slot] = surface(to.text)
            self._surfaces[self._borne[slot]].append(slot)
        self._made.add(Name(surface(to.text), to.label))

    def _restore(self, name: Name) -> None:
        """Bring back what was dismissed of a name, but where the user has put another mention since."""
        for slot, mention in reversed([*self._dismissed.items()]):
            if slot in self._slots_of(name) and (not self._tells(name) or mention.label == name.label):
                del self._dismissed[slot]
                start, end = mention.start, mention.end
                others = [] if slot in self._overlaid else self._added
                taken = any(a < end and start < b and at not in self._overlaid for a, b, at in others)
                if not taken and next(self._exactly(start, end), None) is None:
                    self._changed[slot] = mention
                    if slot >= len(self._found):
                        insort(self._added, (mention.start, mention.end, slot))

    def _put(self, slot: int, label: str) -> None:
        mention = self._current(slot)
        if mention is not None:
            self._changed[slot] = Mention(mention.start, mention.end, label, "user", 1.0)

    def _drop(self, slot: int) -> None:
        mention = self._current(slot)
        self._changed[slot] = None
        if slot >= len(self._found) and mention is not None:
            self._added.remove((mention.start, mention.end, slot))

    def _remember(self, start: int, end: int, label: str) -> None:
        if self._surfaces is None:
            self._said.append((start, end, label))
        else:
            self._made.add(Name(surface(self._text[start:end]), label))

    def _current(self, slot: int) -> Mention | None:
        return self._changed[slot] if slot in self._changed else self._found[slot]

    def _exactly(self, start: int, end: int) -> Iterator[int]:
        for slot in indexes_at(self._found, start, end):
            if self._current(slot) is not None:
                yield slot
        index = find_span(self._added, start, end)
        if index is not None:
            yield self._added[index][2]

    def _overlapping(self, start: int, end: int) -> Iterator[int]:
        for slot in overlapping_indexes(self._found, start, end, _LONGEST):
            if self._current(slot) is not None:
                yield slot
        for _, _, slot in overlapping(self._added, start, end, self._longest):
            yield slot

    def _named(self, name: Name) -> list[int]:
        standing = [slot for slot in self._slots_of(name) if self._current(slot) is not None]
        return [slot for slot in standing if self._label(slot) == name.label] if self._tells(name) else standing

    def _slots_of(self, name: Name) -> Sequence[int]:
        if self._surfaces is None:
            self._surfaces = self._by_surface()
        return self._surfaces.get(surface(name.text), ())

    def _tells(self, name: Name) -> bool:
        """Tell whether the name's label tells it from its namesakes: some mention ever had both."""
        found = self._found
        return name.label != "" and (
            Name(surface(name.text), name.label) in self._made
            or any(
                found[slot].label == name.label
                for slot in self._slots_of(name)
                if slot < len(found) and slot not in self._borne
            )
        )

    def _label(self, slot: int) -> str:
        mention = self._current(slot)
        return mention.label if mention is not None else ""

    def _by_surface(self) -> defaultdict[str, list[int]]:
        text = self._text
        surfaces = defaultdict(list, {form: [*slots] for form, slots in self._known.by_surface.items()})
        for start, end, slot in self._added:
            surfaces[surface(text[start:end])].append(slot)
        self._made = {Name(surface(text[start:end]), label) for start, end, label in self._said}
        return surfaces


class Found:
    """Mentions in order of place."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._text = text

    @cached_property
    def by_surface(self) -> Mapping[str, Sequence[int]]:
        """The indices of the mentions that have a surface form."""
        raw: defaultdict[str, list[int]] = defaultdict(list)
        for index, mention in enumerate(self.mentions):
            raw[self._text[mention[0] : mention[1]]].append(index)
        for form in list(raw):
            if (joined := surface(form)) != form:
                raw[joined] += raw.pop(form)
        return raw

    @cached_property
    def of_user(self) -> int:
        """How many are the user's: names that hold in every article."""
        return sum(mention[3] == "user" for mention in self.mentions)

    @cached_property
    def longest(self) -> int:
        """No mention is longer (code points)."""
        return longest_of(self.mentions)


class MentionsUnder:
    """What is found, with what was decided about it. A decision more costs what it touches, and a list made anew."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = Found(text, ())
        self._applied: tuple[Decision, ...] = ()
        self._edits = MentionEdits(text, ())

    def of(self, found: Sequence[Mention], decisions: tuple[Decision, ...]) -> list[Mention]:
        """Return the mentions that stand after the decisions, in order of place."""
        known = len(self._applied)
        if found is not self._found.mentions:
            self._found, known = Found(self._text, found), -1
        if known < 0 or decisions[:known] != self._applied:
            self._edits, known = MentionEdits(self._text, found, self._found), 0
        for decision in decisions[known:]:
            self._edits.apply(decision)
        self._applied = decisions
        return self._edits.mentions()

    @property
    def count_of_user(self) -> int:
        """How many of them are the user's."""
        return self._edits.count_of_user()

    @property
    def longest(self) -> int:
        """No mention is longer (code points)."""
        return max(self._found.longest, self._edits.longest)
