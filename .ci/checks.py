"""Checks that linters do not offer: vague names, repeated names, long lines in the documentation.

`make lint` runs this script. It prints one line per finding and exits with code 1 if there are any.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "reader"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/*.md"))]
PAGE_WIDTH = 120

# When the share is lower than the ceiling by more than this, the ceiling must be lowered (percentage points).
SLACK = 0.2

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = Function | ast.Lambda | ast.Module


def main() -> int:
    """Print every finding; return the exit code."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)["tool"]["reader-checks"]
    findings = [
        *vague_names(frozenset(settings["vague-names"].split()), settings["vague-names-percent"]),
        *repeated_module_names(),
        *repeated_class_names(),
        *wide_pages(),
    ]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


def vague_names(words: frozenset[str], ceiling: float) -> Iterator[str]:
    """Yield findings if the share of vague names is above its ceiling, or so low that the ceiling can be lowered.

    Counts each name once per scope that binds it: parameters, and targets of assignments, loops, comprehensions and
    `with`.

    Args:
        words: Words that say nothing about a value when used alone as a name.
        ceiling: The maximum share, in percent.
    """
    total, vague = 0, Counter[str]()
    for path, tree in _modules():
        for scope in ast.walk(tree):
            if isinstance(scope, Scope):
                names = {name.strip("_") for name in _bound_names(scope)} - {""}
                total += len(names)
                vague.update(f"{path.relative_to(ROOT)}: {name}" for name in names if name.lower() in words)
    share = 100 * vague.total() / total
    print(f"vague names: {vague.total()} of {total} ({share:.2f} %, ceiling {ceiling} %)")
    if share > ceiling:
        yield from (f"vague name in {occurrence}" for occurrence in sorted(vague))
        yield f"{share:.2f} % of all names are vague; the ceiling is {ceiling} %"
    elif share < ceiling - SLACK:
        yield f"only {share:.2f} % of all names are vague: lower vague-names-percent in pyproject.toml"


def repeated_module_names() -> Iterator[str]:
    """Yield a finding for each module name that occurs more than once in the package."""
    paths = defaultdict(list)
    for path, _ in _modules():
        if path.name != "__init__.py":
            paths[path.name].append(str(path.relative_to(ROOT)))
    yield from (
        f"several modules have the same name: {', '.join(duplicates)}"
        for duplicates in paths.values()
        if len(duplicates) > 1
    )


def repeated_class_names() -> Iterator[str]:
    """Yield a finding for each class name that occurs more than once in the package, including private ones."""
    paths = defaultdict(list)
    for path, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                paths[node.name].append(str(path.relative_to(ROOT)))
    yield from (
        f"several classes are named {name}: {', '.join(duplicates)}"
        for name, duplicates in paths.items()
        if len(duplicates) > 1
    )


def wide_pages() -> Iterator[str]:
    """Yield a finding for each line of a page that is too long. Tables and bare links cannot be wrapped."""
    for path in PAGES:
        if not path.exists():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > PAGE_WIDTH and not line.startswith("|") and " " in line.strip():
                yield f"{path.relative_to(ROOT)}:{number}: {len(line)} columns, at most {PAGE_WIDTH}"


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _bound_names(scope: Scope) -> Iterator[str]:
    """Yield the names that a scope binds, without those of nested functions."""
    if isinstance(scope, Function | ast.Lambda):
        arguments = scope.args
        parameters = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        yield from (parameter.arg for parameter in parameters if parameter.arg not in {"self", "cls"})
    pending = list(ast.iter_child_nodes(scope))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        if not isinstance(node, Scope):
            pending.extend(ast.iter_child_nodes(node))


if __name__ == "__main__":
    sys.exit(main())
