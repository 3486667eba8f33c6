from __future__ import annotations

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.document import Block, BlockKind
from reader.document.blocks import LazyBlocks, blocks_around
from reader.document.loaders import line_chunks, plain, wrapped_lines
from reader.document.loaders.line_chunks import split_chunks
from reader.document.loaders.plain import PlainBlocks, plain_blocks
from reader.document.loaders.wrapped_lines import first_chunks, wrapping_of

LONG = (
    "The council of Merrow met on Tuesday to hear the engineer Dana Okoye explain why the northern quay keeps sinking."
)
LONGER = (
    "She had brought three drawings, a jar of mud and a letter from the Halvorsen company, and she spoke for an hour "
    "about each of them while the mayor looked at the clock and the rain came through the roof of the town hall."
)


def blocks_of(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in plain_blocks(text)]


def assert_valid_blocks(text: str, blocks: tuple[Block, ...]) -> None:
    end = -1
    for block in blocks:
        assert end < block.start < block.end <= len(text)
        words = text[block.start : block.end]
        assert words.strip()
        assert words[0] != "\n"
        assert not words[-1].isspace()
        assert block.marker == ""
        end = block.end
    outside = list(text)
    for block in blocks:
        outside[block.start : block.end] = " " * (block.end - block.start)
    assert not "".join(outside).strip()


LINES = st.lists(
    st.sampled_from(
        ["", "", " ", LONG, "A Heading Here", "- item", "1. first", "    x = f(1)", "> said", "so they say"]
    )
)


@given(LINES, st.sampled_from([0, 50, 72]))
def test_blocks_are_in_order_and_cover_the_text(lines: list[str], width: int) -> None:
    text = "\n".join(textwrap.fill(line, width) if width and len(line) > width else line for line in lines)
    assert_valid_blocks(text, plain_blocks(text))


@given(st.text(alphabet=st.sampled_from("ab A.\n\t -1>…\u00a0\u3000")))
def test_blocks_are_valid_for_any_text(text: str) -> None:
    assert_valid_blocks(text, plain_blocks(text))


def test_one_line_per_paragraph_with_a_heading_between() -> None:
    text = f"{LONG}\n{LONGER}\nA jar of mud\n{LONGER}\n"
    assert blocks_of(text) == [
        ("paragraph", LONG),
        ("paragraph", LONGER),
        ("heading", "A jar of mud"),
        ("paragraph", LONGER),
    ]


def test_a_wrapped_paragraph_is_one_block() -> None:
    paragraphs = [textwrap.fill(f"{LONG} {LONGER}", 70), textwrap.fill(f"{LONGER} {LONG}", 70)]
    text = "\n\n".join(paragraphs) + "\n"
    assert blocks_of(text) == [("paragraph", paragraph) for paragraph in paragraphs]
    assert abs(wrapping_of(first_chunks(split_chunks(text))).width - 70) <= 2


def test_a_heading_directly_above_a_wrapped_paragraph() -> None:
    body = textwrap.fill(f"{LONG} {LONGER}", 70)
    assert blocks_of(f"{body}\n\nThe mud\n{body}\n")[1:] == [("heading", "The mud"), ("paragraph", body)]


def test_wrapped_paragraphs_are_separated_by_their_indent() -> None:
    first = textwrap.fill(f"{LONG} {LONGER}", 70, initial_indent="   ")
    assert len(blocks_of("\n".join([first] * 3))) == 3


def test_title_subtitle_and_headings_have_levels() -> None:
    text = f"The Quay That Sinks\n\nBy Ingrid Vale\n\n{LONGER}\n\n1.2 Findings\n\n{LONGER}\n\nWHAT NOW?\n\n{LONGER}\n"
    levels = {text[b.start : b.end]: b.level for b in plain_blocks(text) if b.kind is BlockKind.HEADING}
    assert levels == {"The Quay That Sinks": 1, "1.2 Findings": 3, "WHAT NOW?": 2}


def test_short_lines_are_not_always_headings() -> None:
    for line in ("He left.", "“I did,” she said", "and so on", "12 May 2024", "- - -", "By Ingrid Vale", "Dear all,"):
        assert ("heading", line) not in blocks_of(f"{LONG}\n\n{line}\n\n{LONGER}")
    assert blocks_of(f"{LONG}\n\nInes Marsh")[-1] == ("paragraph", "Ines Marsh")


