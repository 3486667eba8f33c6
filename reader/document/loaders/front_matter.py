"""Reads the front matter of Markdown files: the lines of metadata that static site generators use."""

from __future__ import annotations

import re
from typing import Final

from reader.document.sanitize import one_line
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_FENCED: Final = lazy_pattern(r"\A(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY: Final = lazy_pattern(r"^([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(.*)$")
_ITEM: Final = lazy_pattern(r"^[ \t]*-[ \t]+(?:name[ \t]*:[ \t]*)?(.+)$")
_NAME: Final = lazy_pattern(r"^[ \t]+name[ \t]*:[ \t]*(.+)$")
_TABLE: Final = lazy_pattern(r"^\[{1,2}[\w.-]+\]{1,2}[ \t]*$")
_FOLDED: Final = lazy_pattern(r"[|>][+-]?")
"""Begins a text of several indented lines in YAML."""
_COMMENT: Final = lazy_pattern(r"[ \t]+#.*\Z")
_MIDNIGHT: Final = lazy_pattern(r"[T ]00:00(?::00)?(?:Z|[+-]00:?00)?\Z")


class FrontMatter(NamedTuple):
    """The metadata in front matter; "" if missing."""

    title: str = ""
    author: str = ""
    date: str = ""


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Split a Markdown text into its front matter (`---` as in YAML, `+++` as in TOML) and the text after it.

    Plain `key: value` lines, quoted values and lists of names are read; everything else is ignored.
    """
    fenced = _FENCED.match(text)
    entries = _entries(fenced[2]) if fenced else {}
    if not fenced or not entries:
        return FrontMatter(), text
    author = next((entries[key] for key in ("author", "authors", "by", "byline", "creator") if entries.get(key)), [])
    date = next((entries[key] for key in ("date", "published", "created", "pubdate") if entries.get(key)), [""])
    title = entries.get("title") or [""]
    return FrontMatter(title[0], ", ".join(author), _MIDNIGHT.sub("", date[0])), text[fenced.end() :]


def _entries(lines: str) -> dict[str, list[str]]:
    entries: dict[str, list[str]] = {}
    key = ""
    is_folded = False
    for line in lines.split("\n"):
        if _TABLE.match(line):
            break  # what follows belongs to a table of TOML
        if entry := _ENTRY.match(line):
            key = entry[1].lower()
            is_folded = _FOLDED.fullmatch(entry[2].strip()) is not None
            entries[key] = [] if is_folded else _values(entry[2])
        elif is_folded and line.strip():
            entries[key] = [one_line(" ".join([*entries[key], line]))]
        elif key and (item := _ITEM.match(line) or _NAME.match(line)):
            entries[key] += _values(item[1])
    return entries


def _values(raw: str) -> list[str]:
    raw = raw.strip()
    if raw.startswith("[") and raw.endswith("]"):
        return [value for part in raw[1:-1].split(",") for value in _values(part)]
    if raw[:1] in ('"', "'"):
        closing = raw.find(raw[0], 1)
        value = raw[1:closing] if closing > 0 else raw[1:]
    else:
        value = _COMMENT.sub("", raw)
    value = one_line(value)
    return [value] if value and value not in ("|", ">", "null", "~") else []
