"""What commands do: one function for each command, in tables by command id."""

from __future__ import annotations
