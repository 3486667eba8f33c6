"""A collection from Python: the same index and questions as on the command line.

>>> import reader
>>> with reader.Collection("reports") as collection:  # doctest: +SKIP
...     collection.index("reports/", "mail.mbox")
...     for hit in collection.search("PERSON near bribe").hits:
...         print(hit.source, hit.excerpt.text)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from reader.collection.queries import text_search
from reader.collection.queries.profiles import profile_lookup, profile_passages, profile_report
from reader.collection.storage.collection_storage import CollectionError
from reader.collection.storage.index_files import DEFAULT_NAME
from reader.document.metadata.calendar_days import stated_day
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from reader.collection.queries.profiles.profile_lookup import ProfileSummary
    from reader.collection.queries.profiles.profile_passages import TimelineEntry
    from reader.collection.queries.profiles.profile_report import Companion, ProfileDocument, ProfileReport
    from reader.collection.queries.text_search import SearchPage
    from reader.collection.storage.collection_storage import CollectionStorage
    from reader.collection.watchlists.profile_hits import ProfileHit


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """What indexing did."""

    indexed: int
    """Documents that are new or have changed."""
    unchanged: int
    """Files that have not changed."""
    removed: int
    """Files that no longer exist."""
    errors: tuple[str, ...]
    """One line for each document that could not be read."""


@dataclass(frozen=True, slots=True)
class Together:
    """Where two profiles appear together."""

    a: ProfileSummary
    b: ProfileSummary
    sentences: tuple[TimelineEntry, ...]
    """The sentences that mention both, the latest first."""
    documents: tuple[ProfileDocument, ...]
    """The documents that mention both, the latest first."""


class Collection:
    """The index of a collection. Close it, or use it in a `with` statement. Not safe for several threads at once.

    Every method raises `CollectionError` if the index cannot be read or written.
    """

    def __init__(self, name: str = DEFAULT_NAME, *, database: str = "", create: bool = True) -> None:
        """Open a collection.

        Args:
            name: The name of the collection.
            database: The address of a PostgreSQL database, `postgresql://user@host/database`; "" for a file.
            create: Whether to create a missing one.

        Raises:
            CollectionError: It does not exist, is damaged, or cannot be opened.
        """
        from reader.collection.storage.open_index import open_index

        self.storage: CollectionStorage = open_index(name, database=database, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index."""
        self.storage.close()

    def index(
        self, *sources: str, model: str | None = None, annotations: bool = True, processes: int = 0, dask: str = ""
    ) -> IndexSummary:
        """Add documents, and bring those that are there up to date.

        A script that uses several processes must do so under `if __name__ == "__main__":`, as always in Python.

        Args:
            sources: Files, folders, patterns and URLs; none for everything that was indexed before.
            model: The pipeline; None for the bundled one.
            annotations: Whether to apply stored decisions.
            processes: The maximum number of processes; 0 for one per core.
            dask: The address of a Dask cluster that reads the documents; "" for this machine.

        Raises:
            RecognizerError: The pipeline does not exist.
            WorkerError: The workers cannot be started or reached.
        """
        from contextlib import ExitStack

        from reader.annotate import NullStore, Store
        from reader.collection.batches.reading_task import ReadingOptions
        from reader.collection.cluster.dask_cluster import DaskCluster
        from reader.collection.indexing.indexer import Indexer, IndexStatus

        counts = dict.fromkeys(IndexStatus, 0)
        errors = []
        with ExitStack() as stack:
            store = stack.enter_context(Store.open() if annotations else NullStore())
            cluster = stack.enter_context(DaskCluster(dask)) if dask else None
            options = ReadingOptions(model, annotations=annotations)
            for event in Indexer(self.storage, store, options).run(sources, processes=processes, cluster=cluster):
                counts[event.status] += 1
                if event.error:
                    errors.append(event.error)
        return IndexSummary(
            counts[IndexStatus.INDEXED], counts[IndexStatus.UNCHANGED], counts[IndexStatus.REMOVED], tuple(errors)
        )

    def search(
        self,
        words: str,
        *,
        label: str = "",
        entity: str = "",
        since: str = "",
        until: str = "",
        limit: int = text_search.PAGE,
        offset: int = 0,
    ) -> SearchPage:
        """Return the documents that have what `words` asks for; see docs/collection.md for the syntax.

        Args:
            words: Words, phrases in quotes, `-excluded`, `prefix*`, `PERSON near word`; "" for every document.
            label: Only documents with a name of this label in the sentence of a match.
            entity: Only documents that mention the profile of this name.
            since: Only documents from this day on, as "2021", "2021-03" or "2021-03-12".
            until: Only documents up to this day.
            limit: The maximum number of documents.
            offset: How many documents to skip.
        """
        _check_days(since, until)
        profile = profile_lookup.profile_named(self.storage, entity).id if entity else 0
        return text_search.search_collection(
            self.storage,
            words,
            label=label,
            profile=profile,
            since=since,
            until=until,
            limit=limit,
            offset=offset,
        )

    def profiles(self, text: str = "", *, label: str = "", limit: int = 0, offset: int = 0) -> list[ProfileSummary]:
        """Return the profiles with a name that contains a text, those in most documents first."""
        return profile_lookup.list_profiles(self.storage, text, label=label, limit=limit, offset=offset)

    def profile(self, name: str, *, limit: int = 20) -> ProfileReport:
        """Return what the collection knows of the profile with a name or key; each list has at most `limit` entries."""
        profile = profile_lookup.profile_named(self.storage, name)
        name = "" if name == profile.key else name
        return profile_report.profile_report(self.storage, profile, name=name, limit=limit)

    def watchlist_hits(self, name: str, *, annotations: bool = True) -> tuple[ProfileHit, ...]:
        """Return the entries of the user's watchlists that names of the profile are like, refused ones last.

        Long lists take seconds to prepare.

        Args:
            name: A name of the profile, or its key.
            annotations: Whether to say what the user answered in the app for all documents.

        Raises:
            WatchlistError: A list cannot be read.
        """
        from reader.annotate import GENERAL_DOCUMENT, NullStore, Store
        from reader.annotate.effects.watchlist_answers import watchlist_answers
        from reader.collection.queries.profiles.profile_answers import answers_in_documents
        from reader.collection.watchlists.list_matches import ListSearcher
        from reader.collection.watchlists.profile_hits import names_as_text, profile_hits
        from reader.collection.watchlists.saved_lists import load_list, saved_names
        from reader.resolve import Name

        profile = profile_lookup.profile_named(self.storage, name)
        names = [Name(item.text, item.label) for item in profile_report.names_of(self.storage, profile.id)]
        watchlists = [load_list(list_name) for list_name in saved_names()] if names else []
        if not watchlists:
            return ()
        matches = ListSearcher(watchlists).search(*names_as_text(profile.label, names))
        with Store.open() if annotations else NullStore() as store:
            answers = watchlist_answers(store.history(GENERAL_DOCUMENT).decisions)
        document_answers = answers_in_documents(self.storage, profile.id)
        return tuple(profile_hits(profile.label, names, matches, answers, document_answers))

    def namesakes(self, name: str) -> list[ProfileSummary]:
        """Return every profile that a name or key means, those in most documents first, with hints."""
        return profile_lookup.hinted_profiles_named(self.storage, name)

    def timeline(self, name: str, *, since: str = "", until: str = "", limit: int = 0) -> tuple[TimelineEntry, ...]:
        """Return the sentences that mention a profile and state a date, in the order of the dates."""
        _check_days(since, until)
        profile = profile_lookup.profile_named(self.storage, name)
        return profile_passages.timeline_of(self.storage, profile.id, since=since, until=until, limit=limit)

    def companions(self, name: str, *, limit: int = 20) -> tuple[Companion, ...]:
        """Return the profiles that appear with one, the closest first."""
        profile = profile_lookup.profile_named(self.storage, name)
        return profile_report.companions_of(self.storage, profile.id, limit=limit)

    def together(self, a: str, b: str, *, limit: int = 20) -> Together:
        """Return where two profiles appear together.

        Raises:
            CollectionError: Both names mean one profile, or one of them none.
        """
        first, second = (profile_lookup.profile_named(self.storage, name) for name in (a, b))
        if first.id == second.id:
            raise CollectionError(f"both names mean one entity, {first.name}")
        return Together(
            first,
            second,
            profile_passages.shared_passages(self.storage, first.id, second.id, limit=limit),
            profile_report.shared_documents(self.storage, first.id, second.id, limit=limit),
        )

    def sources(self) -> Iterable[str]:
        """Return the sources of all documents, sorted."""
        return [row[0] for row in self.storage.rows("SELECT source FROM sources ORDER BY source")]


def _check_days(*days: str) -> None:
    """Raise an error for what is neither a day, a month, a year nor empty."""
    for day in filter(None, days):
        if stated_day(day) != day:
            raise CollectionError(f"{day!r} is not a day such as 2021-03-12, 2021-03 or 2021")
