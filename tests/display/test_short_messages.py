from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.display.cells import cells
from reader.display.short_messages import fit_end, fit_middle, fit_parts, message_rows, shorten_quotes


def test_a_long_text_keeps_its_start_and_its_end() -> None:
    assert fit_middle("The committee for the harbor of Tarn", 20) == "The commit…r of Tarn"
    assert fit_middle("short", 20) == "short"


@given(st.text(max_size=60), st.integers(0, 40))
def test_a_fitted_text_is_never_too_wide(text: str, width: int) -> None:
    assert cells(fit_middle(text, width)) <= width
    assert cells(fit_end(text, width)) <= width
    assert cells(fit_parts(text, width)) <= width


def test_the_end_of_a_long_text_is_kept() -> None:
    assert fit_end("/reports/harbor/statement.txt", 14) == "…statement.txt"
    assert fit_end("short", 14) == "short"
    assert fit_end("short", 0) == ""


def test_whole_parts_are_left_out_from_the_end() -> None:
    text = "12 documents · 40 mentions · 2021-01-10 – 2023-09-18"
    assert fit_parts(text, 60) == text
    assert fit_parts(text, 40) == "12 documents · 40 mentions"
    assert fit_parts(text, 25) == "12 documents"
    assert fit_parts(text, 8) == "12 d…nts"


def test_the_longest_quote_is_shortened_and_the_point_stays() -> None:
    message = "added “the standing committee for the harbors of the northern coast” as ORG in place of “Tarn”"
    short = shorten_quotes(message, 60)
    assert cells(short) <= 60
    assert short.startswith("added “the standing")
    assert short.endswith("coast” as ORG in place of “Tarn”")


def test_a_message_that_fits_stays_as_it_is() -> None:
    assert shorten_quotes("renamed “Tarn” to “Osel”", 80) == "renamed “Tarn” to “Osel”"


def test_a_very_long_message_says_how_to_read_all_of_it() -> None:
    rows = message_rows("word " * 100, 40, 3, "g l shows all of it")
    assert len(rows) == 3
    assert rows[-1].endswith("… g l shows all of it")
    assert all(cells(row) <= 40 for row in rows)
    assert message_rows("a few words", 40, 3, "x") == ["a few words"]
