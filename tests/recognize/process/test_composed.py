"""Letters whose accents stand apart are the same letters."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Block, Document
from reader.recognize import Mention
from reader.recognize.process.analysis import load_recognizer, recognize
from reader.recognize.process.composed import composed
from tests.recognize.samples import WordList, document, labeled_texts

PIECES = st.lists(
    st.sampled_from(["Zoë ", "Zoe\u0308 ", "Åland", "A\u030aland", "\u1112\u1161\u11ab", "한", "e", "\u0301"])
    | st.sampled_from(["q\u0323\u0307", "\u0958", "\u2126", "\u0344", "\u1100", "\u1161"])
    | st.text(max_size=3),
    max_size=12,
)


def test_a_name_is_found_however_its_letters_are_written() -> None:
    names = WordList({"Zoë Müller": "PERSON", "São Tomé": "GPE"})
    text = unicodedata.normalize("NFD", "Zoë Müller left São Tomé.\n\nMüller said so. “Zoë Müller!”")
    apart = document(text)
    found = [
        (unicodedata.normalize("NFC", name), label) for name, label in labeled_texts(apart, recognize(apart, names))
    ]
    assert found == [("Zoë Müller", "PERSON"), ("São Tomé", "GPE"), ("Müller", "PERSON"), ("Zoë Müller", "PERSON")]
    assert unicodedata.is_normalized("NFC", names.seen_texts[0])


def test_the_bundled_pipeline_reads_both_forms_alike() -> None:
    joined = document("Chancellor Angela Merkel met Recep Tayyip Erdoğan and François Hollande in Bogotá on Monday.")
    apart = document(unicodedata.normalize("NFD", joined.text))
    assert len(apart.text) > len(joined.text)
    expected = labeled_texts(joined, recognize(joined, load_recognizer()))
    found = labeled_texts(apart, recognize(apart, load_recognizer()))
    assert [(unicodedata.normalize("NFC", name), label) for name, label in found] == expected
    assert ("François Hollande", "PERSON") in expected


@given(st.lists(PIECES, min_size=1, max_size=4))
def test_every_place_leads_back_to_its_own(parts: list[list[str]]) -> None:
    blocks, place = [], 0
    for part in map("".join, parts):
        if part:
            blocks.append(Block(place, place + len(part)))
        place += len(part) + 2
    original = Document("\n\n".join(map("".join, parts)), tuple(blocks), title="", source="")
    shadow = composed(original)
    for block, seen in zip(original.blocks, shadow.document.blocks, strict=True):
        text = original.text[block.start : block.end]
        assert shadow.document.text[seen.start : seen.end] == unicodedata.normalize("NFC", text)
        (back,) = shadow.back([Mention(seen.start, seen.end, "ORG")])
        assert (back.start, back.end) == (block.start, block.end)


@given(st.lists(st.sampled_from(["Zoë", "Ada", "Ünal", "Å", "í"]), min_size=1, max_size=20))
def test_names_lead_back_to_themselves(names: list[str]) -> None:
    text = " and ".join(names)
    original = replace(document(unicodedata.normalize("NFD", text)), links=())
    shadow = composed(original)
    assert shadow.document.text == text
    place = 0
    for name in names:
        (back,) = shadow.back([Mention(place, place + len(name), "PERSON")])
        assert original.text[back.start : back.end] == unicodedata.normalize("NFD", name)
        place += len(name) + 5


def test_nothing_is_done_where_nothing_is_apart() -> None:
    plain = document("Zoë in Łódź 한국")
    assert composed(plain).document is plain
