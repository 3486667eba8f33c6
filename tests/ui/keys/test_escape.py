from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from reader.ui.keys.escape import EscapeSplitter
from reader.ui.textual_internals.key_events import install_escape_splitter

KEYS = ["\x1b[A", "\x1bOP", "\x1b[27u", "\x1b", "y", "\r", "]"]


def keys_parsed(*inputs: str) -> list[str]:
    """Return the keys that a parser finds in inputs that arrive together."""
    install_escape_splitter()
    parser = XTermParser()
    messages = [message for data in inputs for message in parser.feed(data)]
    time.sleep(0.11)
    messages += parser.tick()
    names = []
    for message in messages:
        if isinstance(message, events.Paste):
            names.append(f"paste {message.text}")
        elif isinstance(message, events.Key):
            names.append(message.character if message.is_printable and message.character else message.key)
    return names


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        (["\x1by"], ["escape", "y"]),
        (["\x1b", "y"], ["escape", "y"]),
        (["ab\x1bnj"], ["a", "b", "escape", "n", "j"]),
        (["\x1bn\x1by"], ["escape", "n", "escape", "y"]),
        (["\x1b:"], ["escape", ":"]),
        (["\x1b\r"], ["escape", "enter"]),
        (["\x1b\x1b"], ["escape", "escape"]),
        (["\x1b]\x1b[A"], ["escape", "]", "up"]),
        (["\x1b[A\x1b", "[B"], ["up", "down"]),
        (["\x1bOP"], ["f1"]),
        (["\x1b" + "x" * 60], ["escape", *"x" * 60]),
        (["\x1b[200~a\x1bb\x1b[201~\x1bc"], ["paste ab", "escape", "c"]),
        (["\x1b[200~a\x1bb", "c\x1bd", "\x1be\x1b[201~\x1bc"], ["paste abcde", "escape", "c"]),
    ],
)
def test_escape_is_separated_from_the_key_that_follows(sent: list[str], keys: list[str]) -> None:
    assert keys_parsed(*sent) == keys


@given(st.lists(st.sampled_from(KEYS), max_size=8))
def test_splitting_twice_changes_nothing(pressed: list[str]) -> None:
    # What is told apart is left as it is when it is told apart again.
    data = EscapeSplitter().split("".join(pressed) + "y")
    assert EscapeSplitter().split(data) == data
    assert data.count("\x1b[27u") >= sum(key == "\x1b[27u" for key in pressed)


def test_replies_of_the_terminal_are_left_alone() -> None:
    for answer in ("\x1b]11;rgb:15/18/1d\x1b\\", "\x1bP1$r0m\x1b\\", "\x1b_Gi=1;OK\x1b\\", "\x1b[?62;4c"):
        assert EscapeSplitter().split(answer) == answer


def test_the_end_of_a_paste_is_found_across_inputs() -> None:
    assert keys_parsed("\x1b[200~one\x1btwo", "\x1bthree\x1b", "[201~\x1by") == ["paste onetwothree", "escape", "y"]
    assert keys_parsed("\x1b\x1b[200~one\x1b[201~") == ["escape", "paste one"]


def test_a_paste_that_arrives_without_its_last_byte_does_not_end_the_input() -> None:
    assert keys_parsed("\x1b[200~a", "\x1b[201", "~", "j") == ["paste a", "j"]


@pytest.mark.parametrize(
    "code", ["\x1b[1;5C", "\x1b[<0;12;7M", "\x1b[2;3R", "\x1b[200~words\x1b[201~", "\x1b[?2026;2$y"]
)
def test_a_code_that_a_slow_line_cuts_is_put_together(code: str) -> None:
    whole = messages_of(code)
    for cut in range(3, len(code)):
        assert messages_of(code[:cut], code[cut:]) == whole, cut


def messages_of(*inputs: str) -> list[str]:
    """Return what a parser makes of inputs, if it gives up waiting after each of them."""
    install_escape_splitter()
    parser = XTermParser()
    messages: list[Message] = []
    for data in inputs:
        messages += parser.feed(data)
        if parser._timeout_time is not None and not vars(parser)["_reader_escapes"].ended_with_introducer:
            parser._timeout_time = 0.0
        messages += parser.tick()
    return [repr(message) for message in messages]


def test_the_parser_waits_longer_for_the_rest_of_a_code_than_for_a_key_after_escape() -> None:
    install_escape_splitter()
    waits = []
    for start in ("\x1b", "\x1b["):
        parser = XTermParser()
        before = time.monotonic()
        list(parser.feed(start))
        assert parser._timeout_time is not None
        waits.append(parser._timeout_time - before)
    assert waits[1] - waits[0] > 0.5
    assert keys_parsed("\x1b[", "C") == ["right"]
