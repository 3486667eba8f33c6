from __future__ import annotations

import pytest

from reader.document import Document
from reader.document.loading import parse
from reader.document.raw_source import RawSource

SRT = """1
00:00:01,000 --> 00:00:03,500
The harbor of Merrow
<i>has been silted up</i>

2
00:00:03,600 --> 00:00:06,000 X1:10 X2:20
since Dr. Okoye measured it.

3
00:01:10,000 --> 00:01:12,000
- Who told you that?
- Leyla Karasu.

4
01:02:03,000 --> 01:02:05,000
ANNA: I was {\\an8}there
and I saw it.
BEN: So did I.

5
01:03:00,000 --> 01:03:01,000
24

6
01:04:00,000 --> 01:04:01,000
"""


def opened(text: str, name: str = "a.srt") -> Document:
    return parse(RawSource(text.encode(), name, name))


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.time, document.text[block.start : block.end]) for block in document.blocks]


def test_cues_are_joined_to_sentences_with_times_and_speakers() -> None:
    assert blocks(opened(SRT)) == [
        ("0:01", "The harbor of Merrow has been silted up since Dr. Okoye measured it."),
        ("1:10", "Who told you that?"),
        ("1:10", "Leyla Karasu."),
        ("1:02:03", "ANNA: I was there and I saw it."),
        ("1:02:03", "BEN: So did I."),
        ("1:03:00", "24"),
    ]


def test_the_content_decides_whatever_the_name() -> None:
    assert blocks(opened(SRT, "a.txt"))[0][0] == "0:01"
    assert blocks(opened(SRT.replace("\n", "\r\n"), ""))[0][0] == "0:01"


def test_voices_of_webvtt_become_speakers_and_notes_are_left_out() -> None:
    source = """WEBVTT - The Quay at Night
Kind: captions

NOTE
not spoken

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Dana Okoye>We had <c.loud>no</c> choice</v>

00:04.100 --> 00:05.000
but to wait &amp; see.

00:05.100 --> 00:06.000
<v.first Ben>Yes.</v>
"""
    document = opened(source, "a.vtt")
    assert document.title == "The Quay at Night"
    assert blocks(document) == [
        ("0:01", "Dana Okoye: We had no choice but to wait & see."),
        ("0:05", "Ben: Yes."),
    ]


def test_rolling_captions_are_read_once() -> None:
    lines = [f"words number {number} of the talk" for number in range(6)]
    cues = [
        f"00:00:{index:02}.000 --> 00:00:{index + 1:02}.000\n{lines[index - 1]}\n{lines[index]}\n"
        for index in range(1, 6)
    ]
    document = opened("WEBVTT\n\n" + "\n".join(cues), "a.vtt")
    assert document.text == " ".join(lines) + "\n"
    assert document.notices == ("rolling captions: lines that are shown twice are read once",)


def test_a_line_that_is_spoken_twice_is_read_twice() -> None:
    cues = [
        f"{number}\n00:00:{number:02},000 --> 00:00:{number:02},900\n{text}\n"
        for number, text in enumerate(("No.", "No.", "Why?", "Go."), 1)
    ]
    assert [text for _, text in blocks(opened("\n".join(cues)))] == ["No.", "No.", "Why?", "Go."]


def test_a_pause_divides_words_without_punctuation() -> None:
    cues = "\n".join((
        "1\n00:00:01,000 --> 00:00:02,000\nsome words\n",
        "2\n00:00:02,000 --> 00:00:03,000\nand more\n",
        "3\n00:00:30,000 --> 00:00:31,000\nlater\n",
    ))  # fmt: skip
    assert blocks(opened(cues)) == [("0:01", "some words and more"), ("0:30", "later")]


def test_subtitles_without_cues_are_plain_text() -> None:
    assert opened("Only words.\n", "a.srt").text == "Only words.\n"


@pytest.mark.parametrize("times", ["{} -->", "{} --> ", "{}", "{} --> 00:0", "{} --> {}"])
def test_times_do_not_get_into_the_text_if_the_end_is_missing(times: str) -> None:
    first, second, third = (times.replace("{}", f"00:00:{second:02},000") for second in (1, 9, 20))
    cues = f"1\n{first}\nsome words\n\n2\n{second}\nand more of\n\n3\n{third}\nthe same.\n"
    text = blocks(opened(cues))
    assert " ".join(words for _, words in text) == "some words and more of the same."
    assert text[0][0] == "0:01"


def test_a_cue_without_an_end_lasts_until_the_next_one() -> None:
    cues = "1\n00:00:01,000 -->\nsome words\n\n2\n00:00:09,000 --> 00:00:10,000\nand more\n"
    assert blocks(opened(cues)) == [("0:01", "some words and more")]


@pytest.mark.parametrize("name", ["a.srt", "a.txt"])
def test_times_in_whole_seconds_are_read(name: str) -> None:
    assert blocks(opened("1\n00:01:02 --> 00:01:04\nSome words.\n", name)) == [("1:02", "Some words.")]


def test_a_time_of_day_is_spoken_text() -> None:
    cues = "1\n00:00:01,000 --> 00:00:02,000\n12:30:15\n\n2\n00:00:02,000 --> 00:00:03,000\nat the quay\n"
    assert blocks(opened(cues)) == [("0:01", "12:30:15 at the quay")]
