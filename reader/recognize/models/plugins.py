"""Recognizers from other distributions: the entry points of the group `entity_reader.recognizers`.

The name of an entry point is what the user passes to `--model`. It points to a factory that takes no arguments and
returns a `reader.recognize.Recognizer`. A plug-in is not imported before it is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from reader.recognize.label_mapping import map_label
from reader.recognize.mention import Mention
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.protocol import Recognizer, RecognizerError

GROUP: Final = "entity_reader.recognizers"

_NO_CODE: Final = Path()
"""The code path of a plug-in whose module has no file."""


def plugins() -> list[EntryPoint]:
    """Return the installed plug-ins, sorted by name."""
    return sorted(entry_points(group=GROUP), key=lambda entry_point: entry_point.name)


def find_plugin(name: str) -> EntryPoint | None:
    """Return the plug-in with a name; None if there is none."""
    return next(iter(entry_points(group=GROUP, name=name)), None)


def identify_plugin(entry_point: EntryPoint) -> ModelIdentity:
    """Return the identity of a plug-in without importing it; the fingerprint covers its Python files."""
    distribution = entry_point.dist
    version = distribution.version if distribution is not None else "0"
    digest = hashlib.sha256(f"{entry_point.name}\0{entry_point.value}\0{version}".encode())
    code_path = _code_path(entry_point)
    for path in _python_files(code_path):
        status = path.stat()
        digest.update(f"\n{path.name}\0{status.st_size}\0{status.st_mtime_ns}".encode("utf-8", "surrogatepass"))
    return ModelIdentity(entry_point.name, version, digest.hexdigest(), code_path, plugin=entry_point.name)


def load_plugin(name: str) -> Recognizer:
    """Load a plug-in.

    Raises:
        RecognizerError: The plug-in does not exist, cannot be loaded, or is not a recognizer.
    """
    entry_point = find_plugin(name)
    if entry_point is None:
        raise RecognizerError(f"no plug-in {name}")
    try:
        recognizer = entry_point.load()()
        if not isinstance(recognizer, Recognizer):
            raise TypeError("its factory did not return a recognizer")
        return _CheckedRecognizer(recognizer)
    except RecognizerError:
        raise
    except Exception as error:
        raise RecognizerError(f"cannot load the plug-in {name}: {_first_line(error)}") from error


class _CheckedRecognizer:
    """A plug-in's recognizer whose results are checked against the protocol."""

    def __init__(self, inner: Recognizer) -> None:
        self._inner = inner
        self.name = str(inner.name)
        self.version = str(inner.version)

    def recognize(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """See `Recognizer.recognize`.

        Raises:
            RecognizerError: The plug-in failed or returned something invalid.
        """
        try:
            for text, mentions in zip_longest(texts, self._inner.recognize(texts)):
                if text is None or mentions is None:
                    raise ValueError(f"expected one result for each of {len(texts)} texts")
                yield _without_overlaps([_checked(mention, len(text)) for mention in mentions])
        except RecognizerError:
            raise
        except Exception as error:
            raise RecognizerError(f"the plug-in {self.name} failed: {_first_line(error)}") from error


def _checked(mention: Any, length: int) -> Mention | None:
    """Return a mention with the reader's label for it; None if the label is not for names.

    Raises:
        ValueError: The mention lies outside the text.
    """
    start, end, label, *optional = mention
    start, end = int(start), int(end)
    if not 0 <= start < end <= length:
        raise ValueError(f"a mention at {start}:{end} in a text of {length} code points")
    score = float(optional[1]) if len(optional) > 1 else 1.0
    mapped_label = map_label(str(label))
    return Mention(start, end, mapped_label, "model", min(max(score, 0.0), 1.0)) if mapped_label else None


def _without_overlaps(mentions: Sequence[Mention | None]) -> list[Mention]:
    """Return mentions sorted by start, without any that overlap an earlier one, or a longer one at the same start."""
    disjoint: list[Mention] = []
    for mention in sorted(filter(None, mentions), key=lambda mention: (mention.start, -mention.end)):
        if not disjoint or mention.start >= disjoint[-1].end:
            disjoint.append(mention)
    return disjoint


def _python_files(code_path: Path) -> list[Path]:
    if code_path == _NO_CODE:
        return []
    return sorted(code_path.rglob("*.py")) if code_path.is_dir() else [code_path]


def _code_path(entry_point: EntryPoint) -> Path:
    """Return the folder or file of a plug-in's top-level module."""
    try:
        spec = find_spec(entry_point.module.partition(".")[0])
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        return _NO_CODE
    path = Path(next(iter(spec.submodule_search_locations or ()), spec.origin or ""))
    return path if path.exists() else _NO_CODE


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0].strip() if lines else type(error).__name__)[:200]
