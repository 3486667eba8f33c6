"""The library: documents that were opened before, and the samples."""

from __future__ import annotations

from reader.library.recent import RecentDocument, recent_documents
from reader.library.sample import Sample, samples, tutorial

__all__ = ["RecentDocument", "Sample", "recent_documents", "samples", "tutorial"]
