"""Actions of the details pane, on the mentions of one entity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.annotate import Decision
from reader.annotate.decisions import MentionConfirmed, MentionRemoved, MentionRetagged
from reader.display.entity_context.concordance import MentionOrder
from reader.ui.actions.entity_choice import attach_mention, attach_mentions
from reader.ui.actions.text.mention_actions import ask_and_retag, remove
from reader.ui.actions.workspace import Workspace
from reader.ui.keys.action_table import ActionTable
from reader.ui.panels.details_listing import DetailsView


def open_mention(workspace: Workspace) -> None:
    """Go to the mention in the text, or to the first mention of the companion beside the entity."""
    details = workspace.details
    if companion := details.companion:
        mention, entity = companion.first_mention, workspace.reading.current(companion.entity)
        if mention is not None and entity is not None:
            workspace.article.jump(mention.start)
            workspace.select(entity, mention)
            workspace.focus_pane(workspace.article)
    elif mention := details.current:
        workspace.article.jump(mention.start)
        workspace.focus_pane(workspace.article)


def list_by_position(workspace: Workspace) -> None:
    """List the mentions one a row in text order, or as before."""
    _list_concordance(workspace, MentionOrder.POSITION)


def list_by_words_before(workspace: Workspace) -> None:
    """List the mentions sorted by the words before them, or as before."""
    _list_concordance(workspace, MentionOrder.WORDS_BEFORE)


def list_by_words_after(workspace: Workspace) -> None:
    """List the mentions sorted by the words after them, or as before."""
    _list_concordance(workspace, MentionOrder.WORDS_AFTER)


def list_companions(workspace: Workspace) -> None:
    """List the entities in the same sentences and paragraphs, or the mentions again."""
    details = workspace.details
    details.show_view(DetailsView.MENTIONS if details.view is DetailsView.COMPANIONS else DetailsView.COMPANIONS)


def _list_concordance(workspace: Workspace, order: MentionOrder) -> None:
    details = workspace.details
    if details.view is DetailsView.CONCORDANCE and details.order is order:
        details.show_view(DetailsView.MENTIONS)
        return
    details.show_view(DetailsView.CONCORDANCE, order)
    workspace.show_message(f"mentions {order}")


def mark_mentions(workspace: Workspace, count: int) -> None:
    """Mark or unmark `count` mentions, and move to the one after them."""
    details = workspace.details
    for _ in range(min(count, details.item_count())):
        if mention := details.current:
            details.toggle_mark(mention)
            details.move(1)
    if _says_no_mention(workspace):
        return
    marked_count = len(details.marked)
    if not marked_count:
        workspace.show_message("no mention is marked")
        return
    key, them = workspace.keymap.key_of("details-attach"), "it" if marked_count == 1 else "them"
    workspace.show_message(f"{marked_count:,} marked: {key} moves {them} to another entity, in one step")


def confirm_mentions(workspace: Workspace) -> None:
    """Confirm the marked mentions, or else the current one and move to the next."""
    if _says_no_mention(workspace):
        return
    details, decided = workspace.details, workspace.reading.decided
    had_marks = details.marked
    undecided = [mention for mention in details.targets if mention not in decided]
    if undecided:
        _decide(workspace, [MentionConfirmed(mention.start, mention.end, mention.label) for mention in undecided])
    elif details.targets:
        workspace.show_message("already decided")
    if had_marks:
        details.unmark_all()
    else:
        details.move(1)


async def retag_mentions(workspace: Workspace) -> None:
    """Ask for another label of the marked mentions, or of the current one."""
    if _says_no_mention(workspace):
        return
    mentions = workspace.details.targets
    if len(mentions) == 1:
        await ask_and_retag(workspace, mentions[0])
    elif mentions and (label := await workspace.prompts.ask_label(f"These {len(mentions):,} are", mentions[0].label)):
        changed = [mention for mention in mentions if mention.label != label]
        _decide(workspace, [MentionRetagged(mention.start, mention.end, label) for mention in changed])
        workspace.details.unmark_all()


async def move_mentions(workspace: Workspace) -> None:
    """Ask to which entity the marked mentions, or the current one, belong."""
    if _says_no_mention(workspace):
        return
    marked, current = workspace.details.marked, workspace.details.current
    if marked:
        await attach_mentions(workspace, marked)
    elif current:
        await attach_mention(workspace, current)


def remove_mentions(workspace: Workspace) -> None:
    """Remove the marked mentions, or the current one."""
    if _says_no_mention(workspace):
        return
    mentions = workspace.details.targets
    if len(mentions) == 1:
        remove(workspace, mentions[0])
    else:
        _decide(workspace, [MentionRemoved(mention.start, mention.end) for mention in mentions])
    workspace.details.unmark_all()


def _says_no_mention(workspace: Workspace) -> bool:
    """Return whether companions are listed; say how to get back to the mentions."""
    if workspace.details.view is not DetailsView.COMPANIONS:
        return False
    workspace.show_message(
        f"these are other entities: {workspace.keymap.key_of('details-companions')} lists the mentions"
    )
    return True


def _decide(workspace: Workspace, decisions: Sequence[Decision]) -> None:
    if not decisions:
        workspace.show_message("nothing changes")
        return
    message = workspace.decide(*decisions)
    if len(decisions) > 1:
        workspace.show_message(f"{message} and {len(decisions) - 1:,} more")


DETAILS_ACTIONS: Final = ActionTable[Workspace](
    plain={
        "details-open": open_mention,
        "details-by-position": list_by_position,
        "details-by-words-before": list_by_words_before,
        "details-by-words-after": list_by_words_after,
        "details-companions": list_companions,
        "details-confirm": confirm_mentions,
        "details-retag": retag_mentions,
        "details-attach": move_mentions,
        "details-remove": remove_mentions,
    },
    counted={"details-mark": mark_mentions},
)
