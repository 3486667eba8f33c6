"""`reader profile NAME`: show the profile of one entity of a collection."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_color_options
from reader.cli.collection_options import add_collection, add_limit, add_output_format, opened_collection
from reader.cli.command_errors import CommandError
from reader.cli.commands.collection.profile_list import profile_object
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.passages import one_line_passage
from reader.cli.output.table import print_csv, print_json, print_rows
from reader.display.counted import counted
from reader.document import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.collection import Collection
    from reader.collection.queries.profiles.profile_identifiers import ProfileIdentifier
    from reader.collection.queries.profiles.profile_lookup import ProfileSummary
    from reader.collection.queries.profiles.profile_report import Companion, LikelySame, ProfileDocument, ProfileReport
    from reader.collection.watchlists.profile_hits import ProfileHit

_HEADER = (
    *("section", "name", "label", "mentions", "documents", "sentences", "paragraphs", "date", "text", "source"),
    *("list", "id", "score", "answer", "key", "hint", "rule", "bound"),
)


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("name", metavar="NAME", help="a name of the entity, or its key")
    add_limit(parser, 20, "entries of each section")
    add_output_format(parser)
    add_collection(parser)
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the profile; of several with the name, the one in most documents."""
    with opened_collection(options) as collection:
        report = collection.profile(options.name, limit=options.limit)
        if options.format == "json":
            print_json(_as_object(report, _hits(collection, report)))
        elif options.format == "csv":
            rows = _table(report, _hits(collection, report))
            print_csv(_HEADER, ([row.get(key, "") for key in _HEADER] for row in rows))
        else:
            print_rows(_text_rows(report, paint_for(options)))
            print_rows(_hit_rows(_hits(collection, report), paint_for(options)))
    return 0


def _hits(collection: Collection, report: ProfileReport) -> Sequence[ProfileHit]:
    """Return what watchlists have of the profile. Say so while a terminal waits for it."""
    from reader.collection.watchlists.saved_lists import saved_names
    from reader.collection.watchlists.watchlist import WatchlistError

    waits = sys.stderr.isatty() and bool(saved_names())
    sys.stdout.flush()
    if waits:
        print("searching the watchlists …", end="", file=sys.stderr, flush=True)
    try:
        return collection.watchlist_hits(report.profile.key)
    except WatchlistError as error:
        raise CommandError(str(error)) from None
    finally:
        if waits:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _as_object(report: ProfileReport, hits: Sequence[ProfileHit]) -> dict[str, Any]:
    sections = asdict(report)
    del sections["profile"]
    return {
        **profile_object(report.profile),
        **sections,
        "watchlists": [_hit_object(hit) for hit in hits],
        "namesakes": [profile_object(namesake) for namesake in report.namesakes],
        "longer_names": [profile_object(namesake) for namesake in report.longer_names],
    }


def _hit_object(hit: ProfileHit) -> dict[str, Any]:
    return {
        "list": hit.watchlist,
        "id": hit.listed_id,
        "listed_name": hit.listed_name,
        "listed_type": hit.listed_type,
        "names": [name.text for name in hit.names],
        "score": hit.score,
        "reasons": list(hit.reasons),
        "answer": hit.answer,
        "document_answers": dict(hit.document_answers),
    }


def _table(report: ProfileReport, hits: Sequence[ProfileHit]) -> Iterator[dict[str, Any]]:
    for section, namesakes in (("namesake", report.namesakes), ("longer name", report.longer_names)):
        for namesake in namesakes:
            yield {"section": section, **profile_object(namesake), "date": namesake.last_day}
    for name in report.names:
        yield {"section": "name", "name": name.text, **asdict(name), "text": ""}
    for document in report.documents:
        yield {"section": "document", **asdict(document), "text": document.title}
    for companion in report.companions:
        yield {"section": "appears with", **asdict(companion)}
    for same in report.maybe:
        yield {"section": "may be the same", **asdict(same), "text": same.shared or same.rule}
    for item in report.identifiers:
        yield {"section": "identifier", **asdict(item), "name": item.text, "text": item.title}
    for entry in report.timeline:
        row = {"date": entry.day, "text": entry.sentence, "source": entry.source, "bound": entry.bound}
        yield {"section": "timeline", **row}
    for quotation in report.quotations:
        yield {"section": "quote", "date": quotation.date, "text": quotation.quote, "source": quotation.source}
    for note in report.notes:
        yield {"section": "note", "text": note.text, "source": note.source}
    for hit in hits:
        text = "; ".join((hit.listed_name, *hit.reasons))
        columns = {"list": hit.watchlist, "id": hit.listed_id, "score": hit.score, "answer": hit.answer}
        yield {"section": "watchlist", "name": hit.names[0].text, "label": hit.names[0].label, "text": text} | columns


