"""Isolates every test from the user's directories, themes and colors."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

for _name in ("NO_COLOR", "FORCE_COLOR", "TEXTUAL_THEME", "PAGER", "LESS", "READER_MODEL", "READER_AUTHOR"):
    os.environ.pop(_name, None)
os.environ["TEXTUAL_ANIMATIONS"] = "none"

# No test depends on the current speed of the machine.
settings.register_profile("reader", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("reader")


@pytest.fixture(autouse=True)
def _own_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("DATA", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"READER_{kind}_DIR", str(tmp_path / kind.lower()))


@pytest.fixture(autouse=True)
def _default_signals() -> None:
    """Let programs under test get the signals that a shell in the background, `nohup` or other tests ignore."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
