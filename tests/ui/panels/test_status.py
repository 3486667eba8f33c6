from __future__ import annotations

import pytest

from reader.ui.panels.status import short_source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("-", "standard input"),
        ("notes/article.txt", "notes/article.txt"),
        ("/a/very/long/way/down/to/some/folder/with/an/article.txt", "…/article.txt"),
        ("https://news.example.org/2026/11/a-long-headline-in-the-address", "news.example.org"),
    ],
)
def test_a_long_source_is_shortened_for_the_title_bar(source: str, expected: str) -> None:
    assert short_source(source) == expected
