"""What the commands do, one class for each context; a command's method is `Command.method`."""

from __future__ import annotations
