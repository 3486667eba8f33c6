from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.recognize import LABELS, Mention
from reader.recognize.process.mention_codec import pack, unpack

MENTIONS = st.lists(
    st.builds(
        lambda start, length, label, origin, score: Mention(start, start + length, label, origin, score / 1000),
        st.integers(0, 900),
        st.integers(1, 100),
        st.sampled_from(LABELS),
        st.sampled_from(["model", "rule", "propagated", "user"]),
        st.integers(0, 1000),
    )
)


@given(MENTIONS)
def test_packed_mentions_are_unpacked_again(mentions: list[Mention]) -> None:
    assert unpack(json.loads(json.dumps(pack(mentions))), 1000) == mentions


@pytest.mark.parametrize(
    "change",
    [
        {"lengths": [0]},
        {"lengths": [99]},
        {"lengths": []},
        {"steps": [-1]},
        {"labels": ["<b>"]},
        {"label": [7]},
        {"score": None},
    ],
)
def test_invalid_fields_are_refused(change: dict[str, Any]) -> None:
    packed = pack([Mention(0, 3, "ORG")]) | change
    with pytest.raises(ValueError, match=r"."):
        unpack(packed, 10)


@pytest.mark.parametrize("value", [None, [], {}, "x", {"steps": 1}])
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not packed mentions"):
        unpack(value, 10)
