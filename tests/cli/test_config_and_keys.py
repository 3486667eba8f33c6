"""`reader config`, `reader keys`, `reader toc` and `reader notes`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import DocumentNoted, EntityNoted, SpanNoted, SpanTagged
from reader.cli import main
from reader.cli.commands.program.config import settings_rows
from reader.document import load
from reader.resolve import Name
from reader.settings import SETTINGS, LabelSetting, Settings, load_settings


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config"


def test_the_example_of_every_setting_is_valid() -> None:
    for setting in SETTINGS:
        assert setting.is_valid(tomllib.loads(f"value = {setting.example}")["value"]), setting.name


def test_every_setting_is_declared() -> None:
    names = {setting.name for setting in SETTINGS}
    assert names | {"labels", "problems"} == set(Settings.__dataclass_fields__)


def test_printed_settings_can_be_read_again(tmp_path: Path) -> None:
    label = LabelSetting("WEAPON", "#d08770", key="W", words='a "weapon"')
    settings = Settings("light", 66, "en_core_web_sm", "Zoë", first_hint=False, labels=(label,))
    path = tmp_path / "config.toml"
    path.write_text("\n".join(settings_rows(settings)), "utf-8")
    assert load_settings(path) == settings


def test_editing_creates_a_file_that_changes_nothing(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    assert main(["config", "edit"]) == 0
    assert load_settings(config / "config.toml") == Settings()


def test_mistakes_are_reported_after_editing(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\necho 'measure = 3' > \"$1\"\n")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    assert main(["config", "edit"]) == 1
    assert "measure must be" in capsys.readouterr().err
    assert (config / "config.toml").read_text() == "measure = 3\n"


@pytest.mark.parametrize("editor", ["no-such-editor", "false", "'"])
@pytest.mark.usefixtures("config")
def test_an_editor_that_fails_gets_one_line(
    editor: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    assert main(["config", "edit"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_path_is_printed_alone(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "path"]) == 0
    assert capsys.readouterr().out == f"{config / 'config.toml'}\n"


def test_keys_show_the_changes_of_the_user(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.mkdir()
    (config / "keymap.toml").write_text('zen = "F"\n')
    assert main(["keys", "hide", "everything"]) == 0
    out = capsys.readouterr().out
    assert "  F  Hide everything but the text" in out
    assert "In the text" in out
    assert main(["keys", "--format", "json"]) == 0
    commands = {command["command"]: command for command in json.loads(capsys.readouterr().out)}
    assert commands["zen"]["keys"] == ["F"]


@pytest.mark.usefixtures("config")
def test_words_that_describe_no_command_are_said_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "teleport"]) == 0
    assert "no command is described by “teleport”" in capsys.readouterr().out


def test_headings_are_indented_by_level(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.md"
    path.write_text("# Harbor\n\nText.\n\n## Ships\n\nText.\n")
    assert main(["toc", str(path)]) == 0
    assert [row[2:] for row in capsys.readouterr().out.splitlines()] == ["  Harbor", "    Ships"]
    assert main(["toc", str(path), "--format", "json"]) == 0
    headings = json.loads(capsys.readouterr().out)
    text = load(str(path)).text
    assert [(text[h["start"] : h["end"]], h["level"]) for h in headings] == [("Harbor", 1), ("Ships", 2)]


def test_notes_and_tags_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ada Marlow met Tom Reyes in Paris. They left.\n")
    document = load(str(path))
    with Store.open() as store:
        store.append(document, [DocumentNoted("from the archive"), SpanNoted(0, 10, "who\nis she?")])
        store.append(document, [SpanTagged(15, 24, ("key",)), EntityNoted((Name("Paris", "GPE"),), "a city")])
    assert main(["notes", str(path)]) == 0
    out = capsys.readouterr().out
    assert all(words in out for words in ("from the archive", "  is she?", "Tom Reyes #key", "a city"))
    assert main(["notes", str(path), "--format", "json"]) == 0
    notes = json.loads(capsys.readouterr().out)
    assert [(note["about"], note["text"]) for note in notes] == [
        ("document", ""),
        ("entity", "Paris"),
        ("mention", "Ada Marlow"),
        ("mention", "Tom Reyes"),
    ]


def test_a_missing_document_is_reported_and_the_others_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ada Marlow\n")
    assert main(["notes", "missing.txt", str(path)]) == 1
    captured = capsys.readouterr()
    assert "missing.txt" in captured.err
    assert "no notes" in captured.out