def test_each_line_of_verse_is_a_block() -> None:
    verse = ["The harbor sleeps beneath a hem of tin", "The cranes have folded every arm they own", "A gull", "Is all"]
    text = f"{textwrap.fill(f'{LONG} {LONGER}', 72)}\n\n" + "\n".join(verse) + f"\n\n{textwrap.fill(LONGER, 72)}\n"
    assert [words for _, words in blocks_of(text)][1:-1] == verse
    assert [words for _, words in blocks_of("\n".join(verse * 3))] == verse * 3
    assert {kind for kind, _ in blocks_of("\n".join(verse * 3))} == {"paragraph"}


def test_markers_of_list_items_stay_in_the_text() -> None:
    text = f"{LONG}\n\n- one\n- two\n  * deep\n\n1. first\n2. second\n\n• round\n"
    blocks = [block for block in plain_blocks(text) if block.kind is BlockKind.LIST_ITEM]
    assert [text[block.start : block.end] for block in blocks] == [
        "- one",
        "- two",
        "* deep",
        "1. first",
        "2. second",
        "• round",
    ]
    assert [block.level for block in blocks] == [1, 1, 2, 1, 1, 1]


def test_a_wrapped_list_item_is_one_block() -> None:
    items = [textwrap.fill(f"- {LONGER}", 70, subsequent_indent="  ") for _ in range(2)]
    text = textwrap.fill(f"{LONG} {LONGER}", 70) + "\n\n" + "\n".join(items)
    assert blocks_of(text)[1:] == [("list-item", item) for item in items]


def test_a_number_at_the_start_of_a_wrapped_line_does_not_begin_an_item() -> None:
    lines = [
        "The committee of the northern quay met in the old customs house of Port",
        "12. It found that nobody had measured the wall since the winter of 1998,",
        "and that the last drawing of it had been lent to a museum in the capital",
        "and was never asked back.",
    ]
    assert len(blocks_of("\n".join(lines))) == 1


def test_indented_program_text_is_code_with_its_indent() -> None:
    code = "    if ship.speed < 1:\n        print(ship)"
    assert blocks_of(f"{LONG}\n\n{code}\n\n{LONG}")[1] == ("code", code)
    assert blocks_of(f"{LONG}\n\n    A line set in by hand\n\n{LONG}")[1][0] != "code"


def test_lines_with_columns_are_table_rows() -> None:
    rows = ["Vessel           Flag       Owner", "Merrow Star      Malta      Okoye", "Gull             Panama     -"]
    wrapped = textwrap.fill(f"{LONG} {LONGER}", 72)
    for prose in (LONG, wrapped):
        for margin in ("", "    "):
            table = "\n".join(margin + row for row in rows)
            blocks = blocks_of(f"{prose}\n\n{table}\n\n{prose}")
            assert [words for kind, words in blocks if kind == "table-row"] == rows
            assert len(blocks) == 5


def test_lists_quotes_and_justified_prose_are_not_tables() -> None:
    assert {kind for kind, _ in blocks_of("1.    Oars\n2.    Sails\n3.    Rope")} == {"list-item"}
    assert {kind for kind, _ in blocks_of("> one    two\n> three    four")} == {"quote"}
    justified = (
        "She  had brought   three drawings, a jar\nof mud and  a letter from the Halvorsen\n"
        "company, and she spoke for an hour about"
    )
    assert "table-row" not in {kind for kind, _ in blocks_of(f"{justified}\n{justified}")}


def test_quoted_lines_are_separate_blocks() -> None:
    text = f"{LONG}\n\n> it sinks\n> > it does not\n"
    assert [(b.kind, b.level) for b in plain_blocks(text)][1:] == [(BlockKind.QUOTE, 1), (BlockKind.QUOTE, 2)]
    quoted = textwrap.fill(LONGER, 70, initial_indent="> ", subsequent_indent="> ")
    wrapped = textwrap.fill(f"{LONG} {LONGER}", 70)
    assert [words for _, words in blocks_of(f"{wrapped}\n\n{quoted}\n\n{wrapped}")][1:-1] == quoted.split("\n")


