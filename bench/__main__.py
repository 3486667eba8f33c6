"""`python -m bench [NAME…]`: run all measurements, or those of some modules; exit code 1 if a budget is exceeded.

Options after a name go to its module, if it takes any: `python -m bench fuzz --runs 100`.
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from itertools import takewhile

import bench


def main(arguments: list[str]) -> int:
    """Print each row as soon as it is measured.

    A module of measurements has a function `measure`, which yields rows, or a function `main`.
    """
    names = list(takewhile(lambda argument: not argument.startswith("-"), arguments))
    options = arguments[len(names) :]
    within_budget = True
    for module_info in pkgutil.iter_modules(bench.__path__):
        if module_info.name.startswith("_") or (names and module_info.name not in names):
            continue
        module = import_module(f"bench.{module_info.name}")
        if hasattr(module, "measure"):
            for row in module.measure():
                print(row, flush=True)
                within_budget = within_budget and row.ok
        elif hasattr(module, "main"):
            sys.argv[1:] = options
            within_budget = not module.main() and within_budget
    return 0 if within_budget else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
