from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document import Block, BlockKind, Document
from reader.recognize import LABELS, Mention
from reader.recognize.rules.document_pass import run_document_pass, without_overlaps
from tests.recognize.samples import document, labeled_texts, model_mentions


def final_names(text: str, *names: tuple[str, str], score: float = 1.0) -> list[tuple[str, str]]:
    sample = document(text)
    return labeled_texts(sample, run_document_pass(sample, model_mentions(text, *names, score=score)))


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "Harbor Watch spoke. Later Harbor Watch, not Harbor Watchers, left; harbor watch is no name."
    assert final_names(text, ("Harbor Watch", "ORG")) == [("Harbor Watch", "ORG")] * 2


def test_no_mention_spans_two_paragraphs() -> None:
    assert final_names("Harbor Watch spoke to Harbor\n\nWatch that", ("Harbor Watch", "ORG")) == [
        ("Harbor Watch", "ORG")
    ]


def test_a_line_break_within_a_paragraph_counts_as_a_space() -> None:
    text = "Harbor Watch spoke; then Harbor\nWatch left."
    assert final_names(text, ("Harbor Watch", "ORG")) == [("Harbor Watch", "ORG"), ("Harbor\nWatch", "ORG")]


def test_a_line_break_in_code_does_not_count_as_a_space() -> None:
    sample = document("Harbor Watch spoke.\n\nHarbor\nWatch", {1: BlockKind.CODE})
    final = run_document_pass(sample, model_mentions(sample.text, ("Harbor Watch", "ORG")))
    assert labeled_texts(sample, final) == [("Harbor Watch", "ORG")]


def test_a_definition_decides_the_label_of_a_short_form() -> None:
    text = "The Border Union (BU) met. BU is small. Critics of BU: “BU!” He saw the BU."
    sample = document(text)
    mentions = model_mentions(text, ("Border Union", "ORG"), ("BU is", "PERSON"))
    mentions = [
        mention._replace(end=mention.start + 2) if text[mention.start : mention.end] == "BU is" else mention
        for mention in mentions
    ]
    assert set(labeled_texts(sample, run_document_pass(sample, mentions))) == {("Border Union", "ORG"), ("BU", "ORG")}


def test_is_is_a_name_only_if_the_document_defines_it() -> None:
    assert ("IS", "ORG") in final_names("Fighters of the Islamic State (IS) fled. IS lost.", ("Islamic State", "ORG"))
    assert final_names("IS lost? That IS so.") == []


def test_a_full_name_makes_its_surname_a_name() -> None:
    text = "Omar al-Hadidi resigned. Hadidi said so. Friends of al-Hadidi agreed."
    assert final_names(text, ("Omar al-Hadidi", "PERSON")) == [
        ("Omar al-Hadidi", "PERSON"),
        ("Hadidi", "PERSON"),
        ("al-Hadidi", "PERSON"),
    ]


def test_a_surname_that_is_also_a_word_is_a_name_only_before_a_verb() -> None:
    text = "Theresa May spoke in May. May said no. May 4 came. The critics of May left."
    assert final_names(text, ("Theresa May", "PERSON"))[:2] == [("Theresa May", "PERSON"), ("May", "PERSON")]
    assert ("May", "PERSON") not in final_names("Ann Lee came. May 4 passed. In May, too.", ("Ann Lee", "PERSON"))


def test_the_majority_decides_the_one_label_of_a_name() -> None:
    text = "Velora grew. Then Velora fell, and Velora rose."
    sample = document(text)
    mentions = [Mention(0, 6, "PERSON", "model", 0.6), Mention(18, 24, "ORG"), Mention(35, 41, "ORG")]
    assert {label for _, label in labeled_texts(sample, run_document_pass(sample, mentions))} == {"ORG"}


def test_a_preposition_overrides_the_majority() -> None:
    text = "Sarah Lima rose. Lima sang, Lima danced. She had never been in Lima."
    sample = document(text)
    offset = text.rindex("Lima")
    mentions = [*model_mentions(text, ("Sarah Lima", "PERSON")), Mention(offset, offset + 4, "GPE")]
    assert labeled_texts(sample, run_document_pass(sample, mentions)) == [
        ("Sarah Lima", "PERSON"),
        ("Lima", "PERSON"),
        ("Lima", "PERSON"),
        ("Lima", "GPE"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iraqi troops left Syria.", [("Iraqi", "NORP"), ("Syria", "GPE")]),
        ("US-led forces and the UN met.", [("US", "GPE"), ("UN", "ORG")]),
        ("GIVE US MORE OF THAT, HE SAID", []),
        ("It costs US$ 5.", []),
        ("They ate turkey with us.", []),
    ],
)
def test_names_in_the_tables_are_found_without_a_recognizer(text: str, names: list[tuple[str, str]]) -> None:
    assert final_names(text) == names


