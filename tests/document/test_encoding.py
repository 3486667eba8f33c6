from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.encoding import declared_in_page, decode, encoding_name, looks_binary
from tests.document.encoding_samples import samples

POLISH = (
    "Prezydent Warszawy powiedział w poniedziałek, że miasto przyjmie więcej uchodźców. Żółta łódź odpłynęła z Gdańska."
)
RUSSIAN = "Президент заявил в понедельник, что переговоры продолжатся в Женеве. Министр прибыл в город вечером."
FRENCH = "Le président a déclaré à Paris que l’accord était « équilibré ». Les élus réclament déjà une révision."
GERMAN = "Die Bürgermeisterin von Köln erklärte, dass die Brücke über den Fluss größer werde – „schön“, sagte sie."
JAPANESE = "首相は月曜日、東京で記者会見を開き、新しい経済政策を発表した。政府は来年の予算を増やす方針だ。"
KOREAN = "시장은 월요일에 부두 수리 때문에 항구가 내년 여름까지 닫힌다고 발표했다."
GREEK = "Ο πρωθυπουργός δήλωσε ότι η συμφωνία θα υπογραφεί στην Αθήνα την Παρασκευή."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_dropped(mark: bytes, encoding: str) -> None:
    data = mark + FRENCH.encode(encoding)
    assert decode(data, "koi8-r") == (FRENCH, encoding, "")
    assert not looks_binary(data)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (FRENCH, "cp1252", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        ("A cafe\xe9 and nothing else", "latin-1", "cp1252"),
        (POLISH, "cp1250", "cp1250"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (GREEK, "cp1253", "cp1253"),
        (JAPANESE, "shift_jis", "cp932"),
    ],
)
def test_a_legacy_encoding_is_guessed_and_reported(text: str, encoding: str, name: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding == name
    assert f"read as {name}" in decoded.notice


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\0")))
def test_utf8_is_decoded_without_a_notice(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", "")


@given(st.binary())
def test_no_bytes_raise_an_error(data: bytes) -> None:
    assert decode(data).encoding
    looks_binary(data)


def test_utf16_without_a_mark_is_recognized_by_its_zeros() -> None:
    decoded = decode(GERMAN.encode("utf-16-be"))
    assert decoded.text == GERMAN
    assert "utf-16-be" in decoded.notice


def test_slightly_damaged_utf8_is_read_as_utf8() -> None:
    decoded = decode(RUSSIAN.encode() + b"\xff" + (RUSSIAN + "…").encode()[:-1])
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 2
    assert "2 damaged characters" in decoded.notice


@pytest.mark.parametrize(
    ("declared", "text", "encoding"),
    [
        ("windows-1251", RUSSIAN, "cp1251"),
        ("ISO-8859-1", GERMAN, "cp1252"),
        ("euc-jp", JAPANESE, "euc_jp"),
        ("iso-2022-jp", JAPANESE, "iso2022_jp"),
    ],
)
def test_a_declared_encoding_is_used(declared: str, text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), declared) == (text, encoding, "")


def test_valid_utf8_overrides_a_wrong_declaration() -> None:
    assert decode(GERMAN.encode(), "iso-8859-1").text == GERMAN


@pytest.mark.parametrize("declared", ["no-such-thing", "rot13", "hex", "\0", "x" * 500])
def test_an_unknown_declaration_is_ignored(declared: str) -> None:
    assert decode(GERMAN.encode(), declared).text == GERMAN
    assert decode(GERMAN.encode("cp1252"), declared).text == GERMAN


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<meta charset="Windows-1251">', "Windows-1251"),
        (b"<META HTTP-EQUIV='content-type' content='text/html; charset=koi8-r'>", "koi8-r"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"),
        (b"<p>charset=utf-7", ""),
    ],
)
def test_a_page_declares_its_encoding(head: bytes, encoding: str) -> None:
    assert declared_in_page(head) == encoding


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0",
        bytes(range(256)) * 4,
        b"\0" * 100,
        b"\0",
        b"\x01\x02\x03\x04\x05 ab \x06\x07\x08\x0e\x0f",
    ],
)
def test_binary_data_is_recognized(data: bytes) -> None:
    assert looks_binary(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"a\0b and more words", "naïve\0 text\x1b[31m".encode(), b"caf\xe9 \0 cr\xe8me", b"\x1b[1mbold\x1b[0m" * 9],
)
def test_text_with_stray_control_characters_is_not_binary(data: bytes) -> None:
    assert not looks_binary(data)


def exact(cases: list[tuple[str, str, str]]) -> float:
    return sum(decode(text.encode(encoding)).text == text for _, encoding, text in cases) / len(cases)


def test_encodings_are_guessed_in_many_languages() -> None:
    assert exact(samples()) >= 0.97
    assert exact([case for case in samples() if "\n\n" in case[2]]) >= 0.99


@pytest.mark.parametrize("encoding", ["iso2022_jp", "iso2022_kr", "utf-32-le", "utf-32-be", "utf-16-le"])
def test_encodings_with_control_bytes_are_not_binary(encoding: str) -> None:
    text = RUSSIAN if encoding.startswith("utf") else KOREAN if encoding.endswith("kr") else JAPANESE
    data = text.encode(encoding)
    assert not looks_binary(data)
    assert decode(data).text == text


@pytest.mark.parametrize("few", ["It’s done.", "naïve", "The café’s “old wall” cost £40 — too much. " * 9])
def test_western_punctuation_among_ascii_is_cp1252(few: str) -> None:
    assert decode(few.encode("cp1252")).text == few


def test_the_chosen_encoding_overrides_all_others() -> None:
    assert decode(POLISH.encode("iso-8859-2"), "cp1252", chosen="iso8859-2") == (POLISH, "iso8859-2", "")
    assert decode(codecs.BOM_UTF8 + b"\xc4\x85", chosen="utf-8").text == "ą"
    damaged = decode(b"ab\xff", chosen="utf-8")
    assert (damaged.text, damaged.notice) == ("ab\ufffd", "read as utf-8; 1 damaged character shown as \ufffd")


@pytest.mark.parametrize("name", ["", "no-such", "rot13", "hex", "idna", "unicode_escape", "undefined", "\0"])
def test_names_that_are_no_encodings(name: str) -> None:
    assert encoding_name(name) == ""
