"""The labels of imported mentions: ours where they are known, otherwise those of the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reader.recognize.label_mapping import is_label, map_label
from reader.recognize.mention import LABELS, VALUE_LABELS
from reader.structures.lazy_pattern import lazy_pattern

_FALLBACK: Final = "MISC"
"""The label of a mention whose label has no letter or digit that a label may have."""
_NO_LABELS: Final = frozenset(("O", "NONE", "PAD", "X"))
_FORBIDDEN: Final = lazy_pattern(r"[^A-Z0-9_-]+")


class LabelTable:
    """Maps the labels of one import and remembers what became of each."""

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        """Begin with the labels that the user chose, by the label in the file."""
        self._chosen = {label.casefold(): target for label, target in (chosen or {}).items()}
        self._mapped: dict[str, str | None] = {}

    def label_for(self, label: str) -> str | None:
        """Return our label for a label of the file; None if it says that there is no name."""
        if label not in self._mapped:
            self._mapped[label] = self._chosen.get(label.casefold()) or _mapped_label(label)
        return self._mapped[label]

    def changed(self) -> dict[str, str]:
        """Return the labels that became others, by the label in the file."""
        return {label: target for label, target in sorted(self._mapped.items()) if target and target != label}

    def unknown(self) -> list[str]:
        """Return the labels that were kept though this program does not know them."""
        own_labels = {*LABELS, *VALUE_LABELS}
        return sorted({label for label, target in self._mapped.items() if target == label and label not in own_labels})


def parse_label_choice(text: str) -> tuple[str, str] | None:
    """Return the two labels of "FROM=TO"; None if TO is not a label."""
    label, _, target = text.rpartition("=")
    target = target.strip().upper()
    return (label.strip(), target) if label.strip() and is_label(target) else None


def _mapped_label(label: str) -> str | None:
    if mapped := map_label(label, values=True):
        return mapped
    if label.strip().upper() in _NO_LABELS:
        return None
    plain = _FORBIDDEN.sub("_", label.upper()).strip("_-0123456789")[:32].strip("_-")
    return map_label(plain, values=True) or _FALLBACK
