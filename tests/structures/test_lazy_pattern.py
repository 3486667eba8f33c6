from __future__ import annotations

import copy
import pickle
import re

import pytest

from reader.structures.lazy_pattern import lazy_pattern


def test_a_pattern_matches_as_a_compiled_one() -> None:
    pattern = lazy_pattern(r"(?P<word>[a-z]+)", re.IGNORECASE)
    match = pattern.search("12 Abc")
    assert match is not None
    assert (match["word"], pattern.sub("-", "a1b"), pattern.groups) == ("Abc", "-1-", 1)
    assert (pattern.pattern, bool(pattern.flags & re.IGNORECASE)) == (r"(?P<word>[a-z]+)", True)
    assert lazy_pattern(rb"\d").findall(b"a1b2") == [b"1", b"2"]


def test_a_pattern_is_compiled_at_its_first_use() -> None:
    pattern = lazy_pattern("(")
    with pytest.raises(re.error):
        pattern.search("a")


def test_a_pattern_can_be_copied_and_pickled() -> None:
    pattern = lazy_pattern("a+")
    for twin in (copy.copy(pattern), copy.deepcopy(pattern), pickle.loads(pickle.dumps(pattern))):
        assert twin.fullmatch("aaa")
    assert pattern.search("a")
    assert copy.copy(pattern).search("a")


def test_what_a_pattern_does_not_have_is_an_error() -> None:
    with pytest.raises(AttributeError):
        lazy_pattern("a").length  # type: ignore[attr-defined]  # noqa: B018 - that is what is tested
