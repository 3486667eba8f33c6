"""Reads the RTF form of messages of Outlook, which is compressed (MS-OXRTFCP)."""

from __future__ import annotations

from typing import Final

from reader.document.document import DocumentError
from reader.document.raw_source import RawSource

_COMPRESSED: Final = b"LZFu"
_HEADER: Final = 16
"""Bytes before the content."""
_DICTIONARY: Final = 4096
_MAX_SIZE: Final = 4 * 1024 * 1024
_FIRST_WORDS: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
"""What the dictionary has at the start."""


def text_of_compressed_rtf(data: bytes) -> str:
    """Return the text of a compressed RTF document, or "" if there is none or it is damaged."""
    from reader.document.loaders.office import rtf

    if len(data) <= _HEADER:
        return ""
    source = decompress(data[_HEADER:]) if data[8:12] == _COMPRESSED else data[_HEADER:]
    try:
        return rtf.load_content(RawSource(source, "-")).text
    except DocumentError:
        return ""


def decompress(data: bytes) -> bytes:
    """Return the document. Each byte of flags says which of the next eight items are references into the dictionary."""
    dictionary = bytearray(_FIRST_WORDS.ljust(_DICTIONARY, b"\0"))
    position = len(_FIRST_WORDS)
    result = bytearray()
    index = 0
    while index < len(data) and len(result) < _MAX_SIZE:
        flags = data[index]
        index += 1
        for bit in range(8):
            if index >= len(data):
                break
            if not flags >> bit & 1:
                piece = bytearray(data[index : index + 1])
                index += 1
            else:
                reference = int.from_bytes(data[index : index + 2], "big")
                index += 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == position:
                    return bytes(result)
                piece = bytearray()
                for step in range(length):  # a reference may reach into what it writes
                    value = dictionary[(offset + step) % _DICTIONARY]
                    piece.append(value)
                    dictionary[(position + step) % _DICTIONARY] = value
            for value in piece:
                dictionary[position] = value
                position = (position + 1) % _DICTIONARY
            result += piece
    return bytes(result)
