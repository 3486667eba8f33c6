"""Check versions, directories, pipeline, cache and terminal. A check never raises; it reports errors as findings."""

from __future__ import annotations

import locale
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Final

from reader import __version__, directories
from reader.cli.doctor.check import Check, Status, format_size
from reader.display.colors.color_depth import Depth, color_depth
from reader.display.counted import counted

_PACKAGES: Final = (
    "textual", "rich", "spacy", "rapidfuzz", "trafilatura", "lxml_html_clean", "markdown-it-py", "chardet",
    "urllib3", "platformdirs",
)  # fmt: skip
_REINSTALL: Final = "reinstall the program: pip install --force-reinstall entity-reader"
_TEST_SENTENCE: Final = "Angela Merkel met Emmanuel Macron in Paris."
_SMALLEST_SIZE: Final = (40, 10)
"""The smallest terminal in which the app is usable, in cells and lines."""
_COMFORTABLE_SIZE: Final = (80, 24)


def all_checks(model: str | None, *, quick: bool) -> Iterator[Check]:
    """Run every check, and yield each result as soon as it is available.

    Args:
        model: The pipeline to check; None for the one in use.
        quick: Whether to skip loading the pipeline.
    """
    from reader.cli.doctor.settings_checks import settings_checks
    from reader.cli.doctor.store_checks import kept_pages_check, store_checks

    yield from _versions()
    yield from _directories()
    yield from settings_checks()
    yield from _shared_files()
    yield from _own_tables()
    yield from _pipeline(model, quick=quick)
    yield _cache()
    yield from store_checks()
    yield kept_pages_check()
    yield from terminal_checks(os.environ)


