"""How a source is loaded: what a command says about it, and what the user chose for it earlier."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from typing import Final

from reader.document.encoding import is_guess, is_valid
from reader.document.standard_input import is_unnamed
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

URL_START: Final = lazy_pattern(r"([A-Za-z][A-Za-z0-9+.-]*)://")
"""What a URL begins with. The group is its scheme."""

AUTOMATIC: Final = "auto"
"""Stands for an encoding that is determined, whatever the user chose earlier."""

ALL_TEXT_ADVICE: Final = "--all-text shows all text"
"""How notices name the option. The app names the key instead."""


class LoadChoices(NamedTuple):
    """What the user chose about how a source is loaded."""

    encoding: str = ""
    """The encoding, or "" to determine it."""
    all_text: bool = False
    """Whether all text of a web page is shown, not only its article."""


NOTHING_CHOSEN: Final = LoadChoices()


@dataclass(frozen=True)
class SavedChoices:
    """What the user chose earlier, by the digest of the bytes and by the source, which is an absolute path or a URL.

    The digest counts first. The source counts if its bytes have changed since.
    """

    encodings: tuple[tuple[str, str], ...] = ()
    """Encodings by digest or source, later ones last; "" if the user went back to determining it."""
    all_text: tuple[tuple[str, bool], ...] = ()
    """Whether all text of a page is shown, by digest or source, later ones last."""

    def __bool__(self) -> bool:
        return bool(self.encodings or self.all_text)

    @cached_property
    def _encoding_of(self) -> dict[str, str]:
        return dict(self.encodings)

    @cached_property
    def _all_text_of(self) -> dict[str, bool]:
        return dict(self.all_text)

    def encoding_of(self, digest: str, source: str, data: bytes) -> str | None:
        """Return the encoding chosen for a source, None if the user chose none.

        An encoding chosen for earlier bytes counts only if the new ones are valid in it and no kind of Unicode.
        """
        if digest in self._encoding_of:
            return self._encoding_of[digest]
        encoding = self._encoding_of.get(source)
        return encoding if encoding and is_guess(data) and is_valid(data, encoding) else None

    def of(self, digest: str) -> LoadChoices:
        """Return what the user chose for these bytes."""
        return LoadChoices(self._encoding_of.get(digest, ""), self._all_text_of.get(digest, False))

    def all_text_of(self, digest: str, source: str) -> bool | None:
        """Return whether the user chose to see all text of a page, None if nothing was chosen for it."""
        return self._all_text_of.get(digest, self._all_text_of.get(source))


NO_CHOICES: Final = SavedChoices()


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What a command says about how a source is loaded."""

    encoding: str = ""
    """A name of an encoding. "" stands for the one that the user chose earlier, or determines it; "auto" determines
    it in any case."""
    field: str = ""
    """The column or field with the text of each record of a table, or "" to guess it."""
    all_text: bool | None = None
    """Whether all text of a web page is shown, not only its article; None for what the user chose earlier."""
    refresh: bool = False
    """Whether to fetch a URL that was fetched before, instead of opening what was kept."""
    saved: SavedChoices = NO_CHOICES
    """What the user chose earlier."""

    @property
    def saved_in_effect(self) -> SavedChoices:
        """What the user chose earlier, without what these options say otherwise."""
        saved = self.saved
        if self.encoding:
            saved = replace(saved, encodings=())
        return saved if self.all_text is None else replace(saved, all_text=())

    @property
    def is_explicit(self) -> bool:
        """Whether the options themselves say something that the user may have chosen earlier."""
        return bool(self.encoding) or self.all_text is not None


DEFAULT_OPTIONS: Final = LoadOptions()


def path_of_url(url: str) -> str:
    """Return the path of a `file:` URL; "" if the file is on another machine."""
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    parts = urlsplit(url)
    return url2pathname(parts.path) if parts.netloc in ("", "localhost") else ""


def absolute_source(source: str) -> str:
    """Return a source in a form that is valid from any directory: an absolute path, a URL, or "-"."""
    if is_unnamed(source):
        return source
    if start := URL_START.match(source):
        if start[1].lower() != "file" or not (path := path_of_url(source)):
            return source
        source = path
    return os.path.abspath(source)  # noqa: PTH100 - a symbolic link keeps its own name
