"""Formats in and out, one module each behind one registry."""

from __future__ import annotations
