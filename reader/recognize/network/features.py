"""The features of each token: its form, and the knowledge tables that list it."""

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
"""Lists of names by key. A table whose key begins with "word:" lists single words, which match in any case."""
FeatureCache: TypeAlias = dict[int, tuple[str, tuple[int, ...]]]
"""The text and the features of tokens, by the hash of their text."""

FORM_COLUMNS: Final = ("norm", "prefix", "suffix", "shape", "ending")
TABLE_COLUMNS: Final = ("name", "word")
COLUMNS: Final = FORM_COLUMNS + TABLE_COLUMNS
HIDDEN: Final = 0
"""Replaces the form of a hidden word."""
_CACHE_SIZE: Final = 100_000
"""The cache of features is emptied when it has more tokens."""


class KnowledgeTables:
    """Tables of names and words, indexed for looking up tokens."""

    def __init__(self, names: Mapping[str, int], words: Mapping[str, int], forms: frozenset[int] = frozenset()) -> None:
        """Set the tables.

        Args:
            names: For each name (its tokens, separated by spaces), the tables that list it, one bit per table.
            words: The same for single words in lower case.
            forms: Hashes of the word forms that the network has learned. All other forms are hidden from it, because
                the hash of a form it never saw would only add noise. If empty, no form is hidden.
        """
        self.names, self.words, self.forms = dict(names), dict(words), forms
        self._longer_names: dict[str, list[str]] = {}
        for name in self.names:
            first, space, _ = name.partition(" ")
            if space:
                self._longer_names.setdefault(first, []).append(name)
        for candidates in self._longer_names.values():
            candidates.sort(key=lambda name: -name.count(" "))

    def word_tables(self, word: str) -> int:
        """Return the tables of words that list a word in any case, one bit per table."""
        return self.words.get(word.lower(), 0)

    def name_features(self, tokens: Sequence[str]) -> list[int]:
        """Return a number for each token that encodes the tables that list its name, and its position in the name.

        The number is 0 for tokens outside names in the tables. The longest name wins.
        """
        features = [0] * len(tokens)
        names, longer_names = self.names, self._longer_names
        next_index = 0
        for index, token in enumerate(tokens):
            if index < next_index or (token not in names and token not in longer_names):
                continue
            candidates = longer_names.get(token, ())
            name = next((name for name in candidates if _begins_with(tokens, index, name)), token)
            size, bits = name.count(" ") + 1, names.get(name, 0)
            if size > 1:
                features[index : index + size] = [bits << 2, *[bits << 2 | 1] * (size - 2), bits << 2 | 2]
            elif bits:
                features[index] = bits << 2 | 3
            next_index = index + size
        return features

    def to_bytes(self) -> bytes:
        """Return the tables as JSON."""
        tables = {"names": self.names, "words": self.words, "forms": sorted(self.forms)}
        return json.dumps(tables, ensure_ascii=False, indent=0).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> KnowledgeTables:
        """Return the tables in the bytes that `to_bytes` returned."""
        tables = json.loads(data)
        return cls(tables["names"], tables["words"], frozenset(tables.get("forms", ())))


def _begins_with(tokens: Sequence[str], index: int, name: str) -> bool:
    """Return whether the tokens from an index on begin with a name."""
    return " ".join(tokens[index : index + name.count(" ") + 1]) == name


def index_tables(tables: Tables, tokenize: Callable[[str], Sequence[str]]) -> KnowledgeTables:
    """Tokenize the names in tables so that they can be looked up in tokenized text."""
    names: dict[str, int] = {}
    words: dict[str, int] = {}
    for bit, (key, entries) in enumerate(sorted(tables.items())):
        for entry in entries:
            index, form = (words, entry.lower()) if key.startswith("word:") else (names, " ".join(tokenize(entry)))
            index[form] = index.get(form, 0) | 1 << bit
    return KnowledgeTables(names, words)


def token_features(word_dropout: float = 0.0) -> Model[list[Doc], list[Ids]]:
    """Return the layer that turns documents into rows of feature hashes, one column for each of `COLUMNS`."""
    attrs: dict[str, Any] = {"knowledge": KnowledgeTables({}, {}), "word_dropout": word_dropout, "cache": {}}
    return Model("token_features", _forward, attrs=attrs)


def _forward(model: Model[list[Doc], list[Ids]], docs: list[Doc], is_train: bool) -> tuple[list[Ids], Any]:
    knowledge: KnowledgeTables = model.attrs["knowledge"]
    cache: FeatureCache = model.attrs["cache"]
    dropout: float = model.attrs["word_dropout"]
    if len(cache) > _CACHE_SIZE:
        cache.clear()
    rows_by_doc = []
    for doc in docs:
        rows = np.zeros((len(doc), len(COLUMNS)), dtype=np.uint64)
        if len(doc):
            tokens = [
                cache.get(orth) or _cache_features(doc[index], knowledge, cache)
                for index, orth in enumerate(doc.to_array("ORTH").tolist())
            ]
            rows[:] = [features for _, features in tokens]
            rows[:, -2] = knowledge.name_features([word for word, _ in tokens])
            if is_train and dropout:
                rows[np.random.random(len(doc)) < dropout, 0] = HIDDEN
        rows_by_doc.append(rows)
    return rows_by_doc, lambda _: []


def _cache_features(token: Token, knowledge: KnowledgeTables, cache: FeatureCache) -> tuple[str, tuple[int, ...]]:
    """Return the text and features of a token and cache them: they are the same wherever it occurs."""
    word, norm, forms = token.text, token.norm_, knowledge.forms
    features = (
        token.norm if not forms or token.norm in forms else HIDDEN,
        hash_string("p" + norm[:3]),
        hash_string("s" + norm[-3:]),
        token.shape,
        hash_string("e" + word[-2:]),
        0,
        knowledge.word_tables(word),
    )
    cache[token.orth] = word, features
    return cache[token.orth]
