"""Fetches a single page over HTTP, within limits of time and size. Nothing but the named page is requested."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from email.message import Message
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from reader.document.document import DocumentError
from reader.document.loader_registry import loader_of_suffix
from reader.document.sanitize import one_line
from reader.document.signatures import OPENABLE
from reader.document.sources.local_files import MAX_BYTES, too_large
from reader.structures.lazy_dataclass import dataclass
from reader.structures.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

_USER_AGENT: Final = "entity-reader/0.1 (terminal reader; fetches single pages on request)"
_ACCEPT: Final = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8, */*;q=0.1"
_FORMATS_BY_TYPE: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/plain": "plain",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "application/json": "json",
    "application/jsonl": "json",
    "application/x-ndjson": "json",
    "text/vtt": "subtitles",
    "application/x-subrip": "subtitles",
    "message/rfc822": "mail",
    "application/mbox": "mailbox",
}
"""The loaders of formats that the content may not tell. The content of all others decides."""
_NOT_TEXT: Final = lazy_pattern(r"(?:image|video|audio|font|model)/(?!svg)")
_PAGES: Final = ("", "html", "mhtml")
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Limits for one request."""

    connect: float = 10.0
    """Seconds to establish a connection."""
    read: float = 20.0
    """Seconds without receiving a byte."""
    total: float = 60.0
    """Seconds for the request as a whole, including redirects."""
    size: int = MAX_BYTES
    """Maximum size in bytes after decompression."""
    redirects: int = 8


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A server's response."""

    data: bytes
    url: str
    """The URL after redirects."""
    format: str
    """The name of the loader, or "" to detect the format from the content."""
    charset: str
    """The encoding that the server declares, or ""."""
    name: str
    """The last part of the URL's path, used for the title."""
    media_type: str = ""
    """The media type that the server states, or ""."""
    redirects: tuple[str, ...] = ()
    """The URLs to which the server redirected, in order."""


def fetch(requested_url: str, limits: FetchLimits = FetchLimits()) -> FetchedPage:  # noqa: B008  # immutable
    """Fetch the page at an http or https URL.

    Raises:
        DocumentError: The URL is not http or https or redirects to one that is not; or the server cannot be reached in
            time, answers with an error, or sends something that is too large, or a picture, sound or video. The message
            is one line.
    """
    return _run_within(limits.total, requested_url, lambda: _follow(requested_url, limits))


def _run_within(seconds: float, requested_url: str, work: Callable[[], FetchedPage]) -> FetchedPage:
    """Run `work` in a thread and wait up to `seconds`: neither name look-ups nor slow headers have a time-out."""
    outcome: list[FetchedPage | BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=run, name="fetch", daemon=True)
    thread.start()
    thread.join(seconds)
    match outcome:
        case [FetchedPage() as fetched]:
            return fetched
        case [BaseException() as error]:
            raise error
        case _:
            raise DocumentError(f"{one_line(requested_url)}: not loaded within {seconds:g} seconds")


def _follow(requested_url: str, limits: FetchLimits) -> FetchedPage:
    from urllib3.exceptions import HTTPError

    deadline = time.monotonic() + limits.total
    url = requested_url
    redirects: list[str] = []
    try:
        for _ in range(limits.redirects + 1):
            _require_http(url, requested_url)
            with _connection_pool(url) as pool, _request(pool, url, limits) as response:
                location = response.headers.get("Location") if response.status in _REDIRECTS else None
                if location is None:
                    page = _read_response(response, requested_url, url, limits, deadline)
                    return replace(page, redirects=tuple(redirects))
                url = urljoin(url, location)
                redirects.append(url)
    except (HTTPError, OSError, ValueError) as error:
        raise DocumentError(f"{one_line(requested_url)}: {_reason(error, limits)}") from error
    raise DocumentError(f"{one_line(requested_url)}: redirected more than {limits.redirects} times")


