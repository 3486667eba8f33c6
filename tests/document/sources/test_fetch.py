from __future__ import annotations

import gzip
import io
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from reader.document import DocumentError, load
from reader.document.signatures import OPENABLE
from reader.document.sources.fetch import FetchLimits, fetch

PAGE = (
    "<!DOCTYPE html><html><head><title>Quay</title></head><body><article><h1>Quay</h1>"
    "<p>Dana Okoye of the Merrow Port Authority measured the northern quay on Friday; see <a href='/b'>it</a>.</p>"
    "<p>Nobody had looked at the wall since the winter of 1998, says Pavel Stroud of the dock workers’ union.</p>"
    "</article></body></html>"
)
LIMITS = FetchLimits(size=50_000, redirects=3)
IMPATIENT = FetchLimits(connect=1, read=0.3, total=1)


class Handler(BaseHTTPRequestHandler):
    requests: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.requests.append((self.path, dict(self.headers)))
        getattr(self, "get_" + self.path.strip("/").partition("/")[0].partition("?")[0])()

    def answer(
        self, body: bytes, media_type: str | None = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> None:
        self.send_response(status)
        if media_type:
            self.send_header("Content-Type", media_type)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_page(self) -> None:
        self.answer(PAGE.encode())

    def get_latin(self) -> None:
        self.answer("Zürich, Málaga und Tromsø".encode("latin-1"), "text/plain; charset=ISO-8859-1")

    def get_cyrillic(self) -> None:
        self.answer("Министр прибыл".encode("koi8-r"), 'text/plain; charset="KOI8-R"')

    def get_readme(self) -> None:
        self.answer(b"# Head\n\n*words*", "text/plain")

    def get_untyped(self) -> None:
        self.answer(b"Plain words", None)

    def get_zipped(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def get_bomb(self) -> None:
        self.answer(gzip.compress(b"a" * 5_000_000), "text/plain", Content_Encoding="gzip")

    def get_damaged(self) -> None:
        self.answer(b"\x1f\x8bnot gzip at all", Content_Encoding="gzip")

    def get_image(self) -> None:
        self.answer(b"\x89PNG", "image/png")

    def get_pdf(self) -> None:
        self.answer(b"%PDF-1.7", "text/html")

    def get_mail(self) -> None:
        self.answer(b"Subject: Quay\n\nIt sank.\n", "message/rfc822")

    def get_archive(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "Words of the archive.")
        self.answer(out.getvalue(), "application/zip")

    def get_feed(self) -> None:
        entries = "".join(f"<item><title>Entry {number}</title></item>" for number in (1, 2))
        self.answer(f"<rss><channel>{entries}</channel></rss>".encode(), "application/rss+xml")

    def get_table(self) -> None:
        self.answer(b"id,text\n1,First words\n2,Second words\n", "text/plain")

    def get_missing(self) -> None:
        self.answer(b"<p>gone</p>", status=404)

    def get_odd(self) -> None:
        self.answer(b"", status=599)

    def get_empty(self) -> None:
        self.answer(b"")

    def get_big(self) -> None:
        self.answer(b"a" * 60_000, "text/plain")

    def get_flood(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        try:
            for _ in range(10_000):
                self.wfile.write(b"a" * 1_000)
        except OSError:
            pass

    def get_cut(self) -> None:
        self.answer(b"only this", "text/plain", Content_Length="5000")

    def get_silent(self) -> None:
        time.sleep(1)

    def get_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        try:
            for _ in range(30):
                self.wfile.write(b"a")
                time.sleep(0.1)
        except OSError:
            pass

    def get_there(self) -> None:
        self.answer(b"", status=302, Location="/page")

    def get_file(self) -> None:
        self.answer(b"", status=301, Location="file:///etc/passwd")

    def get_ftp(self) -> None:
        self.answer(b"", status=307, Location="ftp://127.0.0.1/x")

    def get_script(self) -> None:
        self.answer(b"", status=302, Location="javascript:\x1b[31m")

    def get_loop(self) -> None:
        self.answer(b"", status=302, Location="/loop")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    httpd.block_on_close = False
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()


def failure_message(address: str, limits: FetchLimits = LIMITS) -> str:
    with pytest.raises(DocumentError) as caught:
        fetch(address, limits)
    message = str(caught.value)
    assert "\n" not in message
    assert "\x1b" not in message
    return message.removeprefix(f"{address}: ")


def test_a_page_is_loaded_with_one_request(server: str) -> None:
    Handler.requests.clear()
    document = load(f"{server}/page")
    assert document.title == "Quay"
    assert document.source == f"{server}/page"
    assert [link.url for link in document.links] == [f"{server}/b"]
    assert [path for path, _ in Handler.requests] == ["/page"]
    headers = Handler.requests[0][1]
    assert headers["User-Agent"].startswith("entity-reader/")
    assert "Cookie" not in headers
    assert "Referer" not in headers


def test_redirects_are_followed_and_links_resolve_from_the_final_url(server: str) -> None:
    assert fetch(f"{server}/there", LIMITS).url == f"{server}/page"
    assert load(f"{server}/there").source == f"{server}/there"


def test_the_charset_in_the_header_is_used(server: str) -> None:
    assert load(f"{server}/latin").text == "Zürich, Málaga und Tromsø"
    assert load(f"{server}/cyrillic").text == "Министр прибыл"


def test_markdown_and_text_without_a_type_are_recognized(server: str) -> None:
    assert load(f"{server}/readme/x.md").text == "Head\n\nwords\n"
    assert load(f"{server}/untyped").text == "Plain words"


def test_compressed_pages_are_decompressed(server: str) -> None:
    assert load(f"{server}/zipped").title == "Quay"


def test_user_names_and_fragments_are_not_sent(server: str) -> None:
    Handler.requests.clear()
    fetch(server.replace("//", "//ann:secret@") + "/page?x=1#part", LIMITS)
    path, headers = Handler.requests[0]
    assert path == "/page?x=1"
    assert "Authorization" not in headers


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("file", "redirects to file:///etc/passwd, which is not http or https"),
        ("ftp", "redirects to ftp://127.0.0.1/x, which is not http or https"),
        ("script", "redirects to javascript:␛[31m, which is not http or https"),
        ("loop", "redirected more than 3 times"),
        ("missing", "the server answered 404 Not Found"),
        ("odd", "the server answered 599"),
        ("image", f"image/png, not text; {OPENABLE}"),
        ("big", "0.0572 MB is too large; the limit is 0.0477 MB"),
        ("flood", "it is too large; the limit is 0.0477 MB"),
        ("bomb", "it is too large; the limit is 0.0477 MB"),
        ("damaged", "the compressed data is damaged"),
        ("cut", "the connection was lost"),
    ],
)
def test_failures_are_explained_in_one_line(server: str, path: str, message: str) -> None:
    assert failure_message(f"{server}/{path}") == message


@pytest.mark.parametrize(
    ("path", "message"), [("silent", "no data for 0.3 seconds"), ("drip", "not loaded within 1 seconds")]
)
def test_a_server_that_sends_too_little_is_left(server: str, path: str, message: str) -> None:
    assert failure_message(f"{server}/{path}", IMPATIENT) == message


def test_slow_headers_do_not_exceed_the_total_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                try:
                    for _ in range(30):
                        connection.sendall(b"H")
                        time.sleep(0.1)
                except OSError:
                    pass

        threading.Thread(target=drip, daemon=True).start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert failure_message(address, FetchLimits(read=1, total=0.5)) == "not loaded within 0.5 seconds"


def test_a_host_that_does_not_listen_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert failure_message(f"http://127.0.0.1:{port}/") == "cannot connect to the host"


@pytest.mark.parametrize(
    "address", ["http://", "http:///x", "https://[::1", "http://a b/", "http://x:port/", "http://.../"]
)
def test_malformed_urls_fail(address: str) -> None:
    assert failure_message(address)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mail", "Quay\n\nIt sank.\n"),
        ("archive", "Words of the archive."),
        ("feed::2", "Entry 2\n"),
        ("table/rows.csv::2", "Second words"),
    ],
)
def test_other_formats_and_their_members_open(server: str, path: str, text: str) -> None:
    assert load(f"{server}/{path}").text == text


@pytest.mark.parametrize(("path", "message"), [("pdf", "a damaged PDF"), ("empty", "empty")])
def test_content_is_checked_regardless_of_the_header(server: str, path: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        load(f"{server}/{path}")
