"""The mean of a network's weights along its way: flatter than where the way ends (Izmailov et al., 2018)."""

from __future__ import annotations

from typing import Any, TypeAlias

from thinc.api import Model

Key: TypeAlias = tuple[int, str]


class WeightMean:
    """The mean of the weights that a network had at several times."""

    def __init__(self, model: Model[Any, Any]) -> None:
        self._model = model
        self._count = 0
        self.params: dict[Key, Any] = {}
        """What `Model.use_params` takes; empty before anything was added."""

    def add(self) -> None:
        """Add the weights that the network has now."""
        self._count += 1
        for node in self._model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    now, key = node.get_param(name), (node.id, name)
                    if key in self.params:
                        self.params[key] += (now - self.params[key]) / self._count
                    else:
                        self.params[key] = now.copy()
