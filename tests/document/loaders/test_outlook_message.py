from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest

from reader.document import DocumentError
from reader.document.loaders.mail.compressed_rtf import decompress, text_of_compressed_rtf
from reader.document.loading import parse
from reader.document.raw_source import RawSource
from tests.document.loaders.compound_file import compound_file

SENT = datetime(2026, 3, 6, 9, 15, tzinfo=UTC)
TEXT = "__substg1.0_{:04X}001F"


def fixed(header: int, **values: int) -> bytes:
    """Return a stream of properties of fixed size, by their keys in hexadecimal."""
    pieces = (struct.pack("<HHIq", 0, int(key[1:], 16), 6, value) for key, value in values.items())
    return bytes(header) + b"".join(pieces)


def message(streams: dict[str, bytes], prefix: str = "", header: int = 32) -> dict[str, bytes]:
    ticks = int((SENT - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
    texts = {0x0037: "Soundings — März", 0x0C1A: "Jörg Brandt", 0x5D01: "joerg@brandt.example", 0x0E04: "Dana Okoye"}
    return {
        f"{prefix}__properties_version1.0": fixed(header, x0039=ticks, x3FFD=1250),
        **{prefix + TEXT.format(key): text.encode("utf-16-le") for key, text in texts.items()},
        **{f"{prefix}{path}": data for path, data in streams.items()},
    }


def attached(number: int, streams: dict[str, bytes]) -> dict[str, bytes]:
    return {f"__attach_version1.0_#{number:08X}/{path}": data for path, data in streams.items()}


BODY = {"__substg1.0_1000001F": "Leyla Karasu\r\nvisited the quay.\r\n".encode("utf-16-le")}
FILE = {
    "__properties_version1.0": bytes(8),
    TEXT.format(0x3707): "März.txt".encode("utf-16-le"),
    "__substg1.0_37010102": b"Depths of the northern quay.",
}
INNER = message({"__substg1.0_1000001F": "Inner words.".encode("utf-16-le")}, "__substg1.0_3701000D/", 24)


def raw(streams: dict[str, bytes]) -> RawSource:
    return RawSource(compound_file(streams), "a.msg", "a.msg")


def test_a_message_is_read_as_mail() -> None:
    document = parse(
        raw({**message(BODY), **attached(0, FILE), **attached(1, {"__properties_version1.0": bytes(8), **INNER})})
    )
    assert document.text.startswith(
        "Soundings — März\n\nFrom: Jörg Brandt <joerg@brandt.example>\nTo: Dana Okoye\nDate: Fri"
    )
    assert "Leyla Karasu\nvisited the quay." in document.text
    assert (document.title, document.date) == ("Soundings — März", "2026-03-06T09:15:00+00:00")
    assert document.notices == ("2 attachments: März.txt, Soundings — März; open as SOURCE::März.txt",)


def test_attachments_and_attached_messages_open() -> None:
    from reader.document.loaders.mail.outlook_message import open_container

    source = raw({**message(BODY), **attached(0, FILE), **attached(1, {"__properties_version1.0": bytes(8), **INNER})})
    container = open_container(source)
    file, inner = (container.read(member.name) for member in container.members())
    assert file is not None
    assert inner is not None
    assert parse(file).text == "Depths of the northern quay."
    assert "Inner words." in parse(inner).text


@pytest.mark.parametrize(
    ("streams", "text"),
    [
        ({"__substg1.0_1000001E": "Żółta łódź".encode("cp1250")}, "Żółta łódź"),
        ({"__substg1.0_10130102": "<p>Żółta <b>łódź</b></p>".encode("cp1250")}, "Żółta łódź"),
        (
            {"__substg1.0_10090102": b"\0" * 8 + b"MELA" + b"\0" * 4 + b"{\\rtf1\\ansi Words of RTF.\\par}"},
            "Words of RTF.",
        ),
    ],
)
def test_a_message_is_read_from_html_or_compressed_rtf(streams: dict[str, bytes], text: str) -> None:
    assert text in parse(raw(message(streams))).text


def test_compressed_rtf_is_unpacked() -> None:
    # The example of MS-OXRTFCP, section 4.1.1.
    data = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert decompress(data[16:]) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert text_of_compressed_rtf(data).strip() == "hello world"
    literal = b"".join(b"\0" + b"{\\rtf1 abc}"[i : i + 8] for i in range(0, 11, 8))
    assert decompress(literal) == b"{\\rtf1 abc}"
    assert decompress(b"\x01\x00\x00").startswith(b"{\\")


def test_a_damaged_message_is_refused() -> None:
    data = compound_file(message(BODY))
    with pytest.raises(DocumentError, match="an Outlook message that is damaged"):
        parse(RawSource(data[:512] + data[1024:], "a.msg", "a.msg"))
