"""Opens an address on the web: as it was kept when it was fetched last, or by fetching it."""

from __future__ import annotations

from reader.document.document import DocumentError, digest_of
from reader.document.raw_source import RawSource, StatedMetadata
from reader.document.sanitize import one_line
from reader.document.sources import kept_pages
from reader.document.sources.fetch import FetchedPage, fetch
from reader.document.sources.kept_pages import DamagedPageError, KeptPage


def open_page(url: str, *, refresh: bool = False) -> RawSource:
    """Return the page at an http or https URL; with `refresh`, fetch it although it was fetched before.

    Raises:
        DocumentError: It cannot be fetched, and was not kept. The message is one line.
    """
    address = _address(url)
    earlier = kept_pages.fetches(address)[-1:]
    damage: tuple[str, ...] = ()
    if earlier and not refresh:
        (page,) = earlier
        try:
            data = kept_pages.read(page)
        except DamagedPageError:
            damage = (f"the copy of {page.shown_time} is damaged; fetched again",)
        else:
            notice = f"as fetched on {page.shown_time}; --refresh fetches it again"
            return _raw(url, page, data, (notice,))
    try:
        fetched = fetch(url)
    except DocumentError as error:
        if damage:
            raise DocumentError(f"{error}; the copy of {earlier[0].shown_time} is damaged") from error
        if earlier:
            raise DocumentError(f"{error}; without --refresh, the copy of {earlier[0].shown_time} opens") from error
        raise
    page = _kept(address, fetched)
    try:
        kept_pages.keep(page, fetched.data)
    except OSError as error:
        damage += (f"not kept for reading without the network: {one_line(error.strerror or str(error))}",)
    return _raw(url, page, fetched.data, damage)


def _address(url: str) -> str:
    try:
        return kept_pages.plain_address(url)
    except ValueError:  # fetching it says what is wrong
        return url


def _kept(address: str, fetched: FetchedPage) -> KeptPage:
    return KeptPage(
        url=address,
        final_url=kept_pages.plain_address(fetched.url),
        redirects=tuple(map(kept_pages.plain_address, fetched.redirects)),
        time=kept_pages.now(),
        digest=digest_of(fetched.data),
        size=len(fetched.data),
        format=fetched.format,
        media_type=fetched.media_type,
        charset=fetched.charset,
        name=fetched.name,
    )


def _raw(url: str, page: KeptPage, data: bytes, notices: tuple[str, ...]) -> RawSource:
    redirected = (f"redirected to {one_line(page.final_url)}",) if page.redirects else ()
    stated = StatedMetadata(notices=(*notices, *redirected))
    return RawSource(data, url, page.name, page.format, page.charset, page.final_url, stated=stated)
