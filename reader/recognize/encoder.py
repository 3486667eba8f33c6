"""The network of the bundled pipeline: hashed features of each token, then convolutions over its neighbours."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy import registry
from spacy.tokens import Doc
from thinc.api import (
    Dropout,
    HashEmbed,
    Linear,
    Maxout,
    Model,
    NumpyOps,
    chain,
    clone,
    concatenate,
    expand_window,
    residual,
    with_array,
)
from thinc.initializers import zero_init

from reader.recognize.decoding import tag_count
from reader.recognize.features import token_features

_MIXERS: Final = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
     0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, 0x2545F4914F6CDD1D, 0xA0761D6478BD642F],
    dtype=np.uint64,
)  # fmt: skip


class MatmulOps(NumpyOps):
    """NumPy operations whose matrix products are NumPy's own: several times faster than thinc's on most machines."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:  # noqa: D102
        left, right = x.T if trans1 else x, y.T if trans2 else y
        if out is None:
            return np.matmul(left, right)
        np.matmul(left, right, out=out)
        return out


@registry.architectures("reader.NameTagger.v1")
def name_tagger(
    width: int, depth: int, window: int, pieces: int, rows: list[int], word_dropout: float
) -> Model[list[Doc], list[NDArray[np.float32]]]:
    """Return a network that scores the tags of each token.

    Args:
        width: Numbers that describe a token between layers.
        depth: Convolution layers.
        window: Neighbours on each side that one convolution sees.
        pieces: Linear pieces of each maxout unit.
        rows: Rows of the table of each feature (see `reader.recognize.features.COLUMNS`); 0 leaves the feature out.
        word_dropout: Share of tokens whose form is hidden while training, so that context and tables are learnt too.
    """
    columns = [number for number, size in enumerate(rows) if size]
    tables = [HashEmbed(width, rows[column], column=column, seed=column + 7, dropout=None) for column in columns]
    embed = chain(concatenate(*tables), Maxout(nO=width, nI=width * len(tables), nP=pieces, normalize=True))
    convolve = chain(
        expand_window(window_size=window),
        Maxout(nO=width, nI=width * (2 * window + 1), nP=pieces, normalize=True, dropout=0.0),
    )
    encode = clone(residual(convolve), depth) if depth else Dropout(0.0)
    output: Model[Any, Any] = Linear(nO=None, nI=width, init_W=zero_init)
    features = token_features(word_dropout)
    layers = chain(each_row_once(embed), Dropout(0.0), encode, output)
    model: Model[list[Doc], list[NDArray[np.float32]]] = chain(features, with_array(layers, pad=depth * window))
    model.set_ref("features", features)
    model.set_ref("output", output)
    return model


def set_labels(model: Model[Any, Any], labels: int) -> None:
    """Give an uninitialized network its tags, and make it calculate fast."""
    model.get_ref("output").set_dim("nO", tag_count(labels))


def use_fast_products(model: Model[Any, Any]) -> None:
    """Let every layer use NumPy's matrix products where it would use thinc's."""
    ops = MatmulOps()
    for node in model.walk():
        if isinstance(node.ops, NumpyOps):
            node.ops = ops


def each_row_once(layer: Model[Any, Any]) -> Model[Any, Any]:
    """Wrap a layer so that equal rows of its input are calculated once."""
    return Model(
        "each_row_once",
        _once_forward,
        layers=[layer],
        init=_once_init,
        dims={"nO": None, "nI": None},
    )


def _once_init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: N803
    model.layers[0].initialize(X=X, Y=Y)


def _once_forward(model: Model[Any, Any], rows: Any, is_train: bool) -> tuple[Any, Any]:
    keys = (rows * _MIXERS[: rows.shape[1]]).sum(axis=1, dtype=np.uint64)
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    unique, backprop = model.layers[0](rows[first], is_train)

    def finish(gradient: Any) -> Any:
        order = np.argsort(inverse, kind="stable")
        starts = np.searchsorted(inverse[order], np.arange(len(first)))
        backprop(np.ascontiguousarray(np.add.reduceat(gradient[order], starts, axis=0)))
        return rows

    return unique[inverse], finish