def test_chapter_titles_and_rules_of_a_book() -> None:
    text = f"THE RIVER\n\nby Ann Lee\n\nCHAPTER I\n\n{LONGER}\n\n* * *\n\nChapter 2\n\n“Rain,” he said.\n\nTHE END\n"
    assert [kind for kind, _ in blocks_of(text)] == [
        "heading",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_one_very_long_line_is_one_block() -> None:
    text = LONG * 2_000
    assert plain_blocks(text) == (Block(0, len(text)),)


@pytest.mark.parametrize(
    "lines",
    [
        ["She was born on the island of Corran in the year of the great", "Tarn Flood."],
        ["She was born in the district of Corran, in the hill country of southern", "Tarnland."],
        ["The old harbor of Skarn was the seat of the Tarn and", "Corran Lifeboat Institution until the flood."],
        ["Orla Brill (born in Corran in December,", "1898) was a diver from Skarn.", "She died in the Tarn Flood."],
        ["The wreck was found by the crew of Captain J.", "Brill, who lived in Corran,", "Tarnland."],
        ["Skarn is a village in the hills of Westermark,", "Tarnland."],
        ["Corran is the seat of the district of the Northern", "Harbor Trust."],
        [
            "Members of the crew were given medals by the Northern",
            "Harbor Trust, Skarn Divers and Tarn",
            "Head Museum.",
        ],
        ["Tarn Head was lit by oil. It burned until 1911. The", "Harbor Trust", "bought a lamp from Corran in 1912."],
        ["The medals were given by the North\u00ad", "Ern Harbor Trust."],
        [
            "The report was written by A. Brill and by the crews of",
            "Harbor Trust boats from Albury, Corran, Ard, Skarn and",
            "Westermark.",
        ],
    ],
)
def test_wrapped_prose_is_one_paragraph_whatever_its_lines_begin_with(lines: list[str]) -> None:
    assert len(plain_blocks("\n".join(lines))) == 1


def test_a_line_of_a_single_long_word_fills_its_line() -> None:
    link = "(https://harbor.example/reports/1998/northern-wall-and-the-sea.html)."
    lines = [
        "The report on the wall can be read online",
        link,
        "Other reports are on paper and are kept in",
        "the town.",
    ]
    assert len(plain_blocks("\n".join(lines))) == 1


def test_a_line_may_lack_one_column_and_a_ragged_line_counts_with_the_next_word() -> None:
    assert len(plain_blocks("She came to the house in the year\nof the flood of Tarn. She met Otto\nBrill there.")) == 1
    ragged = "The trust bought the lamp for\nthe tower on the hill by the old quay of Skarn. In\nthe log book,\n"
    assert len(plain_blocks(f"{ragged}Westermark-Corran wrote that it was the\nbrightest on the coast.")) == 1


def test_dashes_before_small_words_go_on_with_a_full_line() -> None:
    lines = [
        "- so the trust asked for the wall to be",
        "built again, and it was told by all of us",
        "- and by you - to.",
    ]
    text = "\n".join(lines)
    assert len(plain_blocks(text)) == 1
    assert (
        len(plain_blocks("- so the trust\n- and the wall\n- of the harbor and of the town of Skarn\n- with lamps")) == 4
    )


@pytest.mark.parametrize("width", range(40, 101))
def test_a_dash_or_a_number_at_the_start_of_a_wrapped_line_is_no_item(width: int) -> None:
    text = (
        "The boats that were still out at sea - and there were many that year - were not seen again, and the keeper "
        "wrote under Rule 1. of the board, under (a) and (b), and under Schedule 1) that the light - and bell - had "
        "both been in order from May 2 - 4, which the harbor master said under oath was not so."
    )
    wrapped = "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))
    assert [block.kind for block in plain_blocks(wrapped)] == [BlockKind.PARAGRAPH]


def test_ragged_prose_is_one_paragraph_where_lines_begin_with_names() -> None:
    first = ["The ferry was full that morning and", "nobody on the", "upper deck had", "seen the man who"]
    second = ["Later that week the crew of the", "Tarn Head Lifeboat came to the house in", "Albury Road."]
    text = "\n\n".join("\n".join(lines) for lines in (first, first, second))
    assert len(plain_blocks(text)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Things to bring on the trip\n- a tent\n- a stove\n- two lamps",
        "Ada Brill\n12 Harbor Street\nCorran",
        "Council approves the new harbor wall\nBy Otto Brill",
        "The Harbor Guild of Corran,\n12 Quay Street,\nCorran",
        "Harbor board was warned of the wall\nOfficials in Corran knew of the danger, a report says.",
        "I walk along the river that I know\nLooking for the house I left\nEvery window has a lamp\nNobody is in.",
        "The gulls are on the mast,\nThe gale is in the sail;\nAnd he that slept the last\nWill never tell the tale.",
        "Ada Brill\nOtto van der Berg\nJan de Wit\nOrla Karasu",
    ],
)
def test_lists_addresses_and_headlines_keep_their_lines(text: str) -> None:
    assert len(plain_blocks(text)) == text.count("\n") + 1


