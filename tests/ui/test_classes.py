"""How classes are built: composed rather than stacked, and without hiding attributes of Textual."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator

import pytest
from textual.dom import DOMNode

DEEPEST = 3
MENDED_TEXTUAL = "reader.ui.textual_internals."
"""The package whose classes stand for a class of Textual, and count as Textual's."""


def classes_of(package: str) -> Iterator[type]:
    root = importlib.import_module(package)
    for module in pkgutil.walk_packages(root.__path__, f"{package}."):
        if not module.name.endswith("__main__"):
            members = vars(importlib.import_module(module.name)).values()
            yield from (member for member in members if inspect.isclass(member) and member.__module__ == module.name)


def test_no_class_has_more_than_two_ancestors_of_ours() -> None:
    for owner in classes_of("reader"):
        if getattr(owner, "_is_protocol", False):
            continue  # a protocol joins what others ask for, and has no code
        modules = [(base.__name__, base.__module__) for base in owner.__mro__]
        ours = [name for name, module in modules if module.startswith("reader.") and MENDED_TEXTUAL not in module]
        assert len(ours) <= DEEPEST, " <- ".join(ours)


def private_attributes(owner: type) -> set[str]:
    """The private names that a class assigns on itself, or defines."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    names = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name):
            names |= {node.attr} if node.value.id == "self" else set()
    return {name for name in names if name.startswith("_") and not name.endswith("__")}


@pytest.mark.parametrize("owner", [owner for owner in classes_of("reader.ui") if issubclass(owner, DOMNode)])
def test_no_private_attribute_hides_one_of_textual(owner: type) -> None:
    if owner.__module__.startswith("reader.ui.textual_internals."):
        return  # hides some on purpose; `test_textual.py` looks after them
    theirs = [base for base in owner.__mro__ if base.__module__.startswith("textual.")]
    hidden = private_attributes(owner) & {name for base in theirs for name in private_attributes(base)}
    assert not hidden
