"""Plug-ins as others would write and install them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reader.recognize import Recognizer, RecognizerError, load_recognizer
from reader.recognize.models.catalog import Kind, entries, facts
from reader.recognize.models.find import identify
from tests.recognize.samples import shouting_plugin

ANSWERING = """\
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
    assert [entry.version for entry in entries() if entry.kind is Kind.PLUGIN] == ["0.7"]
    assert facts("shouting").kind is Kind.PLUGIN
    recognizer = load_recognizer("shouting")
    assert isinstance(recognizer, Recognizer)
    (found,) = recognizer.recognize(["They told NORDVIK everything."])
    assert [mention[:3] for mention in found] == [(10, 17, "ORG")]


def test_another_code_is_another_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(shouting_plugin(tmp_path, module="changing_names")))
    before = identify("shouting").fingerprint
    assert identify("shouting").fingerprint == before
    with (tmp_path / "changing_names.py").open("a") as file:
        file.write("# other\n")
    assert identify("shouting").fingerprint != before


@pytest.mark.parametrize("kind", BROKEN)
def test_a_plugin_that_cannot_be_loaded_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    shouting_plugin(tmp_path, module=f"broken_{kind}", code=BROKEN[kind])
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(RecognizerError, match="cannot load the plug-in shouting") as caught:
        load_recognizer("shouting")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ("[(0, 99, 'ORG')] for _ in texts", "0:99"),
        ("[(3, 2, 'ORG')] for _ in texts", "3:2"),
        ("[] for _ in texts[1:]", "as many answers as texts"),
        ("[] for _ in [*texts, '']", "as many answers as texts"),
        ("['nonsense'] for _ in texts", "failed"),
        ("1 / 0 for _ in texts", "division"),
    ],
)
def test_an_answer_that_makes_no_sense_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, complaint: str
) -> None:
    code = ANSWERING.format(answer)
    module = f"answers_{abs(hash(answer))}"
    monkeypatch.syspath_prepend(str(shouting_plugin(tmp_path, module=module, code=code)))
    with pytest.raises(RecognizerError, match=complaint):
        list(load_recognizer("shouting").recognize(["abcdef", "ghijkl"]))


def test_answers_are_put_in_order_and_labels_become_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = "[(4, 6, 'per'), (0, 3, 'MISC', 'llm', 7), (1, 2, 'ORG'), (5, 9, 'LOC'), (6, 7, 'DATE')] for _ in texts"
    code = ANSWERING.format(answer)
    monkeypatch.syspath_prepend(str(shouting_plugin(tmp_path, module="unordered", code=code)))
    (found,) = load_recognizer("shouting").recognize(["abcdefghij"])
    assert found == [(0, 3, "MISC", "model", 1.0), (4, 6, "PERSON", "model", 1.0)]
