"""The network of the bundled pipeline: it embeds hashed features of each token and convolves over its neighbors."""

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

_HASH_MULTIPLIERS: Final = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
     0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, 0x2545F4914F6CDD1D, 0xA0761D6478BD642F],
    dtype=np.uint64,
)  # fmt: skip


class MatmulOps(NumpyOps):  # type: ignore[misc]  # compiled
    """NumPy operations with NumPy's own matrix products, several times faster than thinc's on most machines."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:  # noqa: D102  (documented by thinc)
        first, second = x.T if trans1 else x, y.T if trans2 else y
        if out is None:
            return np.matmul(first, second)
        np.matmul(first, second, out=out)
        return out


@registry.architectures("reader.NameTagger.v1")  # type: ignore[untyped-decorator]  # untyped in spaCy
def name_tagger(
    width: int, depth: int, window: int, pieces: int, rows: list[int], word_dropout: float, towers: int = 1
) -> Model[list[Doc], list[NDArray[np.float32]]]:
    """Return a network that scores the tags of each token: the mean of several networks that are trained separately.

    Args:
        width: The size of the vector of a token between layers.
        depth: The number of convolution layers.
        window: The number of neighbors on each side that one convolution sees.
        pieces: The number of linear pieces of each maxout unit.
        rows: The number of rows in the embedding table of each feature (see `features.COLUMNS`); 0 drops the feature.
        word_dropout: The share of tokens whose form is hidden in training, so that context and tables are learned too.
        towers: The number of networks.
    """
    networks = [_tower(width, depth, window, pieces, rows) for _ in range(towers)]
    features = token_features(word_dropout)
    mean: Model[Any, Any] = networks[0] if towers == 1 else mean_of(networks)
    model: Model[list[Doc], list[NDArray[np.float32]]] = chain(features, with_array(mean, pad=depth * window))
    model.set_ref("features", features)
    model.attrs["towers"] = towers
    for number, network in enumerate(networks):
        model.set_ref(f"tower{number}", network)
    return model


def _tower(width: int, depth: int, window: int, pieces: int, rows: list[int]) -> Model[Any, Any]:
    """Return one of the networks; see `name_tagger` for its arguments."""
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
    tower: Model[Any, Any] = chain(on_unique_rows(embed), Dropout(0.0), encode, output)
    tower.set_ref("output", output)
    return tower


def get_towers(model: Model[Any, Any]) -> list[Model[Any, Any]]:
    """Return the networks of which the model is the mean."""
    return [model.get_ref(f"tower{number}") for number in range(model.attrs["towers"])]


def set_label_count(model: Model[Any, Any], label_count: int) -> None:
    """Set the number of labels of a network, and so its output size."""
    for tower in get_towers(model):
        tower.get_ref("output").set_dim("nO", tag_count(label_count))


def mean_of(layers: list[Model[Any, Any]]) -> Model[Any, Any]:
    """Return a layer whose output is the mean of the outputs of other layers."""
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


def use_numpy_matmul(model: Model[Any, Any]) -> None:
    """Make every layer use NumPy's matrix products in place of thinc's."""
    ops = MatmulOps()
    for node in model.walk():
        if isinstance(node.ops, NumpyOps):
            node.ops = ops


def on_unique_rows(layer: Model[Any, Any]) -> Model[Any, Any]:
    """Return a layer that calls another one on the distinct rows of the input only, to compute equal rows once."""
    return Model(
        "on_unique_rows",
        _unique_forward,
        layers=[layer],
        init=_unique_init,
        dims={"nO": None, "nI": None},
    )


def _unique_init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: N803  (thinc's names)
    model.layers[0].initialize(X=X, Y=Y)


def _unique_forward(model: Model[Any, Any], rows: Any, is_train: bool) -> tuple[Any, Any]:
    keys = (rows * _HASH_MULTIPLIERS[: rows.shape[1]]).sum(axis=1, dtype=np.uint64)
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    unique, backprop = model.layers[0](rows[first], is_train)

    def finish(gradient: Any) -> Any:
        order = np.argsort(inverse, kind="stable")
        starts = np.searchsorted(inverse[order], np.arange(len(first)))
        backprop(np.ascontiguousarray(np.add.reduceat(gradient[order], starts, axis=0)))
        return rows

    return unique[inverse], finish
