"""The watchlists that the user added: one file each in the data directory, replaced atomically."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from reader.collection.watchlists.list_files import read_list
from reader.collection.watchlists.watchlist import ListedEntity, ListSummary, Watchlist, WatchlistError
from reader.directories import data_dir
from reader.exchange.atomic_files import atomic_writer
from reader.structures.garbage_pause import garbage_collection_paused
from reader.structures.lazy_pattern import lazy_pattern

ListT = TypeVar("ListT")
_NAME: Final = lazy_pattern(r"\w[\w.-]{0,63}")
_SUFFIX: Final = ".jsonl"
_VERSION: Final = 1


def add_list(name: str, path: Path) -> Watchlist:
    """Read a file and keep it as a watchlist, in place of an earlier one with this name.

    Raises:
        WatchlistError: The name is not usable, or the file cannot be read or the list be kept.
    """
    target = _path_of(name)
    watchlist = read_list(path, name)
    added = datetime.now(UTC).isoformat(timespec="seconds")
    header = {
        "watchlist": _VERSION,
        "name": name,
        "source": watchlist.source,
        "added": added,
        "entries": len(watchlist.entities),
        "names": watchlist.name_count,
    }
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with atomic_writer(target) as out:
            out.write(_line(header))
            for entity in watchlist.entities:
                value = {"id": entity.id, "name": entity.name, "aliases": entity.aliases, "type": entity.type}
                out.write(_line(value))
    except OSError as error:
        raise WatchlistError(f"cannot keep the watchlist {name}: {error.strerror or error}") from None
    return Watchlist(name, watchlist.entities, watchlist.source, added, watchlist.skipped)


def saved_names() -> tuple[str, ...]:
    """Return the names of the watchlists, sorted."""
    return tuple(sorted(path.stem for path in _directory().glob(f"*{_SUFFIX}") if _NAME.fullmatch(path.stem)))


def load_list(name: str) -> Watchlist:
    """Return a watchlist.

    Raises:
        WatchlistError: There is none with this name, or its file is damaged.
    """
    path = _path_of(name)
    with _reading_errors(name):
        lines = path.read_text("utf-8").split("\n")
        header = _header(lines[0], name)
        with garbage_collection_paused():
            entities = tuple(
                ListedEntity(value["id"], value["name"], tuple(value["aliases"]), value["type"])
                for value in map(json.loads, filter(None, lines[1:]))
            )
        return Watchlist(name, entities, header["source"], header["added"])


def summarize_list(name: str) -> ListSummary:
    """Return what the first line of a watchlist says of it: a long list takes no longer than a short one.

    Raises:
        WatchlistError: There is none with this name, or its file is damaged as far as that line tells.
    """
    path = _path_of(name)
    with _reading_errors(name):
        with path.open(encoding="utf-8") as lines:
            header = _header(lines.readline(), name)
        if "entries" not in header:  # as written by earlier versions
            watchlist = load_list(name)
            header |= {"entries": len(watchlist.entities), "names": watchlist.name_count}
        return ListSummary(name, header["source"], header["added"], int(header["entries"]), int(header["names"]))


def summarize_lists() -> tuple[list[ListSummary], list[str]]:
    """Return what is known of all watchlists that can be read, and why others cannot."""
    return _of_all_lists(summarize_list)


def load_lists() -> tuple[list[Watchlist], list[str]]:
    """Return all watchlists that can be read, and why others cannot."""
    return _of_all_lists(load_list)


def _of_all_lists(read: Callable[[str], ListT]) -> tuple[list[ListT], list[str]]:
    watchlists: list[ListT] = []
    problems: list[str] = []
    for name in saved_names():
        try:
            watchlists.append(read(name))
        except WatchlistError as error:
            problems.append(str(error))
    return watchlists, problems


@contextmanager
def _reading_errors(name: str) -> Iterator[None]:
    """Turn what goes wrong while the file of a watchlist is read into a `WatchlistError`."""
    try:
        yield
    except FileNotFoundError:
        raise WatchlistError(f"there is no watchlist {name}{_hint()}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise WatchlistError(f"cannot read the watchlist {name}: {error}") from None
    except (ValueError, KeyError, TypeError):
        raise WatchlistError(f"the watchlist {name} is damaged; add it again with `reader watch add`") from None


def _header(line: str, name: str) -> dict[str, Any]:
    """Return the first line of the file of a watchlist as an object.

    Raises:
        WatchlistError: A newer version of the program wrote it.
        ValueError: It is damaged; KeyError and TypeError say the same.
    """
    header: dict[str, Any] = dict(json.loads(line))
    if header["watchlist"] > _VERSION:
        raise WatchlistError(f"the watchlist {name} was added by a newer version of reader")
    return header


def remove_list(name: str) -> None:
    """Remove a watchlist. The answers to its hits stay in the log.

    Raises:
        WatchlistError: There is none with this name, or it cannot be removed.
    """
    try:
        _path_of(name).unlink()
    except FileNotFoundError:
        raise WatchlistError(f"there is no watchlist {name}{_hint()}") from None
    except OSError as error:
        raise WatchlistError(f"cannot remove the watchlist {name}: {error.strerror or error}") from None


def find_list(name_or_path: str) -> Watchlist:
    """Return the watchlist with a name, or read the file at a path.

    Raises:
        WatchlistError: There is neither, or it cannot be read.
    """
    if _NAME.fullmatch(name_or_path) and name_or_path in saved_names():
        return load_list(name_or_path)
    path = Path(name_or_path)
    if path.exists():
        return read_list(path)
    raise WatchlistError(f"{name_or_path} is neither a watchlist nor a file{_hint()}")


def _hint() -> str:
    names = saved_names()
    return f"; your watchlists: {', '.join(names)}" if names else "; add one with `reader watch add NAME FILE`"


def _directory() -> Path:
    return data_dir() / "watchlists"


def _path_of(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise WatchlistError(f"{name!r} is no name for a watchlist: use letters, digits, “.”, “-” and “_”")
    return _directory() / f"{name}{_SUFFIX}"


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace") + b"\n"
