"""A terminal reader for documents with named entities and merged aliases.

>>> import reader
>>> reading = reader.read("article.txt")  # doctest: +SKIP
>>> [entity.name for entity in reading.entities]  # doctest: +SKIP
"""

from __future__ import annotations

from reader.lazy import lazy_names

TYPE_CHECKING = False  # not imported: until `reader.__main__` runs, Ctrl+C prints a traceback, and typing loads slowly
if TYPE_CHECKING:
    from reader.collection.collection import Collection
    from reader.reading import Reading, read

__all__ = ["Collection", "Reading", "__version__", "read"]

__version__ = "0.1.0"


__getattr__ = lazy_names(__name__, {"Collection": "collection.collection", "Reading": "reading", "read": "reading"})