def test_a_known_place_inside_a_longer_name_is_not_marked() -> None:
    assert final_names("They signed the Kigali Amendment. It failed.") == []


def test_the_names_of_the_document_are_found_in_a_line_in_capitals() -> None:
    text = "VELORA AND HARBOR WATCH LEAVE IRAQ\n\nHarbor Watch and Velora left. The company Velora said so."
    sample = document(text, {0: BlockKind.HEADING})
    final = run_document_pass(sample, model_mentions(text, ("Harbor Watch", "ORG"), ("Velora", "ORG")))
    assert labeled_texts(sample, final)[:3] == [("VELORA", "ORG"), ("HARBOR WATCH", "ORG"), ("IRAQ", "GPE")]


def test_a_mention_in_one_line_in_capitals_is_not_carried_to_another() -> None:
    text = "VELORA WINS\n\nNothing more is known.\n\nVELORA LEAVES TOWN"
    sample = document(text, {0: BlockKind.HEADING, 2: BlockKind.HEADING})
    assert run_document_pass(sample, model_mentions(text, ("VELORA", "ORG"), score=0.5)) == []


def test_members_of_a_party_are_norp_and_the_party_is_org() -> None:
    text = "Republicans and Democrats agreed. The Republican Party did not."
    final = final_names(text, ("Republicans", "ORG"), ("Democrats", "ORG"), ("Republican Party", "ORG"))
    assert final == [("Republicans", "NORP"), ("Democrats", "NORP"), ("Republican Party", "ORG")]


def test_a_whole_heading_is_not_a_work_of_art() -> None:
    text = "What Comes Next\n\nNobody knows."
    assert final_names(text, ("What Comes Next", "WORK_OF_ART")) == []


def test_a_word_capitalized_only_at_the_start_of_a_sentence_is_no_name() -> None:
    assert final_names("Iron is a metal. Much iron is found.", ("Iron", "PERSON")) == []
    assert final_names("Stone spoke. A stone fell. So did Stone.", ("Stone spoke", "PERSON"))[:1] == [
        ("Stone spoke", "PERSON")
    ]


def test_the_name_after_a_title_is_a_person() -> None:
    assert final_names("Then Mr Velorin’s dog barked at Dr. Ana de la Cruz.") == [
        ("Velorin", "PERSON"),
        ("Ana de la Cruz", "PERSON"),
    ]


def test_x_is_the_social_network_after_a_word_about_posting() -> None:
    assert final_names("She shared a video of it on X, and solved for x. It depends on X.") == [("X", "ORG")]


def test_doubtful_mentions_need_support() -> None:
    assert final_names("Velora grew.", ("Velora", "ORG"), score=0.2) == []
    assert final_names("Syria grew.", ("Syria", "PERSON"), score=0.2) == [("Syria", "GPE")]


def test_values_do_not_change() -> None:
    assert final_names("On Friday 3 March they left.", ("Friday 3 March", "DATE")) == [("Friday 3 March", "DATE")]


def test_the_longest_of_overlapping_mentions_stays() -> None:
    inner, outer, adjacent = Mention(5, 9, "GPE"), Mention(0, 9, "ORG", "rule"), Mention(9, 12, "ORG")
    assert without_overlaps([inner, outer, adjacent]) == [outer, adjacent]


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
def documents_with_mentions(draw: st.DrawFn) -> tuple[Document, list[Mention]]:
    paragraphs = draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), min_size=1, max_size=5))
    separator = draw(st.sampled_from([" ", "\n"]))
    sample = document("\n\n".join(separator.join(words) for words in paragraphs))
    mentions: list[Mention] = []
    for block in sample.blocks:
        offset = block.start
        while offset < block.end - 1 and draw(st.booleans()):
            start = draw(st.integers(offset, block.end - 1))
            end = draw(st.integers(start + 1, block.end))
            mentions.append(Mention(start, end, draw(st.sampled_from(LABELS)), "model", draw(st.floats(0, 1))))
            offset = end
    return sample, mentions


def is_within_a_block(blocks: Sequence[Block], mention: Mention) -> bool:
    return any(block.start <= mention.start and mention.end <= block.end for block in blocks)


