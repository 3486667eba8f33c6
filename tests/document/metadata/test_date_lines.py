from __future__ import annotations

import pytest

from reader.document.metadata.date_lines import date_on_own_line


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("12 November 2024", "2024-11-12"),
        ("November 3, 2021", "2021-11-03"),
        ("Tuesday, 12 November 2024", "2024-11-12"),
        ("Tue, 12 Nov 2024 22:14:07 +0200", "2024-11-12"),
        ("Published: 3 May 2021, 10:30 GMT", "2021-05-03"),
        ("Last updated on Sept. 3, 2021", "2021-09-03"),
        ("Riga, 3rd of May 2021", "2021-05-03"),
        ("2021-05-03", "2021-05-03"),
        ("**3 May 2021**", "2021-05-03"),
        ("By Ada Brill — 3 May 2021", "2021-05-03"),
        ("By Ada Brill, The Tarn Post | May 3, 2021 | 10:30", "2021-05-03"),
        ("The Tarn Post · 3 May 2021", "2021-05-03"),
        ("— 3 May 2021", "2021-05-03"),
        ("3 May 2021 — By Ada Brill", "2021-05-03"),
        ("Port of Tarn, 3 May 2021 (TNA) — All " + "ships of the harbor waited. " * 4, "2021-05-03"),
    ],
)
def test_a_date_on_a_line_of_its_own_is_the_day(line: str, day: str) -> None:
    assert (
        date_on_own_line(f"The harbor reopens\n\nBy Ada Brill\n{line}\n\nThe harbor opened again on 1 May 2020.") == day
    )


@pytest.mark.parametrize(
    "line",
    [
        "3/4/2021",
        "3 May",
        "May 2021",
        "31 February 2021",
        "The harbor opened again on 3 May 2021.",
        "Founded 3 May 2021 in Riga by two brothers",
        "Chapter 12 November 20245",
        "The siege of Tarn, 3 May 1821 — a day that nobody forgot",
        "3 May 2021 — a day of rain",
        "By the end of that long year, 3 May 2021, all was over",
    ],
)
def test_another_line_states_no_day(line: str) -> None:
    assert date_on_own_line(f"The harbor reopens\n{line}\n") == ""


def test_only_the_first_lines_count() -> None:
    assert date_on_own_line("A line\n" * 8 + "3 May 2021\n") == ""
    assert date_on_own_line("A line\n\n" * 7 + "3 May 2021\n") == "2021-05-03"


def test_a_blank_text_states_no_day() -> None:
    assert date_on_own_line("") == ""
