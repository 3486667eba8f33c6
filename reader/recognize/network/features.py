"""What the bundled pipeline is told about each token: its form, and which tables of names know it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from spacy.strings import hash_string  # type: ignore[attr-defined]  # compiled, its stubs lack it
from spacy.tokens import Doc, Token
from thinc.api import Model

Ids: TypeAlias = NDArray[np.uint64]
Tables: TypeAlias = Mapping[str, Sequence[str]]
"""Names by what they are names of. A table whose key begins with "word:" holds single words, matched without case."""

FORM_COLUMNS: Final = ("norm", "prefix", "suffix", "shape", "ending")
TABLE_COLUMNS: Final = ("name", "word")
COLUMNS: Final = FORM_COLUMNS + TABLE_COLUMNS
HIDDEN: Final = 0
"""Stands for the form of a word that is hidden."""


class Knowledge:
    """The tables of names, ready for looking up tokens."""

    def __init__(self, names: Mapping[str, int], words: Mapping[str, int], forms: frozenset[int] = frozenset()) -> None:
        """Set the tables.

        Args:
            names: For each name (its tokens with spaces between), the tables that hold it, one bit a table.
            words: The same for single words, lower case.
            forms: Hashes of the word forms that the network has learnt. The form of any other word is hidden from it:
                a hash that it never saw would tell it nothing but noise. Empty: nothing is hidden.
        """
        self.names, self.words, self.forms = dict(names), dict(words), forms
        self._longer: dict[str, list[str]] = {}
        for name in self.names:
            first, space, _ = name.partition(" ")
            if space:
                self._longer.setdefault(first, []).append(name)
        for choices in self._longer.values():
            choices.sort(key=lambda name: -name.count(" "))

    def word(self, text: str) -> int:
        """Return which tables of words hold a word."""
        return self.words.get(text.lower(), 0)

    def mark(self, tokens: Sequence[str]) -> list[int]:
        """Return for each token a number that says which tables hold the name it is part of, and its place in it."""
        marks = [0] * len(tokens)
        place, names, longer = 0, self.names, self._longer
        for index, token in enumerate(tokens):
            if index < place or (token not in names and token not in longer):
                continue
            name = next((name for name in longer.get(token, ()) if _stands(name, tokens, index)), token)
            size, bits = name.count(" ") + 1, names.get(name, 0)
            if size > 1:
                marks[index : index + size] = [bits << 2, *[bits << 2 | 1] * (size - 2), bits << 2 | 2]
            elif bits:
                marks[index] = bits << 2 | 3
            place = index + size
        return marks

    def to_bytes(self) -> bytes:
        """Return the tables as JSON."""
        tables = {"names": self.names, "words": self.words, "forms": sorted(self.forms)}
        return json.dumps(tables, ensure_ascii=False, indent=0).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Knowledge:
        """Read what `to_bytes` wrote."""
        tables = json.loads(data)
        return cls(tables["names"], tables["words"], frozenset(tables.get("forms", ())))


def _stands(name: str, tokens: Sequence[str], index: int) -> bool:
    return " ".join(tokens[index : index + name.count(" ") + 1]) == name


def index_tables(tables: Tables, tokenize: Callable[[str], Sequence[str]]) -> Knowledge:
    """Tokenize tables of names, so that they can be looked up in tokenized text."""
    names: dict[str, int] = {}
    words: dict[str, int] = {}
    for bit, (key, entries) in enumerate(sorted(tables.items())):
        for entry in entries:
            kept, name = (words, entry.lower()) if key.startswith("word:") else (names, " ".join(tokenize(entry)))
            kept[name] = kept.get(name, 0) | 1 << bit
    return Knowledge(names, words)


def token_features(word_dropout: float = 0.0) -> Model[list[Doc], list[Ids]]:
    """Return the layer that turns documents into rows of feature hashes, one column for each of `COLUMNS`."""
    attrs: dict[str, Any] = {"knowledge": Knowledge({}, {}), "word_dropout": word_dropout, "cache": {}}
    return Model("token_features", _forward, attrs=attrs)


def _forward(model: Model[list[Doc], list[Ids]], docs: list[Doc], is_train: bool) -> tuple[list[Ids], Any]:
    knowledge: Knowledge = model.attrs["knowledge"]
    cache: dict[int, tuple[str, tuple[int, ...]]] = model.attrs["cache"]
    dropout: float = model.attrs["word_dropout"]
    if len(cache) > 100_000:
        cache.clear()
    found = []
    for doc in docs:
        rows = np.zeros((len(doc), len(COLUMNS)), dtype=np.uint64)
        if len(doc):
            known = [
                cache.get(orth) or _form(doc[place], knowledge, cache)
                for place, orth in enumerate(doc.to_array("ORTH").tolist())
            ]
            rows[:] = [features for _, features in known]
            rows[:, -2] = knowledge.mark([word for word, _ in known])
            if is_train and dropout:
                rows[np.random.random(len(doc)) < dropout, 0] = HIDDEN
        found.append(rows)
    return found, lambda _: []


def _form(
    token: Token, knowledge: Knowledge, cache: dict[int, tuple[str, tuple[int, ...]]]
) -> tuple[str, tuple[int, ...]]:
    """Return a token's text and features, and keep them: they are the same wherever it stands."""
    word, norm, forms = token.text, token.norm_, knowledge.forms
    features = (
        token.norm if not forms or token.norm in forms else HIDDEN,
        hash_string("p" + norm[:3]),
        hash_string("s" + norm[-3:]),
        token.shape,
        hash_string("e" + word[-2:]),
        0,
        knowledge.word(word),
    )
    cache[token.orth] = word, features
    return cache[token.orth]
