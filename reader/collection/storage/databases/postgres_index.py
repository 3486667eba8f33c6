"""The index of a collection in a PostgreSQL database, for a team: one schema of the database per collection.

Full-text search uses `tsvector`. Its positions end at 16,383, so a text is indexed in parts that overlap; every phrase
is looked for on its own. Words are split by this program, not by PostgreSQL, so that both databases find the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from reader.collection.storage.collection_storage import CollectionBusyError, CollectionDamagedError, CollectionError
from reader.collection.storage.index_schema import SCHEMA_VERSION, TABLES
from reader.collection.storage.search_phrase import SearchPhrase, searchable_text
from reader.collection.storage.stored_paths import storable_values
from reader.document.normal_text import normalize
from reader.document.sanitize import one_line

if TYPE_CHECKING:
    from psycopg import Connection

    from reader.collection.storage.collection_storage import CollectionStorage

RowT = TypeVar("RowT")

_SEARCH_TABLES: Final = (
    "CREATE TABLE search (document BIGINT NOT NULL, words TSVECTOR NOT NULL, pairs TSVECTOR NOT NULL)",
    "CREATE INDEX search_by_document ON search (document)",
    "CREATE INDEX search_words ON search USING gin (words)",
    "CREATE INDEX search_pairs ON search USING gin (pairs)",
)
_ANALYZED: Final = (
    *("documents", "entities", "entity_names", "mentions", "names", "profiles", "suggestions", "search"),
    *("crossing_names", "entity_keys", "blocking_keys", "name_relations"),
)
"""Tables with many rows, of which the planner must know what they hold."""
_PART: Final = 15_000
"""Words of a text in one row; positions above 16,383 are not distinguished."""
_OVERLAP: Final = 50
"""Words that are in two parts, so that phrases across their border are found."""
_LONGEST_WORD: Final = 300
"""Code points; PostgreSQL refuses words of 2,048 bytes."""
_VERSION_KEY: Final = "schema version"
_CONNECT_SECONDS: Final = 10


class PostgresIndex:
    """An index in a schema of a PostgreSQL database. See `CollectionStorage`."""

    def __init__(self, connection: Connection[Any], name: str, description: str) -> None:
        self._connection = connection
        self._name = name
        self._description = description
        self._cursors = 0
        self._is_locked = False
        """Whether this process holds the lock, which PostgreSQL would grant to it again."""

    @staticmethod
    def open(address: str, name: str, *, create: bool = False) -> PostgresIndex:
        """Open the index of a collection.

        Args:
            address: The address of the database: `postgresql://user@host/database`.
            name: The name of the collection.
            create: Whether to create a missing index.

        Raises:
            CollectionDamagedError: An older version wrote the index, or it is not complete.
            CollectionError: The database cannot be reached, psycopg is not installed, there is no such collection,
                or a newer version wrote it.
        """
        index = PostgresIndex.connect(address, name)
        try:
            index._prepare(create=create)
        except BaseException:
            index.close()
            raise
        return index

    @staticmethod
    def connect(address: str, name: str) -> PostgresIndex:
        """Connect to a database without a look at the index, which may be damaged or missing.

        Raises:
            CollectionError: The database cannot be reached, or psycopg is not installed.
        """
        try:
            import psycopg
        except ImportError:
            raise CollectionError(
                "PostgreSQL needs the package psycopg: install entity-reader with the extra postgres"
            ) from None
        description = _without_password(address)
        try:
            connection = psycopg.connect(address, autocommit=True, connect_timeout=_CONNECT_SECONDS)
        except (psycopg.Error, UnicodeError) as error:
            raise CollectionError(f"{description}: {_first_line(error)}") from error
        return PostgresIndex(connection, name, description)

    @staticmethod
    def readable(address: str, name: str, question: Callable[[CollectionStorage], list[RowT]]) -> list[RowT]:
        """Return what a question finds in an index of an older version, or one that is not complete; [] if it fails.

        Raises:
            CollectionError: The database cannot be reached.
        """
        index = PostgresIndex.connect(address, name)
        try:
            index.rows(f"SET search_path TO {index._schema}")
            return question(index)
        except CollectionError:
            return []
        finally:
            index.close()

    @property
    def _schema(self) -> str:
        return f'"reader_{self._name}"'

    def _prepare(self, *, create: bool) -> None:
        if not self._exists():
            if not create:
                raise CollectionError(
                    f"there is no collection {self._name} in {self._description}; make one with `reader index`"
                )
            self._create_tables()
        self.rows(f"SET search_path TO {self._schema}")
        version = self.rows("SELECT value FROM info WHERE key = ?", (_VERSION_KEY,))
        if not version or int(version[0][0]) < SCHEMA_VERSION:
            raise CollectionDamagedError(
                f"collection {self._name} in {self._description}: written by an older version of reader; build it again"
                " with `reader index --rebuild`"
            )
        if int(version[0][0]) > SCHEMA_VERSION:
            raise CollectionError(
                f"collection {self._name} in {self._description}: written by a newer version of reader"
            )

    def _exists(self) -> bool:
        schema = self._schema.strip('"')
        return bool(self.rows("SELECT 1 FROM information_schema.schemata WHERE schema_name = ?", (schema,)))

    def _create_tables(self) -> None:
        """Create the schema and its tables, unless another process has done so meanwhile."""
        with self.transaction():
            self.rows("SELECT pg_advisory_xact_lock(hashtext(?))", (f"reader create {self._name}",))
            if self._exists():
                return
            self.rows(f"CREATE SCHEMA {self._schema}")
            self.rows(f"SET LOCAL search_path TO {self._schema}")
            for statement in TABLES:
                self.rows(_for_postgres(statement))
            for statement in _SEARCH_TABLES:
                self.rows(statement)
            self.rows("INSERT INTO info (key, value) VALUES (?, ?)", (_VERSION_KEY, str(SCHEMA_VERSION)))

    @property
    def description(self) -> str:
        """See `CollectionStorage`."""
        return f"{self._description}, collection {self._name}"

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """See `CollectionStorage`."""
        with self._errors(), self._connection.cursor() as cursor:
            try:
                cursor.execute(_with_placeholders(sql), parameters)
            except UnicodeEncodeError:
                cursor.execute(_with_placeholders(sql), storable_values(parameters))
            return cursor.fetchall() if cursor.description is not None else []

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """See `CollectionStorage`. Reads all rows at once outside of a transaction."""
        from psycopg.pq import TransactionStatus

        if self._connection.info.transaction_status != TransactionStatus.INTRANS:
            yield from self.rows(sql, parameters)
            return
        self._cursors += 1
        with self._errors(), self._connection.cursor(f"stream_{self._cursors}") as cursor:
            cursor.execute(_with_placeholders(sql), parameters)
            yield from cursor

    def execute_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """See `CollectionStorage`."""
        with self._errors(), self._connection.cursor() as cursor:
            cursor.executemany(_with_placeholders(sql), parameters)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See `CollectionStorage`."""
        with self._errors(), self._connection.transaction():
            yield

    @contextmanager
    def lock(self) -> Iterator[None]:
        """See `CollectionStorage`."""
        key = f"reader index {self._name}"
        if self._is_locked or not self.rows("SELECT pg_try_advisory_lock(hashtext(?))", (key,))[0][0]:
            raise CollectionBusyError(
                f"collection {self._name} is being indexed by another process; try again when it has finished"
            )
        self._is_locked = True
        try:
            yield
        finally:
            self._is_locked = False
            with suppress(CollectionError):
                self.rows("SELECT pg_advisory_unlock(hashtext(?))", (key,))

    def add_text(self, document: int, text: str) -> None:
        """See `CollectionStorage`."""
        words, pairs = (part.split() for part in searchable_text(normalize(text)))
        step = _PART - _OVERLAP
        for start in range(0, max(len(words) - _OVERLAP, len(pairs) - _OVERLAP, 1), step):
            row = (document, _vector(words[start : start + _PART]), _vector(pairs[start : start + _PART]))
            self.rows("INSERT INTO search (document, words, pairs) VALUES (?, ?::tsvector, ?::tsvector)", row)

    def remove_texts(self, documents: Sequence[int]) -> None:
        """See `CollectionStorage`."""
        self.execute_many("DELETE FROM search WHERE document = ?", [(document,) for document in documents])

    def matching(self, phrases: Sequence[SearchPhrase]) -> tuple[str, str, list[Any]]:
        """See `CollectionStorage`. The rank is the sum of those of the phrases."""
        conditions, parameters = [], list[Any]()
        for phrase in phrases:
            column, expression = _query(phrase)
            verb = "NOT IN" if phrase.excluded else "IN"
            conditions.append(f"d.id {verb} (SELECT s.document FROM search s WHERE s.{column} @@ ?::tsquery)")
            parameters.append(expression)
        ranks = [_query(phrase) for phrase in phrases if not phrase.excluded]
        rank = " + ".join(
            f"coalesce((SELECT sum(ts_rank(s.{column}, ?::tsquery)) FROM search s WHERE s.document = d.id), 0)"
            for column, _ in ranks
        )
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        if not rank:
            sql = f"SELECT d.id AS document, 0.0 AS rank FROM documents d{where}"
            return sql, "day DESC, document", parameters
        sql = f"SELECT d.id AS document, -({rank}) AS rank FROM documents d{where}"
        return sql, "rank, document", [*(expression for _, expression in ranks), *parameters]

    def optimize(self) -> None:
        """See `CollectionStorage`."""
        for table in _ANALYZED:
            self.rows(f"ANALYZE {table}")

    def settle(self) -> None:
        """See `CollectionStorage`. The server does so by itself."""

    def check(self) -> tuple[str, ...]:
        """See `CollectionStorage`. PostgreSQL checks its own files; this compares the tables."""
        faults = (
            ("documents without text", "documents WHERE id NOT IN (SELECT document FROM texts)"),
            ("texts that are not searchable", "texts WHERE document NOT IN (SELECT document FROM search)"),
            ("mentions of no document", "mentions WHERE document NOT IN (SELECT id FROM documents)"),
        )
        counts = [(subject, self.rows(f"SELECT count(*) FROM {rows}")[0][0]) for subject, rows in faults]
        return tuple(f"{count:,} {subject}" for subject, count in counts if count)

    def reset(self) -> None:
        """Put an empty index in the place of this one. Call it within a transaction."""
        self.drop()
        self._create_tables()
        self.rows(f"SET search_path TO {self._schema}")

    def drop(self) -> None:
        """Delete the index."""
        self.rows(f"DROP SCHEMA {self._schema} CASCADE")

    def close(self) -> None:
        """See `CollectionStorage`."""
        self._connection.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            raise CollectionError(f"{self.description}: {_first_line(error)}") from error


