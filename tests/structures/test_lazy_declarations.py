from __future__ import annotations

import dataclasses
import importlib
import pkgutil

import reader
from reader.structures import lazy_pattern


def test_every_data_class_and_every_pattern_of_the_program_is_valid() -> None:
    classes, patterns = 0, 0
    for module_info in pkgutil.walk_packages(reader.__path__, "reader."):
        if module_info.name.endswith("__main__"):
            continue
        module = importlib.import_module(module_info.name)
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == module.__name__ and dataclasses.is_dataclass(value):
                classes += bool(dataclasses.fields(value))
            elif isinstance(value, lazy_pattern._LazyPattern):
                patterns += value.flags > 0
    assert classes > 100
    assert patterns > 300
