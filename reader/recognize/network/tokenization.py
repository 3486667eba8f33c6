"""The tokenizer: spaCy's English rules, plus rules for the quirks of news articles and reports.

spaCy saves all rules with the weights, as regular expressions and exceptions. So a loaded pipeline tokenizes exactly as
in training, even if this module has changed since.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

_INVISIBLE: Final = r"[\u00ad\u200b-\u200f\u2060\ufeff]+"
_FOOTNOTE: Final = r"\[(?:\d{1,3}|[a-z])\]"
_UPPER: Final = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐÉĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽ"

PREFIXES: Final = (
    _FOOTNOTE,
    _INVISIBLE,
    rf"[-–—]+(?=[{_UPPER}])",
)
SUFFIXES: Final = (
    _FOOTNOTE,
    _INVISIBLE,
    r"(?<=[^\W\d_])[-–—]+",
    r"(?<=\.)[-–—]+",
)
INFIXES: Final = (
    _FOOTNOTE,
    _INVISIBLE,
    r"[\[\]]",
    r"(?<=\w)[.,;:!?]+(?=\[)",
    r"(?<=[.,;:!?])[\"”’»)]+(?=\[)",
    r"(?<=\w)[.,;:!?]+(?=[\"”’»]\[)",
    r"(?<=[\w.])[–—](?=\w)",
    r"(?<=\w\.)-(?=\w)",
    r"(?<=\))-(?=\w)",
    r"(?<=[a-z]{3})-(?=\d)",
    rf"(?<=\w)[)”\"]+\.(?=[{_UPPER}])",
    r"(?<=[^\W\d_])--+(?=\w)",
    r"(?<=[\w.])[()](?=[\w–-])",
    r"(?<=[\w.])[<>\"“”«»](?=\w)",
    rf"(?<=[^\W\d_])[;!?](?=[{_UPPER}a-z])",
    rf"(?<=[^\W\d_]),(?=[{_UPPER}\"“‘])",
)
"""Rules in addition to spaCy's for English.

Footnote marks and invisible characters are tokens of their own, dashes and brackets separate the words they join, and
words without a space after the end of a sentence or clause are split.
"""


@registry.tokenizers("reader.SavedTokenizer.v1")  # type: ignore[untyped-decorator]  # untyped in spaCy
def saved_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return a factory of tokenizers without rules, for a pipeline whose folder has them: it loads in half the time."""
    return lambda nlp: Tokenizer(nlp.vocab)


def set_tokenizer_rules(nlp: Language) -> None:
    """Add the rules of this module to those of the pipeline's language."""
    defaults = nlp.Defaults
    tokenizer: Any = nlp.tokenizer
    tokenizer.prefix_search = compile_prefix_regex([*PREFIXES, *(defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([*SUFFIXES, *(defaults.suffixes or ())]).search
    tokenizer.infix_finditer = compile_infix_regex([*INFIXES, *(defaults.infixes or ())]).finditer
