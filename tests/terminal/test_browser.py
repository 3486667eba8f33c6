"""`reader serve`: the app behind an address with a token, in a real server and, where there is one, a real browser."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli import main

TEXT = "Ada Marlow met Tom Reyes in Paris. " * 20 + "\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "meeting.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def address(article: Path) -> Iterator[str]:
    """The address of a server that shows an article."""
    command = [sys.executable, "-m", "reader", "serve", str(article), "--no-annotations"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        try:
            yield line.removeprefix("reader is at ").strip()
        finally:
            server.terminate()


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_nothing_is_shown_without_the_token(address: str) -> None:
    root = re.match(r"http://127\.0\.0\.1:\d+/", address)
    assert root is not None
    assert status_of(address) == 200
    for path in ("", "ws", "static/js/textual.js", "x" * 32 + "/", "x" * 32 + "/ws"):
        assert status_of(root[0] + path) == 404


def test_the_page_may_load_nothing_from_elsewhere(address: str) -> None:
    with urllib.request.urlopen(address) as response:
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert response.headers["Referrer-Policy"] == "no-referrer"


async def test_a_window_gets_the_app_in_its_size(address: str) -> None:
    import aiohttp

    async with aiohttp.ClientSession() as client, client.ws_connect(f"{address}ws?width=100&height=31") as window:
        received = b""
        async with asyncio.timeout(60):
            while b"names" not in received and b"entities" not in received:
                message = await window.receive()
                received += message.data if isinstance(message.data, bytes) else b""
        assert b"\x1b[31;" in received
        await window.send_json(["stdin", "q"])
        async with asyncio.timeout(60):
            while not window.closed:
                await window.receive()


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_browser_shows_the_app(address: str, tmp_path: Path) -> None:
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    page = subprocess.run(
        [*command, "--timeout=20000", "--virtual-time-budget=60000", "--dump-dom", address],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert 'class="xterm' in page.stdout or "xterm-screen" in page.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--host", "0.0.0.0"], 1, "choose a --token"),
        (["--host", "no.such.host.invalid"], 1, "choose a --token"),
        (["--token", "short"], 2, "at least 16"),
        (["--token", "../../../../../etc/passwd"], 2, "at least 16"),
        (["--port", "99999"], 2, "0 to 65535"),
        (["missing.txt"], 1, "missing.txt"),
    ],
)
def test_wrong_usage_gets_one_clear_line(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *arguments]) == code
    assert message in capsys.readouterr().err


def test_a_port_in_use_gets_one_line(address: str, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port = re.findall(r":(\d+)/", address)[0]
    assert main(["serve", str(article), "--port", port]) == 1
    assert f"cannot listen on 127.0.0.1:{port}" in capsys.readouterr().err