def _for_postgres(statement: str) -> str:
    """Return a statement that creates a table, with keys of 64 bits and texts that are compared by code points."""
    return statement.replace("INTEGER PRIMARY KEY", "BIGINT PRIMARY KEY").replace(" TEXT", ' TEXT COLLATE "C"')


def _with_placeholders(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def _vector(words: Sequence[str]) -> str:
    """Return the `tsvector` of words that follow each other. Words have neither quotes nor backslashes."""
    return " ".join(f"'{word[:_LONGEST_WORD]}':{position}" for position, word in enumerate(words, 1))


def _query(phrase: SearchPhrase) -> tuple[str, str]:
    """Return the column that has a phrase, and its `tsquery`."""
    column, words = ("pairs", phrase.pairs) if phrase.is_unspaced else ("words", phrase.words)
    is_prefix = phrase.is_prefix or (phrase.is_unspaced and words[-1:] == (words[-1][:1],))
    quoted = [f"'{word[:_LONGEST_WORD]}'" for word in words]
    return column, " <-> ".join(quoted) + (":*" if is_prefix else "")


def _without_password(address: str) -> str:
    """Return an address as messages show it."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
        return one_line(f"PostgreSQL at {parts.hostname or 'localhost'}{port}{parts.path}")
    except ValueError:
        return "PostgreSQL"


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return one_line(lines[0] if lines else type(error).__name__)
