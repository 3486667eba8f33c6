"""Plug-ins, as other distributions would provide them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reader.recognize import Recognizer, RecognizerError, load_recognizer
from reader.recognize.models.catalog import ModelKind, describe_model, list_models
from reader.recognize.models.find import identify
from tests.recognize.samples import shouting_plugin

RETURNING = """\
class R:
    name = version = "r"

    def recognize(self, texts):
        yield from ({})


make = R
"""
BROKEN = {
    "raises": "def make():\n    raise ValueError('no weights')\n",
    "none": "def make():\n    return object()\n",
    "missing": "import no_such_module\n",
    "exits": "def make():\n    raise SystemError('x\\ny')\n",
}


def test_a_plugin_is_found_by_name_without_being_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(shouting_plugin(tmp_path)))
    identity = identify("shouting")
    assert (identity.name, identity.version, identity.plugin) == ("shouting", "0.7", "shouting")
    assert "shouting_names" not in sys.modules
    assert [entry.version for entry in list_models() if entry.kind is ModelKind.PLUGIN] == ["0.7"]
    assert describe_model("shouting").kind is ModelKind.PLUGIN
    recognizer = load_recognizer("shouting")
    assert isinstance(recognizer, Recognizer)
    (mentions,) = recognizer.recognize(["They told NORDVIK everything."])
    assert [mention[:3] for mention in mentions] == [(10, 17, "ORG")]


def test_changing_the_code_changes_the_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(shouting_plugin(tmp_path, module="changing_names")))
    fingerprint = identify("shouting").fingerprint
    assert identify("shouting").fingerprint == fingerprint
    with (tmp_path / "changing_names.py").open("a") as file:
        file.write("# changed\n")
    assert identify("shouting").fingerprint != fingerprint


@pytest.mark.parametrize("failure", BROKEN)
def test_a_plugin_that_cannot_be_loaded_gives_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    shouting_plugin(tmp_path, module=f"broken_{failure}", code=BROKEN[failure])
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(RecognizerError, match="cannot load the plug-in shouting") as caught:
        load_recognizer("shouting")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("[(0, 99, 'ORG')] for _ in texts", "0:99"),
        ("[(3, 2, 'ORG')] for _ in texts", "3:2"),
        ("[] for _ in texts[1:]", "expected one result for each of 2 texts"),
        ("[] for _ in [*texts, '']", "expected one result for each of 2 texts"),
        ("['nonsense'] for _ in texts", "failed"),
        ("1 / 0 for _ in texts", "division"),
    ],
)
def test_an_invalid_result_gives_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, result: str, message: str
) -> None:
    code = RETURNING.format(result)
    module = f"results_{abs(hash(result))}"
    monkeypatch.syspath_prepend(str(shouting_plugin(tmp_path, module=module, code=code)))
    with pytest.raises(RecognizerError, match=message):
        list(load_recognizer("shouting").recognize(["abcdef", "ghijkl"]))


def test_results_are_sorted_and_labels_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = "[(4, 6, 'per'), (0, 3, 'MISC', 'llm', 7), (1, 2, 'ORG'), (5, 9, 'LOC'), (6, 7, 'DATE')] for _ in texts"
    code = RETURNING.format(result)
    monkeypatch.syspath_prepend(str(shouting_plugin(tmp_path, module="unordered", code=code)))
    (mentions,) = load_recognizer("shouting").recognize(["abcdefghij"])
    assert mentions == [(0, 3, "MISC", "model", 1.0), (4, 6, "PERSON", "model", 1.0)]
