"""Going from mention to mention."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from reader.recognize import Mention
from reader.resolve import Entity
from reader.structures.intervals import count_before, count_up_to
from reader.ui.actions.workspace import Workspace
from reader.ui.dialogs.base.choice import Choice
from reader.ui.keys.action_table import ActionTable, Outcome
from reader.ui.panels.status import needs_check

_CHOICE_KEYS: Final = "abcdefghi"


def next_mention(workspace: Workspace, count: int) -> None:
    """Go to the mention `count` mentions further down."""
    mentions, position = workspace.reading.mentions, cursor_position(workspace)
    index = count_up_to(mentions, position) + count - 1
    message = "no more mentions below" if mentions else workspace.no_names
    _go_or_say(workspace, mentions[min(index, len(mentions) - 1)] if mentions else None, message)


def previous_mention(workspace: Workspace, count: int) -> None:
    """Go to the mention `count` mentions further up."""
    mentions, position = workspace.reading.mentions, cursor_position(workspace)
    index = count_before(mentions, position) - count
    message = "no more mentions above" if mentions else workspace.no_names
    _go_or_say(workspace, mentions[max(index, 0)] if mentions else None, message)


def next_undecided(workspace: Workspace, count: int) -> None:
    """Go to an undecided mention further down."""
    below = workspace.reading.decided.undecided_after(cursor_position(workspace))
    _go_to_last_of(workspace, below, count, _no_undecided_below(workspace))


def previous_undecided(workspace: Workspace, count: int) -> None:
    """Go to an undecided mention further up."""
    above = workspace.reading.decided.undecided_before(cursor_position(workspace))
    _go_to_last_of(workspace, above, count, "no undecided mentions above")


def next_doubtful(workspace: Workspace, count: int) -> None:
    """Go to a doubtful mention further down."""
    reading = workspace.reading
    first = count_up_to(reading.mentions, (workspace.article.cursor,))
    below = (reading.mentions[index] for index in range(first, len(reading.mentions)))
    doubtful = (mention for mention in below if needs_check(reading, mention))
    _go_to_last_of(workspace, doubtful, count, "no doubtful mentions below")


def previous_doubtful(workspace: Workspace, count: int) -> None:
    """Go to a doubtful mention further up."""
    reading = workspace.reading
    first = count_before(reading.mentions, (workspace.article.cursor,))
    above = (reading.mentions[index] for index in range(first - 1, -1, -1))
    doubtful = (mention for mention in above if needs_check(reading, mention))
    _go_to_last_of(workspace, doubtful, count, "no doubtful mentions above")


def next_of_entity(workspace: Workspace, count: int) -> None:
    """Go to a later mention of the entity; after the last one start again at the first."""
    _go_through_entity(workspace, count)


def previous_of_entity(workspace: Workspace, count: int) -> None:
    """Go to an earlier mention of the entity; before the first one start again at the last."""
    _go_through_entity(workspace, -count)


def open_entity(workspace: Workspace) -> Outcome:
    """Show the entity under the cursor, or else the selected one, in the details."""
    if workspace.reading.mention_at(workspace.article.cursor):
        return with_mention(workspace, lambda mention: _open_details(workspace, mention))
    entity = workspace.article.entity
    if entity is None:
        key = workspace.keymap.key_of("next-mention")
        workspace.show_message(f"no mention here: {key} goes to the next one")
        return None
    workspace.select(entity)
    workspace.focus_pane(workspace.details)
    return None


def go_to(workspace: Workspace, mention: Mention) -> None:
    """Put the cursor on a mention and select its entity."""
    workspace.article.jump(mention.start)
    workspace.select(workspace.reading.entity_of(mention), mention)


def go_to_next_undecided(workspace: Workspace) -> None:
    """Go to the next undecided mention; if there is none, add that to the message shown."""
    decided, message = workspace.reading.decided, workspace.message
    if mention := next(iter(decided.undecided_after(cursor_position(workspace))), None):
        go_to(workspace, mention)
        return
    workspace.show_message("; ".join(filter(None, (message, _no_undecided_below(workspace)))))


def cursor_position(workspace: Workspace) -> tuple[int, ...]:
    """Return the position of the cursor among the mentions: the span of the current mention, or else its offset."""
    mention = workspace.current_mention
    return mention[:2] if mention else (workspace.article.cursor,)


def with_mention(workspace: Workspace, action: Callable[[Mention], Outcome]) -> Outcome:
    """Run an action on the mention under the cursor; if several overlap there, ask which one."""
    current = workspace.current_mention
    mentions = [current] if current else workspace.reading.mentions_at(workspace.article.cursor)
    if not mentions:
        next_key, add_key = workspace.keymap.key_of("next-mention"), workspace.keymap.key_of("add-mention")
        workspace.show_message(f"no mention here: {next_key} goes to the next one, {add_key} adds a word")
        return None
    if len(mentions) > 1:
        return _with_one_of(workspace, mentions, action)
    if current is None:
        workspace.select(workspace.reading.entity_of(mentions[0]), mentions[0])
    return action(mentions[0])


async def _with_one_of(workspace: Workspace, mentions: list[Mention], action: Callable[[Mention], Outcome]) -> None:
    text = workspace.reading.document.text
    choices = [
        Choice(text[mention.start : mention.end], mention.label, letter, mention.label)
        for mention, letter in zip(mentions, _CHOICE_KEYS, strict=False)
    ]
    region = workspace.article.region_of(*mentions[0][:2])
    index = await workspace.prompts.ask_choice("Which mention?", choices, target=region)
    if index is not None:
        mention = mentions[index]
        workspace.select(workspace.reading.entity_of(mention), mention)
        outcome = action(mention)
        if outcome is not None:
            await outcome


def _open_details(workspace: Workspace, mention: Mention) -> None:
    workspace.select(workspace.reading.entity_of(mention), mention)
    workspace.focus_pane(workspace.details)


def _go_through_entity(workspace: Workspace, step: int) -> None:
    """Go to another mention of the selected entity, or of the entity under the cursor."""
    under_cursor = workspace.reading.mention_at(workspace.article.cursor)
    entity = workspace.article.entity or (workspace.reading.entity_of(under_cursor) if under_cursor else None)
    if entity is None:
        key = workspace.keymap.key_of("next-mention")
        has_names = bool(workspace.reading.entities)
        workspace.show_message(
            f"no entity is selected: {key} goes to the next mention" if has_names else workspace.no_names
        )
        return
    index, wrapped = _step_through(entity, workspace.article.cursor, step)
    go_to(workspace, entity.mentions[index])
    restart = ", from the other end" if wrapped and len(entity.mentions) > 1 else ""
    workspace.show_message(f"{entity.name}: {index + 1} of {len(entity.mentions)}{restart}")


def _step_through(entity: Entity, offset: int, step: int) -> tuple[int, bool]:
    """Return the index of the entity's mention `step` mentions from an offset, and whether that passed an end."""
    mentions = entity.mentions
    first = count_up_to(mentions, (offset,)) - 1 if step > 0 else count_before(mentions, (offset,))
    index = first + step
    return index % len(mentions), not 0 <= index < len(mentions)


