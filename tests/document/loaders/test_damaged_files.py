"""Mutations of valid files of every format: each is opened, or refused by one line, in bounded time."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import time
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from reader.document import DocumentError
from reader.document.loading import ManyDocumentsError, parse
from reader.document.raw_source import RawSource

WORDS = "Leyla Karasu of the Merrow Port Authority will visit the northern quay on Friday."
MUTATIONS = 150
MAX_SECONDS = 10.0


def _mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Jörg Brandt <joerg@brandt.example>"
    message["Subject"] = "Soundings — März"
    message["Message-ID"] = "<1@brandt.example>"
    message.set_content(f"{WORDS}\n\n> {WORDS}\n", cte="quoted-printable")
    message.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    message.add_attachment(WORDS.encode(), maintype="text", subtype="plain", filename="März.txt")
    return message.as_bytes()


def _mailbox() -> bytes:
    return b"".join(b"From a@b.example Fri Mar  6 09:15:00 2026\n" + _mail() + b"\n\n" for _ in range(3))


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", WORDS)
        archive.writestr("b.md", WORDS)
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.txt", "b.eml"):
            entry = tarfile.TarInfo(name)
            entry.size = len(WORDS)
            archive.addfile(entry, io.BytesIO(WORDS.encode()))
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "a.eml": _mail,
    "a.mbox": _mailbox,
    "a.txt.gz": lambda: gzip.compress(WORDS.encode()),
    "a.txt.xz": lambda: lzma.compress(WORDS.encode()),
    "a.txt.bz2": lambda: bz2.compress(WORDS.encode()),
    "a.zip": _zip,
    "a.tar": _tar,
}


def mutated(data: bytes, seed: int) -> bytes:
    """Return the bytes with some of them changed, cut out, doubled, or put somewhere else."""
    rng = random.Random(seed)
    result = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20))):
        start = rng.randrange(len(result) + 1)
        end = min(len(result), start + rng.choice((1, 1, 4, 64, 1024)))
        match rng.randrange(5):
            case 0:
                result[start:end] = rng.randbytes(end - start)
            case 1:
                del result[start:end]
            case 2:
                result[start:start] = result[start:end]
            case 3:
                result[start:end] = bytes((rng.choice((0, 10, 34, 45, 60, 61, 255)),)) * (end - start)
            case _:
                piece = bytes(result[start:end])
                target = rng.randrange(len(result) + 1)
                result[target:target] = piece
    return bytes(result)


def opened(data: bytes, name: str) -> str:
    """Open a file. Return its text, the addresses of its members, or the line that refuses it."""
    try:
        return parse(RawSource(data, name, name)).text
    except ManyDocumentsError as error:
        return " ".join(error.addresses)
    except DocumentError as error:
        return str(error).replace("\n", "MORE THAN ONE LINE")


@pytest.mark.parametrize("name", FILES)
def test_valid_files_open(name: str) -> None:
    text = opened(FILES[name](), name)
    assert WORDS in text or "::" in text


@pytest.mark.parametrize("name", FILES)
def test_mutations_open_or_are_refused(name: str) -> None:
    data = FILES[name]()
    for seed in range(MUTATIONS):
        started = time.perf_counter()
        assert "MORE THAN ONE LINE" not in opened(mutated(data, seed), name)
        assert time.perf_counter() - started < MAX_SECONDS, seed
