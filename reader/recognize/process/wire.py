"""What the app and the recognition process say to each other: one JSON object a line.

To the process: `analyze` (text, blocks, model, block in view), `view` (another block came into view).
From it: `hello` (protocol version, at once), then for each `analyze`, all with its `id`: `found` (how many batches
of how many are done, and provisional mentions), `mentions` (final ones, in parts), and at last `finished` or `failed`.
"""

from __future__ import annotations

import json
from typing import Any, Final, TypeAlias

from reader.document import Block, BlockKind, Document

PROTOCOL: Final = 1
"""Raise whenever a message changes its meaning."""

PART: Final = 2_000
"""Mentions in one line at most: no line takes long to read."""

Message: TypeAlias = dict[str, Any]

_KINDS: Final = tuple(BlockKind)


def line(message: Message) -> bytes:
    """Return a message as it goes over the pipe."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def parsed(data: bytes) -> Message:
    """Read a message.

    Raises:
        ValueError: It is none.
    """
    message = json.loads(data.decode("utf-8", "surrogatepass"))
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message


def document_parts(document: Document) -> Message:
    """Return what recognition needs of a document."""
    return {
        "text": document.text,
        "starts": [block.start for block in document.blocks],
        "ends": [block.end for block in document.blocks],
        "kinds": [_KINDS.index(block.kind) for block in document.blocks],
    }


def document_of(message: Message) -> Document:
    """Rebuild what `document_parts` took apart.

    Raises:
        ValueError: The message holds no document.
    """
    try:
        rows = zip(message["starts"], message["ends"], message["kinds"], strict=True)
        blocks = tuple(Block(start, end, _KINDS[kind]) for start, end, kind in rows)
        return Document(message["text"], blocks, title="", source="")
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"not a document: {error}") from error
