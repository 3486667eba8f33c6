from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document import Block, BlockKind, Document
from reader.recognize import LABELS, Mention
from reader.recognize.rules.document_pass import settle, without_overlaps
from tests.recognize.samples import document, marks, shown


def settled(text: str, *names: tuple[str, str], score: float = 1.0) -> list[tuple[str, str]]:
    article = document(text)
    return shown(article, settle(article, marks(text, *names, score=score)))


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "Harbor Watch spoke. Later Harbor Watch, not Harbor Watchers, left; harbor watch is no name."
    assert settled(text, ("Harbor Watch", "ORG")) == [("Harbor Watch", "ORG")] * 2


def test_never_across_two_paragraphs() -> None:
    assert settled("Harbor Watch spoke to Harbor\n\nWatch that", ("Harbor Watch", "ORG")) == [("Harbor Watch", "ORG")]


def test_a_line_break_within_a_paragraph_is_a_space() -> None:
    text = "Harbor Watch spoke; then Harbor\nWatch left."
    assert settled(text, ("Harbor Watch", "ORG")) == [("Harbor Watch", "ORG"), ("Harbor\nWatch", "ORG")]


def test_code_keeps_its_line_breaks() -> None:
    article = document("Harbor Watch spoke.\n\nHarbor\nWatch", {1: BlockKind.CODE})
    found = settle(article, marks(article.text, ("Harbor Watch", "ORG")))
    assert shown(article, found) == [("Harbor Watch", "ORG")]


def test_a_definition_settles_what_a_short_form_is() -> None:
    text = "The Border Union (BU) met. BU is small. Critics of BU: “BU!” He saw the BU."
    article = document(text)
    mentions = marks(text, ("Border Union", "ORG"), ("BU is", "PERSON"))
    mentions = [m._replace(end=m.start + 2) if text[m.start : m.end] == "BU is" else m for m in mentions]
    assert set(shown(article, settle(article, mentions))) == {("Border Union", "ORG"), ("BU", "ORG")}


def test_what_is_is_depends_on_the_article() -> None:
    assert ("IS", "ORG") in settled("Fighters of the Islamic State (IS) fled. IS lost.", ("Islamic State", "ORG"))
    assert settled("IS lost? That IS so.") == []


def test_the_surname_follows_the_full_name() -> None:
    text = "Omar al-Hadidi resigned. Hadidi said so. Friends of al-Hadidi agreed."
    assert settled(text, ("Omar al-Hadidi", "PERSON")) == [
        ("Omar al-Hadidi", "PERSON"),
        ("Hadidi", "PERSON"),
        ("al-Hadidi", "PERSON"),
    ]


def test_a_surname_that_is_a_word_is_one_only_where_it_acts() -> None:
    text = "Theresa May spoke in May. May said no. May 4 came. The critics of May left."
    assert settled(text, ("Theresa May", "PERSON"))[:2] == [("Theresa May", "PERSON"), ("May", "PERSON")]
    assert ("May", "PERSON") not in settled("Ann Lee came. May 4 passed. In May, too.", ("Ann Lee", "PERSON"))


def test_one_name_one_label_by_majority() -> None:
    text = "Velora grew. Then Velora fell, and Velora rose."
    article = document(text)
    mentions = [Mention(0, 6, "PERSON", "model", 0.6), Mention(18, 24, "ORG"), Mention(35, 41, "ORG")]
    assert {label for _, label in shown(article, settle(article, mentions))} == {"ORG"}


def test_context_beats_the_majority() -> None:
    text = "Sarah Lima rose. Lima sang, Lima danced. She had never been in Lima."
    article = document(text)
    place = text.rindex("Lima")
    mentions = [*marks(text, ("Sarah Lima", "PERSON")), Mention(place, place + 4, "GPE")]
    assert shown(article, settle(article, mentions)) == [
        ("Sarah Lima", "PERSON"),
        ("Lima", "PERSON"),
        ("Lima", "PERSON"),
        ("Lima", "GPE"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Iraqi troops left Syria.", [("Iraqi", "NORP"), ("Syria", "GPE")]),
        ("US-led forces and the UN met.", [("US", "GPE"), ("UN", "ORG")]),
        ("GIVE US MORE OF THAT, HE SAID", []),
        ("It costs US$ 5.", []),
        ("They ate turkey with us.", []),
    ],
)
def test_what_the_tables_know_is_found_without_any_recognizer(text: str, found: list[tuple[str, str]]) -> None:
    assert settled(text) == found


def test_a_known_place_inside_a_longer_name_is_left_alone() -> None:
    assert settled("They signed the Kigali Amendment. It failed.") == []


