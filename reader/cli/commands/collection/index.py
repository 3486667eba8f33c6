"""`reader index PATHS…`: bring the index of a collection up to date."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.batch_run import add_processes, progress_line
from reader.cli.collection_options import add_collection, open_collection_index
from reader.cli.command_errors import CommandError, print_error
from reader.cli.open_readings import Opener, finish

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options
    from reader.collection.batches.progress import ProgressLine
    from reader.collection.indexing.indexer import IndexEvent

_EPILOG = """\
Files that have not changed are skipped. Documents whose files are gone are removed.
An index can always be built again; your decisions are not in it.

examples:
  reader index reports/ 'mail/**/*.eml' papers.zip
  reader index                  # everything that was indexed before
  reader index reports/ --collection reports
  reader index reports/ --dask tcp://10.0.0.5:8786   # on the machines of a cluster
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="a file, a folder, a pattern, an archive or another file of many documents, or a URL; default: everything "
        "that was indexed before",
    )
    add_collection(parser)
    machines = parser.add_mutually_exclusive_group()
    add_processes(machines)
    machines.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="read the documents on the Dask cluster whose scheduler is at this address, such as tcp://host:8786 "
        "(extra: dask)",
    )
    parser.add_argument(
        "--rebuild", action="store_true", help="discard the index and build it again; use it if the index is damaged"
    )
    parser.add_argument(
        "--to", metavar="FOLDER", help="also write the index as Parquet files into this folder (extra: parquet)"
    )
    parser.add_argument("--check", action="store_true", help="only check the whole index for damage")


def run(options: Options) -> int:
    """Index the sources. Report those that cannot be read on stderr and return 1."""
    from reader.collection.batches.outcome import WorkerError
    from reader.collection.batches.source_paths import SourcePaths
    from reader.collection.cluster.dask_cluster import DaskCluster
    from reader.collection.indexing.indexer import Indexer
    from reader.collection.storage.collection_storage import CollectionError
    from reader.collection.storage.open_index import NOTHING_INDEXED, rebuilt_index
    from reader.collection.storage.parquet_tables import write_parquet
    from reader.collection.storage.piped_texts import has_piped_texts
    from reader.collection.storage.stored_paths import indexed_paths
    from reader.document.load_options import absolute_source

    try:
        if options.check:
            return _check(options)
        sources = list(map(absolute_source, options.sources))
        if options.rebuild:
            storage, sources = rebuilt_index(options.collection, sources=sources, database=options.database)
        else:
            storage = open_collection_index(options, create=True)
        with ExitStack() as stack:
            stack.callback(storage.close)
            opener = stack.enter_context(Opener(options))
            opener.check_store()
            indexed_sources = sources or indexed_paths(storage)
            if not indexed_sources and not has_piped_texts(storage):
                raise CommandError(NOTHING_INDEXED)
            cluster = stack.enter_context(DaskCluster(options.dask)) if options.dask is not None else None
            progress = progress_line(SourcePaths(indexed_sources))
            indexer = Indexer(storage, opener.store, opener.reading_options)
            events = stack.enter_context(
                closing(indexer.run(sources, processes=options.processes, cluster=cluster, progress=progress.show_step))
            )
            try:
                counts = _reported(events, progress)
                progress.clear()
                if options.to:
                    write_parquet(storage, Path(options.to))
            finally:
                progress.clear()
            print_summary(counts)
            return max(finish(opener), int(counts["failed"] > 0))
    except (CollectionError, WorkerError) as error:
        raise CommandError(str(error)) from None


def _reported(events: Iterable[IndexEvent], progress: ProgressLine) -> Counter[str]:
    """Report errors, notices and the progress on stderr. Return how often each thing happened to a document.

    Raises:
        CommandError: The app that started this process has ended.
    """
    from reader.collection.indexing.parent_process import is_parent_gone

    counts: Counter[str] = Counter()
    for event in events:
        counts[event.status] += 1
        lines = (*filter(None, (event.error,)), *event.notices)
        if lines:
            progress.clear()
        for line in lines:
            print_error(line)
        progress.show(counts.total() - counts["removed"], counts["failed"], counts["unchanged"])
        if is_parent_gone():
            raise CommandError("the app that started this has ended; `reader index` goes on from here")
    return counts


def print_summary(counts: Counter[str]) -> None:
    """Print how many documents were indexed, and how many files were unchanged, failed or removed."""
    words = [f"{counts['indexed']:,} indexed", f"{counts['unchanged']:,} unchanged"]
    words += [f"{counts[status]:,} {status}" for status in ("failed", "removed") if counts[status]]
    sys.stdout.write(", ".join(words) + "\n")


def _check(options: Options) -> int:
    with closing(open_collection_index(options)) as storage:
        faults = storage.check()
    for fault in faults:
        print_error(f"{fault}; build the index again with --rebuild")
    if not faults:
        sys.stdout.write("the index is not damaged\n")
    return int(bool(faults))
