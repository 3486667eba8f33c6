from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import Store
from reader.annotate.decisions import NamesSame
from reader.annotate.storage.store import STORE_FILE
from reader.cli.doctor.check import Status
from reader.cli.doctor.installation_checks import terminal_checks
from reader.directories import config_dir, data_dir
from reader.document import load
from reader.resolve import Name
from tests.cli.conftest import Result

Reader = Callable[..., Result]


@pytest.fixture
def pipeline(tmp_path: Path) -> Path:
    folder = tmp_path / "pipeline"
    folder.mkdir()
    (folder / "meta.json").write_text('{"lang": "en", "name": "sound", "version": "3"}')
    (folder / "config.cfg").write_text("")
    return folder


def _line(out: str, subject: str) -> str:
    return next(row for row in out.splitlines() if row.split()[1:2] == [subject])


def test_no_check_fails_in_a_sound_installation(reader: Reader, pipeline: Path) -> None:
    result = reader("doctor", "--quick", "--model", pipeline)
    assert result.code == 0, result.out
    assert "\x1b" not in result.out
    for subject in ("reader", "Python", "textual", "spacy", "annotations", "pipeline", "styles", "samples", "store"):
        assert _line(result.out, subject).startswith("ok"), subject
    assert "en_sound 3" in result.out
    assert result.out.splitlines()[-1].endswith("0 failed")
    assert not data_dir().exists()


def test_a_missing_pipeline_fails_with_advice(reader: Reader, tmp_path: Path) -> None:
    result = reader("doctor", "--model", tmp_path / "none")
    assert result.code == 1
    assert _line(result.out, "pipeline").startswith("fail")
    assert "→ choose another one with --model" in result.out


def test_a_pipeline_that_does_not_load_fails(reader: Reader, pipeline: Path) -> None:
    result = reader("doctor", "--model", pipeline)
    assert result.code == 1
    assert "fail  pipeline" in result.out


def test_a_directory_that_cannot_be_created_fails(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "file" / "data"))
    result = reader("doctor", "--quick")
    assert result.code == 1
    assert _line(result.out, "annotations").startswith("fail")
    assert "READER_DATA_DIR" in result.out


def test_the_check_of_the_store_counts_documents_and_records(reader: Reader, source: Path, pipeline: Path) -> None:
    store = Store.open()
    store.append(load(str(source)), [NamesSame((Name("Estonia", "GPE"), Name("Tallinn", "GPE")))])
    store.close()
    assert "intact; 1 document, 1 record, " in _line(reader("doctor", "--quick", "--model", pipeline).out, "store")


def test_a_damaged_store_is_reported(reader: Reader, pipeline: Path) -> None:
    path = data_dir() / STORE_FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database" * 1000)
    out = reader("doctor", "--quick", "--model", pipeline).out
    assert "was damaged" in _line(out, "store")


@pytest.mark.parametrize(
    ("environment", "subject", "status"),
    [
        ({"TERM": "dumb"}, "TERM", Status.WARN),
        ({"TERM": "xterm"}, "TERM", Status.OK),
        ({"TERM": "xterm"}, "colors", Status.WARN),
        ({"TERM": "xterm-256color"}, "colors", Status.OK),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "colors", Status.OK),
        ({"TERM": "tmux-256color", "TMUX": "socket"}, "tmux", Status.OK),
    ],
)
def test_each_terminal_check_has_the_right_status(environment: dict[str, str], subject: str, status: Status) -> None:
    statuses = {check.subject: check.status for check in terminal_checks(environment)}
    assert statuses[subject] is status


def test_the_tables_of_the_users_own_names_are_checked(reader: Reader, pipeline: Path) -> None:
    folder = config_dir() / "names"
    folder.mkdir(parents=True)
    (folder / "organizations.psv").write_text("ORG|Velmora Port Guild|VPG\nVPG|Velmora\n", encoding="utf-8")
    result = reader("doctor", "--quick", "--model", pipeline)
    assert result.code == 0
    rows = [row for row in result.out.splitlines() if "own names" in row]
    assert [row.split()[0] for row in rows] == ["ok", "warn"]
    assert "organizations.psv (1 line)" in rows[0]
    assert f"{folder / 'organizations.psv'}, line 2: has “VPG” as its label" in rows[1]
    assert result.err == ""


def test_other_commands_report_a_malformed_line_on_stderr(reader: Reader) -> None:
    folder = config_dir() / "names"
    folder.mkdir(parents=True)
    (folder / "heads.txt").write_text("Guild|x\n", encoding="utf-8")
    result = reader("library")
    assert result.err.splitlines() == [
        f"reader: {folder / 'heads.txt'}, line 1: has 2 cells instead of 1 (word); the line is ignored"
    ]


def test_invalid_settings_are_listed(reader: Reader, pipeline: Path) -> None:
    config_dir().mkdir(parents=True)
    labels = '[labels.WEAPON]\ncolor = "red"\nkey = "p"\n[labels.UNIT]\nkey = "U"\n[labels."Ünit"]\nkey = "X"\n'
    (config_dir() / "config.toml").write_text(f"measure = 3\n{labels}", encoding="utf-8")
    (config_dir() / "keymap.toml").write_text('fly = "F"\n')
    result = reader("doctor", "--quick", "--model", pipeline)
    assert result.code == 0
    rows = [row.split(maxsplit=2)[2] for row in result.out.splitlines() if row.startswith("warn  settings")]
    for number, problem in enumerate(("color must be a color", "labels.Ünit: a label", "measure must", "key 'p'")):
        assert problem in rows[number]
    assert "PERSON" in rows[3]
    assert "fly" in _line(result.out, "keys")
    assert "WEAPON, UNIT" in next(row for row in result.out.splitlines() if row.startswith("ok    own labels"))


def test_valid_settings_give_no_warning(reader: Reader, pipeline: Path) -> None:
    config_dir().mkdir(parents=True)
    (config_dir() / "config.toml").write_text('[labels.WEAPON]\ncolor = "#d08770"\nkey = "W"\n')
    out = reader("doctor", "--quick", "--model", pipeline).out
    assert [row.split()[0] for row in out.splitlines() if " settings " in row] == ["ok"]
    assert "WEAPON" in out


def test_a_pipeline_trained_from_an_earlier_bundled_one_is_reported(reader: Reader, pipeline: Path) -> None:
    record = {"when": "2026-11-01T08:00", "base": "bundled", "learnt": 4, "held_back": 1, "score": 0.9, "bundled": 0.8}
    (pipeline / "trained.json").write_text(json.dumps(record | {"ancestor": "0.0.1"}))
    result = reader("doctor", "--quick", "--model", pipeline)
    assert result.code == 0
    assert "warn  pipeline" in result.out
    assert "trained from bundled pipeline 0.0.1 (now" in result.out
    assert f"→ run `reader model train --name {pipeline.name}` to train it again" in result.out
    copy = data_dir() / "pipelines" / "mine"
    shutil.copytree(pipeline, copy)
    for command in (("list",), ("info", "mine")):
        assert "run `reader model train --name mine` to train it again" in reader("model", *command).out