@settings(max_examples=100, deadline=None)
@given(documents_with_mentions())
def test_mentions_are_sorted_without_overlaps_and_each_within_a_block(case: tuple[Document, list[Mention]]) -> None:
    sample, mentions = case
    final = run_document_pass(sample, mentions)
    assert final == sorted(final)
    assert all(left.end <= right.start for left, right in pairwise(final))
    assert all(is_within_a_block(sample.blocks, mention) for mention in final)
    assert all(0 <= mention.score <= 1 and mention.label in LABELS for mention in final)
    assert run_document_pass(sample, mentions) == final


def test_a_surname_may_begin_with_a_particle_inside_the_full_name() -> None:
    text = "Ana Paz da Rivas Soto spoke. Then da Rivas Soto left."
    assert final_names(text, ("Ana Paz da Rivas Soto", "PERSON")) == [
        ("Ana Paz da Rivas Soto", "PERSON"),
        ("da Rivas Soto", "PERSON"),
    ]


@pytest.mark.parametrize("title", ["Captain", "Mr", "Judge", "Prosecutor"])
def test_a_name_after_a_title_is_found_without_it_too(title: str) -> None:
    text = f"Ask Orvale about it. They had dinner with {title} Orvale, and Orvale paid."
    assert final_names(text) == [("Orvale", "PERSON")] * 3


@pytest.mark.parametrize("words", ["Judge Advocate", "Captain Monday", "Colonel Council", "Professor Emeritus Prize"])
def test_a_word_after_a_rank_is_no_surname(words: str) -> None:
    assert final_names(f"They asked the {words} about it.") == []


def test_a_form_of_address_names_nobody_elsewhere() -> None:
    text = "Thank you, Mr Speaker. Later the Speaker left."
    assert final_names(text) == [("Speaker", "PERSON")]


def test_a_speaker_with_a_title_and_a_surname_in_capitals_is_a_person() -> None:
    assert final_names("Mr ORVALE (Minister of Ports): On Monday.") == [("ORVALE", "PERSON")]


@pytest.mark.parametrize(
    "text",
    [
        "Crates were found on the tanker Lady Ormesby. Later the Lady Ormesby left.",
        "The crew of the MV Lady Ormesby wrote. The Lady Ormesby was cold.",
        "Officers boarded the Estmark-flagged Lady Ormesby. The Lady Ormesby left.",
        "Its sister ship, the Lady Ormesby, was late. The Lady Ormesby left.",
        "He believes that the tanker is the Lady Ormesby. The Lady Ormesby left.",
        "The Lady Ormesby (IMO 9243617) was cold. The Lady Ormesby left.",
        "The Lady Ormesby, a bulk carrier, was cold. The Lady Ormesby left.",
    ],
)
def test_a_ship_is_a_product_throughout(text: str) -> None:
    assert final_names(text, ("Lady Ormesby", "LOC")) == [("Lady Ormesby", "PRODUCT")] * 2


def test_a_title_in_the_name_of_a_ship_belongs_to_it() -> None:
    assert final_names("Nobody saw the tanker Lady Ormesby.", ("Ormesby", "PERSON")) == [("Lady Ormesby", "PRODUCT")]


def test_the_country_that_seized_a_ship_is_no_ship() -> None:
    assert final_names("It is the tanker Norway seized.", ("Norway", "GPE")) == [("Norway", "GPE")]


def test_given_names_that_nobody_marked_belong_to_the_surname() -> None:
    text = "Orvale left. In 2019 Zhennadiy Orvale signed, and so did Chairman Orvale and Yesterday Orvale."
    names = [("Orvale", "PERSON"), ("Zhennadiy Orvale", "PERSON"), ("Orvale", "PERSON"), ("Orvale", "PERSON")]
    assert final_names(f"Ivo Orvale spoke. {text}", ("Ivo Orvale", "PERSON"))[1:] == names


@pytest.mark.parametrize("words", ["has full confidence in Orvale", "lost all trust in Orvale"])
def test_trust_in_somebody_makes_nobody_a_place(words: str) -> None:
    text = f"Henrik Orvale spoke. The board {words}."
    assert final_names(text, ("Henrik Orvale", "PERSON"), ("Orvale", "GPE"))[-1] == ("Orvale", "PERSON")


def test_the_first_word_of_a_company_with_two_words_for_its_kind_is_a_short_form() -> None:
    text = "Orvale Maritime Holdings Ltd left. Nobody knows who controls Orvale."
    assert final_names(text, ("Orvale Maritime Holdings Ltd", "ORG"))[-1] == ("Orvale", "ORG")
