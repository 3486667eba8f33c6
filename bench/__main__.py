"""`python -m bench [NAME…]`: take every measure, or those of some modules; exit code 1 where a budget is broken."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

import bench


def main(names: list[str]) -> int:
    """Print each row as soon as it is measured; a module has a `measure`, which yields rows, or a `main` of its own."""
    kept = True
    for found in pkgutil.iter_modules(bench.__path__):
        if found.name.startswith("_") or (names and found.name not in names):
            continue
        module = import_module(f"bench.{found.name}")
        if hasattr(module, "measure"):
            for row in module.measure():
                print(row, flush=True)
                kept = kept and row.ok
        elif hasattr(module, "main"):
            sys.argv[1:] = []  # the arguments of this program are none of its
            module.main()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
