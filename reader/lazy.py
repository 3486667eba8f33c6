"""Imports the public names of a package on first access (PEP 562)."""

from __future__ import annotations

TYPE_CHECKING = False  # as in `reader`, which imports this first
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def lazy_names(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a `__getattr__` for a package that imports its public names on first access.

    Args:
        package: The `__name__` of the package.
        modules: The module inside the package that defines each public name.
    """

    def import_name(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"{package}.{modules[name]}"), name)

    return import_name