def _near(item: Companion | ProfileIdentifier) -> str:
    """Return how often something is near an entity."""
    counts = ((item.sentences, "sentence"), (item.paragraphs, "paragraph"), (item.documents, "document"))
    return ", ".join(counted(count, noun) for count, noun in counts if count)


def _days(profile: ProfileSummary) -> str:
    days = " to ".join(dict.fromkeys(filter(None, (profile.first_day, profile.last_day))))
    return f", {days}" if days else ""


def _date_column(document: ProfileDocument, report: ProfileReport) -> str:
    """Return the date of a document in a column, "" if none of the documents has one."""
    if not any(listed.date for listed in report.documents):
        return ""
    return f"{document.date[:10] or 'no date':10}  "


def _hint(hint: str) -> str:
    return f" ({one_line(hint)})" if hint else ""


def _reason(same: LikelySame, name: str) -> str:
    """Return the rule that suggests a profile, and what documents say of both."""
    from reader.collection.queries.profiles.profile_suggestions import suggestion_reason

    both = f"; both: {one_line(same.shared)}" if same.shared else ""
    return suggestion_reason(same.rule, same.name, name) + both


def _namesake_row(namesake: ProfileSummary, label: str, paint: Paint) -> str:
    """Return the row of another profile that a name may mean."""
    counts = f"{counted(namesake.documents, 'document')}{_days(namesake)}"
    details = counts if namesake.label == label else f"{namesake.label}, {counts}"
    name = paint.mention(one_line(namesake.name), namesake.label)
    return f"{paint.faint(one_line(namesake.key))}  {name}{_hint(namesake.hint)}  {paint.faint(details)}"


def _text_rows(report: ProfileReport, paint: Paint) -> Iterator[str]:
    profile = report.profile
    counts = f"{counted(profile.mentions, 'mention')} in {counted(profile.documents, 'document')}{_days(profile)}"
    name = paint.mention(one_line(profile.name), profile.label)
    yield f"{name}{_hint(profile.hint)}  {paint.faint(f'{profile.label}  {counts}')}"
    sections = {
        "Others have this name": [_namesake_row(namesake, profile.label, paint) for namesake in report.namesakes],
        "Longer names": [_namesake_row(namesake, profile.label, paint) for namesake in report.longer_names],
        "Names": [
            f"{one_line(name.text)}  "
            + paint.faint(f"{counted(name.mentions, 'mention')} in {counted(name.documents, 'document')}")
            for name in report.names
        ],
        "Appears with": [
            f"{paint.mention(one_line(companion.name), companion.label)}{_hint(companion.hint)}"
            f"  {paint.faint(companion.label)}  {_near(companion)}"
            for companion in report.companions
        ],
        "Maybe the same": [
            f"{paint.faint(same.key)}  {paint.mention(one_line(same.name), same.label)}{_hint(same.hint)}"
            f"  {same.score:.0%}  {_reason(same, profile.name)}"
            for same in report.maybe
        ],
        "Identifiers beside it": [f"{one_line(item.text)}  {item.label}  {_near(item)}" for item in report.identifiers],
        "Dates": [f"{entry.bounded_day:10}  {one_line_passage(entry.sentence)}" for entry in report.timeline],
        "Quotes": [
            f"“{one_line_passage(quotation.quote)}”  {paint.faint(one_line(quotation.source))}"
            for quotation in report.quotations
        ],
        "Notes": [f"{one_line(note.text)}  {paint.faint(one_line(note.source))}" for note in report.notes],
        "Documents": [
            f"{_date_column(document, report)}{one_line(document.title)}  {counted(document.mentions, 'mention')}  "
            + paint.faint(one_line(document.source))
            for document in report.documents
        ],
    }
    for heading, lines in sections.items():
        if lines:
            yield ""
            yield paint.heading(heading)
            yield from (f"  {line}" for line in lines)


def _hit_rows(hits: Sequence[ProfileHit], paint: Paint) -> Iterator[str]:
    if hits:
        yield ""
        yield paint.heading("Like names on your watchlists")
    for hit in hits:
        listed = f"{one_line(hit.listed_name)} ({hit.watchlist}: {hit.listed_id})"
        answer = f" · you said {hit.answer}" if hit.answer else ""
        documents = ", ".join(f"{answer} in {count:,}" for answer, count in hit.document_answers)
        reasons = one_line("; ".join(hit.reasons)) + (f"; in documents: {documents}" if documents else "")
        alike = paint.mention(one_line(hit.names[0].text), hit.names[0].label)
        yield f"  {alike}  is like  {listed}  {hit.score:.0%}{answer}"
        yield paint.faint(f"    {reasons}")
