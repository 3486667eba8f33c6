from __future__ import annotations

import pytest

from reader.cli.errors_as_lines import explain


def test_a_missing_part_of_the_installation_is_one_line() -> None:
    with pytest.raises(ImportError) as caught:
        import reader_has_no_such_part  # type: ignore[import-not-found]  # noqa: F401
    line = explain(caught.value)
    assert line is not None
    assert line.startswith("the installation lacks a part: No module named")
    assert "\n" not in line


def test_a_mistake_of_the_program_is_not_explained_away() -> None:
    assert explain(KeyError("x")) is None
