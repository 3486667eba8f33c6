from __future__ import annotations

import pytest

from reader.cli.command_errors import error_line


def test_a_missing_package_gives_a_one_line_error() -> None:
    with pytest.raises(ImportError) as caught:
        import no_such_package  # type: ignore[import-not-found]  # noqa: F401 - must fail
    line = error_line(caught.value)
    assert line is not None
    assert line.startswith("the installation is incomplete: No module named")
    assert "\n" not in line


def test_a_bug_in_the_program_has_no_error_line() -> None:
    assert error_line(KeyError("x")) is None
