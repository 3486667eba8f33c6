"""Recognize texts that are not in the language that a pipeline reads, by their script and most common words.

When in doubt, a text counts as written in the right language. Common words tell languages apart reliably from a few
sentences on (Grefenstette 1995, "Comparing two language identification schemes").
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from reader.document import Document
from reader.structures.lazy_pattern import lazy_pattern

_LANGUAGE_NAMES: Final = {
    "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fi": "Finnish",
    "fr": "French", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "nb": "Norwegian",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "sv": "Swedish", "tr": "Turkish",
    "vi": "Vietnamese",
}  # fmt: skip

_COMMON_WORDS: Final = {
    "ca": "el la els les de i que en amb per una un dels ha és del al aquest més va ser no com són també",
    "cs": "se na je že v s z do o k i by jako ale po za pro při jeho byl která který které podle také už však jsou",
    "da": "og i at det er en til af på for med den der som ikke de et har var fra kan han ved efter også blev sig",
    "de": "der die das und ist in zu den von mit dem nicht ein eine für auf des sich im auch als wird sind nach bei "
    "war hat werden einer über aus er sie dass wie oder aber noch einem einen zum zur durch vor wurde",
    "en": "the of and to in a is that for it was on are as with his they at be this from have or by one had not but "
    "what all were when we there can an your which their said if do will each about how up out them then she many "
    "some so these would other into has more her two him see could no than been who its now after also he i you",
    "es": "de la que el en y los se del las por un una con no para su al es lo como más pero sus le ha fue este está "
    "son entre desde también según sobre cuando muy sin ya ser dos años",
    "fi": "ja on ei se että oli ovat mutta hän joka myös kun mukaan jo kuin sen tai niin ole ollut olla vuonna sekä",
    "fr": "de la le et les des en un du une est pour qui dans a par que au sur il plus pas ne se sont avec ce son aux "
    "ont mais été cette ses selon après leur comme être entre elle nous deux",
    "hr": "i u je na se da su za od s o a koji što će kao iz bi nije to ne ili te do kako samo bio je jer koja prema",
    "hu": "a az és hogy nem is egy ez volt meg de el csak már azt még mint van vagy után szerint pedig ki majd amely",
    "id": "yang dan di dengan untuk dari dalam ini itu pada tidak akan oleh adalah ke sebagai juga atau telah mereka",
    "it": "di e il la che in per un una è del con non i le da della dei si al ha nel sono alla più anche come dal gli "
    "delle ma stato secondo dopo lo essere tra",
    "nb": "og i det er på som en til av for at med den har de ikke et var fra seg kan om han ble også etter men eller",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er die om ook als bij naar uit door over maar werd "
    "heeft dan nog wordt hij worden tot deze volgens",
    "pl": "w i na z się do nie że to jest o od po jak za przez przy są ale dla tym oraz jego który która był tego "
    "także które już pod tak co czy został",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas foi ao das à seu sua ou ser "
    "são está também pelo pela até segundo entre",
    "ro": "de și în a la cu pe din că nu care o un este mai pentru au fost se sunt prin după dar sau lui această",
    "sv": "och i att det som en på är av för med den till inte har de ett om var från sig kan men vid efter också blev",
    "tr": "ve bir bu için de da ile olarak daha çok olan gibi ne kadar sonra göre ise en ancak olduğu her veya değil",
    "vi": "và của là có trong được cho một các không với đã những người này khi để từ đến năm cũng theo",
}

_SCRIPT_RANGES: Final = {
    "Cyrillic": "Ѐ-ԯ", "Greek": "Ͱ-Ͽἀ-῿", "Arabic": "؀-ۿݐ-ݿﭐ-﷿ﹰ-﻾", "Hebrew": "א-ת",
    "Devanagari": "ऀ-ॿ", "Bengali": "ঀ-৿", "Tamil": "஀-௿", "Thai": "ก-๛", "Georgian": "Ⴀ-ჿ", "Armenian": "Ա-֏",
    "Ethiopic": "ሀ-፿", "Korean": "가-힣ᄀ-ᇿ", "Japanese": "぀-ヿ", "Chinese": "㐀-䶿一-鿿",
}  # fmt: skip
_SCRIPT_PATTERNS: Final = {name: re.compile(f"[{letters}]") for name, letters in _SCRIPT_RANGES.items()}
_LATIN: Final = lazy_pattern(r"[A-Za-zÀ-ɏḀ-ỿ]")
_WORD: Final = lazy_pattern(r"[^\W\d_]+")

_EXCERPT_LENGTH: Final = 4_000
"""Length in code points of each of the `_EXCERPT_COUNT` excerpts that represent a long text."""
_EXCERPT_COUNT: Final = 3
_MIN_WORDS: Final = 15
_MIN_LETTERS: Final = 30
_MIN_COMMON_SHARE: Final = 0.15
"""In a foreign text, at least this share of all words are common words of the other language …"""
_MIN_DISTINCT: Final = 4
"""… of them different ones: the parts of a few names that are repeated again and again tell nothing …"""
_MIN_COMMON_RATIO: Final = 4
"""… and there are at least this many times as many of them as common words of the pipeline's own language."""
_SHOWN_WORDS: Final = 4
"""How many common words a notice quotes."""
_MIN_LEAD: Final = 1.2
"""The language of a text has at least this many times as many common words as any other: "de" and "la" are several
languages'."""


