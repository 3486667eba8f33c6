"""The lines of the lists of a collection."""

from __future__ import annotations

from reader.collection.queries.phrase_matches import Excerpt
from reader.collection.queries.profile_suggestions import SuggestedPair, SuggestedSide
from reader.ui.screens.collection.collection_views import pair_lines

TITLE = "The owners of the harbor, the ships that they sold, and what the auditors of the port authority say about both"


def side(name: str, documents: int) -> SuggestedSide:
    """Return a side of a question whose document has a long title."""
    excerpt = Excerpt(0, f"{name} left.", ((0, len(name)),))
    return SuggestedSide(name, name, "ORG", documents, "sha256:0", TITLE, "a.txt", name, "ORG", (), 0, excerpt)


def test_a_question_has_both_names_in_view_however_long_the_titles_are() -> None:
    pair = SuggestedPair(side("Port Authority", 3), side("Tarn Port Authority", 1), "part", 0.5, ())
    question, first, second, _ = pair_lines(pair)
    assert question.text.startswith("“Port Authority” (ORG) and “Tarn Port Authority” (ORG): one?")
    assert first.detail == f"{TITLE} and 2 more"
    assert second.detail == TITLE


def test_a_question_about_two_spellings_does_not_say_so_of_names_that_are_written_the_same() -> None:
    same = SuggestedPair(side("Newport", 1), side("Newport", 1), "case", 0.5, ())
    spelled = SuggestedPair(side("Newport", 1), side("NEWPORT", 1), "case", 0.5, ())
    assert pair_lines(same)[0].text.endswith("one? — the same name")
    assert "capitals" in pair_lines(spelled)[0].text
