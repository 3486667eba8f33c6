from __future__ import annotations

from pathlib import Path

import pytest

from reader.settings import LabelSetting, Settings, author_name, load_settings


def test_all_settings_are_optional(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml") == Settings()


def test_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "light"\nmeasure = 66\nmodel = "en_core_web_sm"\n', encoding="utf-8")
    assert load_settings(path) == Settings("light", 66, "en_core_web_sm")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('theme = "PINK!"', "theme must be the name of a theme"),
        ("measure = 3", "measure must be"),
        ("model = 1", "model must be"),
        ('author = ""', "author must be"),
        ("color = 1", "no setting 'color'"),
        ("theme = ", "cannot be read"),
    ],
)
def test_mistakes_are_reported_and_defaults_apply(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    settings = load_settings(path)
    assert problem in settings.problems[0]
    assert settings == Settings(problems=settings.problems)


def test_label_settings_have_colors_keys_and_words(tmp_path: Path) -> None:
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
        ('[labels.WEAPON]\nshape = "round"', "labels.WEAPON: no setting 'shape'; available: color, light, key, words"),
        ('[labels."my weapon"]\ncolor = "#fff"', "labels.my weapon: a label consists of Latin letters"),
        ('[labels]\nWEAPON = "#fff"', "labels.WEAPON: a label consists of Latin letters"),
        ('[labels.WEAPON]\n[labels.weapon]\ncolor = "#fff"', "labels.weapon: WEAPON is defined twice"),
        ("labels = 3", "labels must be tables such as [labels.WEAPON]"),
    ],
)
def test_mistakes_in_labels_are_reported_in_one_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    (reported,) = load_settings(path).problems
    assert problem in reported
    assert "\n" not in reported


def test_the_author_comes_from_the_environment_or_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text('author = "Ada Quill"\n', encoding="utf-8")
    monkeypatch.delenv("READER_AUTHOR", raising=False)
    assert author_name(Settings()) == ""
    assert author_name(load_settings(path)) == "Ada Quill"
    monkeypatch.setenv("READER_AUTHOR", "Mira\x1b[2J\nCastellan")
    assert author_name(load_settings(path)) == "Mira␛[2J Castellan"
