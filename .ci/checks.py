"""Checks that no linter has: vague names, names that stand for two things, wide pages.

`make lint` runs it from the root of the repository. Exit code 1 and one line for each finding.
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

# A ceiling is lowered when the share has fallen by more than this (percentage points).
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
    """Yield a finding where the share of vague names is above its ceiling, or so far below that the ceiling may fall.

    Counted are the names that a scope binds, each once per scope: parameters, and targets of assignments, loops,
    comprehensions and `with`.

    Args:
        words: Words that say nothing of a value when they are a whole name.
        ceiling: The highest share allowed, in percent.
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
        yield from (f"vague name in {where}" for where in sorted(vague))
        yield f"{share:.2f} % of all names are vague; the ceiling is {ceiling} %"
    elif share < ceiling - SLACK:
        yield f"only {share:.2f} % of all names are vague: lower vague-names-percent in pyproject.toml"


def repeated_module_names() -> Iterator[str]:
    """Yield a finding for each module name that stands twice in the package."""
    paths = defaultdict(list)
    for path, _ in _modules():
        if path.name != "__init__.py":
            paths[path.name].append(str(path.relative_to(ROOT)))
    yield from (f"two modules of one name: {', '.join(same)}" for same in paths.values() if len(same) > 1)


def repeated_class_names() -> Iterator[str]:
    """Yield a finding for each class name that stands twice in the package, private ones included."""
    paths = defaultdict(list)
    for path, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                paths[node.name].append(str(path.relative_to(ROOT)))
    yield from (f"two classes named {name}: {', '.join(same)}" for name, same in paths.items() if len(same) > 1)


def wide_pages() -> Iterator[str]:
    """Yield a finding for each line of a page that is too wide; tables and bare links cannot be wrapped."""
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
    """Yield the names that a scope binds itself, not those of functions within it."""
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
