"""Get one page over HTTP because the user named it, within bounds of time and size; nothing else is ever requested."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from reader.document.document import DocumentError
from reader.document.sanitize import one_line
from reader.document.sources.local_files import MAX_BYTES, too_large

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

_USER_AGENT: Final = "entity-reader/0.1 (terminal reader; fetches single pages on request)"
_ACCEPT: Final = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8, */*;q=0.1"
_FORMATS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/plain": "plain",
    "application/octet-stream": "",
    "": "",
}
_MARKDOWN_NAME: Final = re.compile(r"\.(?:md|markdown|mdown|mkdn?)$", re.IGNORECASE)
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how much a request may take."""

    connect: float = 10.0
    """Seconds until a connection stands."""
    read: float = 20.0
    """Seconds without a byte."""
    total: float = 60.0
    """Seconds for everything, redirects included."""
    size: int = MAX_BYTES
    """Bytes after decompression."""
    redirects: int = 8


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent."""

    data: bytes
    url: str
    """The address after redirects."""
    format: str
    """"html", "markdown" or "plain", "" where the content decides."""
    charset: str
    """As the server declares it, or ""."""
    name: str
    """The last part of the address's path, for a title."""


def fetch(address: str, bounds: Bounds = Bounds()) -> Fetched:
    """Return what an http or https address leads to.

    Raises:
        DocumentError: It is no such address, leads elsewhere than to http or https, cannot be reached in time, answers
            with an error, is too large, or is no text; the message is one line.
    """
    return _within(bounds.total, address, lambda: _follow(address, bounds))


def _within(seconds: float, address: str, work: Callable[[], Fetched]) -> Fetched:
    """Run work in a thread and wait for it no longer than that: name look-ups and slow headers know no time-out."""
    outcome: list[Fetched | BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=run, name="fetch", daemon=True)
    thread.start()
    thread.join(seconds)
    match outcome:
        case [Fetched() as fetched]:
            return fetched
        case [BaseException() as error]:
            raise error
        case _:
            raise DocumentError(f"{one_line(address)}: not loaded within {seconds:g} seconds")


def _follow(address: str, bounds: Bounds) -> Fetched:
    from urllib3.exceptions import HTTPError

    deadline = time.monotonic() + bounds.total
    url = address
    try:
        for _ in range(bounds.redirects + 1):
            _require_http(url, address)
            with _pool(url) as pool, _request(pool, url, bounds) as response:
                location = response.headers.get("Location") if response.status in _REDIRECTS else None
                if location is None:
                    return _accepted(response, address, url, bounds, deadline)
                url = urljoin(url, location)
    except (HTTPError, OSError, ValueError) as error:
        raise DocumentError(f"{one_line(address)}: {_reason(error, bounds)}") from error
    raise DocumentError(f"{one_line(address)}: redirected more than {bounds.redirects} times")


def _require_http(url: str, address: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise DocumentError(f"{one_line(address)}: leads to {one_line(url, 80)}, which is neither http nor https")
    if not parts.hostname:
        raise DocumentError(f"{one_line(address)}: no host in the address")


def _pool(url: str) -> PoolManager:
    """Return what connects to a host: itself, or the proxy that the environment names for it."""
    from urllib.request import getproxies, proxy_bypass

    from urllib3 import PoolManager, ProxyManager

    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    if proxy and not proxy_bypass(parts.netloc.rpartition("@")[2]):
        return ProxyManager(proxy if "://" in proxy else f"http://{proxy}")
    return PoolManager()


def _request(pool: PoolManager, url: str, bounds: Bounds) -> BaseHTTPResponse:
    from urllib3 import Timeout

    return pool.request(
        "GET",
        _in_ascii(url),
        headers={"User-Agent": _USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
        timeout=Timeout(connect=bounds.connect, read=bounds.read),
        redirect=False,
        retries=False,
        preload_content=False,
    )


def _in_ascii(url: str) -> str:
    """Return an address with its host in the form that name servers know (IDNA), and without a user's name."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if ":" in host:
        host = f"[{host}]"
    return parts._replace(netloc=host if parts.port is None else f"{host}:{parts.port}", fragment="").geturl()


def _accepted(response: BaseHTTPResponse, address: str, url: str, bounds: Bounds, deadline: float) -> Fetched:
    name = one_line(address)
    if response.status != 200:
        raise DocumentError(f"{name}: the server answered {response.status} {_phrase(response.status)}".rstrip())
    kind, charset = _content_type(response.headers.get("Content-Type", ""))
    if kind not in _FORMATS and not kind.startswith("text/"):
        raise DocumentError(f"{name}: {one_line(kind, 60)}, not text; text, Markdown and web pages can be opened")
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > bounds.size:
        too_large(address, int(announced), bounds.size)
    path_name = PurePosixPath(unquote(urlsplit(url).path)).name
    form = _FORMATS.get(kind, "")
    if form == "plain" and _MARKDOWN_NAME.search(path_name):
        form = "markdown"
    return Fetched(_body(response, address, bounds, deadline), url, form, charset, path_name)


def _body(response: BaseHTTPResponse, address: str, bounds: Bounds, deadline: float) -> bytes:
    """Return the decompressed body, read piece by piece so that neither a flood nor a drip outlasts its bound."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_CHUNK, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > bounds.size:
            too_large(address, 0, bounds.size)
        if time.monotonic() > deadline:
            raise DocumentError(f"{one_line(address)}: not loaded within {bounds.total:g} seconds")
    return b"".join(pieces)


def _content_type(header: str) -> tuple[str, str]:
    """Return the media type, "" where the server names none, and the charset, "" likewise."""
    if not header.strip():
        return "", ""
    message = Message()
    message["Content-Type"] = one_line(header)
    return message.get_content_type(), message.get_content_charset("")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _reason(error: Exception, bounds: Bounds) -> str:
    """Return in a few words of the user's why a request failed."""
    from urllib3 import exceptions

    match error:
        case exceptions.NameResolutionError():
            return "no such host, or no network"
        case exceptions.NewConnectionError():
            return "no connection to the host"
        case exceptions.ConnectTimeoutError():
            return f"no connection within {bounds.connect:g} seconds"
        case exceptions.ReadTimeoutError() | TimeoutError():
            return f"nothing came for {bounds.read:g} seconds"
        case exceptions.ProxyError():
            return "no connection to the proxy that the environment names"
        case exceptions.SSLError():
            return "no secure connection: the certificate or the protocol was refused"
        case exceptions.DecodeError():
            return "damaged compression"
        case exceptions.ProtocolError():
            return "the connection broke off"
        case UnicodeError() | exceptions.LocationValueError() | ValueError():
            return "not a valid address"
        case _:
            return one_line(str(error), 100) or "it could not be loaded"
