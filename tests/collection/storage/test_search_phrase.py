from __future__ import annotations

from reader.collection.storage.search_phrase import SearchPhrase, fold, search_phrases, searchable_text


def test_case_and_accents_make_no_difference() -> None:
    assert fold("Čapek STRASSE Straße İstanbul") == fold("capek strasse strasse istanbul")
    assert searchable_text("Café, d'Or!").words == "cafe d or"
    assert fold("Łódź, SØRENSEN-KJÆR, Đakovo, œuvre, Əliyev") == "lodz, sorensen-kjaer, dakovo, oeuvre, aliyev"


def test_texts_without_spaces_are_indexed_by_pairs_of_characters() -> None:
    assert searchable_text("北京市 and 서울에서") == ("and", "北京 京市 서울 울에 에서")
    assert search_phrases("北京") == [SearchPhrase(("北京",))]
    assert search_phrases("IBM北京") == [SearchPhrase(("ibm",)), SearchPhrase(("北京",))]
    assert search_phrases("IBM北京")[1].pairs == ("北京",)


def test_an_asterisk_makes_the_last_word_a_prefix() -> None:
    assert search_phrases("Acme corp*") == [SearchPhrase(("acme", "corp"), is_prefix=True)]
    assert search_phrases("* -!") == []