def _require_http(url: str, requested_url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise DocumentError(f"{one_line(requested_url)}: redirects to {one_line(url, 80)}, which is not http or https")
    if not parts.hostname:
        raise DocumentError(f"{one_line(requested_url)}: no host in the URL")


def _connection_pool(url: str) -> PoolManager:
    """Return a connection pool for a URL's host, or for the proxy that the environment names for it."""
    from urllib.request import getproxies, proxy_bypass

    from urllib3 import PoolManager, ProxyManager

    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    if proxy and not proxy_bypass(parts.netloc.rpartition("@")[2]):
        return ProxyManager(proxy if "://" in proxy else f"http://{proxy}")
    return PoolManager()


def _request(pool: PoolManager, url: str, limits: FetchLimits) -> BaseHTTPResponse:
    from urllib3 import Timeout

    return pool.request(
        "GET",
        _ascii_url(url),
        headers={"User-Agent": _USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
        timeout=Timeout(connect=limits.connect, read=limits.read),
        redirect=False,
        retries=False,
        preload_content=False,
    )


def _ascii_url(url: str) -> str:
    """Return a URL with its host in ASCII (IDNA), without user name, password and fragment."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if ":" in host:
        host = f"[{host}]"
    return parts._replace(netloc=host if parts.port is None else f"{host}:{parts.port}", fragment="").geturl()


def _read_response(
    response: BaseHTTPResponse, requested_url: str, url: str, limits: FetchLimits, deadline: float
) -> FetchedPage:
    name = one_line(requested_url)
    if response.status != 200:
        raise DocumentError(f"{name}: the server answered {response.status} {_status_phrase(response.status)}".rstrip())
    media_type, charset = _content_type(response.headers.get("Content-Type", ""))
    if _NOT_TEXT.match(media_type):
        raise DocumentError(f"{name}: {one_line(media_type, 60)}, not text; {OPENABLE}")
    declared_size = response.headers.get("Content-Length", "")
    if declared_size.isdecimal() and int(declared_size) > limits.size:
        too_large(requested_url, int(declared_size), limits.size)
    path_name = PurePosixPath(unquote(urlsplit(url).path)).name
    page_format = _FORMATS_BY_TYPE.get(media_type, "")
    if page_format == "plain" and (named := loader_of_suffix(PurePosixPath(path_name).suffix)) not in _PAGES:
        page_format = named
    body = _body(response, requested_url, limits, deadline)
    return FetchedPage(body, url, page_format, charset, path_name, one_line(media_type, 100))


def _body(response: BaseHTTPResponse, requested_url: str, limits: FetchLimits, deadline: float) -> bytes:
    """Return the decompressed body. It is read in pieces, to enforce the limits of size and time while it arrives."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_CHUNK, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > limits.size:
            too_large(requested_url, 0, limits.size)
        if time.monotonic() > deadline:
            raise DocumentError(f"{one_line(requested_url)}: not loaded within {limits.total:g} seconds")
    return b"".join(pieces)


def _content_type(header: str) -> tuple[str, str]:
    """Return the media type and the charset of a Content-Type header, each "" if missing."""
    if not header.strip():
        return "", ""
    message = Message()
    message["Content-Type"] = one_line(header)
    return message.get_content_type(), message.get_content_charset("")


def _status_phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _reason(error: Exception, limits: FetchLimits) -> str:
    """Describe in a few words why a request failed."""
    from urllib3 import exceptions

    match error:
        case exceptions.NameResolutionError():
            return "host not found, or no network"
        case exceptions.NewConnectionError():
            return "cannot connect to the host"
        case exceptions.ConnectTimeoutError():
            return f"no connection within {limits.connect:g} seconds"
        case exceptions.ReadTimeoutError() | TimeoutError():
            return f"no data for {limits.read:g} seconds"
        case exceptions.ProxyError():
            return "cannot connect to the proxy set in the environment"
        case exceptions.SSLError():
            return "no secure connection: the certificate or protocol was rejected"
        case exceptions.DecodeError():
            return "the compressed data is damaged"
        case exceptions.ProtocolError():
            return "the connection was lost"
        case UnicodeError() | exceptions.LocationValueError() | ValueError():
            return "not a valid URL"
        case _:
            return one_line(str(error), 100) or "it could not be loaded"
