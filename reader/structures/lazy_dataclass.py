"""Data classes whose methods are generated when they are first used.

`dataclasses.dataclass` compiles up to seven methods as soon as a class is defined. That takes 0.3 to 0.7 ms, 40 ms for
the classes that the app imports before it shows a text, and most of them are not used by then. The decorator of this
module makes the same classes. It compiles `__init__` for the first instance, which takes a sixth of that time;
`dataclasses` generates the other methods when one of them is first looked up.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # what type checkers see
else:

    def dataclass(declared: type | None = None, /, **options: bool) -> type | Callable[[type], type]:
        """Return a data class, or a decorator that makes one, with the options of `dataclasses.dataclass`."""
        return _lazy_class(declared, options) if declared else lambda declared: _lazy_class(declared, options)


_ALWAYS: Final = ("__init__", "__repr__", "__match_args__", "__dataclass_fields__", "__dataclass_params__")
_IF_ORDERED: Final = ("__lt__", "__le__", "__gt__", "__ge__")
_IF_FROZEN: Final = ("__setattr__", "__delattr__")
_IF_FROZEN_WITH_SLOTS: Final = ("__getstate__", "__setstate__")
_MISSING: Final = dataclasses.MISSING
_lock: Final = RLock()
"""Held while methods are generated: a class is completed once, and other threads wait for it."""


class _Generated:
    """Stands for an attribute that is not generated yet. Looking it up generates it."""

    def __init__(self, name: str, generate: Callable[[], None]) -> None:
        self._name = name
        self._generate = generate

    def __get__(self, instance: object, owner: type) -> Any:
        self._generate()
        return getattr(owner if instance is None else instance, self._name)


def _lazy_class(declared: type, options: Mapping[str, bool]) -> type:
    """Return a class with the fields of a declared class. Its methods are generated from that one."""

    def generate() -> None:
        with _lock:
            if not isinstance(vars(lazy)["__dataclass_fields__"], _Generated):
                return  # another thread was first
            for name, value in vars(dataclasses.dataclass(**options)(declared)).items():
                if isinstance(vars(lazy).get(name, value), _Generated) or name not in vars(lazy):
                    setattr(lazy, name, value)

    def generate_init() -> None:
        with _lock:
            if isinstance(vars(lazy)["__init__"], _Generated):
                lazy.__init__ = _compiled_init(declared, fields, options)  # type: ignore[misc]  # takes the place of the stand-in

    written = dict(vars(declared))
    fields = [name for name, annotation in written.get("__annotations__", {}).items() if not _is_class_wide(annotation)]
    namespace = {name: value for name, value in written.items() if name not in {*fields, "__dict__", "__weakref__"}}
    if namespace.get("__hash__", ...) is None:
        del namespace["__hash__"]  # not written: Python adds it to a class with `__eq__`
    if options.get("slots"):
        inherited = {slot for base in declared.__mro__[1:] for slot in vars(base).get("__slots__", ())}
        namespace["__slots__"] = tuple(name for name in fields if name not in inherited)
    namespace["__qualname__"] = declared.__qualname__
    if "__init__" not in namespace and _is_simple(declared, fields, options):
        namespace["__init__"] = _Generated("__init__", generate_init)
    for name in _generated_names(**options):
        namespace.setdefault(name, _Generated(name, generate))
    lazy = type(declared)(declared.__name__, declared.__bases__, namespace)
    return lazy


def _is_simple(declared: type, fields: Sequence[str], options: Mapping[str, bool]) -> bool:
    """Return whether `_compiled_init` knows all that a class declares: it inherits no fields, and has plain ones."""
    return (
        not any("__dataclass_fields__" in vars(base) for base in declared.__mro__[1:])
        and not {"init", "kw_only"} & options.keys()
        and not any(_is_special(declared.__annotations__[name], vars(declared).get(name)) for name in fields)
    )


def _is_special(annotation: object, default: object) -> bool:
    """Return whether a field is no plain one: an argument that is not kept, or one that is given by name only."""
    is_marker = str(annotation).removeprefix("dataclasses.").startswith(("InitVar", "KW_ONLY"))
    return is_marker or (isinstance(default, dataclasses.Field) and default.kw_only is True)


def _compiled_init(declared: type, fields: Sequence[str], options: Mapping[str, bool]) -> Callable[..., None]:
    """Return the `__init__` that `dataclasses` generates for a class."""
    statement = "_set(self, {name!r}, {value})" if options.get("frozen") else "self.{name} = {value}"
    values: dict[str, Any] = {"_set": object.__setattr__, "_missing": _MISSING}
    arguments, statements = ["self"], []
    for name in fields:
        default: Any = vars(declared).get(name, _MISSING)
        factory: Any = _MISSING
        is_argument = True
        if isinstance(default, dataclasses.Field):
            default, factory, is_argument = default.default, default.default_factory, default.init
        value = name if is_argument else f"_default_{name}"
        if default is not _MISSING:
            values[f"_default_{name}"] = default
            arguments += [f"{name}=_default_{name}"] * is_argument
        elif factory is not _MISSING:
            values[f"_new_{name}"] = factory
            value = f"{name} if {name} is not _missing else _new_{name}()" if is_argument else f"_new_{name}()"
            arguments += [f"{name}=_missing"] * is_argument
        elif is_argument:
            arguments.append(name)
        else:
            continue
        statements.append(statement.format(name=name, value=value))
    statements += ["self.__post_init__()"] * hasattr(declared, "__post_init__")
    exec(f"def __init__({', '.join(arguments)}):\n " + "\n ".join(statements or ["pass"]), values)
    compiled: Callable[..., None] = values["__init__"]
    compiled.__qualname__ = f"{declared.__qualname__}.__init__"
    return compiled


def _generated_names(
    *, slots: bool = False, eq: bool = True, order: bool = False, frozen: bool = False, **_: bool
) -> tuple[str, ...]:
    """Return the attributes that `dataclasses` adds to a class unless it has them."""
    comparing = (("__eq__",) if eq else ()) + (_IF_ORDERED if order else ())
    freezing = _IF_FROZEN + (("__hash__",) if eq else ()) + (_IF_FROZEN_WITH_SLOTS if slots else ()) if frozen else ()
    return _ALWAYS + comparing + freezing


def _is_class_wide(annotation: object) -> bool:
    """Return whether an annotation is that of a variable of the class, which is no field."""
    return str(annotation).removeprefix("typing.").startswith("ClassVar")
