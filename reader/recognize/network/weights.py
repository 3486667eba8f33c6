"""The numbers of a network as bytes: a plain NumPy archive in half precision, from which nothing can be executed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
from thinc.api import Model


def pack(model: Model[Any, Any]) -> bytes:
    """Return the parameters of a network; the same bytes for the same parameters."""
    arrays: dict[str, Any] = {}
    for key, node, name in _parameters(model):
        if node.has_param(name):
            array = np.asarray(node.get_param(name))
            arrays[key] = array.astype(np.float16) if array.dtype == np.float32 else array
    packed = BytesIO()
    np.savez(packed, **arrays)
    return packed.getvalue()


def unpack(model: Model[Any, Any], data: bytes) -> None:
    """Set the parameters of a network of the same build.

    Raises:
        ValueError: The bytes are damaged or those of another network.
    """
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            for key, node, name in _parameters(model):
                array = arrays[key]
                node.set_param(name, array.astype(np.float32) if array.dtype == np.float16 else array)
    except (EOFError, KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"the weights are damaged or do not fit their settings: {error}") from error


def _parameters(model: Model[Any, Any]) -> Iterator[tuple[str, Model[Any, Any], str]]:
    for number, node in enumerate(model.walk()):
        for name in node.param_names:
            yield f"{number}.{name}", node, name
