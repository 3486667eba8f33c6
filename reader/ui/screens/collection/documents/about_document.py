"""What is said about the document under the cursor, in two lines below the list."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.collection.listing.listed_document import ListedDocument, local_time
from reader.collection.listing.source_state import SourceState
from reader.display.counted import counted
from reader.display.short_messages import fit_end, fit_parts
from reader.document import one_line
from reader.structures.named_tuple import NamedTuple
from reader.ui.base.painting import strip_of
from reader.ui.keys.keymap import Keymap


class About(NamedTuple):
    """Two lines on a document."""

    source: str
    detail: str
    is_alarm: bool = False
    """Whether the second line says what is wrong with it, and what to do."""


NOTHING: Final = About("", "")


def about_document(document: ListedDocument, state: str, problem: str, keymap: Keymap, *, has_text: bool) -> About:
    """Return what to say about a document.

    Args:
        document: The document.
        state: The state of its source, "" if nothing is wrong with it.
        problem: Why it could not be opened the last time, "" if it was not tried or went well.
        keymap: The keys.
        has_text: Whether the text is kept, so that it can be opened without its file.
    """
    source = document.short_source or "a sample, which comes with reader"
    if trouble := _trouble(document, state, problem, keymap, has_text=has_text):
        return About(source, trouble, is_alarm=True)
    if document.sample:
        return About(source, document.sample)
    if document.mentions is None:
        counts = "names not looked for yet"
    elif document.decided:
        counts = f"{document.decided:,} of {counted(document.mentions, 'mention')} decided"
    else:
        counts = f"{counted(document.mentions, 'mention')}, none decided" if document.mentions else "no mentions"
    opened = local_time(document.opened)
    parts = (
        counts,
        _index_text(document, keymap),
        f"read to {document.read_share:.0%}" if opened else "never opened",
        f"dated {document.date[:10]}" if document.date else "",
        f"opened {opened}" if opened else "",
        one_line(document.author, 60),
        f"{document.length:,} characters" if document.length else "",
    )
    return About(source, " · ".join(filter(None, parts)))


def _index_text(document: ListedDocument, keymap: Keymap) -> str:
    """Return what searches and entities do not have of a document yet."""
    if document.indexed_digest == document.digest:
        return ""
    key = keymap.key_of("collection-update")
    return f"the index has an earlier text ({key})" if document.indexed_digest else f"not indexed ({key})"


def _trouble(document: ListedDocument, state: str, problem: str, keymap: Keymap, *, has_text: bool) -> str:
    forget = keymap.key_of("collection-forget")
    match state:
        case SourceState.PIPED if not has_text:
            return f"it came from a pipe and was not kept: pipe it in again, or {forget} forgets it"
        case SourceState.MISSING if has_text:
            opens = keymap.key_of("collection-open")
            return f"the file is gone: {opens} opens the text that was kept, {forget} forgets it"
        case SourceState.MISSING:
            return f"the file is gone: put it back, or {forget} forgets it; annotations stay"
        case SourceState.CHANGED if document.opened:
            return "it has changed since it was read: opening it carries your decisions over"
        case SourceState.CHANGED:
            return f"it has changed since it was indexed: {keymap.key_of('collection-update')} reads it again"
        case SourceState.CLOSED:
            return "the file cannot be read: no permission, or a folder has its name"
    return one_line(problem)


class AboutLines(Widget):
    """Shows the two lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"about--source", "about--alarm"}
    DEFAULT_CSS = "AboutLines { height: 2; }"
    about = NOTHING

    def show(self, about: About) -> None:
        """Show other lines."""
        if about != self.about:
            self.about = about
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line. Of a source that does not fit, the end is drawn."""
        width, base = self.size.width, self.rich_style
        room = max(width - 4, 4)
        if y == 0:
            line_text = fit_end(self.about.source, room)
            style = base + self.get_component_rich_style("about--source", partial=True)
        else:
            line_text, style = fit_parts(self.about.detail, room), base
            if self.about.is_alarm:
                style += self.get_component_rich_style("about--alarm", partial=True)
        return strip_of([Segment("   ", base), Segment(line_text, style)], width, base)
