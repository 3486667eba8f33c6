"""Completions and the manual page, as the programs that use them read them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reader.cli import main
from reader.cli.command_list import COMMANDS
from reader.cli.reference.command_tables import all_commands
from reader.cli.reference.completions import SHELLS
from reader.cli.reference.man_page import man_page


def complete_in_bash(tmp_path: Path, *words: str) -> list[str]:
    """Return what bash offers for the last word."""
    script = tmp_path / "reader.bash"
    script.write_text(SHELLS["bash"](all_commands()))
    line = " ".join(words)
    commands = (
        f"cd {tmp_path}; source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1};"
        '_reader; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    result = subprocess.run(["bash", "-c", commands], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    return result.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
class TestBash:
    def test_bash_completes_commands(self, tmp_path: Path) -> None:
        assert complete_in_bash(tmp_path, "reader", "exp") == ["export"]

    def test_bash_completes_options_of_the_command(self, tmp_path: Path) -> None:
        assert complete_in_bash(tmp_path, "reader", "show", "--co") == ["--color"]
        assert complete_in_bash(tmp_path, "reader", "export", "--co") == []

    def test_bash_completes_values_of_options(self, tmp_path: Path) -> None:
        assert complete_in_bash(tmp_path, "reader", "export", "--to", "web") == ["webanno", "web-annotation"]

    def test_bash_completes_actions(self, tmp_path: Path) -> None:
        assert complete_in_bash(tmp_path, "reader", "config", "p") == ["path"]

    def test_bash_completes_files(self, tmp_path: Path) -> None:
        (tmp_path / "harbor.txt").touch()
        assert complete_in_bash(tmp_path, "reader", "har") == ["harbor.txt"]
        assert complete_in_bash(tmp_path, "reader", "show", "har") == ["harbor.txt"]


@pytest.mark.parametrize("shell", sorted(SHELLS))
def test_every_command_and_option_is_offered(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS)
    bare = "no-annotations" if shell == "fish" else "--no-annotations"
    assert bare in script


@pytest.mark.parametrize("shell", sorted(SHELLS))
def test_a_shell_reads_its_script(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    script = tmp_path / "script"
    script.write_text(SHELLS[shell](all_commands()))
    subprocess.run([shell, "-n", str(script)], check=True)


def test_the_manual_page_has_every_command_and_its_options() -> None:
    page = man_page(all_commands())
    for command in all_commands():
        assert f".SS reader {command.name.replace('-', chr(92) + '-')}" in page or not command.name
        for option in command.options:
            assert all(name.replace("-", "\\-") in page for name in option.names)


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_the_manual_page_formats_without_warnings() -> None:
    result = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww"], input=man_page(all_commands()), capture_output=True, text=True, check=True
    )
    assert result.stderr == ""
    assert "Interrupted." in result.stdout
