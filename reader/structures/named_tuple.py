"""Named tuples that are made without a look at the types of their fields.

`typing.NamedTuple` compiles the annotation of every field, which nothing here reads: a class of five fields takes 0.26
ms, and 0.08 ms without. The app defines some fifty such classes before it shows a text.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # what type checkers see
else:
    _OWN = frozenset(("__module__", "__qualname__", "__annotations__", "__classcell__"))

    class _NamedTupleType(type):
        """The type of `NamedTuple`: makes a class with annotated fields a named tuple."""

        def __new__(mcs, name: str, bases: tuple[type, ...], declared: dict[str, object]) -> type:
            if not bases:
                return super().__new__(mcs, name, bases, declared)
            fields = declared.get("__annotations__", {})
            defaults = [declared[field] for field in fields if field in declared]
            if any(field in declared for field in [*fields][: len(fields) - len(defaults)]):
                raise TypeError(f"a field without a default follows one with a default in {name}")
            made = namedtuple(name, fields, defaults=defaults, module=declared["__module__"])  # as typing does
            made.__annotations__ = fields
            made.__qualname__ = declared["__qualname__"]
            for attribute, value in declared.items():
                if attribute not in fields and attribute not in _OWN:
                    setattr(made, attribute, value)
            return made

    class NamedTuple(metaclass=_NamedTupleType):
        """What `typing.NamedTuple` is: the base in the declaration of a named tuple."""
