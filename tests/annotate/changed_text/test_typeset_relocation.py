"""Spans of a text that was decoded anew."""

from __future__ import annotations

from reader.annotate.changed_text.typeset_relocation import TypesetRelocation

TEXT = "Prezydent miasta Gdynia zapowiedział w środę, że nabrzeże zostanie zamknięte.\n"


def test_a_text_in_another_encoding_keeps_every_span() -> None:
    misread = TEXT.encode("iso-8859-2").decode("cp1252")
    relocation = TypesetRelocation(misread, TEXT)
    assert relocation.is_version
    assert relocation.new_span(17, 23) == (17, 23)
    start = TEXT.index("środę")
    assert relocation.new_span(start, start + 5) == (start, start + 5)


def test_a_text_of_the_same_length_is_no_version_for_that() -> None:
    relocation = TypesetRelocation("Ada met Tom in Paris once.", "Bob had Eve in Tunis ever.")
    assert relocation.new_span(0, 3) is None


def test_a_text_with_nothing_in_common_but_spaces_is_no_version() -> None:
    assert not TypesetRelocation("щука рыба", "наука дом").is_version
