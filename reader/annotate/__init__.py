"""The user's decisions: what they are, how they apply, and where they are kept."""

from __future__ import annotations
