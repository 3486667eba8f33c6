"""Search in a text: the query, the scan in slices, and its matches."""

from reader.display.search.matches import Matches
from reader.display.search.query import Query, QueryError, QueryKind, parse_query
from reader.display.search.scan import Scan, find_all

__all__ = ["Matches", "Query", "QueryError", "QueryKind", "Scan", "find_all", "parse_query"]
