"""Find selectors, which identify accounts, ships, legal entities or phone lines, by their form or check digits.

These are e-mail addresses, phone numbers with a country code, bank accounts (IBAN, ISO 13616), legal entities (LEI,
ISO 17442), ships (IMO numbers) and addresses of crypto currencies. Whatever has a check digit is checked, so that a
number that only looks like one is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final

from reader.document import Document
from reader.recognize.mention import Mention
from reader.structures.intervals import longest_of, overlapping
from reader.structures.lazy_pattern import lazy_pattern

_SELECTOR: Final = lazy_pattern(
    r"(?<![\w@.+-])(?:"
    r"(?P<EMAIL>[A-Za-z0-9][\w.%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24})"
    r"|(?P<IMO>IMO\s?(?:(?:No\.?|number|\#|:)\s?)?[1-9]\d{6})"
    r"|(?P<CRYPTO>0x[0-9A-Fa-f]{40}|bc1[02-9ac-hj-np-z]{11,87}|[13LMDT][1-9A-HJ-NP-Za-km-z]{25,34})"
    r"|(?P<IBAN>[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?)"
    r"|(?P<LEI>(?=[0-9]{0,17}[A-Z])[A-Z0-9]{18}\d{2})"
    r"|(?P<PHONE>\+[1-9](?:[\s().\-/]{0,3}\d){6,14})"
    r")(?![\w@])",
    re.ASCII,
)
_IBAN_LENGTHS: Final = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FO FI GL NL SD FK", 19: "MK SI", 20: "AT BA EE KZ LT LU XK MN",
        21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ TL OM SO",
        24: "AD CZ DZ ES MD PK RO SA SE SK TN VG", 25: "AO CV LY MZ PT ST", 26: "IS TR",
        27: "BF BI BJ CI CM DJ FR GR IT MC MG ML MR SM SN EG", 28: "AL AZ BY CG CY DO GA GT GW HN HU LB NI PL SV",
        29: "BR PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip
"""The length of an IBAN by country, in characters without spaces."""
_IMO_WEIGHTS: Final = (7, 6, 5, 4, 3, 2)
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_ENDINGS: Final = (1, 0x2BC830A3)
"""What the checksum of a valid address comes to, in Bech32 and Bech32m (BIP 173 and BIP 350)."""


def find_selectors(document: Document) -> list[Mention]:
    """Return the selectors of a document, sorted by offset and without overlaps."""
    return [mention for block in document.blocks for mention in _selectors(document.text, block.start, block.end)]


def outside_selectors(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield mentions, without those inside selectors: no part of an account number is a name."""
    selectors = _selectors_in(text)
    longest = longest_of(selectors)
    for mention in mentions:
        around = overlapping(selectors, mention.start, mention.end, longest)
        if not any(selector.start <= mention.start and mention.end <= selector.end for selector in around):
            yield mention


@lru_cache(maxsize=4)
def _selectors_in(text: str) -> Sequence[Mention]:
    return tuple(_selectors(text, 0, len(text)))


def _selectors(text: str, start: int, end: int) -> Iterator[Mention]:
    offset = start
    while match := _SELECTOR.search(text, offset, end):
        kind = match.lastgroup or ""
        for candidate in _candidates(kind, match[0]):
            if _CHECKS[kind](candidate):
                yield Mention(match.start(), match.start() + len(candidate), kind, "rule")
                offset = match.start() + len(candidate)
                break
        else:
            offset = match.start() + 1 if kind == "EMAIL" else _end_of_word(text, match.start(), match.end())


def _end_of_word(text: str, start: int, end: int) -> int:
    """Return the end of the first word of a match, after which the search goes on."""
    space = next((index for index in range(start, end) if text[index].isspace()), end)
    return max(space, start + 1)


def _candidates(kind: str, matched: str) -> Iterator[str]:
    """Yield a match; for an IBAN with spaces, also its beginnings, without the words that follow."""
    yield matched
    if kind == "IBAN":
        while (space := matched.rfind(" ")) > 0:
            matched = matched[:space]
            yield matched


def _is_iban(text: str) -> bool:
    compact = "".join(text.split())
    return len(compact) == _IBAN_LENGTHS.get(compact[:2]) and _remainder_97(compact[4:] + compact[:4]) == 1


def _is_lei(text: str) -> bool:
    return _remainder_97(text) == 1


def _remainder_97(text: str) -> int:
    """Return the remainder of ISO 7064 MOD 97-10, in which "A" to "Z" count as 10 to 35."""
    return int("".join(str(int(char, 36)) for char in text)) % 97


def _is_imo_number(text: str) -> bool:
    digits = [int(char) for char in text[-7:]]
    return sum(digit * weight for digit, weight in zip(digits, _IMO_WEIGHTS, strict=False)) % 10 == digits[-1]


def _is_crypto_address(text: str) -> bool:
    if text.startswith("0x"):
        return True
    if text.startswith("bc1"):
        return _is_bech32(text)
    number = 0
    for char in text:
        number = number * 58 + _BASE58.index(char)
    data = number.to_bytes(25, "big") if number < 1 << 200 else b""
    return bool(data) and sha256(sha256(data[:-4]).digest()).digest()[:4] == data[-4:]


def _is_bech32(text: str) -> bool:
    prefix, _, data = text.rpartition("1")
    values = [*(ord(char) >> 5 for char in prefix), 0, *(ord(char) & 31 for char in prefix), *map(_BECH32.find, data)]
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_BECH32_GENERATORS):
            if top >> bit & 1:
                checksum ^= generator
    return checksum in _BECH32_ENDINGS


def _is_phone_number(text: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "EMAIL": lambda _: True,
    "IBAN": _is_iban,
    "LEI": _is_lei,
    "IMO": _is_imo_number,
    "CRYPTO": _is_crypto_address,
    "PHONE": _is_phone_number,
}
