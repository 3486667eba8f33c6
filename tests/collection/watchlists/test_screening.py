"""Which names of a document are like listed ones, and why."""

from __future__ import annotations

import pytest

from reader.annotate.decisions import WatchlistAnswered
from reader.collection.watchlists.screening import Screener, WatchlistHit
from reader.collection.watchlists.watchlist import ListedEntity, Watchlist
from reader.document import Block, Document
from reader.reading import Reading
from reader.recognize import Mention


def screened(text: str, *listed: str | ListedEntity, names: dict[str, str] | None = None) -> list[WatchlistHit]:
    """Return the hits in a text whose mentions are the first occurrences of `names`, with their labels."""
    return Screener([watchlist(*listed)]).screen(reading(text, names or {}))


def watchlist(*listed: str | ListedEntity) -> Watchlist:
    entities = [ListedEntity(f"x{i}", item) if isinstance(item, str) else item for i, item in enumerate(listed)]
    return Watchlist("cases", tuple(entities))


def reading(text: str, names: dict[str, str]) -> Reading:
    blocks, offset = [], 0
    for line in text.split("\n"):
        blocks.append(Block(offset, offset + len(line)))
        offset += len(line) + 1
    result = Reading(Document(text, tuple(blocks), "", "test.txt"))
    result.set_recognized(
        sorted(Mention(text.index(name), text.index(name) + len(name), label) for name, label in names.items())
    )
    return result


def test_a_listed_name_is_found_where_recognition_finds_none() -> None:
    (hit,) = screened("They met Ada Marlow twice.", "Ada Marlow")
    assert (hit.text, hit.spans, hit.entity, hit.score) == ("Ada Marlow", ((9, 19),), None, 1.0)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("ADA MARLOW spoke", "Ada Marlow"),
        ("Ada\u00a0Mar\u00adlow spoke", "Ada Marlow"),
        ("Zoé O’Hara spoke", "Zoe O'Hara"),
        ("Ada Marlow spoke", "MARLOW, Ada"),
        ("Marlow Trading closed", "Marlow Trading LLC"),
        ("王小明说", "王小明"),
        ("Ада Марлоу сказала", "Ада Марлоу"),
    ],
)
def test_finds_names_whatever_their_case_accents_and_punctuation(text: str, listed: str) -> None:
    assert [hit.listed_name for hit in screened(text, listed)] == [listed]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("There is hope in May.", "Hope"),
        ("Ada Marlowe spoke", "Ada Marlow"),
        ("Panada Marlow spoke", "Ada Marlow"),
        ("met Ada\nMarlow Trading closed", "Ada Marlow"),
        ("He is IT chief", "It"),
    ],
)
def test_ordinary_words_and_parts_of_words_are_no_hits(text: str, listed: str) -> None:
    assert not screened(text, listed)


def test_a_part_of_a_longer_name_is_no_hit() -> None:
    assert not screened("The Bank of Ruritania closed.", "Ruritania", names={"Bank of Ruritania": "ORG"})


def test_hits_of_one_entity_are_one() -> None:
    names = {"Ada Marlow": "PERSON"}
    (hit,) = screened("Ada Marlow spoke. They saw Ada Marlow.", "Ada Marlow", names=names)
    assert hit.spans == ((0, 10), (27, 37))
    assert hit.entity is not None
    assert hit.entity.name == "Ada Marlow"


def test_an_alias_says_whose_it_is() -> None:
    listed = ListedEntity("p1", "Ada Marlow", ("The Heron",), "Person")
    (hit,) = screened("They call her The Heron.", listed)
    assert "an alias of Ada Marlow" in hit.reasons


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Yousef al-Rufayi", "Yusuf Rufai"),
        ("Mohammed Qaddafi", "Mohamed Gaddafi"),
        ("Ada Jane Marlow", "Ada Marlow"),
        ("Marlow Ada", "Ada Marlow"),
        ("Katherine Holmgren", "Catherine Holmgren"),
    ],
)
def test_names_that_are_spelled_or_sound_alike_are_hits_below_certainty(name: str, listed: str) -> None:
    hits = screened(f"Then {name} spoke.", listed, "Tom Reyes", names={name: "PERSON"})
    assert [hit.listed_name for hit in hits] == [listed]
    assert 0.8 <= hits[0].score < 1.0
    assert hits[0].reasons


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Ada Marlow", "Ada Quill"),
        ("Tom Marlow", "Ada Marlow"),
        ("Bank of Ruritania", "Bank of Freedonia"),
        ("Laura Hansen", "Lara Jensen"),
        ("Marlow", "Ada Marlow"),
        ("A. Marlow", "Ada Marlow"),
        ("Unit 731", "Unit 732"),
    ],
)
def test_names_that_share_only_a_word_are_no_hits(name: str, listed: str) -> None:
    assert not screened(f"Then {name} came.", listed, names={name: "PERSON"})


def test_another_type_is_said_and_scores_less() -> None:
    listed = ListedEntity("v1", "Ada Marlow", (), "Vessel")
    (hit,) = screened("Ada Marlow spoke.", listed, names={"Ada Marlow": "PERSON"})
    assert hit.score == 0.9
    assert "PERSON here, Vessel in the list" in hit.reasons


def test_the_answer_is_remembered_and_can_be_undone() -> None:
    article = reading("Ada Marlow spoke.", {"Ada Marlow": "PERSON"})
    screener = Screener([watchlist("Ada Marlow")])
    (hit,) = screener.screen(article)
    article.decide(WatchlistAnswered(hit.names, *hit.key, hit.listed_name, "no"))
    assert [hit.answer for hit in screener.screen(article)] == ["no"]
    article.undo()
    assert [hit.answer for hit in screener.screen(article)] == [""]


def test_an_answer_about_one_listed_entity_is_none_about_another() -> None:
    article = reading("Ada Marlow spoke.", {"Ada Marlow": "PERSON"})
    screener = Screener([watchlist("Ada Marlow", "MARLOW, Ada")])
    first, *_ = screener.screen(article)
    article.decide(WatchlistAnswered(first.names, *first.key, first.listed_name, "no"))
    assert {hit.listed.id: hit.answer for hit in screener.screen(article)} == {"x0": "no", "x1": ""}
