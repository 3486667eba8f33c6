"""Going to any mention in view by the letters that appear on it."""

from __future__ import annotations

from typing import Final

from reader.display.moving.jump_labels import assign_labels
from reader.ui.actions.text.navigation import go_to
from reader.ui.actions.workspace import Workspace
from reader.ui.keys.action_table import ActionTable
from reader.ui.keys.key_reader import KeyReader


def jump_to_label(workspace: Workspace) -> None:
    """Show a label on each mention in view, and go to the one whose letters are typed."""
    article, reading = workspace.article, workspace.reading
    first, last = article.visible_span
    mentions = {
        mention.start: mention
        for mention in reversed(reading.mentions_between(first, last))
        if first <= mention.start < last and mention.start != article.cursor
    }
    if not mentions:
        key = workspace.keymap.key_of("next-mention")
        workspace.show_message(f"there is no other mention in view: {key} goes to the next one")
        return
    labels = assign_labels(list(mentions), article.cursor)

    def take(key: str) -> bool:
        remaining = {offset: label[1:] for offset, label in article.jump_labels.items() if label.startswith(key)}
        chosen = next((offset for offset, label in remaining.items() if not label), None)
        if chosen is not None:
            workspace.show_message("")
            go_to(workspace, mentions[chosen])
        elif remaining:
            article.show_jump_labels(remaining)
            return True
        else:
            workspace.show_message(f"no mention has the letter {key}")
        return False

    article.show_jump_labels(labels)
    workspace.show_message("type the letters of a mention to go there")
    workspace.read_keys(KeyReader("JUMP", take, lambda: article.show_jump_labels({})))


LABEL_JUMP_ACTIONS: Final = ActionTable[Workspace](plain={"jump-label": jump_to_label})
