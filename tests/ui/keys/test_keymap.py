from __future__ import annotations

from pathlib import Path

import pytest

from reader.ui.keys.commands import COMMANDS, COMMANDS_BY_ID
from reader.ui.keys.contexts import Context
from reader.ui.keys.keymap import Keymap, Match, Pending, build_keymap, default_keymap, load_keymap, parse_keys
from reader.ui.keys.keymap_page import keys_page


def given(keymap: Keymap, keys: str, context: Context = Context.TEXT) -> tuple[str, int] | None:
    """The command and count that some keys give, one after the other."""
    outcome = None
    for key in keys.split():
        outcome = keymap.feed(key, context)
    return (outcome.command.id, outcome.count) if isinstance(outcome, Match) else None


def test_ids_are_unique_and_no_two_commands_of_a_pane_share_a_key() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    for context in Context:
        keys = [key for command in COMMANDS if command.context is context for key in command.keys]
        assert len(keys) == len(set(keys))
    assert default_keymap().problems == ()


def test_every_default_key_runs_its_command() -> None:
    for command in COMMANDS:
        for keys in command.keys:
            assert given(default_keymap(), keys, command.context) == (command.id, 1)


def test_counts_and_key_sequences_are_recognized() -> None:
    keymap = default_keymap()
    assert given(keymap, "1 2 j") == ("line-down", 12)
    assert given(keymap, "g g") == ("text-start", 1)
    assert given(keymap, "g e") == ("go-entities", 1)
    assert given(keymap, "0") == ("line-start", 1)
    assert keymap.feed("g", Context.TEXT) == Pending("g")
    assert keymap.feed("!", Context.TEXT) is None
    assert given(keymap, "j") == ("line-down", 1)


def test_a_command_can_tell_whether_a_number_was_typed() -> None:
    keymap = default_keymap()
    assert keymap.feed("G", Context.TEXT) == Match(COMMANDS_BY_ID["text-end"], 0)
    assert [keymap.feed(key, Context.TEXT) for key in "1G"][-1] == Match(COMMANDS_BY_ID["text-end"], 1)


def test_a_count_is_bounded() -> None:
    assert given(default_keymap(), " ".join("9" * 30) + " j") == ("line-down", 9999)


def test_a_context_falls_back_to_the_keys_that_work_everywhere() -> None:
    assert given(default_keymap(), "u", Context.SELECTING) == ("undo", 1)
    assert given(default_keymap(), "]", Context.SELECTING) == ("next-mention", 1)
    assert given(default_keymap(), "a", Context.ENTITIES) is None


def test_the_users_keys_replace_the_defaults() -> None:
    keymap = build_keymap({"next-mention": "W", "zen": "", "search": ["f3", "g s"]})
    assert keymap.problems == ()
    assert given(keymap, "W") == ("next-mention", 1)
    assert given(keymap, "]") is None
    assert given(keymap, "Z") is None
    assert given(keymap, "g s") == ("search", 1)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"next-mentoin": "W"}, "did you mean 'next-mention'"),
        ({"next-mention": "hyper+x"}, "is not a key"),
        ({"next-mention": "ctrl+i"}, "looks like another key"),
        ({"next-mention": "j"}, "already line-down"),
        ({"next-mention": "g"}, "g is already next-doubtful"),
        ({"next-mention": 7}, "a key or a list of keys"),
    ],
)
def test_mistakes_are_reported_and_the_defaults_apply(changes: dict[str, object], problem: str) -> None:
    keymap = build_keymap(changes)
    assert problem in keymap.problems[0]
    assert given(keymap, "]") == ("next-mention", 1)


def test_a_keymap_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    assert load_keymap(path).problems == ()
    path.write_text('next-mention = "W"\n', encoding="utf-8")
    assert given(load_keymap(path), "W") == ("next-mention", 1)
    path.write_text("next-mention = \n", encoding="utf-8")
    assert "keymap.toml cannot be read" in load_keymap(path).problems[0]


@pytest.mark.parametrize("keys", ["", "ctrl+1", "notakey", "ctrl+c", "\x1b"])
def test_impossible_keys_are_refused(keys: str) -> None:
    with pytest.raises(ValueError, match=r"key|expected"):
        parse_keys(keys)


def test_the_page_of_keys_is_up_to_date() -> None:
    page = Path(__file__).parents[3] / "docs" / "keys.md"
    assert page.read_text(encoding="utf-8") == keys_page(), "run: python -m reader.ui.keys.keymap_page > docs/keys.md"


@pytest.mark.parametrize("key", ["₆", "➑", "٣", "⒌", "９"])
def test_only_western_digits_begin_a_count(key: str) -> None:
    keymap = default_keymap()
    assert keymap.feed(key, Context.TEXT) is None
    assert not keymap.pending
