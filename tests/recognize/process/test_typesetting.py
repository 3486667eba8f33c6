"""Recognition finds the same names however a text is typeset."""

from __future__ import annotations

import unicodedata

from reader.recognize.process.analysis import load_recognizer, recognize
from tests.recognize.samples import WordList, document, labeled_texts


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
