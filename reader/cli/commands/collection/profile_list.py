"""`reader profiles`: list the entities of a collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_color_options
from reader.cli.collection_options import add_collection, add_limit, add_output_format, opened_collection
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import COLUMN_GAP, align_columns, print_csv, print_json, print_rows

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.queries.profiles.profile_lookup import ProfileSummary

_HEADER = ("key", "name", "label", "documents", "mentions", "first_day", "last_day", "hint")


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "text", metavar="TEXT", nargs="?", default="", help="only entities with a name that contains TEXT"
    )
    parser.add_argument("--type", metavar="LABEL", default="", help="only entities of this label, such as PERSON")
    add_limit(parser, 50, "entities")
    add_output_format(parser)
    add_collection(parser)
    add_color_options(parser)


def run(options: Options) -> int:
    """Print the entities, those in most documents first."""
    with opened_collection(options) as collection:
        profiles = collection.profiles(options.text, label=options.type.upper(), limit=options.limit)
    if options.format == "json":
        print_json([profile_object(profile) for profile in profiles])
    elif options.format == "csv":
        print_csv(_HEADER, ([profile_object(profile)[key] for key in _HEADER] for profile in profiles))
    else:
        print_rows(_text_rows(profiles, paint_for(options), is_filtered=bool(options.text or options.type)))
    return 0


def profile_object(profile: ProfileSummary) -> dict[str, Any]:
    """Return the JSON object of a profile, without its number in the index."""
    return {key: value for key, value in asdict(profile).items() if key != "id"}


def _text_rows(profiles: Sequence[ProfileSummary], paint: Paint, *, is_filtered: bool) -> Iterator[str]:
    if not profiles:
        yield "no entity matches" if is_filtered else "no entities"
        return
    has_hints = any(profile.hint for profile in profiles)
    rows = [("NAME", "LABEL", "DOCUMENTS", "MENTIONS", "FIRST", "LAST", *(["WHICH ONE"] if has_hints else []))]
    for profile in profiles:
        counts = f"{profile.documents:,}", f"{profile.mentions:,}"
        hint = [profile.hint] if has_hints else []
        rows.append((profile.name, profile.label, *counts, profile.first_day, profile.last_day, *hint))
    table = align_columns(rows, right=(2, 3), widest=(60,))
    yield paint.faint(COLUMN_GAP.join(table[0]))
    for profile, (name, label, *columns) in zip(profiles, table[1:], strict=True):
        padding = " " * (len(name) - len(name.rstrip()))
        yield COLUMN_GAP.join((paint.mention(name.rstrip(), profile.label) + padding, paint.faint(label), *columns))
