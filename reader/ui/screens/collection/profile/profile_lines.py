"""What the profile screen shows of a profile, as lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reader.collection.queries.profiles.profile_answers import answers_in_documents
from reader.collection.queries.profiles.profile_lookup import ProfileSummary
from reader.collection.queries.profiles.profile_mentions import ProfileMention, mentions_of
from reader.collection.queries.profiles.profile_report import ProfileReport, profile_report
from reader.collection.queries.profiles.profile_suggestions import SuggestedPair, suggested_pairs, suggestion_reason
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.watchlists.profile_hits import DocumentAnswers, ProfileHit
from reader.display.counted import counted
from reader.document import one_line
from reader.resolve import Name
from reader.structures.lazy_dataclass import dataclass
from reader.ui.screens.collection.line_list import DocumentTarget, ListLine, ProfileTarget, excerpt_line
from reader.ui.watchlist_hits import ANSWER_WORDS

_MOST_ENTRIES = 200
"""Entries of one section."""
_MOST_MENTIONS = 1_000
_MENTIONS = "Mentions"
_LISTED = "Like names on your watchlists"


@dataclass(frozen=True, slots=True)
class LoadedProfile:
    """Everything that the screen shows of a profile."""

    report: ProfileReport
    mentions: tuple[ProfileMention, ...]
    suggestions: tuple[SuggestedPair, ...]
    answers: DocumentAnswers
    """The answers to hits of watchlists that were given in its documents."""

    @property
    def names(self) -> tuple[Name, ...]:
        """The names, the most frequent first."""
        return tuple(Name(name.text, name.label) for name in self.report.names)


@dataclass(frozen=True, slots=True)
class ListedEntries:
    """What the user's watchlists have of a profile."""

    hits: tuple[ProfileHit, ...] = ()
    advice: str = ""
    """What to say if there are no hits; "" if there are no lists."""


def load_profile(storage: CollectionStorage, profile: ProfileSummary) -> LoadedProfile:
    """Read what the screen shows of a profile."""
    return LoadedProfile(
        profile_report(storage, profile, limit=_MOST_ENTRIES),
        mentions_of(storage, profile.id, limit=_MOST_MENTIONS),
        tuple(suggested_pairs(storage, key=profile.key, limit=_MOST_ENTRIES)),
        answers_in_documents(storage, profile.id),
    )


def lines_of(profile: LoadedProfile, listed: ListedEntries) -> list[ListLine]:
    """Return the lines of a profile, section by section; sections without entries are left out."""
    report = profile.report
    sections: list[tuple[str, Iterable[ListLine]]] = [
        ("Others have this name", map(_namesake_line, report.namesakes)),
        ("Longer names", map(_namesake_line, report.longer_names)),
        ("Names", (_name_lines(report))),
        (_LISTED, _hit_lines(listed)),
        ("Maybe the same", _suggestion_lines(profile.suggestions, report.profile.key)),
        ("Identifiers beside it", _identifier_lines(report)),
        ("Notes", (ListLine(note.text, note.title, DocumentTarget(note.source)) for note in report.notes)),
        ("Appears with", _companion_lines(report)),
        ("Timeline", _timeline_lines(report)),
        ("Quotes", _quote_lines(report)),
        (
            _MENTIONS,
            (
                excerpt_line(item.excerpt, _origin(item.title, item.date), DocumentTarget(item.source, item.start))
                for item in profile.mentions
            ),
        ),
        (
            "Documents",
            (
                ListLine(item.title, _origin(counted(item.mentions, "mention"), item.date), DocumentTarget(item.source))
                for item in report.documents
            ),
        ),
    ]
    lines: list[ListLine] = []
    for title, items in sections:
        section = list(items)
        if section:
            if lines:
                lines.append(ListLine(""))
            count = len(listed.hits) if title == _LISTED else len(section)
            most = _MOST_MENTIONS if title == _MENTIONS else _MOST_ENTRIES
            number = f"the first {count:,}" if count == most else f"{count:,}"
            lines += [ListLine(f"{title} ({number})" if count else title, is_heading=True), *section]
    return lines


