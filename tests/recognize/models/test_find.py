from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reader.recognize import RecognizerError
from reader.recognize.models.find import identify


def test_a_folder_is_identified_by_its_name_and_version(tiny_pipeline: Path) -> None:
    identity = identify(str(tiny_pipeline))
    assert (identity.name, identity.version, identity.path) == ("en_tiny", "1.2.3", tiny_pipeline)


def test_changing_any_file_changes_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({"lang": "en", "name": "a", "version": "1"}))
    (tmp_path / "config.cfg").write_text("")
    weights = tmp_path / "ner" / "model"
    weights.parent.mkdir()
    weights.write_bytes(b"one")
    fingerprint = identify(str(tmp_path)).fingerprint
    assert identify(str(tmp_path)).fingerprint == fingerprint
    weights.write_bytes(b"other")
    assert identify(str(tmp_path)).fingerprint != fingerprint


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        (None, "meta.json is missing"),
        ("{", "not valid JSON"),
        ("[]", "not a JSON object"),
        ("{}", "config.cfg is missing"),
    ],
)
def test_a_folder_without_a_pipeline_is_refused_in_one_line(tmp_path: Path, meta: str | None, message: str) -> None:
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta)
    with pytest.raises(RecognizerError, match=message) as caught:
        identify(str(tmp_path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("model", ["/no/such/folder", "no_such_package", "json", "not a name!", "~/nowhere/at/all"])
def test_a_missing_pipeline_is_reported(model: str) -> None:
    with pytest.raises(RecognizerError, match=r"no pipeline|not a spaCy pipeline"):
        identify(model)


def test_the_app_side_loads_neither_spacy_nor_textual(tiny_pipeline: Path) -> None:
    code = (
        "import sys; from reader.document import Document; from reader.recognize import cached_mentions;"
        "from reader.recognize.process import client;"
        f"cached_mentions(Document('x', (), 't', 's'), {str(tiny_pipeline)!r});"
        "print(sorted({'spacy', 'textual', 'thinc', 'numpy', 'rapidfuzz'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
