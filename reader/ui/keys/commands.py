"""The table of commands. Key bindings, footer, palette, help, keymap file and `docs/keys.md` are derived from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reader.structures.lazy_dataclass import dataclass
from reader.ui.keys.contexts import Context


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do by key or from the palette."""

    id: str
    """A stable name: keymap files and action tables use it."""
    keys: tuple[str, ...]
    """Default keys: a character, a named key ("ctrl+d", "space"), or a sequence with spaces ("g g")."""
    words: str
    """One or two words for the footer."""
    about: str
    """What it does, for the help screen and the palette."""
    context: Context
    hint: bool = False
    """Whether the footer shows it."""


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
        ("next-undecided", ")", "undecided", "Go to the next undecided mention"),
        ("previous-undecided", "(", "undecided, back", "Go to the previous undecided mention"),
        ("next-doubtful", "g )", "doubtful", "Go to the next doubtful mention"),
        ("previous-doubtful", "g (", "doubtful, back", "Go to the previous doubtful mention"),
        ("open-entity", "enter", "details", "Show the entity under the cursor in the details", True),
        ("add-mention", "a", "add", "Add the selection, the search match or the word here as a name", True),
        ("annotate-all", "A", "add all", "Add every occurrence of the selection or name, after a preview"),
        ("add-beside", "&", "add within", "Add the selection as a name and keep the names it overlaps"),
        ("confirm-mention", "y", "confirm", "Confirm the mention under the cursor; go to the next undecided one", True),
        ("confirm-entity", "Y", "confirm all", "Confirm every mention of the entity; go to the next undecided one"),
        ("retag-mention", "t", "retag", "Change the label of the mention under the cursor", True),
        ("retag-entity", "T", "retag all", "Change the label of the entity under the cursor"),
        ("attach-mention", "e", "move to", "Move the mention under the cursor to another entity", True),
        (
            "resize-mention",
            "r",
            "resize",
            "Move the edges of the mention under the cursor by words or characters",
            True,
        ),
        ("repeat", ".", "again", "Repeat the last annotation at the cursor"),
        ("remove-mention", "x", "remove", "Remove the mention under the cursor", True),
        ("remove-name", "X", "remove all", "Remove every mention of the name under the cursor"),
        ("note-mention", "c", "note", "Write a note on the mention under the cursor, or on the selection"),
        ("note-entity", "i", "entity note", "Write a note on the entity under the cursor"),
        ("tag-entity", "I", "tags", "Edit the tags of the entity under the cursor"),
        ("split-mention", "|", "divide", "Divide the mention of a compound in two, at the part under the cursor"),
        ("select", "v", "select", "Select text, starting with the search match or the word here", True),
        ("select-sentence", "V", "sentence", "Select the sentence under the cursor"),
        ("line-down", "j | down", "down", "Move down one line"),
        ("line-up", "k | up", "up", "Move up one line"),
        ("char-left", "h", "left", "Move left one character"),
        ("char-right", "l", "right", "Move right one character"),
        ("word-right", "w | right", "word", "Move to the next word"),
        ("word-left", "b | left", "word back", "Move to the previous word"),
        ("word-end", "E", "word end", "Move to the end of the word"),
        ("line-start", "0 | ^", "line start", "Move to the start of the line"),
        ("line-end", "$", "line end", "Move to the end of the line"),
        ("next-sentence", "s", "sentence", "Move to the next sentence"),
        ("previous-sentence", "S", "sentence back", "Move to the start of the sentence, or to the previous one"),
        ("next-paragraph", "J", "paragraph", "Move to the next paragraph"),
        ("previous-paragraph", "K", "paragraph back", "Move to the start of the paragraph, or to the previous one"),
        ("next-heading", "g ]", "heading", "Go to the next heading"),
        ("previous-heading", "g [", "heading back", "Go to the previous heading"),
        ("half-page-down", "ctrl+d", "half page", "Move down half a page"),
        ("half-page-up", "ctrl+u", "half back", "Move up half a page"),
        ("page-down", "space | pagedown | ctrl+f", "page", "Move down a page"),
        ("page-up", "backspace | pageup | ctrl+b", "page back", "Move up a page"),
        ("scroll-down", "ctrl+e", "scroll", "Scroll down one line; the cursor stays while it is in view"),
        ("scroll-up", "ctrl+y", "scroll back", "Scroll up one line; the cursor stays while it is in view"),
        ("view-top", "H", "top", "Move to the top of the view"),
        ("view-middle", "M", "middle", "Move to the middle of the view"),
        ("view-bottom", "L", "bottom", "Move to the bottom of the view"),
        ("cursor-to-top", "z t", "line to top", "Scroll so that this line is at the top"),
        ("cursor-to-middle", "z z", "line to middle", "Scroll so that this line is in the middle"),
        ("cursor-to-bottom", "z b", "line to bottom", "Scroll so that this line is at the bottom"),
        ("text-start", "g g | home", "start", "Go to the start of the text, or to a line: 42 before the key"),
        ("text-end", "G | end", "end", "Go to the end of the text, or to a line: 42 before the key"),
        ("go-to-percentage", "%", "percent", "Go to a percentage of the text: 50 before the key"),
        ("go-to-position", ":", "go to", "Go to a line (42), percentage (50%), page (p12) or offset (@1200)"),
        ("show-position", "ctrl+g", "position", "Show the line, percentage, page and offset of the cursor"),
        ("contents", "g O", "contents", "Choose a heading from the table of contents, and go there"),
        ("jump-label", "f", "jump", "Go to any mention in view: type the letters that appear on it", True),
        ("search-here", "*", "search this", "Search for the selection, the mention or the word here, as whole words"),
        (
            "search-here-back",
            "#",
            "search this, back",
            "Search backward for the selection, the mention or the word here",
        ),
        ("set-bookmark", "m", "bookmark", "Set a bookmark: a letter follows, or - to remove those of the line"),
        ("go-to-bookmark", "' | `", "to bookmark", "Go to a bookmark, by its letter; the same key again goes back"),
        ("bookmarks", "g '", "bookmarks", "Choose a bookmark from a list, and go there"),
        ("jump-back", "ctrl+o", "back", "Go back to where you were before the last jump"),
        ("jump-forward", "ctrl+n", "forward", "Go forward again after going back"),
        ("tag-mention", "g #", "mention tags", "Edit the tags of the mention under the cursor, or of the selection"),
        ("menu", "g m", "menu", "Show what you can do with the text under the cursor"),
        ("pin-entity", "p", "pin", "Pin the selected entity, so that it stays selected when the cursor moves on"),
        ("only-entity", "o", "only this", "Highlight only the selected entity, or all again"),
        ("cycle-highlights", "z h", "highlights", "Show all highlights, only decided ones, or none"),
        ("toggle-values", "g v", "values", "Show or hide dates, times, amounts and measures"),
        ("zen", "Z", "zen", "Hide everything but the text, or show it again"),
        ("wider", "+", "wider", "Widen the column of text"),
        ("narrower", "-", "narrower", "Narrow the column of text"),
    )
    yield from _commands(
        Context.SELECTING,
        ("add-selection", "a | enter", "add", "Add the selection as a name", True),
        ("copy-selection", "y", "copy", "Copy the selection, and end it", True),
        ("extend-right", "w | right", "extend", "Extend to the next word", True),
        ("extend-left", "b | left", "back", "Move the end back to the previous word", True),
        ("extend-word-end", "e", "word end", "Extend to the end of the word"),
        ("extend-character", "l", "character", "Extend by one character, even within a word", True),
        ("extend-character-back", "h", "character back", "Move the end back by one character"),
        ("select-part", "p", "part", "Select only the part of a compound where the selection began", True),
        ("swap-ends", "o", "other end", "Move the other end of the selection", True),
        ("extend-sentence", "V", "sentence", "Extend to the whole sentence"),
        ("extend-lines", "g V", "lines", "Extend to whole lines; press again to add a line"),
        ("copy-citation", "Y", "cite", "Copy the selection with title, source and date, and end it"),
        ("stop-selecting", "v", "stop", "Clear the selection"),
    )
    yield from _commands(
        Context.RESIZING,
        ("keep-size", "enter | r", "keep", "Keep the new size of the mention", True),
        ("drop-size", "escape", "leave", "Cancel, and keep the old size of the mention", True),
        ("right-out", "l | right", "longer", "Include the next word", True),
        ("right-in", "h | left", "shorter", "Exclude the last word", True),
        ("left-out", "H", "longer left", "Include the previous word", True),
        ("left-in", "L", "shorter left", "Exclude the first word", True),
        ("right-character-out", ".", "longer by one", "Include the next character"),
        ("right-character-in", ",", "shorter by one", "Exclude the last character", True),
        ("left-character-out", "<", "longer by one, left", "Include the previous character"),
        ("left-character-in", ">", "shorter by one, left", "Exclude the first character"),
    )
    yield from _commands(
        Context.SEARCHING,
        ("search-kind", "ctrl+t", "kind", "Search as typed, for whole words, or for a regular expression"),
        ("search-earlier", "up", "earlier", "Bring back an earlier search that begins like this"),
        ("search-later", "down", "later", "Go forward through the earlier searches again"),
    )
    yield from _commands(
        Context.FILTERING,
        ("filter-down", "down", "down", "Move down one entity"),
        ("filter-up", "up", "up", "Move up one entity"),
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
        ("entity-mark", "m", "mark", "Mark or unmark the entity for merging, and move down", True),
        ("entity-merge", "M", "merge", "Merge the marked entities; merge a single marked one with this one", True),
        ("entity-unfold", "l | right", "names", "List the entity's names and their counts below it", True),
        ("entity-fold", "h | left", "fold", "Hide the entity's names"),
        ("entity-split", "S", "split", "Split the entity: tick the names or mentions of the other entity", True),
        ("entity-rename", "r", "rename", "Rename the entity", True),
        ("entity-confirm", "y", "confirm", "Confirm every mention of the entity; go to the next entity", True),
        ("entity-retag", "t | T", "retag", "Change the label of the entity", True),
        ("entity-dismiss", "x", "not an entity", "Dismiss the entity: remove all its mentions", True),
        ("entity-junk", "D", "dismissed", "Show dismissed names, and restore some"),
        ("entity-star", "*", "star", "Star or unstar the entity"),
        ("entity-note", "i", "note", "Write a note on the entity"),
        ("entity-tag", "#", "tags", "Edit the tags of the entity"),
        (
            "entity-filter",
            "f",
            "filter",
            "Filter as you type, by parts of names, type:ORG, tag:word, status:suggested",
            True,
        ),
        ("entity-sort", "s", "sort", "Sort by position, count, name or last change"),
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
        ("details-open", "enter", "go to text", "Go to this mention in the text", True),
        (
            "details-by-position",
            "p",
            "in order",
            "List the mentions one a row with the words beside them, in text order, or as before",
            True,
        ),
        ("details-by-words-before", "<", "before", "List the mentions sorted by the words before them", True),
        ("details-by-words-after", ">", "after", "List the mentions sorted by the words after them", True),
        (
            "details-companions",
            "w",
            "with",
            "List the entities in the same sentences and paragraphs, or the mentions again",
            True,
        ),
        ("details-confirm", "y", "confirm", "Confirm this mention, or all marked ones, and move down", True),
        ("details-retag", "t", "retag", "Change the label of this mention, or of all marked ones", True),
        ("details-mark", "m", "mark", "Mark or unmark this mention; other commands apply to all marked ones", True),
        ("details-attach", "e", "move to", "Move this mention, or all marked ones, to another entity", True),
        ("details-remove", "x", "remove", "Remove this mention, or all marked ones", True),
        ("details-note", "c", "note", "Write a note on this mention", True),
        ("details-note-entity", "i", "entity note", "Write a note on the entity"),
        ("details-tag-entity", "#", "tags", "Edit the tags of the entity"),
        ("details-tag", "g #", "mention tags", "Edit the tags of this mention"),
    )
    yield from _commands(
        Context.REVIEW,
        (
            "review-merge",
            "y",
            "one entity",
            "Merge the ticked sides, and keep the others apart",
            True,
        ),
        ("review-part", "n", "keep apart", "Keep the ticked sides apart", True),
        ("review-unsure", "s", "unsure", "Leave the question open; it is asked again at the end", True),
        ("review-tick", "space", "tick", "Tick or untick this side", True),
        ("review-down", "j | down", "down", "Move down one side; if only one can be right, choose it"),
        ("review-up", "k | up", "up", "Move up one side; if only one can be right, choose it"),
        ("review-next-mention", "} | ]", "mention", "Go to the next mention", True),
        ("review-previous-mention", "{ | [", "mention back", "Go to the previous mention"),
        ("review-why", "w", "why", "Show or hide the evidence and the sentences it is based on", True),
        ("review-blind", "b", "blind", "Hide scores until you answer, or show them"),
        ("review-history", "H", "history", "Show the answers of this review, and change one", True),
        ("review-accept", "Y", "accept many", "Accept all suggestions from a score upward, after a preview", True),
        ("review-turn", "m | tab", "merges", "Switch between suggestions and automatic merges", True),
        ("review-everywhere", "g", "everywhere", "Apply the last answer in every document, or only here again", True),
        ("review-open", "enter", "go to text", "Leave the review and go to this mention in the text"),
    )
    yield from _commands(
        Context.NAMES,
        ("names-add", "a", "add", "Add a name to recognize, or to ignore, in every document", True),
        ("names-retag", "t", "retag", "Change the label of a name, or ignore it", True),
        ("names-remove", "x", "remove", "Remove a decision; it stays in the document where it was made", True),
    )
    yield from _commands(
        Context.NOTES,
        ("note-open", "enter", "go to text", "Go to the mention or entity of the note", True),
        ("note-change", "c | i", "change", "Edit the note", True),
        ("note-remove", "x", "delete", "Delete the note", True),
    )
    yield from _commands(
        Context.REASONS,
        ("reason-open", "enter", "go to text", "Go to the sentence in the text", True),
    )
    yield from _commands(
        Context.HISTORY,
        ("history-undo-to", "enter | u", "undo to here", "Undo everything after this step, as one step", True),
    )
    yield from _commands(
        Context.ORPHANS,
        (
            "orphan-attach",
            "enter",
            "attach",
            "Choose where the decision belongs now, likeliest span first",
            True,
        ),
        ("orphan-dismiss", "x", "dismiss", "Dismiss the decision", True),
    )
    yield from _commands(
        Context.WATCHLISTS,
        ("watchlist-show", "enter", "show", "Go to the hit in the text", True),
        ("watchlist-yes", "y", "the listed one", "Answer that it is the listed one, and go to the next hit", True),
        ("watchlist-no", "x", "another", "Answer that it is not the listed one, and go to the next hit", True),
        ("watchlist-unsure", "s", "unsure", "Answer that you are not sure, and go to the next hit", True),
    )
    yield from _commands(
        Context.DOCUMENTS,
        ("documents-open", "enter", "open", "Open the document", True),
        ("documents-sort", "s", "sort", "Sort: as in the file, by title, by size", True),
        ("documents-filter", "f", "filter", "Filter by title or source", True),
    )
    yield from _commands(
        Context.COLLECTION,
        ("collection-open", "enter", "open", "Open the document or the entity", True),
        ("collection-filter", "f", "filter", "Filter by name, title, source or rule", True),
        ("collection-path", "o", "open file", "Open another file, folder or address by typing it", True),
        ("collection-add", "a", "add", "Add a file, a folder or an address to the collection", True),
        ("collection-sort", "s", "sort", "Change the sort order", True),
        ("collection-reverse", "S", "reverse", "Documents: reverse the sort order"),
        ("collection-label", "t", "label", "Filter by label, or show everything again"),
        ("collection-same", "y", "one entity", "Review: the two are one entity", True),
        ("collection-different", "x", "namesakes", "Review: the two are not one entity", True),
        (
            "collection-forget",
            "D",
            "forget",
            "Documents: forget the document when you quit; its annotations and its file stay",
            True,
        ),
        ("collection-update", "A", "update", "Index what was opened, added or changed, and remove what is gone"),
        ("collection-switch", "c", "collections", "Go to another collection, or make one"),
    )
    yield from _commands(
        Context.PROFILE,
        ("profile-open", "enter", "go to", "Go to the document, or to the other profile", True),
        ("profile-listed", "y", "the listed one", "Answer that it is the entry of the list, in every document", True),
        ("profile-not-listed", "x", "another", "Answer that it is not the entry of the list", True),
        ("profile-unsure", "s", "unsure", "Answer that you are not sure whether it is the entry", True),
        ("profile-next-section", "] | }", "section", "Go to the next section", True),
        ("profile-previous-section", "[ | {", "section back", "Go to the previous section"),
    )
    yield from _commands(
        Context.LIST,
        ("list-down", "j | down", "down", "Move down"),
        ("list-up", "k | up", "up", "Move up"),
        ("list-page-down", "space | pagedown | ctrl+d", "page", "Move down a page"),
        ("list-page-up", "b | pageup | ctrl+u", "page back", "Move up a page"),
        ("list-first", "g g | home", "first", "Go to the first row"),
        ("list-last", "G | end", "last", "Go to the last row"),
    )
    yield from _commands(
        Context.ANYWHERE,
        ("undo", "u", "undo", "Undo the last step", True),
        ("redo", "ctrl+r", "redo", "Redo the last undone step"),
        ("review", "R", "review", "Review suggestions and automatic merges", True),
        ("hold-everywhere", "g a", "everywhere", "Apply the last decision in every document, or only here again"),
        ("reasons", "W", "reasons", "Show why names are one entity, or may be, with the sentences that say so"),
        ("names", "g n", "names", "Show the decisions that apply in every document"),
        ("notes", "g i", "notes", "Show the notes of this document"),
        ("note-document", "C", "document note", "Write a note on the document"),
        ("tag-document", "g k", "document tags", "Edit the tags of the document"),
        ("history", "g h", "history", "Show the history of this document, and undo to any step"),
        ("orphans", "g o", "orphans", "Show decisions whose text has changed, and attach them again"),
        ("watchlists", "g w", "watchlists", "Show names that are like those of your watchlists"),
        ("search", "/", "search", "Search the text: as typed, for whole words, or for a regular expression", True),
        ("search-next", "n", "next match", "Go to the next match"),
        ("search-previous", "N", "previous match", "Go to the previous match"),
        ("find-entity", "g /", "go to entity", "Go to an entity by typing parts of any of its names"),
        ("copy", "g y", "copy", "Copy the mention, the entity with its aliases, the sentence or a citation"),
        ("next-pane", "tab", "pane", "Go to the next pane", True),
        ("previous-pane", "shift+tab", "pane back", "Go to the previous pane"),
        ("go-text", "g t", "text", "Go to the text"),
        ("go-entities", "g e", "entities", "Go to the entities"),
        ("go-details", "g d", "details", "Go to the details"),
        ("profile", "P", "profile", "Show the profile of the entity in the collection", True),
        ("collection", "g b", "collection", "Show the documents and entities of the collection, search it, review it"),
        ("open-source", "g f", "open file", "Open another file, folder or address by typing it"),
        ("export", "g x | E", "export", "Export the document for another program, a report or a colleague"),
        ("encoding", "g z", "encoding", "Read the document again in another encoding"),
        ("all-text", "g A", "all text", "Show all text of a web page, or only its article again"),
        ("messages", "g l", "messages", "Show the last messages in full"),
        ("save", "ctrl+s", "saved?", "Show whether every decision is on disk, and save those that are not"),
        ("theme", "g c", "colors", "Switch between the dark and the light theme"),
        ("choose-theme", "g C", "themes", "Choose the colors: high contrast, for color blindness, and others"),
        ("cancel", "escape", "leave", "Leave a mode, filter or pane; clear the search; deselect the entity"),
        ("palette", "ctrl+p", "palette", "Find a command by what it does"),
        ("help", "? | f1", "keys", "Show the keys", True),
        ("quit", "q", "quit", "Quit; everything is saved", True),
    )


COMMANDS: Final = tuple(_all())
"""Every command, in the order in which help and palette list them."""
COMMANDS_BY_ID: Final = {command.id: command for command in COMMANDS}
