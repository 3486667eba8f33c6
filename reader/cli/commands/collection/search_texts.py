"""`reader search WORDS`: search the texts of a collection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_color_options
from reader.cli.collection_options import (
    add_collection,
    add_days,
    add_limit,
    add_output_format,
    count_type,
    opened_collection,
)
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.passages import highlighted, one_line_passage
from reader.cli.output.table import print_csv, print_json, print_rows
from reader.document import one_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.collection import Collection
    from reader.collection.queries.text_search import SearchHit, SearchPage

_EPILOG = """\
Every word must occur; case and accents make no difference.
  "acme corp"            the words next to each other (quote them for the shell, too)
  brib*                  words that begin with "brib"
  -weather               not in texts with this word
  PERSON near bribe      in one sentence: a name with this label, and the word
  "acme corp" near bribe in one sentence
  since:2020             documents from that day, month or year on; until:2021-05 up to it

exit codes: 0 something was found, 1 nothing was found or the collection cannot be read
"""
_HEADER = ("source", "title", "date", "digest", "start", "excerpt")


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("words", metavar="WORDS", nargs="*", help="what to search for; nothing for every document")
    parser.add_argument(
        "--type", metavar="LABEL", default="", help="only with a name of this label in the sentence, such as PERSON"
    )
    parser.add_argument("--entity", metavar="NAME", default="", help="only documents that mention this entity")
    add_days(parser, "documents")
    add_limit(parser, 20, "documents")
    parser.add_argument("--skip", metavar="N", type=count_type(0), default=0, help="skip the first N documents")
    add_output_format(parser)
    add_collection(parser)
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the documents, the most relevant first, with an excerpt of each."""
    with opened_collection(options) as collection:
        page = collection.search(
            " ".join(options.words),
            label=options.type.upper(),
            entity=options.entity,
            since=options.since,
            until=options.until,
            limit=options.limit,
            offset=options.skip,
        )
        if not page.hits and options.format == "text":
            reason = "there are no more" if options.skip else _reason(collection, options)
            print_rows([f"nothing found: {reason}"])
            return 1
    if options.format == "json":
        print_json({"total": page.total, "more": page.more, "hits": [_as_object(hit) for hit in page.hits]})
    elif options.format == "csv":
        print_csv(_HEADER, ([_as_object(hit)[key] for key in _HEADER] for hit in page.hits))
    else:
        print_rows(_text_rows(page, options.skip, paint_for(options)))
    return 0 if page.hits else 1


def _reason(collection: Collection, options: Options) -> str:
    from reader.collection.queries.profiles.profile_lookup import profile_named
    from reader.collection.queries.search_advice import why_nothing_matches

    profile = profile_named(collection.storage, options.entity).id if options.entity else 0
    return why_nothing_matches(
        collection.storage,
        " ".join(options.words),
        label=options.type.upper(),
        profile=profile,
        since=options.since,
        until=options.until,
    )


def _text_rows(page: SearchPage, skipped: int, paint: Paint) -> Iterator[str]:
    for hit in page.hits:
        date = f"  {one_line(hit.date[:10])}" if hit.date else ""
        yield f"{paint.heading(one_line(hit.title))}{paint.faint(date)}"
        yield f"  {highlighted(hit.excerpt.text, hit.excerpt.highlights, paint)}"
        yield paint.faint(f"  {one_line(hit.source)}")
    if page.more:
        total = f" of {page.total:,}" if page.total is not None else ""
        noun = "documents" if len(page.hits) > 1 else "document"
        last = skipped + len(page.hits)
        listed = f"{skipped + 1:,} to {last:,}" if len(page.hits) > 1 else f"{last:,}"
        yield paint.faint(f"{noun} {listed}{total}; --skip or --limit shows more")


def _as_object(hit: SearchHit) -> dict[str, Any]:
    excerpt = hit.excerpt
    return {
        "source": hit.source,
        "title": hit.title,
        "date": hit.date,
        "digest": hit.digest,
        "start": excerpt.start,
        "excerpt": one_line_passage(excerpt.text),
        "matches": [{"start": excerpt.start + start, "end": excerpt.start + end} for start, end in excerpt.highlights],
        "mentions": [
            {
                "start": excerpt.start + start,
                "end": excerpt.start + end,
                "text": excerpt.text[start:end],
                "label": label,
            }
            for start, end, label in hit.mentions
        ],
    }
