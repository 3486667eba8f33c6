"""The network of the bundled pipeline: hashed features of each token, then convolutions over its neighbours."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.util import registry
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

from reader.recognize.network.decoding import tag_count
from reader.recognize.network.features import token_features

_MIXERS: Final = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
     0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, 0x2545F4914F6CDD1D, 0xA0761D6478BD642F],
    dtype=np.uint64,
)  # fmt: skip


class MatmulOps(NumpyOps):  # type: ignore[misc]  # compiled
    """NumPy operations whose matrix products are NumPy's own: several times faster than thinc's on most machines."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:  # noqa: D102  (as thinc)
        left, right = x.T if trans1 else x, y.T if trans2 else y
        if out is None:
            return np.matmul(left, right)
        np.matmul(left, right, out=out)
        return out


@registry.architectures("reader.NameTagger.v1")  # type: ignore[untyped-decorator]  # untyped there
def name_tagger(
    width: int, depth: int, window: int, pieces: int, rows: list[int], word_dropout: float, towers: int = 1
) -> Model[list[Doc], list[NDArray[np.float32]]]:
    """Return a network that scores the tags of each token: the mean of several networks that were trained apart.

    Args:
        width: Numbers that describe a token between layers.
        depth: Convolution layers.
        window: Neighbors on each side that one convolution sees.
        pieces: Linear pieces of each maxout unit.
        rows: Rows of the table of each feature (see `features.COLUMNS`); 0 leaves the feature out.
        word_dropout: Share of tokens whose form is hidden while training, so that context and tables are learnt too.
        towers: How many networks vote.
    """
    networks = [_tower(width, depth, window, pieces, rows) for _ in range(towers)]
    features = token_features(word_dropout)
    vote: Model[Any, Any] = networks[0] if towers == 1 else mean_of(networks)
    model: Model[list[Doc], list[NDArray[np.float32]]] = chain(features, with_array(vote, pad=depth * window))
    model.set_ref("features", features)
    model.attrs["towers"] = towers
    for number, network in enumerate(networks):
        model.set_ref(f"tower{number}", network)
    return model


def _tower(width: int, depth: int, window: int, pieces: int, rows: list[int]) -> Model[Any, Any]:
    columns = [number for number, size in enumerate(rows) if size]
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, rows[column], column=column, seed=column + 7, dropout=None) for column in columns
    ]
    embed: Model[Any, Any] = chain(
        concatenate(*tables), Maxout(nO=width, nI=width * len(tables), nP=pieces, normalize=True)
    )
    convolve: Model[Any, Any] = chain(
        expand_window(window_size=window),
        Maxout(nO=width, nI=width * (2 * window + 1), nP=pieces, normalize=True, dropout=0.0),
    )
    encode = clone(residual(convolve), depth)
    output: Model[Any, Any] = Linear(nO=None, nI=width, init_W=zero_init)
    tower: Model[Any, Any] = chain(each_row_once(embed), Dropout(0.0), encode, output)
    tower.set_ref("output", output)
    return tower


def voters(model: Model[Any, Any]) -> list[Model[Any, Any]]:
    """Return the networks whose mean the model is."""
    return [model.get_ref(f"tower{number}") for number in range(model.attrs["towers"])]


def set_labels(model: Model[Any, Any], labels: int) -> None:
    """Give a network its tags."""
    for tower in voters(model):
        tower.get_ref("output").set_dim("nO", tag_count(labels))


def mean_of(layers: list[Model[Any, Any]]) -> Model[Any, Any]:
    """Return the layer that calculates the mean of what others calculate."""
    return Model("mean_of", _mean_forward, layers=layers, init=_mean_init)


def _mean_init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: N803  (thinc's names)
    for layer in model.layers:
        layer.initialize(X=X, Y=Y)


def _mean_forward(model: Model[Any, Any], rows: Any, is_train: bool) -> tuple[Any, Any]:
    count = len(model.layers)
    results = [layer(rows, is_train) for layer in model.layers]

    def finish(gradient: Any) -> Any:
        for _, backprop in results:
            backprop(gradient / count)
        return rows

    return sum(result for result, _ in results) / count, finish


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


def _once_init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: N803  (thinc's names)
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
