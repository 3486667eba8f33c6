"""Builds compound files (MS-CFB), the form of messages of Outlook and of old office documents."""

from __future__ import annotations

import struct

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_END, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


class _Sectors:
    def __init__(self, size: int) -> None:
        self.size = size
        self.data = b""
        self.chain: list[int] = []

    def add(self, data: bytes) -> int:
        """Add a stream; return its first sector."""
        first = len(self.chain)
        count = max(-(-len(data) // self.size), 1)
        self.data += data.ljust(count * self.size, b"\0")
        self.chain += [*range(first + 1, first + count), _END]
        return first


def compound_file(streams: dict[str, bytes]) -> bytes:
    """Return a compound file with streams by their paths, such as "storage/stream"."""
    names = [""]
    for path in streams:
        parts = path.split("/")
        names += ["/".join(parts[: count + 1]) for count in range(len(parts))]
    names = list(dict.fromkeys(names))
    sectors, small = _Sectors(_SECTOR), _Sectors(_SMALL_SECTOR)
    starts = {path: (small if len(data) < _SMALL else sectors).add(data) for path, data in streams.items()}
    starts[""] = sectors.add(small.data)
    small_table = sectors.add(_table(small.chain))
    entries = b""
    for path in names:
        parent, _, name = path.rpartition("/")
        siblings = [other for other in names if path and other and other.rpartition("/")[0] == parent]
        later = siblings[siblings.index(path) + 1 :] if path else []
        children = [other for other in names if other and other.rpartition("/")[0] == path and other != path]
        label = (name or "Root Entry").encode("utf-16-le") + b"\0\0"
        kind = 5 if not path else 2 if path in streams else 1
        size = len(streams[path]) if path in streams else 0 if path else len(small.data)
        right, child = (names.index(linked[0]) if linked else _NONE for linked in (later, children))
        entries += label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label), kind, 1, _NONE, right, child)
        entries += bytes(36) + struct.pack("<IQ", starts.get(path, _END), size)
    directory = sectors.add(entries)
    count = -(-(len(sectors.chain) + 16) // (_SECTOR // 4 - 1))
    tables = range(len(sectors.chain), len(sectors.chain) + count)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<6H", 0x3E, 3, 0xFFFE, 9, 6, 0)
    small_count = -(-len(small.chain) * 4 // _SECTOR)
    header += struct.pack("<10I", 0, 0, count, directory, 0, _SMALL, small_table, small_count, _END, 0)
    header = (header + struct.pack(f"<{count}I", *tables)).ljust(_SECTOR, b"\xff")
    return header + sectors.data + _table([*sectors.chain, *([_FAT] * count)], count)


def _table(chain: list[int], count: int = 0) -> bytes:
    size = max(count, -(-len(chain) * 4 // _SECTOR)) * _SECTOR
    return struct.pack(f"<{len(chain)}I", *chain).ljust(size, b"\xff")
