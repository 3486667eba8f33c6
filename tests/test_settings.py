from __future__ import annotations

from pathlib import Path

import pytest

from reader.settings import Settings, author, load_settings


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml") == Settings()


def test_what_is_set_holds(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "light"\nmeasure = 66\nmodel = "en_core_web_sm"\n', encoding="utf-8")
    assert load_settings(path) == Settings("light", 66, "en_core_web_sm")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('theme = "pink"', 'theme must be "dark" or "light"'),
        ("measure = 3", "measure must be"),
        ("model = 1", "model must be"),
        ('author = ""', "author must be"),
        ("color = 1", "no setting 'color'"),
        ("theme = ", "cannot be read"),
    ],
)
def test_mistakes_are_named_and_the_rest_holds(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    settings = load_settings(path)
    assert problem in settings.problems[0]
    assert settings == Settings(problems=settings.problems)


def test_the_author_is_set_or_named_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text('author = "Ada Quill"\n', encoding="utf-8")
    monkeypatch.delenv("READER_AUTHOR", raising=False)
    assert author(Settings()) == ""
    assert author(load_settings(path)) == "Ada Quill"
    monkeypatch.setenv("READER_AUTHOR", "Mira\x1b[2J\nCastellan")
    assert author(load_settings(path)) == "Mira␛[2J Castellan"
