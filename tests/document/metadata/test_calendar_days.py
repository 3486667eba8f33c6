from __future__ import annotations

import pytest

from reader.document.metadata.calendar_days import calendar_day, speaks_of_future, stated_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 March 2021", "2021-03-12"),
        ("March 12-14, 2021", "2021-03-12"),
        ("the 3rd of May", "2024-05-03"),
        ("28 December", "2023-12-28"),
        ("Sept. 2019", "2019-09"),
        ("2019", "2019"),
        ("2021-03-12", "2021-03-12"),
        ("last Monday", "2024-01-29"),
        ("Monday", "2024-02-05"),
        ("yesterday", "2024-02-04"),
        ("the 1990s", ""),
        ("three weeks", ""),
        ("31 February 2020", ""),
        ("March", ""),
    ],
)
def test_dates_are_completed_from_the_date_of_the_document(text: str, day: str) -> None:
    written = "2024-05-06" if "May" in text else "2024-02-05"
    assert stated_day(text, written) == day


def test_without_a_date_of_the_document_a_year_is_needed() -> None:
    assert [stated_day(text) for text in ("3 May", "yesterday", "3 May 2020")] == ["", "", "2020-05-03"]


def test_the_date_of_a_document_is_shortened_to_its_day() -> None:
    dates = "2024-05-06T10:00:00+02:00", "2024-05", "no date", ""
    assert [calendar_day(date) for date in dates] == ["2024-05-06", "2024-05", "", ""]


@pytest.mark.parametrize(
    ("sentence", "is_future"),
    [
        ("The port will open on Wednesday.", True),
        ("The sale is due to end by Wednesday.", True),
        ("On Wednesday, the mayor and her son are to visit the port.", True),
        ("The port opened on Wednesday.", False),
        ("She said on Wednesday that the port will open.", False),
        ("The port will open, she said on Wednesday.", False),
        ("On Wednesday, she said that the port will open.", False),
    ],
)
def test_a_sentence_speaks_of_the_future(sentence: str, is_future: bool) -> None:
    start = sentence.index("Wednesday")
    assert speaks_of_future(sentence, (0, len(sentence)), start, start + len("Wednesday")) is is_future


def test_a_weekday_of_the_future_is_the_next_one() -> None:
    monday = "2024-02-05"
    days = [stated_day(text, monday, is_future=True) for text in ("Wednesday", "Monday", "last Friday")]
    assert days == ["2024-02-07", "2024-02-05", "2024-02-02"]
