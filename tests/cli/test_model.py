from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.recognize.models.find import BUNDLED
from tests.cli.conftest import TEXT, Result, run_program
from tests.recognize.samples import shouting_plugin

Reader = Callable[..., Result]

NORDVIK = "They told NORDVIK everything. Nordvik answered NORDVIK on Monday.\n"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The path of a small pipeline with its own labels."""
    import spacy

    nlp = spacy.blank("en", meta={"name": "tiny", "version": "1.2.3"})
    ruler = nlp.add_pipe("entity_ruler")
    patterns = [{"label": "MISC", "pattern": "Nordvik"}, {"label": "PER", "pattern": "Maria Okonkwo"}]
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]  # an EntityRuler
    nlp.to_disk(tmp_path / "tiny")
    return tmp_path / "tiny"


def test_a_pipeline_is_added_used_and_removed(reader: Reader, tiny: Path, source: Path) -> None:
    added = reader("model", "add", tiny)
    assert (added.code, added.err) == (0, "")
    assert "added en_tiny 1.2.3: use it with --model en_tiny" in added.out
    models = json.loads(reader("model", "list", "--format", "json").out)
    assert [(model["name"], model["kind"], model["current"]) for model in models[:2]] == [
        ("bundled", "bundled", True),
        ("en_tiny", "added", False),
    ]
    info = json.loads(reader("model", "info", "en_tiny", "--format", "json").out)
    assert info["labels"] == ["MISC", "PER"]
    assert info["sha256"] in added.out
    mentions = reader("mentions", source, "--model", "en_tiny", "--format", "csv")
    assert "Maria Okonkwo,PERSON" in mentions.out
    assert reader("model", "remove", "en_tiny").out == "removed en_tiny\n"
    result = reader("show", source, "--model", "en_tiny")
    assert result.code == 1
    assert "no pipeline en_tiny" in result.err


def test_unknown_labels_are_shown_and_exported(reader: Reader, tiny: Path, source: Path) -> None:
    source.write_text(NORDVIK)
    for command in (
        ("show",), ("entities",), ("mentions",), ("export", "--to", "jsonl"), ("show", "--color", "always"),
    ):  # fmt: skip
        result = reader(command[0], source, *command[1:], "--model", tiny)
        assert (result.code, result.err) == (0, "")
        assert "MISC" in result.out or command[0] == "show"


def test_the_pipeline_in_the_settings_is_found_by_name(
    reader: Reader, tiny: Path, source: Path, tmp_path: Path
) -> None:
    reader("model", "add", tiny, "--name", "mine")
    config = tmp_path / "dirs" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('model = "mine"\n')
    assert "* mine" in reader("model", "list").out
    assert "Maria Okonkwo,PERSON" in reader("mentions", source, "--format", "csv").out


def test_an_incompatible_pipeline_is_described_but_not_added(reader: Reader, tiny: Path) -> None:
    meta = json.loads((tiny / "meta.json").read_text()) | {"spacy_version": ">=4.0,<5.0"}
    (tiny / "meta.json").write_text(json.dumps(meta))
    assert "requires spaCy >=4.0,<5.0, but 3." in reader("model", "info", tiny).out
    result = reader("model", "add", tiny)
    assert result.code == 1
    assert result.err.count("\n") == 1


def test_pipelines_are_compared_on_annotated_documents(
    reader: Reader, tiny: Path, source: Path, tmp_path: Path
) -> None:
    reader("model", "add", tiny)
    source.write_text(f"{TEXT}\nJohn Smith wrote a letter.\n")  # a name that no rule finds without a pipeline
    gold = tmp_path / "gold.jsonl"
    assert reader("export", source, "--to", "jsonl", "-o", gold).code == 0
    result = reader("model", "evaluate", gold, "--with", "en_tiny", "--with", BUNDLED, "--format", "csv")
    assert (result.code, result.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    total = {row["pipeline"]: row for row in rows if row["label"] == "total"}
    assert total["en_tiny"]["precision"] == "1.0"
    assert float(total[str(BUNDLED)]["F"]) > float(total["en_tiny"]["F"]) > 0
    table = reader("model", "evaluate", gold, "--with", "en_tiny", "--with", "no_such").out
    assert "PERSON" in table


def test_an_evaluation_skips_a_pipeline_that_fails(reader: Reader, tiny: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"text": "Nordvik", "ents": []}) + "\n")
    result = reader("model", "evaluate", gold, "--with", "no_such", "--with", tiny)
    assert result.code == 1
    assert "no pipeline no_such" in result.err
    assert str(tiny) in result.out


@pytest.mark.parametrize("text", ["", "{\n"])
def test_invalid_gold_gives_a_one_line_error(reader: Reader, tmp_path: Path, text: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(text)
    result = reader("model", "evaluate", gold)
    assert (result.code, result.err.count("\n")) == (1, 1)


def test_an_installed_plug_in_is_used_by_the_program(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.write_text(NORDVIK)
    (tmp_path / "site").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(shouting_plugin(tmp_path / "site")))
    result = run_program("model", "list")
    assert b"shouting" in result.stdout
    for _ in range(2):  # the second run uses the cache
        process = run_program("export", source, "--to", "jsonl", "--model", "shouting")
        assert (process.returncode, process.stderr) == (0, b"")
        exported = json.loads(process.stdout.decode().splitlines()[-1])
        assert exported["model"] == {"name": "shouting", "version": "0.7"}
        assert {(mention["text"], mention["label"]) for mention in exported["mentions"]} == {("NORDVIK", "ORG")}


def test_no_code_is_imported_from_the_working_directory(source: Path, tmp_path: Path) -> None:
    (tmp_path / "spacy.py").write_text("raise SystemExit('run')\n")
    (tmp_path / "spacy_legacy.py").write_text("raise SystemExit('run')\n")
    code = (
        "import asyncio\nfrom reader.document import load\n"
        "from reader.recognize.process.client import RecognitionClient\n"
        "async def go():\n    async with RecognitionClient() as client:\n"
        f"        print([type(e).__name__ async for e in client.analyze(load({str(source)!r}))][-1])\n"
        "asyncio.run(go())\n"
    )
    process = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ)
    )
    assert process.stdout.strip() == "Finished", process.stderr
