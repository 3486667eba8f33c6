"""Which entries of watchlists the names of a profile are like, what speaks for it, and what the user answered.

A profile has names but no text. Its names are searched for as if each were a paragraph, so that a profile and its
documents have the same hits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from reader.collection.watchlists.screening import COMPARED_LABELS, TYPE_DIFFERS, fits_type, is_written_as_name
from reader.document.blocks import Block
from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.annotate.effects.watchlist_answers import AnswerKey
    from reader.collection.watchlists.list_matches import ListMatch, ListMatches

DocumentAnswers = Mapping[tuple[str, str], Mapping[str, int]]
"""In how many documents each answer was given, by the name of the list and the id in it."""
_ORDER: Final = ("", "yes", "unsure", "no")
"""The order of the hits by their answers."""


@dataclass(frozen=True, slots=True)
class ProfileHit:
    """An entry of a watchlist that names of a profile are like."""

    watchlist: str
    listed_id: str
    listed_name: str
    """The name or alias that is alike."""
    listed_type: str
    names: tuple[Name, ...]
    """The names of the profile that are like a name of the entry, the most alike first."""
    score: float
    """How much alike the first name is, 0 to 1."""
    reasons: tuple[str, ...]
    """What speaks for the hit and against it, each in a few words."""
    answer: str = ""
    """What the user answered for all documents, or else the same in each document with an answer: "yes", "no" or
    "unsure"; "" if there is no such answer."""
    document_answers: tuple[tuple[str, int], ...] = ()
    """The answers in single documents and how many have them, the most frequent first."""

    @property
    def key(self) -> tuple[str, str]:
        """The name of the list and the id in it."""
        return self.watchlist, self.listed_id


class _NameMatch(NamedTuple):
    """A name of a profile and a listed name that it is like."""

    name: Name
    score: float
    listed_name: str
    reasons: tuple[str, ...]


class NamesAsText(NamedTuple):
    """The names of a profile in the form in which lists are searched for them."""

    text: str
    """One name a line."""
    blocks: tuple[Block, ...]
    """The span of each name."""
    compared: tuple[str, ...]
    """The names that are compared by similarity."""


def names_as_text(label: str, names: Sequence[Name]) -> NamesAsText:
    """Return what to search lists for: the names of a profile with a label."""
    blocks = []
    start = 0
    for name in names:
        blocks.append(Block(start, start + len(name.text)))
        start += len(name.text) + 1
    compared = tuple(name.text for name in names) if label in COMPARED_LABELS else ()
    return NamesAsText("\n".join(name.text for name in names), tuple(blocks), compared)


def profile_hits(
    label: str,
    names: Sequence[Name],
    matches: ListMatches,
    answers: Mapping[AnswerKey, str],
    document_answers: DocumentAnswers,
) -> list[ProfileHit]:
    """Return the entries that the names of a profile are like: the open ones first, refused ones last.

    Args:
        label: The label of the profile.
        names: Its names.
        matches: What lists have of `names_as_text`.
        answers: The general answers, from `watchlist_answers`.
        document_answers: The answers in its documents.
    """
    by_entry: dict[tuple[str, str, str], list[_NameMatch]] = {}
    for name, match in (*_same_names(names, matches), *_similar_names(label, names, matches)):
        score, reasons = match.score, match.reasons
        if not fits_type(label, match.listed):
            score *= TYPE_DIFFERS
            reasons = (*reasons, f"{label} here, {match.listed.type} in the list")
        entry = match.watchlist, match.listed.id, match.listed.type
        by_entry.setdefault(entry, []).append(_NameMatch(name, round(score, 3), match.listed_name, reasons))
    hits = []
    for (watchlist, listed_id, listed_type), name_matches in by_entry.items():
        name_matches.sort(key=lambda match: (-match.score, match.name, match.listed_name))
        best = name_matches[0]
        alike = tuple(dict.fromkeys(match.name for match in name_matches))
        in_documents = Counter(document_answers.get((watchlist, listed_id), {})).most_common()
        general = next((answer for name in alike if (answer := answers.get((watchlist, listed_id, name)))), "")
        unanimous = in_documents[0][0] if len(in_documents) == 1 else ""
        hits.append(
            ProfileHit(
                *(watchlist, listed_id, best.listed_name, listed_type, alike, best.score, best.reasons),
                answer=general or unanimous,
                document_answers=tuple(in_documents),
            )
        )
    return sorted(hits, key=lambda hit: (_ORDER.index(hit.answer), -hit.score, hit.key))


def _same_names(names: Sequence[Name], matches: ListMatches) -> Iterator[tuple[Name, ListMatch]]:
    """Yield the listed names that are the whole of a name."""
    blocks = names_as_text("", names).blocks
    by_start = {block.start: (name, block) for name, block in zip(names, blocks, strict=True)}
    starts = sorted(by_start)
    position = 0
    for start, end, match in matches.in_text:
        while position + 1 < len(starts) and starts[position + 1] <= start:
            position += 1
        name, block = by_start[starts[position]]
        remainder = name.text[: start - block.start] + name.text[end - block.start :]
        if not any(map(str.isalnum, remainder)) and is_written_as_name(name.text, match.listed_name):
            yield name, match


def _similar_names(label: str, names: Sequence[Name], matches: ListMatches) -> Iterator[tuple[Name, ListMatch]]:
    """Yield the listed names that are like a name and can be of the type of the profile."""
    if label not in COMPARED_LABELS:
        return
    for name in names:
        for match in matches.by_name.get(name.text, ()):
            if fits_type(label, match.listed):
                yield name, match
