"""Legal forms of companies that no company has two of: "Tarn Motors Ltd" is not "Tarn Motors GmbH"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_FAMILIES: Final = (
    "ltd limited plc llp", "inc incorporated", "gmbh mbh ag kg kgaa ohg", "bv nv", "asa", "aps", "ab", "oy oyj", "sarl",
    "kft zrt nyrt", "bhd", "pty", "pvt",
)  # fmt: skip
"""Forms under one law, which a company may change one for another ("Ltd", later "plc"). Forms that companies of many
countries have ("S.A.", "LLC", "Corp.", "Co., Ltd.") say nothing."""
_FAMILY_OF: Final = {form: f"form {family.split()[0]}" for family in _FAMILIES for form in family.split()}
_LOWERCASE: Final = frozenset({"mbh", "plc"})
"""Forms that are written in lower case."""
_MOST_ENDING_WORDS: Final = 3
"""A legal form is one of so many words at the end of a name: "Tarn Motors GmbH & Co. KG"."""
_BEFORE_LTD: Final = frozenset({"pty", "pvt", "private", "co"})
"""Words before "Ltd" with which it is the form of another law."""
_NONE: Final = frozenset[str]()
"""One for all names, of which there are very many."""
_SEPARATORS: Final = re.compile(r"[\s,()&]+")


def legal_families(names: Iterable[str]) -> frozenset[str]:
    """Return the families of the legal forms at the end of the names of a company."""
    families = frozenset(family for name in names if _last_word(name) in _FAMILY_OF for family in _families_in(name))
    return families or _NONE


def _last_word(name: str) -> str:
    return name[name.rfind(" ") + 1 :].replace(".", "").casefold()


def _families_in(name: str) -> Iterator[str]:
    words = [word.replace(".", "") for word in _SEPARATORS.split(name) if word]
    ending = words[1:][-_MOST_ENDING_WORDS:]
    for number, word in enumerate(ending):
        form = word.casefold()
        family = _FAMILY_OF.get(form) if word[0].isupper() or form in _LOWERCASE else None
        before = ending[number - 1].casefold() if number else ""
        if family is not None and not (family == "form ltd" and before in _BEFORE_LTD):
            yield family
