from __future__ import annotations

import pytest
from hypothesis import given

from reader.annotate import (
    Decision,
    DocumentNoted,
    DocumentTagged,
    EntityDismissed,
    EntityNoted,
    EntityRenamed,
    EntityRestored,
    EntityRetagged,
    EntityStarred,
    EntityTagged,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionRemoved,
    MentionRetagged,
    NamesDifferent,
    NamesSame,
    OrphanDismissed,
    PlaceNoted,
    PlaceTagged,
    Step,
    describe,
    describe_step,
)
from reader.resolve import Name
from tests.annotate.strategies import TEXT, decisions

A, B, C, D = (Name(text, "ORG") for text in ("NSB", "Board", "North Sea Board", "Sea Board"))
START = TEXT.index("Ada  Quill")


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (MentionAdded(START, START + 10, "PERSON"), "marked “Ada Quill” as PERSON"),
        (MentionRemoved(START, START + 10), "removed “Ada Quill”"),
        (MentionRetagged(START, START + 10, "GPE"), "retagged “Ada Quill” as GPE"),
        (MentionMoved(START, START + 10, A), "moved “Ada Quill” to “NSB”"),
        (NamesSame((A, B)), "merged “NSB” with “Board”"),
        (NamesSame((A, B), "The Board"), "merged “NSB” with “Board” as “The Board”"),
        (NamesSame((A, B), "Board"), "merged “NSB” with “Board”"),
        (NamesSame((A, B, C)), "merged “NSB” with “Board” and “North Sea Board”"),
        (NamesDifferent((A,), (B, C, D, A)), "kept “NSB” apart from “Board”, “North Sea Board” and 2 more"),
        (EntityRenamed((A, B), "Board"), "renamed “NSB” to “Board”"),
        (EntityRenamed((B, A), "Board"), "renamed “NSB” to “Board”"),
        (EntityRenamed((B,), "Board"), "called “Board” by its own name"),
        (EntityRetagged((A,), "GPE"), "retagged every “NSB” as GPE"),
        (EntityRestored((A, B)), "brought back “NSB” and “Board”"),
        (EntityStarred((A, B), True), "starred “NSB”"),
        (EntityStarred((A, B), False), "took the star from “NSB”"),
        (PlaceNoted(START, START + 10, "Who\nis *she*?"), "noted on “Ada Quill”: “Who is *she*?”"),
        (PlaceNoted(START, START + 10, ""), "took away the note on “Ada Quill”"),
        (EntityNoted((A, B), "a board"), "noted on “NSB”: “a board”"),
        (DocumentNoted("x" * 60), "noted on the article: “" + "x" * 39 + "…”"),
        (DocumentNoted(""), "took away the note on the article"),
        (PlaceTagged(START, START + 10, ("key",)), "tagged “Ada Quill” #key"),
        (EntityTagged((A,), ("key", "source"), ("old",)), "tagged “NSB” #key, #source, no longer #old"),
        (DocumentTagged((), ("old",)), "took #old from the article"),
        (EntityDismissed((A, B)), "dismissed “NSB” and “Board”"),
        (EntityDismissed((Name("x\x1b[31m\u202e" + "y" * 80, "ORG"),)), "dismissed “x�[31m�" + "y" * 32 + "…”"),
    ],
)
def test_in_words(decision: Decision, words: str) -> None:
    assert describe(decision, TEXT) == words


def test_a_step_of_several_decisions() -> None:
    step = Step("1", "", (MentionRemoved(21, 24), MentionRemoved(0, 3), MentionRemoved(4, 6)))
    assert describe_step(step, TEXT) == "removed “NSB” and 2 more"


def test_what_had_lost_its_place_was_attached_again() -> None:
    attached = (MentionConfirmed(21, 24, "ORG"), OrphanDismissed("lost"))
    step = Step("s", "", attached)
    assert describe_step(step, TEXT) == "attached again: confirmed “NSB” as ORG"
    noted = Step("s", "", (*attached, PlaceNoted(21, 24, "x"), OrphanDismissed("note")))
    assert describe_step(noted, TEXT) == "attached again: confirmed “NSB” as ORG and 1 more"
    assert describe_step(Step("s", "", attached[1:]), TEXT) == "dismissed a decision that had lost its place"


@given(decisions)
def test_always_one_printable_line(decision: Decision) -> None:
    assert describe(decision, TEXT).isprintable()
