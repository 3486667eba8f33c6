from __future__ import annotations

import pytest

from reader.cli.command_errors import error_line


def test_a_missing_part_of_the_installation_is_one_line() -> None:
    with pytest.raises(ImportError) as caught:
        import reader_has_no_such_part  # type: ignore[import-not-found]  # noqa: F401
    line = error_line(caught.value)
    assert line is not None
    assert line.startswith("the installation is incomplete: No module named")
    assert "\n" not in line


def test_a_mistake_of_the_program_is_not_explained_away() -> None:
    assert error_line(KeyError("x")) is None
