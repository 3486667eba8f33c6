"""Add names: one, every occurrence of one, or one that overlaps others. Repeat the last annotation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reader.annotate import Decision
from reader.annotate.decisions import MentionAdded, MentionConfirmed, MentionOverlaid, MentionRetagged
from reader.display.occurrences import Occurrence, find_occurrences
from reader.display.words import next_word, snap, widen_to_parts
from reader.document import one_line
from reader.recognize import Mention
from reader.ui.actions.entity_choice import move
from reader.ui.actions.last_annotation import Annotation, AnnotationKind
from reader.ui.actions.text.mention_actions import (
    confirm_entity,
    confirm_mention,
    remove,
    remove_name,
    retag,
    retag_all_mentions,
)
from reader.ui.actions.text.navigation import with_mention
from reader.ui.actions.workspace import Workspace
from reader.ui.article.pane import Article
from reader.ui.keys.action_table import ActionTable, Outcome

if TYPE_CHECKING:
    from reader.ui.dialogs.choosing.label_menu import MarkMode

_QUOTE_LENGTH: Final = 80
"""Code points of the added name that a question quotes, so that there is room for the answers."""


async def add_mention(workspace: Workspace, count: int) -> None:
    """Ask for a label, and add the selection or `count` words starting at the cursor."""
    await _ask_and_mark(workspace, count, beside=False)


async def add_beside(workspace: Workspace, count: int) -> None:
    """Add the selection, or `count` words, and keep the mentions that it overlaps."""
    await _ask_and_mark(workspace, count, beside=True)


async def annotate_all(workspace: Workspace, count: int) -> None:
    """Add every occurrence of the selection or the name at the cursor, after a preview."""
    text = workspace.reading.document.text
    start, end = _span_to_mark(workspace, count)
    mention = workspace.current_mention or workspace.reading.mention_at(workspace.article.cursor)
    if mention and not workspace.article.selection and (workspace.current_mention or end <= mention.end):
        start, end = mention[:2]
    if _refuse_several_blocks(workspace, start, end):
        return
    spans = list(find_occurrences(workspace.reading.normal, text[start:end]))
    if not spans:
        workspace.show_message("no word here to add")
        return
    overlapped = [overlap for span in spans for overlap in _overlapped(workspace, *span)]
    quote = one_line(text[start:end], _QUOTE_LENGTH)
    modes = _mark_modes(workspace, overlapped, spans)
    chosen = await workspace.prompts.ask_mark(f"Add every “{quote}” as", mention.label if mention else "", modes)
    if chosen is None:
        return
    rows = [
        _occurrence(workspace, *span, chosen.label, beside=chosen.beside, is_origin=span == (start, end))
        for span in spans
    ]
    cursor = next((index for index, span in enumerate(spans) if span[0] >= start), 0)
    title = f"“{quote}” as {chosen.label}"
    ticked = await workspace.prompts.ask_occurrences(title, text, chosen.label, rows, cursor)
    if ticked is None:
        return
    candidates = [_decision_for(workspace, *spans[index], chosen.label, beside=chosen.beside) for index in ticked]
    decisions = [decision for decision in candidates if decision is not None]
    _mark(workspace, decisions, (start, end), Annotation(AnnotationKind.MARK, chosen.label, chosen.beside))
    workspace.show_message(f"added “{quote}” as {chosen.label}: {len(ticked):,} of {len(spans):,} occurrences")


def repeat(workspace: Workspace, count: int) -> Outcome:
    """Repeat the last annotation at the cursor."""
    last = workspace.last_annotation
    if last is None:
        key = workspace.keymap.key_of("repeat")
        workspace.show_message(f"nothing to repeat yet: {key} repeats the last annotation")
        return None
    if last.kind is AnnotationKind.MARK:
        return _repeat_mark(workspace, last, count)
    if last.kind is AnnotationKind.CONFIRM:
        return confirm_mention(workspace, count)
    if last.kind is AnnotationKind.CONFIRM_ENTITY:
        return confirm_entity(workspace)
    return with_mention(workspace, lambda mention: _repeat_on(workspace, last, mention, count))


def _repeat_on(workspace: Workspace, last: Annotation, mention: Mention, count: int) -> None:
    match last:
        case Annotation(AnnotationKind.RETAG, label):
            retag(workspace, mention, label, count)
        case Annotation(AnnotationKind.RETAG_ENTITY, label):
            if entity := workspace.reading.entity_of(mention):
                retag_all_mentions(workspace, entity, label)
        case Annotation(AnnotationKind.REMOVE):
            remove(workspace, mention, count)
        case Annotation(AnnotationKind.REMOVE_NAME):
            remove_name(workspace, mention)
        case Annotation(AnnotationKind.MOVE, to=name) if name is not None:
            move(workspace, mention, name)


def _repeat_mark(workspace: Workspace, last: Annotation, count: int) -> Outcome:
    inside_mention = bool(workspace.reading.mentions_at(workspace.article.cursor))
    if inside_mention and not workspace.article.selection and not last.beside:
        return with_mention(workspace, lambda mention: retag(workspace, mention, last.label, count))
    start, end = _span_to_mark(workspace, count)
    if start >= end:
        workspace.show_message("no word here to add")
    elif not _refuse_several_blocks(workspace, start, end):
        _mark_span(workspace, start, end, last.label, beside=last.beside)
    return None


async def _ask_and_mark(workspace: Workspace, count: int, *, beside: bool) -> None:
    text = workspace.reading.document.text
    start, end = _span_to_mark(workspace, count)
    if start >= end:
        workspace.show_message("no word here to add")
        return
    if _refuse_several_blocks(workspace, start, end):
        return
    modes = _mark_modes(workspace, _overlapped(workspace, start, end), [(start, end)])
    same_span = workspace.reading.mention_with(start, end)
    title = f"Add “{one_line(text[start:end], _QUOTE_LENGTH)}” as"
    chosen = await workspace.prompts.ask_mark(title, same_span.label if same_span else "", modes, beside=beside)
    if chosen:
        _mark_span(workspace, start, end, chosen.label, beside=chosen.beside)


def _mark_span(workspace: Workspace, start: int, end: int, label: str, *, beside: bool) -> None:
    """Add one span as a mention; the message names the mention that it replaces."""
    make: type[MentionAdded | MentionOverlaid | MentionConfirmed] = MentionOverlaid if beside else MentionAdded
    overlapped, same_span = _overlapped(workspace, start, end), workspace.reading.mention_with(start, end)
    if same_span and same_span.label == label and not overlapped:
        make = MentionConfirmed  # so that it stays with the entity to which it was moved
    annotation = Annotation(AnnotationKind.MARK, label, beside)
    message = _mark(workspace, [make(start, end, label)], (start, end), annotation)
    replaced = [mention for mention in overlapped if workspace.reading.mention_with(*mention[:2]) is None]
    if replaced:
        first = one_line(workspace.reading.document.text[replaced[0].start : replaced[0].end], _QUOTE_LENGTH)
        more = f" and {len(replaced) - 1} more" if len(replaced) > 1 else ""
        workspace.show_message(f"{message} in place of “{first}”{more}")


def _mark(workspace: Workspace, decisions: Sequence[Decision], span: tuple[int, int], annotation: Annotation) -> str:
    """Add a mention, put the cursor on it and select its entity; return the message."""
    with workspace.article.prevent(Article.CursorMoved):  # showing the decision refreshes everything, once
        workspace.article.set_selection(None)
        workspace.article.move_cursor(span[0])
    workspace.last_annotation = annotation
    if decisions:
        return workspace.decide(*decisions, at=span)
    if mention := workspace.reading.mention_with(*span):
        workspace.select(workspace.reading.entity_of(mention), mention)
    return workspace.message


def _span_to_mark(workspace: Workspace, count: int) -> tuple[int, int]:
    """Return the span to add: the selection, or else the search match, or else `count` words starting at the cursor."""
    article, text = workspace.article, workspace.reading.document.text
    if selection := article.selection:
        return selection.span
    if count == 1 and (match := article.matches.span_at(article.cursor)):
        return widen_to_parts(text, *match)
    start, end = snap(text, article.cursor, article.cursor + 1)
    block = article.block_at_cursor()
    for _ in range(count - 1):
        after = next_word(text, end - 1)
        if start >= end or block is None or after >= block.end:
            break
        end = snap(text, after, after + 1)[1]
    return start, end


def _refuse_several_blocks(workspace: Workspace, start: int, end: int) -> bool:
    """Return whether a span lies in several blocks, which no name does; then say so."""
    if end <= start or end <= workspace.reading.document.block_at(start).end:
        return False
    copy_key, note_key = workspace.keymap.key_of("copy-selection"), workspace.keymap.key_of("note-mention")
    workspace.show_message(
        f"a name lies in one paragraph, and this is more than one: {copy_key} copies it, {note_key} writes a note on it"
    )
    return True


def _overlapped(workspace: Workspace, start: int, end: int) -> list[Mention]:
    """Return the mentions that overlap a span, except one with exactly this span."""
    mentions = workspace.reading.mentions_between(start, end)
    return [mention for mention in mentions if mention[:2] != (start, end)]


def _mark_modes(
    workspace: Workspace, overlapped: Sequence[Mention], spans: Sequence[tuple[int, int]]
) -> tuple[MarkMode, ...]:
    """Return how a new mention can relate to those that it overlaps: replace them or keep them. Empty if none."""
    if not overlapped:
        return ()
    from reader.ui.dialogs.choosing.label_menu import MarkMode

    names = _quoted(workspace, overlapped)
    relation = _relation(*spans[0], overlapped[0]) if len(spans) == 1 else "beside"
    it, its, stay = ("it", "its", "stays") if len(overlapped) == 1 else ("them", "their", "stay")
    beside = MarkMode(f"{relation} {names}, which {stay}", f"{relation} {it}")
    return MarkMode(f"in place of {names}", f"in {its} place"), beside


def _occurrence(workspace: Workspace, start: int, end: int, label: str, *, beside: bool, is_origin: bool) -> Occurrence:
    """Return a row of the preview: an occurrence, whether it is ticked, and what is there now.

    Parts of compounds are not ticked, except the one that the user chose.
    """
    text = workspace.reading.document.text
    whole = snap(text, start, end)
    if whole != (start, end) and not is_origin:
        return Occurrence(start, end, ticked=False, description=f"within “{one_line(text[slice(*whole)])}”")
    same_span, overlapped = workspace.reading.mention_with(start, end), _overlapped(workspace, start, end)
    if same_span is not None:
        return Occurrence(
            start, end, description=same_span.label if same_span.label == label else f"now {same_span.label}"
        )
    if not overlapped:
        return Occurrence(start, end)
    inside = not is_origin and any(mention.start <= start and end <= mention.end for mention in overlapped)
    relation = _relation(start, end, overlapped[0]) if beside else "in place of"
    return Occurrence(start, end, beside or not inside, f"{relation} {_quoted(workspace, overlapped)}")


def _decision_for(workspace: Workspace, start: int, end: int, label: str, *, beside: bool) -> Decision | None:
    """Return the decision that adds a mention with this span; None if the user already made it."""
    same_span = workspace.reading.mention_with(start, end)
    if same_span is None:
        overlapped = beside and _overlapped(workspace, start, end)
        return MentionOverlaid(start, end, label) if overlapped else MentionAdded(start, end, label)
    if same_span.label != label:
        return MentionRetagged(start, end, label)
    return None if same_span.origin == "user" else MentionConfirmed(start, end, label)


def _relation(start: int, end: int, mention: Mention) -> str:
    if mention.start <= start and end <= mention.end:
        return "within"
    return "around" if start <= mention.start and mention.end <= end else "across"


def _quoted(workspace: Workspace, mentions: Sequence[Mention]) -> str:
    """Return the first of some names in quotes, and how many more there are."""
    text = workspace.reading.document.text
    names = list(dict.fromkeys(f"“{' '.join(text[mention.start : mention.end].split())}”" for mention in mentions))
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


MARKING_ACTIONS: Final = ActionTable[Workspace](
    counted={
        "add-mention": add_mention,
        "add-beside": add_beside,
        "annotate-all": annotate_all,
        "repeat": repeat,
    },
)
