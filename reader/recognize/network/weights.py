"""Store the parameters of a network as a plain NumPy archive in half precision. Loading one executes nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
from thinc.api import Model


def pack(model: Model[Any, Any]) -> bytes:
    """Return the parameters of a network as bytes. Equal parameters give equal bytes."""
    arrays: dict[str, Any] = {}
    for key, node, name in _parameters(model):
        if node.has_param(name):
            array = np.asarray(node.get_param(name))
            arrays[key] = array.astype(np.float16) if array.dtype == np.float32 else array
    archive = BytesIO()
    np.savez(archive, **arrays)
    return archive.getvalue()


def unpack(model: Model[Any, Any], data: bytes) -> None:
    """Set the parameters of a network to those of a network with the same architecture.

    Args:
        model: The network to change.
        data: Bytes that `pack` returned.

    Raises:
        ValueError: The data is damaged or belongs to a network with another architecture.
    """
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            for key, node, name in _parameters(model):
                array = arrays[key]
                node.set_param(name, array.astype(np.float32) if array.dtype == np.float16 else array)
    except (EOFError, KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"the weights are damaged or do not fit the settings of the network: {error}") from error


def _parameters(model: Model[Any, Any]) -> Iterator[tuple[str, Model[Any, Any], str]]:
    """Yield the key in the archive, the layer and the name of each parameter."""
    for number, node in enumerate(model.walk()):
        for name in node.param_names:
            yield f"{number}.{name}", node, name
