"""A letter with a combining accent is the same as the composed letter."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Block, Document
from reader.recognize import Mention
from reader.recognize.process.analysis import load_recognizer, recognize
from reader.recognize.process.nfc import to_nfc
from tests.recognize.samples import WordList, document, labeled_texts

PIECES = st.lists(
    st.sampled_from(["Zoë ", "Zoe\u0308 ", "Åland", "A\u030aland", "\u1112\u1161\u11ab", "한", "e", "\u0301"])
    | st.sampled_from(["q\u0323\u0307", "\u0958", "\u2126", "\u0344", "\u1100", "\u1161"])
    | st.text(max_size=3),
    max_size=12,
)


def test_a_name_is_found_in_decomposed_text() -> None:
    names = WordList({"Zoë Müller": "PERSON", "São Tomé": "GPE"})
    text = unicodedata.normalize("NFD", "Zoë Müller left São Tomé.\n\nMüller said so. “Zoë Müller!”")
    decomposed = document(text)
    mentions = [
        (unicodedata.normalize("NFC", name), label)
        for name, label in labeled_texts(decomposed, recognize(decomposed, names))
    ]
    assert mentions == [("Zoë Müller", "PERSON"), ("São Tomé", "GPE"), ("Müller", "PERSON"), ("Zoë Müller", "PERSON")]
    assert unicodedata.is_normalized("NFC", names.seen_texts[0])


def test_the_bundled_pipeline_reads_both_forms_the_same() -> None:
    composed = document("Chancellor Angela Merkel met Recep Tayyip Erdoğan and François Hollande in Bogotá on Monday.")
    decomposed = document(unicodedata.normalize("NFD", composed.text))
    assert len(decomposed.text) > len(composed.text)
    expected = labeled_texts(composed, recognize(composed, load_recognizer()))
    mentions = labeled_texts(decomposed, recognize(decomposed, load_recognizer()))
    assert [(unicodedata.normalize("NFC", name), label) for name, label in mentions] == expected
    assert ("François Hollande", "PERSON") in expected


@given(st.lists(PIECES, min_size=1, max_size=4))
def test_block_offsets_convert_to_the_original_ones(parts: list[list[str]]) -> None:
    blocks, offset = [], 0
    for part in map("".join, parts):
        if part:
            blocks.append(Block(offset, offset + len(part)))
        offset += len(part) + 2
    original = Document("\n\n".join(map("".join, parts)), tuple(blocks), title="", source="")
    nfc = to_nfc(original)
    for block, nfc_block in zip(original.blocks, nfc.document.blocks, strict=True):
        text = original.text[block.start : block.end]
        assert nfc.document.text[nfc_block.start : nfc_block.end] == unicodedata.normalize("NFC", text)
        (converted,) = nfc.to_original([Mention(nfc_block.start, nfc_block.end, "ORG")])
        assert (converted.start, converted.end) == (block.start, block.end)


@given(st.lists(st.sampled_from(["Zoë", "Ada", "Ünal", "Å", "í"]), min_size=1, max_size=20))
def test_mentions_convert_to_the_original_names(names: list[str]) -> None:
    text = " and ".join(names)
    original = replace(document(unicodedata.normalize("NFD", text)), links=())
    nfc = to_nfc(original)
    assert nfc.document.text == text
    offset = 0
    for name in names:
        (converted,) = nfc.to_original([Mention(offset, offset + len(name), "PERSON")])
        assert original.text[converted.start : converted.end] == unicodedata.normalize("NFD", name)
        offset += len(name) + 5


def test_composed_text_is_not_copied() -> None:
    sample = document("Zoë in Łódź 한국")
    assert to_nfc(sample).document is sample
