from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from reader.annotate import Store
from reader.annotate.decisions import MentionRemoved
from reader.cli import main
from reader.directories import data_dir
from reader.document import DocumentError, load
from reader.document.document import digest_of
from reader.document.load_options import LoadOptions
from reader.document.sources import kept_pages

PARAGRAPHS = (
    "Dana Okoye of the Merrow Port Authority measured the northern quay on Friday, and it had sunk by a hand.",
    "Nobody had looked at the wall since the winter of 1998, says Pavel Stroud of the dock workers’ union.",
)


class Handler(BaseHTTPRequestHandler):
    requests: ClassVar[list[str]] = []
    lead: ClassVar[str] = ""
    status: ClassVar[int] = 200

    def do_GET(self) -> None:
        self.requests.append(self.path)
        moved = {"/old": "/older", "/older": "/page"}.get(self.path)
        body = b"" if moved else self.page().encode()
        self.send_response(302 if moved else self.status)
        if moved:
            self.send_header("Location", moved)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def page(self) -> str:
        paragraphs = "".join(f"<p>{text}</p>" for text in (self.lead, *PARAGRAPHS) if text)
        return f"<!DOCTYPE html><title>Quay</title><article><h1>Quay</h1>{paragraphs}</article>"

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Handler, "requests", [])
    monkeypatch.setattr(Handler, "lead", "")
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield httpd
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def address(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


def test_a_page_is_fetched_once_and_then_read_as_it_was_kept(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(f"{address}/page")
    monkeypatch.setattr(Handler, "lead", "A new first paragraph about the quay and about the town of Merrow above it.")
    again = load(f"{address}/page#part")
    assert (again.text, again.file_digest) == (first.text, first.file_digest)
    assert Handler.requests == ["/page"]
    assert first.notices == ()
    (page,) = kept_pages.fetches(f"{address}/page")
    assert again.notices == (f"as fetched on {page.shown_time}; --refresh fetches it again",)
    assert (
        page.path.read_bytes() == Handler.page(Handler.__new__(Handler)).replace(f"<p>{Handler.lead}</p>", "").encode()
    )


def test_a_kept_page_opens_without_a_network(server: ThreadingHTTPServer, address: str) -> None:
    text = load(f"{address}/page").text
    server.shutdown()
    server.server_close()
    assert load(f"{address}/page").text == text
    with pytest.raises(DocumentError, match=r"cannot connect.*without --refresh, the copy of 20.* opens"):
        load(f"{address}/page", LoadOptions(refresh=True))


def test_refresh_fetches_again_and_decisions_are_carried_over(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(f"{address}/page")
    start = first.text.index("Dana Okoye")
    with Store.open() as store:
        store.append(first, [MentionRemoved(start, start + 10)])
    monkeypatch.setattr(Handler, "lead", "A new first paragraph about the quay and about the town of Merrow above it.")
    refreshed = load(f"{address}/page", LoadOptions(refresh=True))
    assert refreshed.digest != first.digest
    with Store.open() as store:
        (decision,) = store.history(refreshed).decisions
    assert isinstance(decision, MentionRemoved)
    assert refreshed.text[decision.start : decision.end] == "Dana Okoye"
    assert load(f"{address}/page").text == refreshed.text
    assert [page.digest for page in kept_pages.fetches(f"{address}/page")] == [first.file_digest, refreshed.file_digest]
    assert Handler.requests == ["/page", "/page"]


def test_redirects_are_shown_and_kept(address: str) -> None:
    assert load(f"{address}/old").notices == (f"redirected to {address}/page",)
    assert load(f"{address}/old").notices[1:] == (f"redirected to {address}/page",)
    (page,) = kept_pages.fetches(f"{address}/old")
    assert page.redirects == (f"{address}/older", f"{address}/page")
    assert (page.final_url, page.media_type, page.charset) == (f"{address}/page", "text/html", "utf-8")


@pytest.mark.parametrize("damage", ["changed", "removed", "cut"])
def test_a_damaged_copy_is_named_and_fetched_again(address: str, damage: str) -> None:
    text = load(f"{address}/page").text
    (page,) = kept_pages.fetches(f"{address}/page")
    if damage == "removed":
        page.path.unlink()
    else:
        page.path.write_bytes(page.path.read_bytes().replace(b"Okoye", b"Smith") if damage == "changed" else b"")
    again = load(f"{address}/page")
    assert again.text == text
    assert again.notices == (f"the copy of {page.shown_time} is damaged; fetched again",)
    assert load(f"{address}/page").notices[0].startswith("as fetched on ")


@pytest.mark.parametrize("content", [b"", b"{", b"[1, null]", b'[{"url": 3}]', b"[" * 100_000, b"\xff\xfe"])
def test_a_damaged_list_of_fetches_loses_no_page(address: str, content: bytes) -> None:
    load(f"{address}/page")
    (index,) = (data_dir() / "fetched" / "addresses").iterdir()
    index.write_bytes(content)
    assert load(f"{address}/page").text.startswith("Quay")
    assert len(kept_pages.fetches(f"{address}/page")) == 1


def test_digests_in_a_list_of_fetches_name_no_other_file(address: str) -> None:
    load(f"{address}/page")
    (index,) = (data_dir() / "fetched" / "addresses").iterdir()
    (entry,) = json.loads(index.read_text("utf-8"))
    index.write_text(json.dumps([entry | {"digest": "sha256:../../../../etc/passwd"}]), "utf-8")
    assert kept_pages.fetches(f"{address}/page") == ()


def test_user_names_and_passwords_are_not_kept(address: str) -> None:
    load(address.replace("//", "//ann:secret@") + "/page")
    kept = [path for path in (data_dir() / "fetched").rglob("*") if path.is_file()]
    assert len(kept) == 2
    assert not any(b"secret" in path.read_bytes() for path in kept)
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)


def test_a_page_that_cannot_be_kept_is_read_with_a_notice(address: str) -> None:
    data_dir().mkdir(parents=True, exist_ok=True)
    (data_dir() / "fetched").write_text("not a folder")
    notices = load(f"{address}/page").notices
    assert [notice.partition(":")[0] for notice in notices] == ["not kept for reading without the network"]


def test_a_crash_while_writing_leaves_the_old_copy(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = load(f"{address}/page").text
    monkeypatch.setattr(Handler, "lead", "A new first paragraph about the quay and about the town of Merrow above it.")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        load(f"{address}/page", LoadOptions(refresh=True))
    monkeypatch.undo()
    assert load(f"{address}/page").text == text
    assert not list((data_dir() / "fetched").rglob(".new-*"))


def test_errors_are_not_kept(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Handler, "status", 500)
    with pytest.raises(DocumentError, match="500"):
        load(f"{address}/page")
    assert not (data_dir() / "fetched").exists()


def test_info_describes_a_page(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = load(f"{address}/old")
    capsys.readouterr()
    assert main(["info", f"{address}/old", "--format", "json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    (page,) = kept_pages.fetches(f"{address}/old")
    assert facts["address"] == f"{address}/old"
    assert facts["final_address"] == f"{address}/page"
    assert facts["redirects"] == [f"{address}/older", f"{address}/page"]
    assert facts["fetched"] == page.time
    assert facts["bytes_digest"] == digest_of(page.path.read_bytes()) == document.file_digest
    assert (facts["title"], facts["text_digest"], facts["format"]) == ("Quay", document.digest, "web page")
    assert main(["info", f"{address}/old"]) == 0
    assert f"final address  {address}/page" in capsys.readouterr().out


def test_info_describes_files_members_and_annotations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "quay.txt"
    path.write_text("\n\n".join(PARAGRAPHS), "utf-8")
    document = load(str(path))
    with Store.open() as store:
        store.append(document, [MentionRemoved(0, 10)])
    assert main(["info", str(path), "--format", "json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["path"], facts["size"], facts["encoding"]) == (str(path), path.stat().st_size, "utf-8")
    assert (facts["annotations"]["steps"], facts["annotations"]["decisions"], facts["annotations"]["orphans"]) == (
        1,
        1,
        0,
    )
    box = tmp_path / "box.csv"
    box.write_text(f"title,text\nA,{PARAGRAPHS[1]}\nB,{PARAGRAPHS[1]}\n", "utf-8")
    assert main(["info", str(box), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 2
    assert main(["info", f"{box}::2", "--format", "json"]) == 0
    member = json.loads(capsys.readouterr().out)
    assert (member["member"], member["path"], member["title"]) == ("2", str(box), "B")
    assert main(["info", str(tmp_path / "missing.txt")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_doctor_counts_kept_pages_and_names_damaged_ones(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    load(f"{address}/page")
    main(["doctor", "--quick"])
    assert "1 page kept" in capsys.readouterr().out
    (page,) = kept_pages.fetches(f"{address}/page")
    page.path.write_bytes(b"other")
    main(["doctor", "--quick"])
    assert f"1 kept page of 1 damaged: {address}/page" in capsys.readouterr().out
