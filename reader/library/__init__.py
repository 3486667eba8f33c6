"""The documents read so far."""

from __future__ import annotations
