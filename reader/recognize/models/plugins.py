"""Recognizers that other distributions bring: the entry points of the group `entity_reader.recognizers`.

An entry point's name is what the user says to `--model`; it leads to a factory: called without arguments, it returns a
`reader.recognize.Recognizer`. Nothing of a plug-in is imported until it is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from reader.recognize.label_mapping import own_label
from reader.recognize.mention import Mention
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.protocol import Recognizer, RecognizerError

GROUP: Final = "entity_reader.recognizers"

_NOWHERE: Final = Path()
"""The home of a plug-in that is in no file."""


def plugins() -> list[EntryPoint]:
    """Return the installed plug-ins, by name."""
    return sorted(entry_points(group=GROUP), key=lambda point: point.name)


def find_plugin(name: str) -> EntryPoint | None:
    """Return the plug-in of a name, None where there is none."""
    return next(iter(entry_points(group=GROUP, name=name)), None)


def identify_plugin(point: EntryPoint) -> ModelIdentity:
    """Return what is known of a plug-in without importing it; its files count as what its answers depend on."""
    distribution = point.dist
    version = distribution.version if distribution is not None else "0"
    digest = hashlib.sha256(f"{point.name}\0{point.value}\0{version}".encode())
    home = _home(point)
    for path in _sources(home):
        status = path.stat()
        digest.update(f"\n{path.name}\0{status.st_size}\0{status.st_mtime_ns}".encode("utf-8", "surrogatepass"))
    return ModelIdentity(point.name, version, digest.hexdigest(), home, plugin=point.name)


def load_plugin(name: str) -> Recognizer:
    """Load a plug-in.

    Raises:
        RecognizerError: It is gone, cannot be loaded, or is no recognizer.
    """
    point = find_plugin(name)
    if point is None:
        raise RecognizerError(f"no plug-in {name}")
    try:
        inner = point.load()()
        if not isinstance(inner, Recognizer):
            raise TypeError("its factory returned no recognizer")
        return _Checked(inner)
    except RecognizerError:
        raise
    except Exception as error:
        raise RecognizerError(f"cannot load the plug-in {name}: {_line(error)}") from error


class _Checked:
    """A recognizer of somebody else's: what it answers is what the protocol promises, or an error that says so."""

    def __init__(self, inner: Recognizer) -> None:
        self._inner = inner
        self.name = str(inner.name)
        self.version = str(inner.version)

    def recognize(self, texts: Sequence[str]) -> Iterator[list[Mention]]:
        """See `Recognizer.recognize`.

        Raises:
            RecognizerError: It failed, or its answer makes no sense.
        """
        try:
            for text, found in zip_longest(texts, self._inner.recognize(texts)):
                if text is None or found is None:
                    raise ValueError(f"as many answers as texts were expected: {len(texts)}")
                yield _ordered([_checked(each, len(text)) for each in found])
        except RecognizerError:
            raise
        except Exception as error:
            raise RecognizerError(f"the plug-in {self.name} failed: {_line(error)}") from error


def _checked(mention: Any, length: int) -> Mention | None:
    """Return a mention with our label, None where the label is none of a name.

    Raises:
        ValueError: It lies outside of the text.
    """
    start, end, label, *rest = mention
    start, end = int(start), int(end)
    if not 0 <= start < end <= length:
        raise ValueError(f"a mention at {start}:{end} of a text of {length}")
    score = float(rest[1]) if len(rest) > 1 else 1.0
    ours = own_label(str(label))
    return Mention(start, end, ours, "model", min(max(score, 0.0), 1.0)) if ours else None


def _ordered(mentions: Sequence[Mention | None]) -> list[Mention]:
    """Return mentions in order of place, of two that overlap the longer one."""
    kept: list[Mention] = []
    for mention in sorted((each for each in mentions if each), key=lambda each: (each.start, -each.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _sources(home: Path) -> list[Path]:
    if home == _NOWHERE:
        return []
    return sorted(home.rglob("*.py")) if home.is_dir() else [home]


def _home(point: EntryPoint) -> Path:
    """Return the folder or file that a plug-in's top-level module stands in."""
    try:
        spec = find_spec(point.module.partition(".")[0])
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        return _NOWHERE
    home = Path(next(iter(spec.submodule_search_locations or ()), spec.origin or ""))
    return home if home.exists() else _NOWHERE


def _line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0].strip() if lines else type(error).__name__)[:200]
