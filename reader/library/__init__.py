"""The documents read so far, and the samples to start with."""

from __future__ import annotations

from reader.library.recent import Recent, recent
from reader.library.sample import Sample, samples

__all__ = ["Recent", "Sample", "recent", "samples"]
