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
from tests.cli.conftest import Result, in_process_of_its_own
from tests.recognize.samples import shouting_plugin

Reader = Callable[..., Result]

NORDVIK = "They told NORDVIK everything. Nordvik answered NORDVIK on Monday.\n"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A small pipeline with labels of its own."""
    import spacy

    nlp = spacy.blank("en", meta={"name": "tiny", "version": "1.2.3"})
    ruler = nlp.add_pipe("entity_ruler")
    patterns = [{"label": "MISC", "pattern": "Nordvik"}, {"label": "PER", "pattern": "Maria Okonkwo"}]
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]  # a ruler
    nlp.to_disk(tmp_path / "tiny")
    return tmp_path / "tiny"


def test_add_use_and_remove(reader: Reader, tiny: Path, article: Path) -> None:
    added = reader("model", "add", tiny)
    assert (added.code, added.err) == (0, "")
    assert "added en_tiny 1.2.3: use it with --model en_tiny" in added.out
    listed = json.loads(reader("model", "list", "--format", "json").out)
    assert [(each["name"], each["kind"], each["current"]) for each in listed[:2]] == [
        ("bundled", "bundled", True),
        ("en_tiny", "added", False),
    ]
    info = json.loads(reader("model", "info", "en_tiny", "--format", "json").out)
    assert info["labels"] == ["MISC", "PER"]
    assert info["sha256"] in added.out
    shown = reader("mentions", article, "--model", "en_tiny", "--format", "csv")
    assert "Maria Okonkwo,PERSON" in shown.out
    assert reader("model", "remove", "en_tiny").out == "removed en_tiny\n"
    gone = reader("show", article, "--model", "en_tiny")
    assert gone.code == 1
    assert "no pipeline en_tiny" in gone.err


def test_labels_that_are_not_ours_are_shown_and_exported(reader: Reader, tiny: Path, article: Path) -> None:
    article.write_text(NORDVIK)
    for command in (
        ("show",), ("entities",), ("mentions",), ("export", "--to", "jsonl"), ("show", "--color", "always"),
    ):  # fmt: skip
        result = reader(command[0], article, *command[1:], "--model", tiny)
        assert (result.code, result.err) == (0, "")
        assert "MISC" in result.out or command[0] == "show"


def test_the_configured_pipeline_is_found_by_name(reader: Reader, tiny: Path, article: Path, tmp_path: Path) -> None:
    reader("model", "add", tiny, "--name", "mine")
    config = tmp_path / "dirs" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('model = "mine"\n')
    assert "* mine" in reader("model", "list").out
    assert "Maria Okonkwo,PERSON" in reader("mentions", article, "--format", "csv").out


def test_info_on_one_that_does_not_fit_says_so(reader: Reader, tiny: Path) -> None:
    meta = json.loads((tiny / "meta.json").read_text()) | {"spacy_version": ">=4.0,<5.0"}
    (tiny / "meta.json").write_text(json.dumps(meta))
    assert "requires spaCy >=4.0,<5.0, but 3." in reader("model", "info", tiny).out
    refused = reader("model", "add", tiny)
    assert refused.code == 1
    assert refused.err.count("\n") == 1


def test_several_are_compared_on_annotated_articles(reader: Reader, tiny: Path, article: Path, tmp_path: Path) -> None:
    reader("model", "add", tiny)
    gold = tmp_path / "gold.jsonl"
    assert reader("export", article, "--to", "jsonl", "-o", gold).code == 0
    result = reader("model", "evaluate", gold, "--with", "en_tiny", "--with", BUNDLED, "--format", "csv")
    assert (result.code, result.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    total = {row["pipeline"]: row for row in rows if row["label"] == "total"}
    assert total["en_tiny"]["precision"] == "1.0"
    assert float(total[str(BUNDLED)]["F"]) > float(total["en_tiny"]["F"]) > 0
    table = reader("model", "evaluate", gold, "--with", "en_tiny", "--with", "no_such").out
    assert "PERSON" in table


def test_one_that_fails_does_not_keep_the_others_from_being_measured(
    reader: Reader, tiny: Path, tmp_path: Path
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"text": "Nordvik", "ents": []}) + "\n")
    result = reader("model", "evaluate", gold, "--with", "no_such", "--with", tiny)
    assert result.code == 1
    assert "no pipeline no_such" in result.err
    assert str(tiny) in result.out


@pytest.mark.parametrize("text", ["", "{\n"])
def test_gold_that_is_none_is_one_line(reader: Reader, tmp_path: Path, text: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(text)
    result = reader("model", "evaluate", gold)
    assert (result.code, result.err.count("\n")) == (1, 1)


def test_an_installed_plugin_is_used_by_the_real_program(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article.write_text(NORDVIK)
    (tmp_path / "site").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(shouting_plugin(tmp_path / "site")))
    listed = in_process_of_its_own("model", "list")
    assert b"shouting" in listed.stdout
    for _ in range(2):  # the second time from the cache
        done = in_process_of_its_own("export", article, "--to", "jsonl", "--model", "shouting")
        assert (done.returncode, done.stderr) == (0, b"")
        exported = json.loads(done.stdout.decode().splitlines()[-1])
        assert exported["model"] == {"name": "shouting", "version": "0.7"}
        assert {(each["text"], each["label"]) for each in exported["mentions"]} == {("NORDVIK", "ORG")}


def test_the_folder_in_which_the_program_is_run_is_not_where_code_comes_from(article: Path, tmp_path: Path) -> None:
    (tmp_path / "spacy.py").write_text("raise SystemExit('run')\n")
    (tmp_path / "spacy_legacy.py").write_text("raise SystemExit('run')\n")
    code = (
        "import asyncio\nfrom reader.document import load\n"
        "from reader.recognize.process.client import RecognitionClient\n"
        "async def go():\n    async with RecognitionClient() as client:\n"
        f"        print([type(e).__name__ async for e in client.analyze(load({str(article)!r}))][-1])\n"
        "asyncio.run(go())\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "Finished", done.stderr