@pytest.mark.parametrize(
    "line",
    [
        "- item of a list",
        "> said",
        "Ann Renn",
        "Orm 7\tFerry   left",
        "-" * 70,
        f"{LONG}\n",
        textwrap.fill(LONG, 50) + "\n",
    ],
)
def test_the_start_of_a_long_text_is_known_before_the_rest_is_read(line: str) -> None:
    text = f"{LONG}\n\n" + f"{line}\n" * 20_000
    blocks = LazyBlocks(PlainBlocks(text))
    assert blocks[50].start < 10_000
    assert not blocks.is_complete
    assert_valid_blocks(text, tuple(blocks))


def test_lines_beyond_those_by_which_the_form_of_a_chunk_is_judged_are_read_alike() -> None:
    item = textwrap.fill(f"- {LONG}", 50, subsequent_indent="  ")
    first, *items = plain_blocks(f"{LONG}\n\n" + f"{item}\n" * 2_000)
    assert first.kind is BlockKind.PARAGRAPH
    assert len(items) == 2_000
    assert {(block.end - block.start, block.kind) for block in items} == {(len(item), BlockKind.LIST_ITEM)}


_LINES = st.sampled_from(
    (
        "",
        "",
        "  ",
        "Ann Renn",
        "HARBOR NOTES",
        "2. The second pier",
        "- a barge",
        "  - of the ferry board",
        "    - and its crane",
        "* so the trust",
        "> said the clerk",
        "1. The lock",
        "of the harbor and of the town of Skarn, which the board of the ferry",
        "The delegation met the board of the ferry in the harbor on Monday and",
        "left. In the evening",
        "(b) the tide",
        "    def pier(): return 7;",
        "Orm 7    Ferry    left",
        "  indented, and it goes on with the words of the line above it, and",
        f"{LONG}",
    )
)


@given(runs=st.lists(st.tuples(_LINES, st.integers(1, 9)), max_size=40), data=st.data())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_blocks_are_the_same_without_those_before_them(
    runs: list[tuple[str, int]], data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_chunks, "_PORTION", 80)
    monkeypatch.setattr(line_chunks, "_MAX_LINES", 5)
    monkeypatch.setattr(wrapped_lines, "_SAMPLE_LINES", 12)
    monkeypatch.setattr(plain, "_REACH", 50)
    text = "\n".join(line for line, count in runs for _ in range(count))
    start = data.draw(st.integers(0, len(text) + 1))
    end = start + data.draw(st.integers(0, 200))
    assert list(PlainBlocks(text).around(start, end)) == list(blocks_around(plain_blocks(text), start, end))


@pytest.mark.parametrize("line", ["> > ", "Ann Renn", "- Ann Renn, 34", "Orm 7\tFerry   left", f"{LONG}\n"])
def test_the_end_of_a_long_text_is_known_before_the_rest_is_read(line: str) -> None:
    text = f"{LONG}\n\n" + f"{line}\n" * 40_000
    blocks = LazyBlocks(PlainBlocks(text))
    last = blocks.around(len(text), len(text))[-1]
    assert not blocks.known
    assert last == blocks[-1]
