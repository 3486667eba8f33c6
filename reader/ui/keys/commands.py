"""The one table of commands, from which bindings, footer, palette, help, keymap file and keymap page are derived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Context(StrEnum):
    """Where a command can be given."""

    ANYWHERE = "anywhere"
    TEXT = "text"
    SELECTING = "selecting"
    RESIZING = "resizing"
    ENTITIES = "entities"
    DETAILS = "details"
    REVIEW = "review"
    NAMES = "names"
    NOTES = "notes"
    HISTORY = "history"
    ORPHANS = "lost places"
    LIBRARY = "library"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Command:
    """Something that the user can ask for by key or by name."""

    id: str
    """Stable name, for the keymap file."""
    keys: tuple[str, ...]
    """Default keys: a character, a named key ("ctrl+d", "space"), or several with spaces between ("g g")."""
    words: str
    """One or two words for the footer."""
    about: str
    """What it does, for the help screen and the palette."""
    context: Context
    hint: bool = False
    """Whether the footer shows it."""

    @property
    def method(self) -> str:
        """The name of the method that carries it out."""
        return "do_" + self.id.replace("-", "_")


def _commands(context: Context, *rows: tuple[str, str, str, str] | tuple[str, str, str, str, bool]) -> list[Command]:
    return [
        Command(row[0], tuple(filter(None, row[1].split(" | "))), row[2], row[3], context, len(row) > 4) for row in rows
    ]


def _all() -> Iterable[Command]:
    yield from _commands(
        Context.TEXT,
        ("next-mention", "]", "next", "Go to the next mention", True),
        ("previous-mention", "[", "previous", "Go to the previous mention"),
        ("next-of-entity", "}", "same entity", "Go to the next mention of this entity, under any alias", True),
        ("previous-of-entity", "{", "same, back", "Go to the previous mention of this entity"),
        ("next-undecided", ")", "undecided", "Go to the next mention that is not decided"),
        ("previous-undecided", "(", "undecided, back", "Go to the previous mention that is not decided"),
        ("next-doubtful", "g )", "doubtful", "Go to the next mention of which recognition is not sure"),
        ("previous-doubtful", "g (", "doubtful, back", "Go to the previous mention of which recognition is not sure"),
        ("open-entity", "enter", "details", "Show the entity under the cursor in the details", True),
        ("add-mention", "a", "add", "Mark the selection, what was searched for, or the word here, as a name", True),
        ("annotate-all", "A", "add all", "Mark every place of the selection or the name, after a preview"),
        ("add-beside", "&", "add within", "Mark the selection as a name within or across others, which stay"),
        ("confirm-mention", "y", "confirm", "Confirm the mention under the cursor; go on to the next undecided", True),
        ("confirm-entity", "Y", "confirm all", "Confirm every mention of the entity under the cursor; go on"),
        ("retag-mention", "t", "retag", "Change the label of the mention under the cursor", True),
        ("retag-entity", "T", "retag all", "Change the label of the whole entity under the cursor"),
        ("attach-mention", "e", "belongs to", "Move the mention under the cursor to another entity", True),
        ("resize-mention", "r", "resize", "Move the edges of the mention under the cursor, word by word", True),
        ("repeat", ".", "again", "Do the last annotation again, at the cursor"),
        ("remove-mention", "x", "remove", "Remove the mention under the cursor", True),
        ("remove-name", "X", "remove all", "Remove every mention of the name under the cursor"),
        ("note-mention", "c", "note", "Write a note on the mention under the cursor, or on the selection"),
        ("note-entity", "i", "entity note", "Write a note on the entity under the cursor"),
        ("tag-entity", "#", "tags", "Give tags to the entity under the cursor"),
        ("select", "v", "select", "Select text by words, from what was searched for or the word here", True),
        ("select-sentence", "V", "sentence", "Select the sentence under the cursor"),
        ("line-down", "j | down", "down", "Move down one line"),
        ("line-up", "k | up", "up", "Move up one line"),
        ("char-left", "h", "left", "Move left one character"),
        ("char-right", "l", "right", "Move right one character"),
        ("word-right", "w | right", "word", "Move to the next word"),
        ("word-left", "left", "word back", "Move to the previous word"),
        ("line-start", "0", "line start", "Move to the start of the line"),
        ("line-end", "$", "line end", "Move to the end of the line"),
        ("half-page-down", "ctrl+d", "half page", "Move down half a page"),
        ("half-page-up", "ctrl+u", "half back", "Move up half a page"),
        ("page-down", "space | pagedown | ctrl+f", "page", "Move down a page"),
        ("page-up", "b | pageup | ctrl+b", "page back", "Move up a page"),
        ("text-start", "g g | home", "start", "Go to the start of the text"),
        ("text-end", "G | end", "end", "Go to the end of the text"),
        ("tag-mention", "g #", "mention tags", "Give tags to the mention under the cursor, or to the selection"),
        ("menu", "g m", "menu", "Show what can be done with what is under the cursor"),
        ("jump-back", "'", "back", "Go back to where you were before the last jump"),
        ("only-entity", "o", "only this", "Dim every other entity, or show all again"),
        ("cycle-highlights", "z", "highlights", "Show all highlights, only what you decided, or none"),
        ("toggle-values", "g v", "values", "Show dates, times, amounts and measures, or names alone"),
        ("zen", "Z", "zen", "Show nothing but the article, or everything again"),
        ("wider", "+", "wider", "Widen the column of text"),
        ("narrower", "-", "narrower", "Narrow the column of text"),
    )
    yield from _commands(
        Context.SELECTING,
        ("extend-right", "l | w | right", "extend", "Take the next word in", True),
        ("extend-left", "h | b | left", "back", "Move the end to the previous word", True),
        ("extend-word-end", "e", "word end", "Extend to the end of the word"),
        ("extend-down", "j | down", "down", "Extend down one line"),
        ("extend-up", "k | up", "up", "Extend up one line"),
        ("extend-lines", "L", "lines", "Extend to whole lines; again, by the next line"),
        ("extend-line-end", "$", "line end", "Extend to the end of the line"),
        ("extend-line-start", "0", "line start", "Extend to the start of the line"),
        ("swap-ends", "o", "other end", "Move the other end of the selection", True),
        ("extend-sentence", "V", "sentence", "Extend to the whole sentence"),
        ("add-selection", "a | enter", "add", "Mark the selection as a name", True),
        ("stop-selecting", "v", "stop", "Leave the selection"),
    )
    yield from _commands(
        Context.RESIZING,
        ("keep-size", "enter | r", "keep", "Let the mention reach as far as is shown", True),
        ("drop-size", "escape", "leave", "Leave the mention as it was", True),
        ("right-out", "l | right", "longer", "Take in the next word", True),
        ("right-in", "h | left", "shorter", "Leave the last word out", True),
        ("left-out", "H", "longer left", "Take in the word before", True),
        ("left-in", "L", "shorter left", "Leave the first word out", True),
    )
    yield from _commands(
        Context.ENTITIES,
        ("entity-down", "j | down", "down", "Move down one entity"),
        ("entity-up", "k | up", "up", "Move up one entity"),
        ("entity-page-down", "space | pagedown | ctrl+d", "page", "Move down a page"),
        ("entity-page-up", "b | pageup | ctrl+u", "page back", "Move up a page"),
        ("entity-first", "g g | home", "first", "Go to the first entity"),
        ("entity-last", "G | end", "last", "Go to the last entity"),
        ("entity-open", "enter", "open", "Go to the entity's first mention", True),
        ("entity-mark", "m", "mark", "Mark the entity for merging, or take the mark away; go on", True),
        ("entity-merge", "M", "merge", "Merge the marked entities; one alone with this one", True),
        ("entity-unfold", "l | right", "names", "Show the entity's names and their counts below it", True),
        ("entity-fold", "h | left", "fold", "Hide the entity's names"),
        ("entity-split", "S", "split", "Tick the names, or the mentions, that are another entity", True),
        ("entity-rename", "r", "rename", "Give the entity another name", True),
        ("entity-confirm", "y", "confirm", "Confirm every mention of the entity; go on to the next", True),
        ("entity-retag", "t | T", "retag", "Change the label of the entity", True),
        ("entity-dismiss", "x", "not an entity", "Remove the entity and all its mentions", True),
        ("entity-junk", "D", "dismissed", "Show what was dismissed, and bring it back"),
        ("entity-star", "*", "star", "Star the entity, or take its star away"),
        ("entity-note", "i", "note", "Write a note on the entity"),
        ("entity-tag", "#", "tags", "Give tags to the entity"),
        ("entity-filter", "f", "filter", "Show only some: part of a name, type:ORG, tag:word, status:suggested", True),
        ("entity-sort", "s", "sort", "Sort by place, by count, by name, or by what changed last"),
        ("entity-next-mention", "} | ]", "next mention", "Go to the entity's next mention in the text"),
        ("entity-previous-mention", "{ | [", "previous mention", "Go to the entity's previous mention in the text"),
    )
    yield from _commands(
        Context.DETAILS,
        ("details-down", "j | down | } | ]", "down", "Move to the next mention"),
        ("details-up", "k | up | { | [", "up", "Move to the previous mention"),
        ("details-page-down", "space | pagedown | ctrl+d", "page", "Move down a page"),
        ("details-page-up", "b | pageup | ctrl+u", "page back", "Move up a page"),
        ("details-first", "g g | home", "first", "Go to the first mention"),
        ("details-last", "G | end", "last", "Go to the last mention"),
        ("details-open", "enter", "read there", "Go to this mention in the text", True),
        ("details-confirm", "y", "confirm", "Confirm this mention; go on to the next", True),
        ("details-retag", "t", "retag", "Change the label of this mention", True),
        (
            "details-mark",
            "m",
            "mark",
            "Mark this mention, or take its mark away: e t y x are about all marked ones",
            True,
        ),
        ("details-attach", "e", "belongs to", "Move this mention, or all marked ones, to another entity", True),
        ("details-remove", "x", "remove", "Remove this mention", True),
        ("details-note", "c", "note", "Write a note on this mention", True),
        ("details-note-entity", "i", "entity note", "Write a note on the entity"),
        ("details-tag-entity", "#", "tags", "Give tags to the entity"),
        ("details-tag", "g #", "mention tags", "Give tags to this mention"),
    )
    yield from _commands(
        Context.REVIEW,
        ("review-merge", "y", "one entity", "The ticked are one entity, the others are not; go on", True),
        ("review-part", "n", "keep apart", "Keep the ticked apart for good; go on", True),
        ("review-unsure", "s", "unsure", "Leave it open; it is asked again at the end", True),
        ("review-tick", "space", "tick", "Tick the entity, or take the tick away", True),
        ("review-down", "j | down", "down", "Move down one entity; where one of several is asked for, choose it"),
        ("review-up", "k | up", "up", "Move up one entity; where one of several is asked for, choose it"),
        ("review-next-mention", "} | ]", "mention", "Go to the next mention", True),
        ("review-previous-mention", "{ | [", "mention back", "Go to the previous mention"),
        ("review-why", "w", "why", "Show the reasons and the sentences they rest on, or hide them", True),
        ("review-blind", "b", "blind", "Hide scores until it is decided, or show them"),
        ("review-history", "H", "history", "Show what was decided in this review, and judge it again", True),
        ("review-accept", "Y", "accept many", "Accept all at or above a score, after a preview", True),
        ("review-turn", "m | tab", "merges", "Go through the automatic merges, or the suggestions again", True),
        ("review-everywhere", "g", "everywhere", "Let the last decision hold in every article, or here alone", True),
        ("review-open", "enter", "read there", "Leave the review and read on at this mention"),
    )
    yield from _commands(
        Context.NAMES,
        ("names-add", "a", "add", "Add a name that is known, or left alone, wherever it stands", True),
        ("names-retag", "t", "retag", "Change the label of a known name, or leave it alone", True),
        ("names-remove", "x", "remove", "Take it off the list; articles in which it was decided keep it", True),
    )
    yield from _commands(
        Context.NOTES,
        ("note-open", "enter", "read there", "Go to the place, or to the entity", True),
        ("note-change", "c | i", "change", "Change the note", True),
        ("note-remove", "x", "take away", "Take the note away", True),
    )
    yield from _commands(
        Context.HISTORY,
        ("history-undo-to", "enter | u", "undo to here", "Take back everything after this step, as one action", True),
    )
    yield from _commands(
        Context.ORPHANS,
        ("orphan-attach", "enter", "attach", "Choose where it belongs now, the likeliest place first", True),
        ("orphan-dismiss", "x", "dismiss", "Give it up", True),
    )
    yield from _commands(
        Context.LIBRARY,
        ("library-open", "enter", "open", "Open the article", True),
    )
    yield from _commands(
        Context.LIST,
        ("list-down", "j | down", "down", "Move down"),
        ("list-up", "k | up", "up", "Move up"),
        ("list-page-down", "space | pagedown | ctrl+d", "page", "Move down a page"),
        ("list-page-up", "b | pageup | ctrl+u", "page back", "Move up a page"),
        ("list-first", "g g | home", "first", "Go to the first"),
        ("list-last", "G | end", "last", "Go to the last"),
    )
    yield from _commands(
        Context.ANYWHERE,
        ("undo", "u", "undo", "Take back the last decision", True),
        ("redo", "ctrl+r", "redo", "Do again what was undone"),
        ("review", "R", "review", "Review the merges: those on offer, and those that were made", True),
        ("hold-everywhere", "g a", "everywhere", "Let the last decision hold in every article, or here alone"),
        ("names", "g n", "names", "Show what holds in every article"),
        ("notes", "g i", "notes", "Show the notes of this article"),
        ("note-document", "C", "article note", "Write a note on the article"),
        ("tag-document", "g k", "article tags", "Give tags to the article"),
        ("history", "g h", "history", "Show what was decided in this article, and undo to any step"),
        ("orphans", "g o", "lost places", "Show decisions that lost their place, and attach them again"),
        ("search", "/", "search", "Search in the text", True),
        ("search-next", "n", "next match", "Go to the next match"),
        ("search-previous", "N", "previous match", "Go to the previous match"),
        ("next-pane", "tab", "pane", "Go to the next pane", True),
        ("previous-pane", "shift+tab", "pane back", "Go to the previous pane"),
        ("go-text", "g t", "text", "Go to the text"),
        ("go-entities", "g e", "entities", "Go to the entities"),
        ("go-details", "g d", "details", "Go to the details"),
        ("save", "ctrl+s", "saved?", "Say whether every decision is on disk, and try again where it is not"),
        ("theme", "g c", "colors", "Change between the dark and the light theme"),
        ("cancel", "escape", "leave", "Leave a mode, a filter, a pane; clear the search; let go of the entity"),
        ("palette", "ctrl+p", "palette", "Find a command by name"),
        ("help", "? | f1", "keys", "Show the keys", True),
        ("quit", "q", "quit", "Leave; everything is saved", True),
    )


COMMANDS: Final = tuple(_all())
"""Every command, in the order in which help and palette show them."""

_LISTS: Final = (Context.NAMES, Context.NOTES, Context.HISTORY, Context.ORPHANS, Context.LIBRARY)
PARENTS: Final = {
    Context.SELECTING: (Context.SELECTING, Context.TEXT, Context.ANYWHERE),
    **{each: (each, Context.LIST, Context.ANYWHERE) for each in _LISTS},
}
"""Where keys of a context that knows no such key are looked up; any other context falls back to ANYWHERE alone."""


def contexts_of(context: Context) -> tuple[Context, ...]:
    """Return the contexts whose keys hold in a context, nearest first."""
    return PARENTS.get(context, (context, Context.ANYWHERE))