def test_a_line_in_capitals_holds_the_names_of_the_article() -> None:
    text = "VELORA AND HARBOR WATCH LEAVE IRAQ\n\nHarbor Watch and Velora left. The company Velora said so."
    article = document(text, {0: BlockKind.HEADING})
    found = settle(article, marks(text, ("Harbor Watch", "ORG"), ("Velora", "ORG")))
    assert shown(article, found)[:3] == [("VELORA", "ORG"), ("HARBOR WATCH", "ORG"), ("IRAQ", "GPE")]


def test_what_one_line_in_capitals_suggests_is_not_found_in_another() -> None:
    text = "VELORA WINS\n\nNothing more is known.\n\nVELORA LEAVES TOWN"
    article = document(text, {0: BlockKind.HEADING, 2: BlockKind.HEADING})
    assert settle(article, marks(text, ("VELORA", "ORG"), score=0.5)) == []


def test_members_of_parties_are_people_before_they_are_a_party() -> None:
    text = "Republicans and Democrats agreed. The Republican Party did not."
    found = settled(text, ("Republicans", "ORG"), ("Democrats", "ORG"), ("Republican Party", "ORG"))
    assert found == [("Republicans", "NORP"), ("Democrats", "NORP"), ("Republican Party", "ORG")]


def test_a_heading_is_no_work_of_art() -> None:
    text = "What Comes Next\n\nNobody knows."
    assert settled(text, ("What Comes Next", "WORK_OF_ART")) == []


def test_a_word_that_only_begins_its_sentence_is_no_name() -> None:
    assert settled("Iron is a metal. Much iron is found.", ("Iron", "PERSON")) == []
    assert settled("Stone spoke. A stone fell. So did Stone.", ("Stone spoke", "PERSON"))[:1] == [
        ("Stone spoke", "PERSON")
    ]


def test_who_stands_after_mr_is_a_person() -> None:
    assert settled("Then Mr Velorin’s dog barked at Dr. Ana de la Cruz.") == [
        ("Velorin", "PERSON"),
        ("Ana de la Cruz", "PERSON"),
    ]


def test_x_is_the_network_where_one_posts_on_it() -> None:
    assert settled("She shared a video of it on X, and solved for x. It depends on X.") == [("X", "ORG")]


def test_unsure_mentions_need_support() -> None:
    assert settled("Velora grew.", ("Velora", "ORG"), score=0.2) == []
    assert settled("Syria grew.", ("Syria", "PERSON"), score=0.2) == [("Syria", "GPE")]


def test_values_pass_untouched() -> None:
    assert settled("On Friday 3 March they left.", ("Friday 3 March", "DATE")) == [("Friday 3 March", "DATE")]


def test_the_longest_of_overlapping_mentions_stays() -> None:
    inner, outer, apart = Mention(5, 9, "GPE"), Mention(0, 9, "ORG", "rule"), Mention(9, 12, "ORG")
    assert without_overlaps([inner, outer, apart]) == [outer, apart]


WORDS = [
    "Ada",
    "Kovacs",
    "Iraq",
    "US",
    "IS",
    "May",
    "the",
    "said",
    "(IS)",
    "Islamic",
    "State",
    ".",
    "in",
    "Mr",
    "CEO",
    "x",
]


@st.composite
def articles(draw: st.DrawFn) -> tuple[Document, list[Mention]]:
    paragraphs = draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), min_size=1, max_size=5))
    joint = draw(st.sampled_from([" ", "\n"]))
    article = document("\n\n".join(joint.join(words) for words in paragraphs))
    mentions: list[Mention] = []
    for block in article.blocks:
        place = block.start
        while place < block.end - 1 and draw(st.booleans()):
            start = draw(st.integers(place, block.end - 1))
            end = draw(st.integers(start + 1, block.end))
            mentions.append(Mention(start, end, draw(st.sampled_from(LABELS)), "model", draw(st.floats(0, 1))))
            place = end
    return article, mentions


def holding(blocks: tuple[Block, ...], mention: Mention) -> bool:
    return any(block.start <= mention.start and mention.end <= block.end for block in blocks)


@settings(max_examples=100, deadline=None)
@given(articles())
def test_mentions_stand_in_order_apart_and_each_in_one_block(case: tuple[Document, list[Mention]]) -> None:
    article, mentions = case
    found = settle(article, mentions)
    assert found == sorted(found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(holding(article.blocks, mention) for mention in found)
    assert all(0 <= mention.score <= 1 and mention.label in LABELS for mention in found)
    assert settle(article, mentions) == found
