"""`reader model list|info|add|remove|evaluate|train`: manage the pipelines and plug-ins that find names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_color_options
from reader.cli.command_errors import print_error
from reader.cli.commands.program.train import configure_training, train
from reader.cli.doctor.check import format_size
from reader.cli.output.paint import Paint, paint_for
from reader.cli.output.table import align_columns, print_csv, print_json, print_rows
from reader.display.counted import counted
from reader.settings import load_settings

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.recognize.learning.evaluation import Evaluation, GoldDocument
    from reader.recognize.models.catalog import ModelDetails, ModelEntry

_EPILOG = """\
An export counts every name that its pipeline found as correct, unless you changed it.
This favors the pipeline that annotated the documents, so review them first.
"""


_ADDING_EPILOG = """\
Download the wheel of a pipeline from its publisher, for example those listed at https://spacy.io/models, and
compare its SHA-256 with the published one (--sha256). Do not install pipelines by name from a package index:
others may own the names there.
"""


_OVERVIEW_EPILOG = """\
With --model FIRST+SECOND, a second pipeline checks what the first one finds.
Mentions that it lacks or labels differently are doubtful: in the app, `g )`
goes to the next one.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _OVERVIEW_EPILOG
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list the pipelines that --model accepts by name", allow_abbrev=False)
    listing.add_argument("--format", choices=("table", "json"), default="table", help="output format; default: table")
    add_color_options(listing)
    info = actions.add_parser("info", help="describe a pipeline", allow_abbrev=False)
    info.add_argument("name", metavar="NAME_OR_PATH", nargs="?", help="default: the pipeline in use")
    info.add_argument("--format", choices=("table", "json"), default="table", help="output format; default: table")
    adding = actions.add_parser(
        "add", help="add a pipeline from a wheel or a folder", epilog=_ADDING_EPILOG, allow_abbrev=False
    )
    adding.add_argument(
        "source", metavar="WHEEL_OR_FOLDER", help="copies the data of the pipeline, and never runs its code"
    )
    adding.add_argument("--name", default="", help="name for the pipeline; default: its own name")
    adding.add_argument(
        "--sha256", default="", metavar="HEX", help="expected SHA-256 of the wheel; a different wheel is rejected"
    )
    adding.add_argument("--replace", action="store_true", help="replace an added pipeline of the same name")
    removing = actions.add_parser("remove", help="delete an added pipeline", allow_abbrev=False)
    removing.add_argument("name", metavar="NAME", help="name in `reader model list`")
    measuring = actions.add_parser(
        "evaluate", help="compare pipelines on annotated documents", epilog=_EPILOG, allow_abbrev=False
    )
    measuring.add_argument("gold", metavar="GOLD", nargs="+", help="a file written by `reader export --to jsonl`")
    measuring.add_argument(
        "--with",
        dest="models",
        action="append",
        metavar="NAME",
        help="a pipeline to compare; repeat for more; default: all",
    )
    measuring.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="output format; default: table"
    )
    add_color_options(measuring)

    training = actions.add_parser(
        "train", help="train the bundled pipeline on your annotated documents", allow_abbrev=False
    )
    configure_training(training)


def run(options: Options) -> int:
    """Run the chosen action. Return 1 if any part of it failed."""
    return _ACTIONS[options.action](options)


def _list(options: Options) -> int:
    from reader.recognize.models.catalog import list_models
    from reader.recognize.models.find import active_model, split_model

    pipelines = list(list_models())
    first, second = split_model(options.model or load_settings().model)
    current = first or active_model()
    if options.format == "json":
        print_json(
            [asdict(entry) | {"current": entry.name == current, "second": entry.name == second} for entry in pipelines]
        )
    else:
        print_rows(_list_rows(pipelines, {second: "+", current: "*"}, paint_for(options)))
    return 0


def _list_rows(entries: Sequence[ModelEntry], marks: Mapping[str, str], paint: Paint) -> Iterator[str]:
    rows = [(marks.get(entry.name, ""), entry.name, entry.kind, entry.version) for entry in entries]
    for entry, (mark, name, kind, version) in zip(entries, align_columns(rows), strict=True):
        yield f"{paint.accent(mark)} {name}  {paint.faint(kind)}  {version}"
        if entry.score is not None:
            yield paint.faint(f"    F {100 * entry.score:.1f} on {entry.measured}")
        if entry.outdated:
            yield f"    {paint.accent(entry.outdated)}"
        if entry.problem:
            yield f"    {paint.bad(entry.problem)}"
    yield ""
    yield paint.faint('To use one, pass --model NAME; to use it always, set it in config.toml: model = "NAME"')
    yield paint.faint("For a second opinion, write NAME+SECOND: names about which the two disagree are doubtful")


