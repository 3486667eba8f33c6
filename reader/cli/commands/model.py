"""`reader model list|info|add|remove|evaluate|train`: the pipelines and plug-ins that find names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.cli.arguments import add_look
from reader.cli.commands.train import configure_training, train
from reader.cli.doctor.check import in_words
from reader.cli.errors_as_lines import complain
from reader.cli.output.paint import Paint, paint_for_table
from reader.cli.output.table import align, put, put_csv, put_json
from reader.settings import load_settings

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.recognize.learning.evaluation import Gold, Result
    from reader.recognize.models.catalog import ModelDetails, ModelEntry

_EPILOG = """\
An export counts as right what its pipeline found and nobody changed, so articles
favor the pipeline with which they were annotated: look through them first.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list what --model takes by name", allow_abbrev=False)
    listing.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    add_look(listing)
    info = actions.add_parser("info", help="tell what is known of one", allow_abbrev=False)
    info.add_argument("name", metavar="NAME_OR_PATH", nargs="?", help="default: the one in use")
    info.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    adding = actions.add_parser("add", help="add a pipeline from a wheel or a folder", allow_abbrev=False)
    adding.add_argument("source", metavar="WHEEL_OR_FOLDER", help="its data is copied; nothing of it is run")
    adding.add_argument("--name", default="", help="what to call it; default: its own name")
    adding.add_argument("--sha256", default="", metavar="HEX", help="refuse the wheel unless this is its SHA-256")
    adding.add_argument("--replace", action="store_true", help="put it in the place of one of the same name")
    removing = actions.add_parser("remove", help="delete an added pipeline", allow_abbrev=False)
    removing.add_argument("name", metavar="NAME")
    measuring = actions.add_parser(
        "evaluate", help="compare pipelines on annotated articles", epilog=_EPILOG, allow_abbrev=False
    )
    measuring.add_argument("gold", metavar="GOLD", nargs="+", help="files of `reader export --to jsonl`")
    measuring.add_argument(
        "--with", dest="models", action="append", metavar="NAME", help="a pipeline to measure; default: all listed"
    )
    measuring.add_argument("--format", choices=("table", "json", "csv"), default="table", help="default: table")
    add_look(measuring)

    training = actions.add_parser(
        "train", help="let the bundled pipeline learn from your own annotated articles", allow_abbrev=False
    )
    configure_training(training)


def run(options: Options) -> int:
    """Do it; 1 where something could not be done."""
    return _ACTIONS[options.action](options)


def _list(options: Options) -> int:
    from reader.recognize.models.catalog import list_models
    from reader.recognize.models.find import active_model

    listed = list(list_models())
    current = options.model or load_settings().model or active_model()
    if options.format == "json":
        put_json([asdict(entry) | {"current": entry.name == current} for entry in listed])
    else:
        put(_listed(listed, current, paint_for_table(options)))
    return 0


def _listed(entries: Sequence[ModelEntry], current: str, paint: Paint) -> Iterator[str]:
    rows = [("*" if entry.name == current else "", entry.name, entry.kind, entry.version) for entry in entries]
    for entry, (mark, name, kind, version) in zip(entries, align(rows), strict=True):
        yield f"{paint.accent(mark)} {name}  {paint.faint(kind)}  {version}"
        if entry.score is not None:
            yield paint.faint(f"    F {100 * entry.score:.1f} on {entry.measured}")
        if entry.outdated:
            yield f"    {paint.accent(entry.outdated)}"
        if entry.problem:
            yield f"    {paint.bad(entry.problem)}"
    yield ""
    yield paint.faint('Use one with --model NAME, or always with a line in config.toml: model = "NAME"')


def _info(options: Options) -> int:
    from reader.recognize.models.catalog import describe_model

    known = describe_model(options.name or options.model or load_settings().model)
    if options.format == "json":
        put_json(asdict(known))
        return 0
    put(f"{what}  {told}" for what, told in align([row for row in _told(known) if row[1]]))
    return 0