def foreign_notice(document: Document, language: str, name: str) -> str:
    """Return a one-line notice if a document is not in the pipeline's language, or "" if it is or may be.

    Args:
        document: The document to check.
        language: The code of the language that the pipeline reads, such as "en"; "" if unknown.
        name: The name of the pipeline.
    """
    if not language or document.language == language:
        return ""
    pipeline_language = _LANGUAGE_NAMES.get(language, f"“{language}”")
    if document.language:
        given_language = _LANGUAGE_NAMES.get(document.language, f"“{document.language}”")
        return (
            f"recognition skipped: --language says {given_language}, but {name} reads {pipeline_language} "
            "(choose another pipeline with --model)"
        )
    excerpts = _excerpts(document.text)
    text_language = foreign_language(excerpts, language)
    if not text_language:
        return ""
    return (
        f"recognition skipped: the text appears to be {text_language}{_evidence_for(excerpts, text_language)}, but "
        f"{name} reads {pipeline_language} (choose another pipeline with --model, or --language {language} to "
        "recognize anyway)"
    )


def language_of(document: Document, language: str) -> str:
    """Return the code of the language that a document is read in: that of the pipeline, or that of the text.

    Args:
        document: The document.
        language: The code of the language that the pipeline reads; "" if unknown or if it reads several.

    Returns:
        "" if the text has too few common words of one language.
    """
    if document.language or language:
        return document.language or language
    words = _words_in_lower_case(_excerpts(document.text))
    counts = _common_word_counts(words)
    best, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    is_certain = _are_enough(words, counts, best) and counts[best] >= _MIN_LEAD * counts[second]
    return best if is_certain else ""


def foreign_language(text: str, language: str) -> str:
    """Return the language or script of a text that is certainly not in `language`; "" for any other text."""
    if language in _LANGUAGE_NAMES and (script := _non_latin_script(text)):
        return script
    if language not in _COMMON_WORDS:
        return ""
    words = _words_in_lower_case(text)
    counts = _common_word_counts(words)
    own_count = counts.pop(language)
    best = max(counts, key=counts.__getitem__)
    if _are_enough(words, counts, best) and counts[best] >= _MIN_COMMON_RATIO * own_count:
        return _LANGUAGE_NAMES[best]
    return ""


def _words_in_lower_case(text: str) -> Counter[str]:
    """Count the words of a text that indicate its language, folded; "" counts the others.

    Words with a capital are parts of names or begin sentences. In text in capitals, all words count.
    """
    words = _WORD.findall(text)
    if text.isupper():
        return Counter(word.casefold() for word in words)
    return Counter(word if word.islower() else "" for word in words)


def _common_word_counts(words: Counter[str]) -> dict[str, int]:
    """Return how many words are common words of each language."""
    return {code: sum(words[word] for word in common) for code, common in _common_words().items()}


def _are_enough(words: Counter[str], counts: dict[str, int], language: str) -> bool:
    """Return whether enough of all words are common words of a language, and enough different ones."""
    total = words.total()
    distinct = sum(word in words for word in _common_words()[language])
    return total >= _MIN_WORDS and counts[language] >= _MIN_COMMON_SHARE * total and distinct >= _MIN_DISTINCT


def _evidence_for(text: str, language_name: str) -> str:
    """Return the common words by which a language was recognized, in brackets; "" for one recognized by script."""
    code = next((code for code, name in _LANGUAGE_NAMES.items() if name == language_name), "")
    words = _words_in_lower_case(text)
    frequent = sorted(_common_words().get(code, ()), key=lambda word: (-words[word], word))
    quoted = ", ".join(f"“{word}”" for word in frequent[:_SHOWN_WORDS] if words[word])
    return f" ({quoted} …)" if quoted else ""


def _non_latin_script(text: str) -> str:
    """Return the script of at least two thirds of the letters, or "" if that is Latin or there is none."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPT_PATTERNS.items()}
    total = sum(counts.values())
    if total < _MIN_LETTERS or total < 2 * len(_LATIN.findall(text)):
        return ""
    if counts["Japanese"] > total / 20:
        return "Japanese"
    return max(counts, key=counts.__getitem__)


def _excerpts(text: str) -> str:
    """Return a short text whole, or evenly spaced excerpts of a long one."""
    if len(text) <= _EXCERPT_COUNT * _EXCERPT_LENGTH:
        return text
    starts = ((len(text) - _EXCERPT_LENGTH) * number // (_EXCERPT_COUNT - 1) for number in range(_EXCERPT_COUNT))
    return "\n".join(text[start : start + _EXCERPT_LENGTH] for start in starts)


@cache
def _common_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _COMMON_WORDS.items()}