def _no_undecided_below(workspace: Workspace) -> str:
    decided = workspace.reading.decided
    undecided = decided.total - decided.count
    if undecided:
        key = workspace.keymap.key_of("previous-undecided")
        return f"no undecided mentions below; {undecided:,} above: {key} goes there"
    return f"all {decided.total:,} mentions are decided" if decided.total else workspace.no_names


def _go_to_last_of(workspace: Workspace, mentions: Iterable[Mention], count: int, otherwise: str) -> None:
    """Go to the `count`th mention, or the last if there are fewer; if there is none, show a message."""
    candidates = list(islice(mentions, count))
    _go_or_say(workspace, candidates[-1] if candidates else None, otherwise)


def _go_or_say(workspace: Workspace, mention: Mention | None, otherwise: str) -> None:
    current = workspace.current_mention
    if mention is None or (mention.start == workspace.article.cursor and current in (None, mention)):
        workspace.show_message(otherwise)
        return
    go_to(workspace, mention)


NAVIGATION_ACTIONS: Final = ActionTable[Workspace](
    plain={"open-entity": open_entity},
    counted={
        "next-mention": next_mention,
        "previous-mention": previous_mention,
        "next-undecided": next_undecided,
        "previous-undecided": previous_undecided,
        "next-doubtful": next_doubtful,
        "previous-doubtful": previous_doubtful,
        "next-of-entity": next_of_entity,
        "previous-of-entity": previous_of_entity,
    },
)
