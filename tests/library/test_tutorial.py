"""The tutorial: its keys are those of the program, and what it asks for can be done."""

from __future__ import annotations

import re

from reader.document import load
from reader.library import samples, tutorial
from reader.reading import Reading
from reader.recognize.process.analysis import load_recognizer, recognize
from reader.review.questions import suggestion_questions
from reader.ui.keys.commands import COMMANDS


def reading() -> Reading:
    sample = tutorial()
    assert sample is not None
    result = Reading(load(str(sample.path)))
    result.set_recognized(recognize(result.document, load_recognizer()))
    return result


def test_every_key_that_it_names_is_a_default_key() -> None:
    sample = tutorial()
    assert sample is not None
    named = set(re.findall(r"`([^`]+)`", sample.path.read_text("utf-8")))
    assert named <= {key for command in COMMANDS for key in command.keys}
    assert {"]", "}", "y", "t", "x", "v", "a", "A", "R", "u", "?"} <= named


def test_its_names_are_found_and_merged_as_it_says() -> None:
    article = reading()
    board = article.entity_named("Northern Shipping Board")
    assert board is not None
    assert "NSB" in board.names
    ellison = article.entity_named("Mara Ellison")
    assert ellison is not None
    assert "Ellison" in ellison.names
    assert article.entity_named("quiet eel") is None


def test_it_has_something_to_review() -> None:
    assert suggestion_questions(reading())


def test_the_tutorial_is_not_a_sample() -> None:
    sample = tutorial()
    assert sample is not None
    assert sample.path not in {other.path for other in samples()}
