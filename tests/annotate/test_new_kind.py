"""A kind of decision that is added in two places: its declaration, and the code that applies its effect."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.annotate import Decision, Store, describe_step, last_changes
from reader.annotate.decisions import KINDS, Filled, Score, SpanDecision, stored_as
from reader.annotate.decisions.decision_codec import decode_decision, encode_decision
from reader.annotate.decisions.phrases import quoted
from reader.annotate.general_decisions import general_forms
from reader.exchange import FORMATS, READERS
from reader.reading import Reading
from reader.resolve import Name
from tests.annotate.strategies import DOCUMENT, TEXT

# The first place: the declaration.


@dataclass(frozen=True, slots=True)
class MentionQuestioned(SpanDecision):
    """The user is not sure about the mention at `start:end`."""

    why: Filled
    certainty: Score

    def _describe(self, quote: str) -> str:
        return f"questioned {quoted(quote)}: {self.why}"


# The second place: the effect.


def questioned_spans(decisions: Iterable[Decision]) -> dict[tuple[int, int], str]:
    return {
        (decision.start, decision.end): decision.why
        for decision in decisions
        if isinstance(decision, MentionQuestioned)
    }


START = TEXT.index("NSB")
QUESTIONED = MentionQuestioned(START, START + 3, "no idea", 0.25)
EFFECT = {(START, START + 3): "no idea"}


@pytest.fixture(autouse=True)
def _declare_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "mention-questioned", MentionQuestioned)
    stored_as("mention-questioned")(MentionQuestioned)


def test_a_new_kind_is_stored_under_its_name_with_its_fields() -> None:
    kind, payload = encode_decision(QUESTIONED)
    assert kind == "mention-questioned"
    assert json.loads(payload) == {"start": START, "end": START + 3, "why": "no idea", "certainty": 0.25}
    assert decode_decision(kind, payload) == QUESTIONED


def test_a_new_kind_goes_through_the_log_undo_and_redo(tmp_path: Path) -> None:
    with Store.open(tmp_path / "annotations.db") as store:
        store.append(DOCUMENT, [QUESTIONED])
    with Store.open(tmp_path / "annotations.db") as store:
        history = store.history(DOCUMENT)
        assert questioned_spans(history.decisions) == EFFECT
        assert describe_step(history.steps[0], TEXT) == "questioned “NSB”: no idea"
        assert store.undo(DOCUMENT)[1].decisions == ()
        assert store.redo(DOCUMENT)[1].decisions == (QUESTIONED,)


def test_a_new_kind_is_anchored_to_its_text(tmp_path: Path) -> None:
    with Store.open(tmp_path / "annotations.db") as store:
        store.append(DOCUMENT, [QUESTIONED])
        (record,) = store.records(DOCUMENT)
        assert json.loads(record.anchor)["quote"] == "NSB"


def test_a_new_kind_is_exported_and_imported(tmp_path: Path) -> None:
    output = io.BytesIO()
    with Store.open(tmp_path / "source.db") as source_store, Store.open(tmp_path / "target.db") as target_store:
        source_store.append(DOCUMENT, [QUESTIONED])
        FORMATS["jsonl"].write([Reading(DOCUMENT, source_store)], output)
        target_store.import_records(READERS["jsonl"].read(io.BytesIO(output.getvalue())))
        assert questioned_spans(target_store.history(DOCUMENT).decisions) == EFFECT


def test_a_new_kind_is_about_the_name_of_its_mention_and_one_document_only() -> None:
    nsb = Name("NSB", "ORG")
    assert last_changes([QUESTIONED], lambda start, _: nsb if start == START else None) == {nsb: 1}
    assert general_forms([QUESTIONED], TEXT, lambda _start, _end: ()) == ()
