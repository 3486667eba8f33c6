"""Damages valid files, at random: their bytes, the values of their JSON, the elements of their XML."""

from __future__ import annotations

import copy
import json
import random
import resource
from typing import Any, Final

from lxml import etree

INTERESTING: Final = (b"\x00", b"\xff", b"-1", b"99999999999999999999", b"1e309", b"null", b"[", b"{", b'"', b"\t",
                      b"\n", b"\\ud800", b"->", b"|", b"<a>", b"NaN", b"true", b"\r\n", b"\xed\xa0\x80", b"[1]",
                      b"=", b"<!--", b"\\'", b"&#0;")  # fmt: skip
ODD_VALUES: Final[tuple[Any, ...]] = (
    None,
    True,
    -1,
    10**25,
    1.5,
    "",
    "\ud800\x1b[2J",
    [],
    {},
    [[]],
    [None, 3, "x"],
    {"start": "1"},
    "a" * 5000,
)
ODD_ATTRIBUTES: Final = (
    "",
    "-1",
    "0",
    "99999999999999999999",
    "1.5",
    "x",
    "²",
    "\u202e\x85",
    "../../a",
    "#",
    "a" * 5000,
)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return data with a few changes: bytes changed, cut out, repeated, moved, or replaced by what often breaks."""
    result = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 6, 20))):
        start = rng.randrange(len(result) + 1)
        end = min(len(result), start + rng.choice((1, 1, 4, 40, 1024)))
        match rng.randrange(8):
            case 0:
                result[start:end] = rng.randbytes(end - start)
            case 1:
                del result[start:end]
            case 2:
                result[start:start] = result[start:end] * rng.choice((1, 2, 50))
            case 3:
                result[start:end] = bytes((rng.choice((0, 10, 34, 45, 60, 61, 255)),)) * (end - start)
            case 4:
                result[start:end] = rng.choice(INTERESTING)
            case 5:
                digits = [index for index, byte in enumerate(result) if 48 <= byte <= 57]
                if digits:
                    result[rng.choice(digits)] = rng.choice(b"0123456789-")
            case 6:
                piece = bytes(result[start:end])
                target = rng.randrange(len(result) + 1)
                result[target:target] = piece
            case _:
                if rng.random() < 0.3:
                    del result[max(start, 1) :]
    return bytes(result)


def mutated_json(data: bytes, rng: random.Random) -> bytes:
    """Return JSON, or JSON lines, in which a few values were replaced by others."""
    try:
        values = [json.loads(data)]
    except ValueError:
        values = [json.loads(line) for line in data.split(b"\n") if line]
    for _ in range(rng.randint(1, 5)):
        parent: Any = values
        while True:
            keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))
            if not keys:
                break
            key = rng.choice(keys)
            if isinstance(parent[key], dict | list) and rng.random() < 0.8:
                parent = parent[key]
                continue
            if isinstance(parent, dict) and rng.random() < 0.2:
                del parent[key]
            else:
                parent[key] = copy.deepcopy(rng.choice(ODD_VALUES))
            break
    return b"\n".join(json.dumps(value).encode() for value in values)


def mutated_xml(data: bytes, rng: random.Random) -> bytes:
    """Return well-formed XML in which a few elements are gone, doubled, moved, renamed, or have other attributes."""
    root = etree.fromstring(data)
    for _ in range(rng.choice((1, 1, 3, 10))):
        elements = [element for element in root.iter(etree.Element) if element is not root]
        if not elements:
            break
        element = rng.choice(elements)
        parent = element.getparent()
        assert parent is not None
        match rng.randrange(6):
            case 0:
                parent.remove(element)
            case 1:
                for _ in range(rng.choice((1, 2, 50))):
                    element.addnext(copy.deepcopy(element))
            case 2:
                target = rng.choice([root, *elements])
                if element not in target.iterancestors() and target is not element:
                    target.append(element)
            case 3:
                element.tag = rng.choice(elements).tag
            case 4 if element.attrib:
                element.set(rng.choice(list(element.attrib)), rng.choice(ODD_ATTRIBUTES))
            case _:
                element.text = rng.choice((None, " ", "a\nb", "\u202e", "quay"))
    return etree.tostring(root)


def peak_memory() -> int:
    """Return the most memory that this process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
