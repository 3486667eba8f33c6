"""Random decisions of every kind for property tests, about one short text, so that they affect each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, Final, get_type_hints

from hypothesis import strategies as st

from reader.annotate import Decision
from reader.annotate.decisions import KINDS, BookmarkLetter, Filled, Score, SearchableName, SpanDecision
from reader.annotate.decisions.appearances import Appearance
from reader.document import Document
from reader.resolve import Name

TEXT = "The North Sea Board (NSB) met Ada Quill. Quill left the NSB; Ada  Quill\nsaid the Board was no Board."
DOCUMENT = Document(TEXT, (), "A meeting", "meeting.txt", file_digest="sha256:00")

names = st.builds(
    Name, st.sampled_from(["NSB", "Board", "Quill", "Ada Quill", "Sea"]), st.sampled_from(["ORG", "PERSON", "GPE"])
)
name_groups = st.lists(names, min_size=1, max_size=3).map(tuple)
appearances = st.builds(
    Appearance, st.sampled_from(["sha256:00", "sha256:01"]), st.sampled_from(["", "A\nmeeting"]), names
)
labels = st.sampled_from(["ORG", "PERSON", "GPE"])


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, len(TEXT) - 1))
    return start, draw(st.integers(start + 1, min(start + 12, len(TEXT))))


_BY_NAME: Final[dict[str, st.SearchStrategy[Any]]] = {
    "label": labels,
    "preferred": st.sampled_from(["", "NSB", "Quill"]),
    "orphan": st.just("0" * 32),
}
"""Values of the fields that need particular ones."""
_BY_TYPE: Final[dict[Any, st.SearchStrategy[Any]]] = {
    Filled: st.sampled_from(["NSB", "The Board"]),
    BookmarkLetter: st.sampled_from(["a", "B", "7"]),
    str: st.sampled_from(["", "Two\nlines, the *second* strong", "\x1b[2J\ud800 東京 “x”"]),
    Name: names,
    SearchableName: names,
    tuple[Name, ...]: name_groups,
    tuple[Appearance, ...]: st.lists(appearances, min_size=1, max_size=3).map(tuple),
    tuple[Filled, ...]: st.lists(st.sampled_from(["key", "source", "to-check"]), max_size=2, unique=True).map(tuple),
    bool: st.booleans(),
    Score: st.sampled_from([0.0, 0.82]),
}
"""Values of all other fields, by the type with which `reader.annotate.decisions` declares them."""


def decisions_of(kind: type[Decision]) -> st.SearchStrategy[Decision]:
    """Return decisions of one kind.

    Raises:
        TypeError: A field has a type without values in `_BY_TYPE`. No kind goes untested.
    """
    types = get_type_hints(kind, include_extras=True)
    build: Callable[..., Decision] = kind
    field_names = [field.name for field in fields(kind)]
    values = {name: _values(kind, name, types[name]) for name in field_names if name not in {"start", "end"}}
    if not issubclass(kind, SpanDecision):
        return st.builds(build, **values)
    return st.builds(
        lambda span, fields: build(start=span[0], end=span[1], **fields), spans(), st.fixed_dictionaries(values)
    )


def _values(kind: type[Decision], name: str, field_type: Any) -> st.SearchStrategy[Any]:
    values = _BY_NAME.get(name, _BY_TYPE.get(field_type))
    if values is None:
        raise TypeError(f"add values for {kind.__name__}.{name}, a {field_type}, to _BY_TYPE in {__file__}")
    return values


about_spans: st.SearchStrategy[Decision] = st.one_of(
    [decisions_of(kind) for kind in KINDS.values() if issubclass(kind, SpanDecision)]
)
about_names: st.SearchStrategy[Decision] = st.one_of(
    [decisions_of(kind) for kind in KINDS.values() if not issubclass(kind, SpanDecision)]
)
decisions: st.SearchStrategy[Decision] = st.one_of(about_names, about_spans)
