"""The lines of the lists of a collection."""

from __future__ import annotations

from dataclasses import replace

from reader.collection.queries.phrase_matches import Excerpt
from reader.collection.queries.profiles.profile_lookup import ProfileSummary
from reader.collection.queries.profiles.profile_report import ProfileReport
from reader.collection.queries.profiles.profile_suggestions import SuggestedPair, SuggestedSide
from reader.collection.watchlists.profile_hits import ProfileHit
from reader.resolve import Name
from reader.ui.screens.collection.collection_views import pair_lines
from reader.ui.screens.collection.profile.profile_lines import ListedEntries, LoadedProfile, lines_of

TITLE = "The owners of the harbor, the ships that they sold, and what the auditors of the port authority say about both"


def side(name: str, documents: int) -> SuggestedSide:
    """Return a side of a question whose document has a long title."""
    excerpt = Excerpt(0, f"{name} left.", ((0, len(name)),))
    return SuggestedSide(name, name, "ORG", documents, "sha256:0", TITLE, "a.txt", name, "ORG", (), 0, excerpt)


def test_a_question_has_both_names_in_view_however_long_the_titles_are() -> None:
    pair = SuggestedPair(side("Port Authority", 3), side("Tarn Port Authority", 1), "part", 0.5, ())
    question, first, second, _ = pair_lines(pair)
    assert question.text.startswith("“Port Authority” and “Tarn Port Authority” (ORG): one?")
    assert first.detail == f"{TITLE} and 2 more"
    assert second.detail == TITLE


def test_a_question_about_two_spellings_does_not_say_so_of_names_that_are_written_the_same() -> None:
    same = SuggestedPair(side("Newport", 1), side("Newport", 1), "case", 0.5, ())
    spelled = SuggestedPair(side("Newport", 1), side("NEWPORT", 1), "case", 0.5, ())
    assert pair_lines(same)[0].text == "Two “Newport” (ORG): one? — the same name"
    assert "capitals" in pair_lines(spelled)[0].text


def test_a_profile_says_which_listed_name_is_alike_and_why_profiles_may_be_one() -> None:
    summary = ProfileSummary(1, "p1", "Tarn Works Ltd", "ORG", 1, 2, "", "")
    report = ProfileReport(summary, (), (), (), (), (), (), (), ())
    names = Name("Tarn Works", "ORG"), Name("Tarn Works Ltd", "ORG")
    hit = ProfileHit("ports", "line 4", "Tarn Works", "", names, 1.0, ("the same name",))
    pair = SuggestedPair(
        replace(side("Tarn Works", 1), key="p2"), replace(side("Tarn Works", 1), key="p1"), "same", 0.3, ()
    )
    lines = lines_of(LoadedProfile(report, (), (pair,), {}), ListedEntries((hit,)))
    assert [line.text.strip() for line in lines if line.text] == [
        "Like names on your watchlists (1)",
        "Tarn Works is like Tarn Works (ports: line 4)",
        "the same name; also Tarn Works Ltd",
        "Maybe the same (1)",
        f"Tarn Works — the same name; in “{TITLE}”",
    ]