def _versions() -> Iterator[Check]:
    yield Check(Status.OK, "reader", __version__)
    supported = (3, 11) <= sys.version_info < (3, 14)
    advice = "" if supported else "tested with Python 3.11 to 3.13"
    yield Check(Status.OK if supported else Status.WARN, "Python", platform.python_version(), advice)
    for name in _PACKAGES:
        try:
            yield Check(Status.OK, name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(Status.FAIL, name, "not installed", _REINSTALL)


def _directories() -> Iterator[Check]:
    for subject, path, variable, status in (
        ("annotations", directories.data_dir(), "READER_DATA_DIR", Status.FAIL),
        ("cache", directories.cache_dir(), "READER_CACHE_DIR", Status.WARN),
    ):
        if _can_write(path):
            yield Check(Status.OK, subject, f"{path}{'' if path.is_dir() else ' (created when needed)'}")
        else:
            yield Check(status, subject, f"{path} cannot be written", f"change its permissions, or set {variable}")
    path = directories.config_dir()
    if not path.exists():
        yield Check(Status.OK, "settings", f"{path} (does not exist; defaults apply)")
    elif os.access(path, os.R_OK | os.X_OK):
        yield Check(Status.OK, "settings", str(path))
    else:
        advice = "change its permissions, or set READER_CONFIG_DIR"
        yield Check(Status.WARN, "settings", f"{path} cannot be read", advice)


def _can_write(path: Path) -> bool:
    """Return whether a folder can be written, or created if it does not exist."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)


def _shared_files() -> Iterator[Check]:
    from reader.library import samples
    from reader.resources import resource_folder

    sheets = len(list(resource_folder("styles").glob("*.tcss")))
    if sheets:
        yield Check(Status.OK, "styles", f"{sheets} in {resource_folder('styles')}")
    else:
        yield Check(Status.FAIL, "styles", f"none in {resource_folder('styles')}", _REINSTALL)
    count = len(samples())
    yield Check(Status.OK, "samples", str(count)) if count else Check(Status.WARN, "samples", "none", _REINSTALL)


def _own_tables() -> Iterator[Check]:
    from reader.names.tables.table_files import problems, user_tables

    if tables := user_tables():
        finding = ", ".join(f"{name} ({counted(count, 'line')})" for name, count in tables)
        yield Check(Status.OK, "own names", finding)
    for problem in problems():
        yield Check(Status.WARN, "own names", str(problem), "correct the line; until then it is ignored")


def _pipeline(model: str | None, *, quick: bool) -> Iterator[Check]:
    import time

    from reader.recognize.models.ancestry import outdated_notice
    from reader.recognize.models.find import identify
    from reader.recognize.protocol import RecognizerError

    advice = "choose another one with --model" if model else _REINSTALL
    try:
        identity = identify(model)
        yield Check(Status.OK, "pipeline", f"{identity.name} {identity.version} in {identity.path}")
        if warning := "" if identity.plugin else outdated_notice(identity.path):
            yield Check(Status.WARN, "pipeline", *warning.split("; ", 1))
        if quick:
            return
        from reader.recognize import load_recognizer

        start = time.perf_counter()
        recognizer = load_recognizer(model)
        seconds = time.perf_counter() - start
        names = sum(map(len, recognizer.recognize([_TEST_SENTENCE])))
    except RecognizerError as error:
        yield Check(Status.FAIL, "pipeline", str(error), advice)
        return
    finding = f"loads in {seconds:.1f} s, finds {counted(names, 'name')} in a test sentence"
    yield Check(Status.OK, "recognition", finding) if names else Check(Status.WARN, "recognition", finding, advice)


def _cache() -> Check:
    folder = directories.cache_dir()
    try:
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    except OSError as error:
        return Check(Status.WARN, "cache size", f"cannot be read: {error.strerror}")
    return Check(Status.OK, "cache size", f"{format_size(sum(sizes))} in {counted(len(sizes), 'file')}; safe to delete")


def terminal_checks(environment: Mapping[str, str]) -> Iterator[Check]:
    """Check the terminal, its colors and its encoding."""
    yield _size()
    term = environment.get("TERM", "")
    if term in {"", "dumb"}:
        yield Check(Status.WARN, "TERM", term or "not set", "the app needs a terminal that can move its cursor")
    else:
        yield Check(Status.OK, "TERM", term)
    yield _colors(environment)
    encoding = locale.getpreferredencoding(do_setlocale=False).lower()
    if encoding.replace("-", "") == "utf8":
        yield Check(Status.OK, "encoding", encoding)
    else:
        yield Check(Status.WARN, "encoding", encoding, "set a UTF-8 locale: export LC_ALL=C.UTF-8")
    if environment.get("TMUX"):
        yield Check(Status.OK, "tmux", "yes; to copy to the clipboard, put `set -g set-clipboard on` in tmux.conf")


def _size() -> Check:
    for descriptor in (1, 2, 0):
        try:
            columns, lines = os.get_terminal_size(descriptor)
        except OSError:
            continue
        size = f"{columns} × {lines}"
        if columns < _SMALLEST_SIZE[0] or lines < _SMALLEST_SIZE[1]:
            return Check(Status.WARN, "terminal", size, "readable, but very small")
        if columns < _COMFORTABLE_SIZE[0] or lines < _COMFORTABLE_SIZE[1]:
            return Check(Status.OK, "terminal", f"{size}; all panes fit side by side from 120 columns")
        return Check(Status.OK, "terminal", size)
    return Check(Status.WARN, "terminal", "none", "the app needs a terminal; `reader show` and other commands do not")


def _colors(environment: Mapping[str, str]) -> Check:
    depth = color_depth("auto", environment)
    if environment.get("NO_COLOR"):
        return Check(Status.OK, "colors", "none, because NO_COLOR is set")
    if depth is Depth.TRUE:
        return Check(Status.OK, "colors", "16 million")
    if depth is Depth.INDEXED:
        advice = "if the terminal has 16 million colors, set COLORTERM=truecolor"
        return Check(Status.OK, "colors", "256", advice if not environment.get("TMUX") else "")
    finding = f"{int(depth) or 'none'} (COLORTERM: {environment.get('COLORTERM') or 'not set'})"
    return Check(Status.WARN, "colors", finding, "labels are easier to tell apart with 256 colors or more")