def _told(known: ModelDetails) -> Iterator[tuple[str, str]]:
    yield "name", f"{known.name} {known.version}"
    yield "kind", known.kind
    yield "about", known.description
    yield "note", known.outdated
    yield "license", known.license
    yield "language", known.language
    yield "labels", " ".join(known.labels)
    yield "spaCy", known.spacy
    yield "fits", f"no: {known.problem}" if known.problem else "yes"
    yield "size", in_words(known.size) if known.size else ""
    yield "sha256", known.sha256
    yield "path", known.path


def _add(options: Options) -> int:
    from reader.recognize import load_recognizer
    from reader.recognize.models.catalog import checksum
    from reader.recognize.models.install import add_pipeline

    source = Path(options.source).expanduser()
    done = add_pipeline(
        source, load=load_recognizer, name=options.name, expected_sha256=options.sha256, replace=options.replace
    )
    if done.wheel:
        print(f"sha256 of the wheel  {done.wheel}")
    print(f"sha256 of the data   {checksum(done.identity)}")
    print(f"added {done.name} {done.identity.version}: use it with --model {done.name}")
    return 0


def _remove(options: Options) -> int:
    from reader.recognize.models.install import remove_pipeline

    remove_pipeline(options.name)
    print(f"removed {options.name}")
    return 0


def _evaluate(options: Options) -> int:
    from reader.recognize import RecognizerError
    from reader.recognize.learning.evaluation import evaluate, read_gold

    articles = [gold for path in options.gold for gold in read_gold(Path(path))]
    results, failed = [], not articles
    if not articles:
        complain("no articles to measure on")
        return 1
    for model in options.models or _all_models(options):
        try:
            results.append((model, evaluate(model, articles)))
        except RecognizerError as error:
            complain(str(error))
            failed = True
    if results:
        _show_results(results, articles, options)
    return int(failed)


def _all_models(options: Options) -> list[str]:
    from reader.recognize.models.catalog import list_models

    named = options.model or load_settings().model
    usable = [entry.name for entry in list_models() if not entry.problem]
    return usable if named is None or named in usable else [named, *usable]


_HEADER = ("label", "pipeline", "gold", "found", "precision", "recall", "F")


def _show_results(results: Sequence[tuple[str, Result]], articles: Sequence[Gold], options: Options) -> None:
    rows = list(_rows(results))
    if options.format == "json":
        put_json([dict(zip(_HEADER, row, strict=True)) for row in rows])
        return
    if options.format == "csv":
        put_csv(_HEADER, rows)
        return
    paint = paint_for_table(options)
    shown = [[str(cell) if not isinstance(cell, float) else f"{cell:.3f}" for cell in row] for row in rows]
    head, *lines = align([_HEADER, *shown], right=(2, 3, 4, 5, 6))
    last = ""
    yielded = [paint.heading("  ".join(head))]
    for row, cells in zip(rows, lines, strict=True):
        label = cells[0] if row[0] != last else " " * len(cells[0])
        yielded.append("  ".join([label, *cells[1:]]))
        last = str(row[0])
    put(yielded)
    number = len(articles)
    put(["", paint.faint(f"{number} article{'' if number == 1 else 's'}; span and label must both be right")])


def _rows(results: Sequence[tuple[str, Result]]) -> Iterator[tuple[Any, ...]]:
    from reader.recognize.learning.evaluation import TOTAL, Counts

    labels = {label for _, result in results for label in result.counts} - {TOTAL}
    total = {label: sum(r.counts.get(label, Counts()).right for _, r in results) for label in labels}
    for label in (TOTAL, *sorted(labels, key=lambda each: (-total[each], each))):
        for model, result in results:
            one = result.counts.get(label, Counts())
            yield (
                label, model, one.right + one.missed, one.right + one.wrong,
                round(one.precision, 4), round(one.recall, 4), round(one.f, 4),
            )  # fmt: skip


_ACTIONS = {"list": _list, "info": _info, "add": _add, "remove": _remove, "evaluate": _evaluate, "train": train}
