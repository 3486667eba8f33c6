"""Ctrl+C while the program starts: no traceback, and the exit code of an interrupt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


PROGRAM = """
import os, signal, sys
from reader.__main__ import start

class Interrupter:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupter())
sys.exit(start())
"""


@pytest.mark.parametrize("module", ["reader.cli", "reader.cli.arguments", "reader.document", "reader.reading"])
def test_ctrl_c_at_the_start_ends_in_silence(module: str, tmp_path: Path) -> None:
    """The program is interrupted while a module is imported."""
    source = tmp_path / "text.txt"
    source.write_text("Ann Renn left Orm.", encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("sys.argv[1]:", f"{module!r}:"), "entities", str(source)],
        cwd=ROOT,
        env={**os.environ, "READER_DATA_DIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        check=False,
    )
    assert process.stderr == b""
    assert process.returncode in {130, -signal.SIGINT}


def test_next_to_nothing_is_imported_before_ctrl_c_is_silent() -> None:
    """Until then, Python prints a traceback."""
    program = "import sys; before = set(sys.modules); import reader.__main__; print(*sorted(set(sys.modules) - before))"
    imported = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(imported.stdout.split()) <= {"__future__", "_signal", "reader", "reader.__main__", "reader.lazy"}
