"""The messages between the app and the worker: one JSON object per line.

To the worker: `analyze` (text, blocks, model, block in view) and `view` (another block came into view).
From the worker: `hello` (protocol version) at start. Then, for each `analyze` and with its `id`: `found` (how many
batches are done, their total, and provisional mentions), `mentions` (the final ones, in parts), and last `finished` or
`failed`.
"""

from __future__ import annotations

import json
from typing import Any, Final, TypeAlias

from reader.document import Block, BlockKind, Document

PROTOCOL: Final = 1
"""Increase it when a message changes its meaning."""

MAX_MENTIONS: Final = 2_000
"""The most mentions in one message, so that no line takes long to read."""

Message: TypeAlias = dict[str, Any]

_KINDS: Final = tuple(BlockKind)


def encode(message: Message) -> bytes:
    """Encode a message as one line, including the line break."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def decode(line: bytes) -> Message:
    """Decode a message.

    Raises:
        ValueError: The line is not a message.
    """
    message = json.loads(line.decode("utf-8", "surrogatepass"))
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message


def document_fields(document: Document) -> Message:
    """Return the fields of a message for the parts of a document that recognition needs."""
    return {
        "text": document.text,
        "language": document.language,
        "starts": [block.start for block in document.blocks],
        "ends": [block.end for block in document.blocks],
        "kinds": [_KINDS.index(block.kind) for block in document.blocks],
    }


def document_from(message: Message) -> Document:
    """Build a document from the fields that `document_fields` returned.

    Raises:
        ValueError: The message has no valid document.
    """
    try:
        rows = zip(message["starts"], message["ends"], message["kinds"], strict=True)
        blocks = tuple(Block(start, end, _KINDS[kind]) for start, end, kind in rows)
        return Document(message["text"], blocks, title="", source="", language=message.get("language", ""))
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"not a document: {error}") from error
