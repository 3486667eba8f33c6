"""A terminal reader that shows a text with its named entities, their aliases merged.

>>> import reader
>>> reading = reader.read("article.txt")  # doctest: +SKIP
>>> [entity.name for entity in reading.entities]  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.reading import Reading, read

__all__ = ["Reading", "__version__", "read"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Resolve the public names late, so that `import reader` alone costs nothing."""
    if name in {"Reading", "read"}:
        from reader import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
