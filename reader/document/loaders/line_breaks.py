"""Tells whether a sentence continues from one of two neighboring lines to the next."""

from __future__ import annotations

from typing import Final

from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_MARKED_BREAKS: Final = ("\u00ad", "\u2402")
"""Soft hyphen, and what `sanitize` makes of the hyphen of PDF readers. At the end of a line they divide a word."""
_SENTENCE_ENDS: Final = frozenset(".!?:…\"”’')]»")
_ABBREVIATION: Final = lazy_pattern(
    r"(?:^|[\s(])(?:(?:[^\W\d_]\.)+|(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep|vs)\.)\Z"
)
_BEFORE_NAME: Final = lazy_pattern(
    r"(?:^|[\s(])(?:[^\W\d_a-z]\.|(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Sen|Rep)\.)\Z"
)
"""An initial or a title, which the rest of a name follows."""
_FUNCTION_WORDS: Final = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "her", "his",
     "in", "into", "is", "its", "nor", "of", "on", "or", "our", "that", "than", "the", "their", "to", "was", "were",
     "which", "who", "whose", "with",
     "auf", "das", "dem", "der", "ein", "eine", "für", "mit", "und", "von", "zu",
     "au", "aux", "dans", "de", "des", "du", "en", "et", "la", "le", "les", "par", "pour", "sur", "un", "une",
     "con", "del", "el", "las", "los", "una", "y")
)  # fmt: skip
"""Words after which a line of prose goes on."""
_ARTICLES: Final = frozenset(("a", "an", "the"))
_NEW_SENTENCE: Final = lazy_pattern(r"[^\W_]{3}[.!?][\"”’')\]]* +[\"“‘'(\[]*[^\W_]")
"""A sentence end within a line, unless a lower case letter follows."""
_FINITE_VERBS: Final = frozenset(("are", "had", "has", "have", "is", "was", "were", "will", "would"))
_OPENING_WORDS: Final = frozenset(
    ("a", "after", "all", "an", "and", "as", "at", "but", "by", "for", "from", "he", "her", "here", "his", "how", "i",
     "if", "image", "in", "into", "is", "it", "its", "like", "my", "nor", "not", "now", "of", "on", "or", "our",
     "photo", "she", "so", "that", "the", "their", "then", "there", "these", "they", "this", "to", "we", "what",
     "when", "where", "which", "who", "why", "with", "yet", "you", "your")
)  # fmt: skip
"""Words that, with a capital, open a sentence, a line of verse or a byline."""
_LONG_HEADLINE: Final = 60
"""Columns that a headline of one line seldom has."""
_SMALL_SHARE: Final = 0.08
"""Share of function words that prose has and lists of names lack."""


class TextLine(NamedTuple):
    """A line that is not blank."""

    start: int
    """Offset of the first code point that is not white space."""
    indent: int
    """Width of the indent in columns; a TAB counts as four."""
    body: str
    """The text of the line without surrounding white space."""

    @property
    def end(self) -> int:
        """Offset after the last code point that is not white space."""
        return self.start + len(self.body)


def begins_lower(body: str) -> bool:
    """Return whether a line begins with a letter that is no capital."""
    return body[0].isalpha() and not body[0].isupper()


def divides_word(line: str) -> bool:
    """Return whether a line ends with a hyphen that only divides a word."""
    return line[-1] in _MARKED_BREAKS


def resumes(text: str) -> bool:
    """Return whether a text begins with a small word that goes on with a sentence: "and", "of"."""
    return text.split(" ", 1)[0] in _FUNCTION_WORDS - _ARTICLES


def goes_on(line: str, following: str) -> bool:
    """Return whether a sentence certainly continues in the following line.

    The following line begins in lower case, or this one ends with a divided word, a function word, an initial, a
    title or within brackets.
    """
    return begins_lower(following) or runs_on(line, following)


def runs_on(line: str, following: str) -> bool:
    """Return whether a line ends within a sentence, whatever the case of the following one."""
    last = line[-1]
    if last.isalpha():
        lead, _, word = line.rpartition(" ")
        if word in _FUNCTION_WORDS or (word.casefold() in _FUNCTION_WORDS and lead.rstrip()[-1:] in (".", "?", "!")):
            return True
    elif divides_word(line) or (last == "." and _BEFORE_NAME.search(line)):
        return True
    opened = line.rfind("(")
    return opened > line.rfind(")") and line[opened + 1 : opened + 2].isalnum() and ")" in following


def ends_sentence(line: str) -> bool:
    """Return whether a line ends with a mark that may end a sentence, and not with an abbreviation."""
    return line[-1] in _SENTENCE_ENDS and not _ABBREVIATION.search(line)


def begins_sentence_late(line: str) -> bool:
    """Return whether a line ends within a sentence that begins in the same line after another one."""
    if line[-1] in _SENTENCE_ENDS:
        return False
    matches = (match for match in _NEW_SENTENCE.finditer(line) if not begins_lower(match[0][-1]))
    return any(not _ABBREVIATION.search(line, 0, match.start() + 4) for match in matches)


def are_one_sentence(line: str, following: str) -> bool:
    """Return whether two lines are one sentence rather than a headline and what is below it.

    The first one does not end a sentence. It ends with a comma, or is too long or has too many words that headlines
    omit. The second one ends the sentence and does not begin like one. Without the comma it is not longer than the
    first one, as the last line of a paragraph.
    """
    if ends_sentence(line) or following[-1] not in ".!?…" or opens_line(following):
        return False
    words = line.split(" ")
    small_words = sum(word in _FUNCTION_WORDS for word in words)
    if line[-1] == ",":
        return small_words > 0
    is_headline = len(line) < _LONG_HEADLINE and not any(word in _FINITE_VERBS for word in words)
    return small_words > 1 and not is_headline and len(following) <= len(line) + 2


def opens_line(line: str) -> bool:
    """Return whether a line begins with a mark, or with a word that opens a sentence or a line of verse."""
    return line[0] not in "([" and (
        not line[0].isalnum() or line.split(" ", 1)[0].strip(",.:;\"'“”‘’").casefold() in _OPENING_WORDS
    )


def has_prose_words(lines: list[str]) -> bool:
    """Return whether lines have as many function words as prose."""
    words = [word for line in lines for word in line.split(" ")]
    return sum(word in _FUNCTION_WORDS for word in words) >= _SMALL_SHARE * len(words)