def _hit_lines(listed: ListedEntries) -> Iterator[ListLine]:
    """Yield two lines for each hit: the two similar names, and the reasons."""
    for hit in listed.hits:
        alike, *more_names = (one_line(name.text) for name in hit.names[:3])
        entry = f"{one_line(hit.listed_name)} ({hit.watchlist}: {hit.listed_id})"
        yield ListLine(f"{alike} is like {entry}", f"{hit.score:.0%} · {ANSWER_WORDS[hit.answer]}", item=hit)
        answers = [f"{answer} in {counted(count, 'document')}" for answer, count in hit.document_answers]
        answers_text = f"; you said {', '.join(answers)}" if answers else ""
        others_text = f"; also {', '.join(more_names)}" if more_names else ""
        yield ListLine(f"{one_line('; '.join(hit.reasons))}{others_text}{answers_text}", item=hit, lead="  ")
    if listed.advice and not listed.hits:
        yield ListLine(listed.advice)


def _name_lines(report: ProfileReport) -> Iterator[ListLine]:
    for name in report.names:
        label = f" · {name.label}" if name.label != report.profile.label else ""
        yield ListLine(
            name.text, f"{counted(name.mentions, 'mention')} in {counted(name.documents, 'document')}{label}"
        )


def _timeline_lines(report: ProfileReport) -> Iterator[ListLine]:
    width = max((len(entry.bounded_day) for entry in report.timeline), default=0)
    for entry in report.timeline:
        target = DocumentTarget(entry.source, entry.start)
        yield ListLine(one_line(entry.sentence), entry.title, target, lead=f"{entry.bounded_day:<{width}}  ")


def _quote_lines(report: ProfileReport) -> Iterator[ListLine]:
    for quote in report.quotations:
        target = DocumentTarget(quote.source, quote.start)
        yield ListLine(f"“{one_line(quote.quote)}”", _origin(quote.title, quote.date), target)


def _companion_lines(report: ProfileReport) -> Iterator[ListLine]:
    for companion in report.companions:
        nouns = (
            ("sentence", companion.sentences),
            ("paragraph", companion.paragraphs),
            ("document", companion.documents),
        )
        counts = " · ".join(counted(number, noun) for noun, number in nouns if number)
        hint = f" ({companion.hint})" if companion.hint else ""
        yield ListLine(f"{companion.name}{hint}", counts, ProfileTarget(companion.key), label=companion.label)


def _identifier_lines(report: ProfileReport) -> Iterator[ListLine]:
    for item in report.identifiers:
        close = counted(item.sentences, "sentence") if item.sentences else counted(item.paragraphs, "paragraph")
        counts = f"{close} in {counted(item.documents, 'document')}"
        yield ListLine(item.text, counts, DocumentTarget(item.source, item.start), label=item.label)


def _suggestion_lines(suggestions: Sequence[SuggestedPair], key: str) -> Iterator[ListLine]:
    for pair in suggestions:
        side, own = (pair.b, pair.a) if pair.a.key == key else (pair.a, pair.b)
        words = ", ".join(side.words[:4])
        about = f"{side.entity_name}{f' ({words})' if words else ''}"
        shared = f" · both: {', '.join(pair.shared[:2])}" if pair.shared else ""
        reason = suggestion_reason(pair.rule, own.entity_name, side.entity_name)
        yield ListLine(f"{about} — {reason}; in “{side.title}”", f"{pair.score:.0%}{shared}", ProfileTarget(side.key))


def _namesake_line(namesake: ProfileSummary) -> ListLine:
    """Return the line of another profile that the name may mean."""
    hint = f" ({namesake.hint})" if namesake.hint else ""
    counts = " · ".join(filter(None, (counted(namesake.documents, "document"), _days(namesake))))
    return ListLine(f"{namesake.name}{hint}", counts, ProfileTarget(namesake.key), label=namesake.label)


def _days(profile: ProfileSummary) -> str:
    return " – ".join(dict.fromkeys(filter(None, (profile.first_day, profile.last_day))))


def summary_parts(profile: ProfileSummary) -> tuple[str, ...]:
    """Return the parts of the title bar of a profile, the most important first."""
    counts = counted(profile.documents, "document"), counted(profile.mentions, "mention")
    return tuple(filter(None, (profile.label, one_line(profile.hint), *counts, _days(profile))))


def _origin(title: str, date: str) -> str:
    return " · ".join(filter(None, (title, date[:10])))
