"""Signals before there is an app: they end the process, whatever it is doing."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

IN_A_CLASS = """
class Field:
    def __set_name__(self, owner, name):
        signal.raise_signal(number)
with ENDINGS.on_signals():
    class Owner:
        field = Field()
"""
IN_A_CALLBACK = """
class Owned:
    pass
with ENDINGS.on_signals():
    owned = Owned()
    reference = weakref.ref(owned, lambda _: signal.raise_signal(number))
    del owned
"""


@pytest.mark.parametrize("code", [IN_A_CLASS, IN_A_CALLBACK], ids=["class", "callback"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_process_in_silence(code: str, number: signal.Signals) -> None:
    """What a handler raises would become an error of the class, and would be lost in the callback."""
    imports = f"import signal, weakref\nfrom reader.ui.terminal.endings import ENDINGS\nnumber = {int(number)}\n"
    ended = subprocess.run([sys.executable, "-c", imports + code], capture_output=True, check=False, text=True)
    assert (ended.returncode, ended.stdout + ended.stderr) == (128 + number, "")
