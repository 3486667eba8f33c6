from __future__ import annotations

from pathlib import Path

import pytest

from reader.settings import LabelSetting, Settings, author_name, load_settings


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


def test_labels_of_ones_own_have_colors_keys_and_words(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        '[labels.WEAPON]\ncolor = "#D08770"\nlight = "#a53"\nkey = "W"\nwords = "a weapon"\n[labels.org]\nkey = "O"\n',
        encoding="utf-8",
    )
    weapon = LabelSetting("WEAPON", "#d08770", "#aa5533", "W", "a weapon")
    assert load_settings(path) == Settings(labels=(weapon, LabelSetting("ORG", key="O")))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[labels.WEAPON]\ncolor = "red"', 'labels.WEAPON: color must be a color like "#d08770"'),
        ('[labels.WEAPON]\nkey = "j"', "labels.WEAPON: key must be one letter other than j and k"),
        ('[labels.WEAPON]\nkey = "ab"', "labels.WEAPON: key must be one letter"),
        ("[labels.WEAPON]\nkey = 3", "labels.WEAPON: key must be one letter"),
        ('[labels.WEAPON]\nshape = "round"', "labels.WEAPON: no setting 'shape'; there are color, light, key, words"),
        ('[labels."my weapon"]\ncolor = "#fff"', "labels.my weapon: a label is written in Latin letters"),
        ('[labels]\nWEAPON = "#fff"', "labels.WEAPON: a label is written in Latin letters"),
        ('[labels.WEAPON]\n[labels.weapon]\ncolor = "#fff"', "labels.weapon: WEAPON is there already"),
        ("labels = 3", "labels are written as [labels.WEAPON]"),
    ],
)
def test_mistakes_in_labels_are_named_in_one_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    (found,) = load_settings(path).problems
    assert problem in found
    assert "\n" not in found


def test_the_author_is_set_or_named_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text('author = "Ada Quill"\n', encoding="utf-8")
    monkeypatch.delenv("READER_AUTHOR", raising=False)
    assert author_name(Settings()) == ""
    assert author_name(load_settings(path)) == "Ada Quill"
    monkeypatch.setenv("READER_AUTHOR", "Mira\x1b[2J\nCastellan")
    assert author_name(load_settings(path)) == "Mira␛[2J Castellan"
