"""Regular expressions that are compiled when they are first used.

Compiling the patterns of a module takes 0.1 to 25 ms, when the module is imported, although many are never used: those
of a format or a language that the document does not have.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, Generic, cast


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, or rather what becomes it when one of its methods is first used."""
    return cast("re.Pattern[AnyStr]", _LazyPattern(pattern, flags))


class _LazyPattern(Generic[AnyStr]):
    """Has the attributes of a compiled pattern, each from its first use on."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # Python asks for such names when it copies an object
        attribute = getattr(self._compiled, name)
        setattr(self, name, attribute)  # the next time, Python finds it without calling this method
        return attribute