def _info(options: Options) -> int:
    from reader.recognize.models.catalog import describe_model

    description = describe_model(options.name or options.model or load_settings().model)
    if options.format == "json":
        print_json(asdict(description))
        return 0
    rows = align_columns([row for row in _info_rows(description) if row[1]])
    print_rows(f"{heading}  {value}" for heading, value in rows)
    return 0


def _info_rows(description: ModelDetails) -> Iterator[tuple[str, str]]:
    yield "name", f"{description.name} {description.version}"
    yield "kind", description.kind
    yield "about", description.description
    yield "note", description.outdated
    yield "license", description.license
    yield "language", description.language
    yield "labels", " ".join(description.labels)
    yield "spaCy", description.spacy
    yield "compatible", f"no: {description.problem}" if description.problem else "yes"
    yield "size", format_size(description.size) if description.size else ""
    yield "sha256", description.sha256
    yield "path", description.path


def _add(options: Options) -> int:
    from reader.recognize import load_recognizer
    from reader.recognize.models.catalog import checksum
    from reader.recognize.models.install import add_pipeline

    if not options.source.strip():
        print_error("give the path of a wheel or a folder")
        return 1
    source = Path(options.source).expanduser()
    added = add_pipeline(
        source, load=load_recognizer, name=options.name, expected_sha256=options.sha256, replace=options.replace
    )
    if added.wheel:
        print(f"sha256 of the wheel  {added.wheel}")
    print(f"sha256 of the data   {checksum(added.identity)}")
    print(f"added {added.name} {added.identity.version}: use it with --model {added.name}")
    return 0


def _remove(options: Options) -> int:
    from reader.recognize.models.install import remove_pipeline

    remove_pipeline(options.name)
    print(f"removed {options.name}")
    return 0


def _evaluate(options: Options) -> int:
    from reader.recognize import RecognizerError
    from reader.recognize.learning.evaluation import evaluate, read_gold

    documents = [gold for path in options.gold for gold in read_gold(Path(path))]
    results, failed = [], False
    if not documents:
        print_error("the files contain no documents")
        return 1
    for model in options.models or _all_models(options):
        try:
            results.append((model, evaluate(model, documents)))
        except RecognizerError as error:
            print_error(str(error))
            failed = True
    if results:
        _print_results(results, documents, options)
    return int(failed)


def _all_models(options: Options) -> list[str]:
    from reader.recognize.models.catalog import list_models

    named = options.model or load_settings().model
    usable = [entry.name for entry in list_models() if not entry.problem]
    return usable if named is None or named in usable else [named, *usable]


_HEADER = ("label", "pipeline", "gold", "found", "precision", "recall", "F")


def _print_results(
    results: Sequence[tuple[str, Evaluation]], documents: Sequence[GoldDocument], options: Options
) -> None:
    rows = list(_rows(results))
    if options.format == "json":
        print_json([dict(zip(_HEADER, row, strict=True)) for row in rows])
        return
    if options.format == "csv":
        print_csv(_HEADER, rows)
        return
    paint = paint_for(options)
    formatted = [[str(cell) if not isinstance(cell, float) else f"{cell:.3f}" for cell in row] for row in rows]
    header, *lines = align_columns([_HEADER, *formatted], right=(2, 3, 4, 5, 6))
    last_label = ""
    table = [paint.heading("  ".join(header))]
    for row, cells in zip(rows, lines, strict=True):
        label = cells[0] if row[0] != last_label else " " * len(cells[0])
        table.append("  ".join([label, *cells[1:]]))
        last_label = str(row[0])
    print_rows(table)
    print_rows(
        [
            "",
            paint.faint(
                f"{counted(len(documents), 'document')}; a name counts as found if both its span and its label match"
            ),
        ]
    )


def _rows(results: Sequence[tuple[str, Evaluation]]) -> Iterator[tuple[Any, ...]]:
    from reader.recognize.learning.evaluation import TOTAL, Counts

    labels = {label for _, result in results for label in result.counts} - {TOTAL}
    total = {label: sum(r.counts.get(label, Counts()).right for _, r in results) for label in labels}
    for label in (TOTAL, *sorted(labels, key=lambda label: (-total[label], label))):
        for model, result in results:
            counts = result.counts.get(label, Counts())
            yield (
                label, model, counts.right + counts.missed, counts.right + counts.wrong,
                round(counts.precision, 4), round(counts.recall, 4), round(counts.f, 4),
            )  # fmt: skip


_ACTIONS = {"list": _list, "info": _info, "add": _add, "remove": _remove, "evaluate": _evaluate, "train": train}
