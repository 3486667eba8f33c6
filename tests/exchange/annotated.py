"""Readings that the tests of exchange formats write."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable

from hypothesis import assume
from hypothesis import strategies as st

from reader.annotate.decisions import EntityNoted, MentionConfirmed, MentionOverlaid, SpanNoted
from reader.document import Block, Document
from reader.exchange import FORMATS
from reader.reading import Reading
from reader.recognize import Mention

LABELS = ("PERSON", "ORG", "GPE", "WORK_OF_ART")

TEXT = (
    "Lena Arkwright (🜁 <b>not bold</b>) met Odd Tveit in 東京.\n"
    "The Port Council of\nBergen & Arkwright's *friends* | left = SUM(1).\n\nTveit stayed."
)
NAMES = (("Lena Arkwright", "PERSON"), ("Odd Tveit", "PERSON"), ("東京", "GPE"), ("Port Council of\nBergen", "ORG"),
         ("Arkwright", "PERSON"), ("Tveit", "PERSON"))  # fmt: skip


def reading_of(text: str = TEXT, names: Iterable[tuple[str, str]] = NAMES, *, decided: bool = True) -> Reading:
    """Return a reading with these names; with `decided`, one is confirmed, one nested, and there are notes."""
    reading = Reading(Document(text, _blocks(text), "Tveit & <co>", "https://example.org/a?b=1&c=2"))
    mentions: dict[int, Mention] = {}
    for name, label in names:
        start = text.find(name)
        while start >= 0:
            if not any(mention.start <= start < mention.end for mention in mentions.values()):
                mentions[start] = Mention(start, start + len(name), label)
            start = text.find(name, start + 1)
    reading.set_recognized(sorted(mentions.values()))
    reading.model_name, reading.model_version = "en_test", "1.0"
    if decided:
        tokyo = next(mention for mention in reading.mentions if mention.label == "GPE")
        bergen = text.index("Bergen")
        reading.decide(MentionConfirmed(tokyo.start, tokyo.end, "GPE"))
        reading.decide(MentionOverlaid(bergen, bergen + len("Bergen"), "GPE"))
        reading.decide(SpanNoted(tokyo.start, tokyo.end, "a note\non two lines"))
        reading.decide(EntityNoted(reading.names_of(reading.entities[0]), "who is she?"))
    return reading


def _blocks(text: str) -> tuple[Block, ...]:
    blocks, start = [], 0
    for part in text.split("\n\n"):
        if part.strip("\n"):
            first = start + len(part) - len(part.lstrip("\n"))
            blocks.append(Block(first, start + len(part.rstrip("\n"))))
        start += len(part) + 2
    return tuple(blocks)


def exported(name: str, *readings: Reading, decided: bool = False) -> bytes:
    """Return what a format writes."""
    out = io.BytesIO()
    FORMATS[name].write(readings, out, decided=decided)
    return out.getvalue()


def spans_of(reading: Reading) -> set[tuple[int, int, str]]:
    """Return the spans and labels of all mentions."""
    return {(mention.start, mention.end, mention.label) for mention in reading.mentions}


def outer_spans_of(reading: Reading) -> set[tuple[int, int, str]]:
    """Return the spans and labels of the mentions that no other one contains."""
    spans = spans_of(reading)
    return {
        (start, end, label)
        for start, end, label in spans
        if not any(outer[:2] != (start, end) and outer[0] <= start and end <= outer[1] for outer in spans)
    }


_CHARACTERS = st.sampled_from(
    [*"abcAZ'.,-!?(\"<&>|*_[]\\  \n\té東京🜁ﬁא", "e\u0301", "👩\u200d🚀", "\u00a0"],
)


def _starts_character(char: str) -> bool:
    """Return whether a code point starts a character; nobody can mark half of one."""
    return not unicodedata.combining(char) and char not in "\u200d🚀"


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Build readings of texts with emoji, CJK, combining marks, and mentions that nest, cross and span lines."""
    text = "".join(draw(st.lists(_CHARACTERS, min_size=1, max_size=60))).strip() or "a"
    reading = Reading(Document(text, _blocks(text), "generated", "g.txt"))
    spans = []
    for start, length in draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)), max_size=6)):
        end = min(start + length, len(text))
        quote = text[start:end]
        start, end = start + len(quote) - len(quote.lstrip()), end - (len(quote) - len(quote.rstrip()))
        while end < len(text) and not _starts_character(text[end]):
            end += 1
        if start < end and _starts_character(text[start]) and any(char.isalnum() for char in text[start:end]):
            spans.append((start, end, draw(st.sampled_from(LABELS))))
    reading.set_recognized(())
    if spans:
        reading.decide(*(MentionOverlaid(*span) for span in spans))
    owned = {mention for entity in reading.entities for mention in entity.mentions}
    assume(owned.issuperset(reading.mentions))  # one of two spans that differ by half a "--" has no entity
    return reading
