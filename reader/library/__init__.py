"""Samples, training material, and what is remembered of the documents that were read."""

from __future__ import annotations

from reader.library.sample import Sample, samples, tutorial

__all__ = ["Sample", "samples", "tutorial"]
