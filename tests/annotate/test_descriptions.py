from __future__ import annotations

import pytest
from hypothesis import given

from reader.annotate import Decision, Step, describe_step
from reader.annotate.decisions import (
    AllTextChosen,
    BookmarkRemoved,
    BookmarkSet,
    DocumentNoted,
    DocumentTagged,
    EncodingChosen,
    EntityDismissed,
    EntityNoted,
    EntityRenamed,
    EntityRestored,
    EntityRetagged,
    EntityStarred,
    EntityTagged,
    MachineMentionAdded,
    MentionAdded,
    MentionConfirmed,
    MentionMoved,
    MentionRemoved,
    MentionRetagged,
    NamesDifferent,
    NamesSame,
    OrphanDismissed,
    ProfilesDifferent,
    ProfilesSame,
    SpanNoted,
    SpanTagged,
    WatchlistAnswered,
)
from reader.annotate.decisions.appearances import Appearance
from reader.resolve import Name
from tests.annotate.strategies import TEXT, decisions

A, B, C, D = (Name(text, "ORG") for text in ("NSB", "Board", "North Sea Board", "Sea Board"))
IN_X, IN_Y = Appearance("sha256:x", "A report", A), Appearance("sha256:y", "", A)
START = TEXT.index("Ada  Quill")
END = START + len("Ada  Quill")


@pytest.mark.parametrize(
    ("decision", "description"),
    [
        (MentionAdded(START, END, "PERSON"), "added “Ada Quill” as PERSON"),
        (MentionRemoved(START, END), "removed “Ada Quill”"),
        (MentionRetagged(START, END, "GPE"), "retagged “Ada Quill” as GPE"),
        (MentionMoved(START, END, A), "moved “Ada Quill” to “NSB”"),
        (NamesSame((A, B)), "merged “NSB” with “Board”"),
        (NamesSame((A, B), "The Board"), "merged “NSB” with “Board” as “The Board”"),
        (NamesSame((A, B), "Board"), "merged “NSB” with “Board”"),
        (NamesSame((A, B, C)), "merged “NSB” with “Board” and “North Sea Board”"),
        (NamesDifferent((A,), (B, C, D, A)), "kept “NSB” apart from “Board”, “North Sea Board” and 2 more"),
        (EntityRenamed((A, B), "Board"), "renamed “NSB” to “Board”"),
        (EntityRenamed((B, A), "Board"), "renamed “NSB” to “Board”"),
        (EntityRenamed((B,), "Board"), "set the name to “Board”"),
        (EntityRetagged((A,), "GPE"), "retagged every “NSB” as GPE"),
        (ProfilesSame((IN_X, IN_Y)), "merged “NSB” in “A report” with “NSB”"),
        (ProfilesDifferent((IN_X,), (IN_Y,)), "kept “NSB” in “A report” apart from “NSB”"),
        (ProfilesDifferent((IN_X,), (IN_Y, IN_X, IN_Y)), "kept “NSB” in “A report” apart from “NSB” and 2 more"),
        (EntityRestored((A, B)), "restored “NSB” and “Board”"),
        (EntityStarred((A, B), True), "starred “NSB”"),
        (EntityStarred((A, B), False), "removed the star from “NSB”"),
        (
            WatchlistAnswered((A, B), "cases", "c-7", "Board of N.", "no"),
            "noted that “NSB” is not “Board of N.” of the list cases",
        ),
        (WatchlistAnswered((A,), "cases", "c-7", "N.", ""), "took back the answer on “NSB” and “N.” of the list cases"),
        (SpanNoted(START, END, "Who\nis *she*?"), "noted on “Ada Quill”: “Who is *she*?”"),
        (BookmarkSet(START, END, "a"), "set bookmark a at “Ada Quill”"),
        (BookmarkRemoved("a"), "removed bookmark a"),
        (SpanNoted(START, END, ""), "removed the note on “Ada Quill”"),
        (EntityNoted((A, B), "a board"), "noted on “NSB”: “a board”"),
        (DocumentNoted("x" * 60), "noted on the document: “" + "x" * 39 + "…”"),
        (DocumentNoted(""), "removed the note on the document"),
        (SpanTagged(START, END, ("key",)), "tagged “Ada Quill” #key"),
        (EntityTagged((A,), ("key", "source"), ("old",)), "tagged “NSB” #key, #source and removed #old"),
        (DocumentTagged((), ("old",)), "removed #old from the document"),
        (DocumentTagged(()), "left the tags of the document unchanged"),
        (MachineMentionAdded(21, 24, "ORG", 0.4), "imported “NSB” as ORG, found by a machine"),
        (OrphanDismissed("an-id"), "dismissed an orphan"),
        (EncodingChosen("sha256:00", "", "cp1250"), "read the text as cp1250"),
        (EncodingChosen("sha256:00", "", ""), "read the text as detected"),
        (AllTextChosen("sha256:00", "", all_text=True), "showed all text of the page"),
        (AllTextChosen("sha256:00", "", all_text=False), "showed only the article of the page"),
        (EntityDismissed((A, B)), "dismissed “NSB” and “Board”"),
        (EntityDismissed((Name("x\x1b[31m\u202e" + "y" * 80, "ORG"),)), "dismissed “x�[31m�" + "y" * 32 + "…”"),
    ],
)
def test_each_kind_of_decision_has_a_description(decision: Decision, description: str) -> None:
    assert decision.describe(TEXT) == description


def test_a_known_quote_takes_precedence_over_the_changed_text() -> None:
    assert MentionRemoved(START, END).describe("", "Mr. Quill") == "removed “Mr. Quill”"


def test_a_step_of_several_decisions_is_described_by_its_first() -> None:
    step = Step("1", "", (MentionRemoved(21, 24), MentionRemoved(0, 3), MentionRemoved(4, 6)))
    assert describe_step(step, TEXT) == "removed “NSB” and 2 more"


def test_a_step_that_attaches_orphans_is_described_as_reattached() -> None:
    attached = (MentionConfirmed(21, 24, "ORG"), OrphanDismissed("lost"))
    step = Step("s", "", attached)
    assert describe_step(step, TEXT) == "reattached: confirmed “NSB” as ORG"
    noted = Step("s", "", (*attached, SpanNoted(21, 24, "x"), OrphanDismissed("note")))
    assert describe_step(noted, TEXT) == "reattached: confirmed “NSB” as ORG and 1 more"
    assert describe_step(Step("s", "", attached[1:]), TEXT) == "dismissed an orphan"


@given(decisions)
def test_a_description_is_always_one_printable_line(decision: Decision) -> None:
    assert decision.describe(TEXT).isprintable()
