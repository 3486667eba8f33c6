"""Average a network's weights over training: a flatter minimum than the last weights (Izmailov et al., 2018)."""

from __future__ import annotations

from typing import Any, TypeAlias

from thinc.api import Model

Key: TypeAlias = tuple[int, str]


class WeightMean:
    """The mean of a network's weights at several steps of its training."""

    def __init__(self, model: Model[Any, Any]) -> None:
        self._model = model
        self._count = 0
        self.params: dict[Key, Any] = {}
        """The mean weights, as `Model.use_params` takes them; empty before the first `add`."""

    def add(self) -> None:
        """Add the current weights of the network to the mean."""
        self._count += 1
        for node in self._model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    weights, key = node.get_param(name), (node.id, name)
                    if key in self.params:
                        self.params[key] += (weights - self.params[key]) / self._count
                    else:
                        self.params[key] = weights.copy()
