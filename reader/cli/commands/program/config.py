"""`reader config`: show the settings, print the path of their file, or edit it."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.cli.command_errors import CommandError, print_error
from reader.cli.output.table import print_rows
from reader.directories import config_dir
from reader.settings import CONFIG_FILE, SETTINGS, Settings, load_settings

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_ACTIONS = ("show", "path", "edit")
_LABELS = """\
# Labels of your own, and changes to built-in ones, each in a table of its own:
# color and light are its colors on a dark and on a light background, key picks it
# in the label menu, and words describe it.
#
# [labels.WEAPON]
# color = "#d08770"
# key = "W"
# words = "a weapon"
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="show", help="what to do; default: show")


def run(options: Options) -> int:
    """Show or edit the settings; report mistakes in them on stderr."""
    path = config_dir() / CONFIG_FILE
    if options.action == "path":
        print_rows([str(path)])
        return 0
    if options.action == "edit":
        _edit()
    settings = load_settings()
    for problem in settings.problems:
        print_error(problem)
    if options.action == "show":
        print_rows([f"# {path}{'' if path.is_file() else ' does not exist yet: `reader config edit` creates it'}", ""])
        print_rows(settings_rows(settings))
    return int(bool(settings.problems))


def settings_rows(settings: Settings) -> Iterator[str]:
    """Yield the settings as the file has them, each with what it does; a setting at its default is a comment."""
    default = Settings()
    for setting in SETTINGS:
        value = getattr(settings, setting.name)
        yield f"# {setting.about}"
        yield f"# It is {setting.expected}."
        if value == getattr(default, setting.name):
            yield f"# {setting.name} = {setting.example}"
        else:
            yield f"{setting.name} = {json.dumps(value, ensure_ascii=False)}"
        yield ""
    yield from _LABELS.splitlines()
    for label in settings.labels:
        yield ""
        yield f"[labels.{label.label}]"
        for name in ("color", "light", "key", "words"):
            if value := getattr(label, name):
                yield f"{name} = {json.dumps(value, ensure_ascii=False)}"


def _edit() -> None:
    """Open the file in the user's editor; first write one with every setting as a comment if there is none."""
    from reader.ui.terminal.external_editor import editor_command

    path = config_dir() / CONFIG_FILE
    editor = editor_command()
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(settings_rows(Settings())) + "\n", "utf-8")
        status = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        raise CommandError(f"cannot edit {path} with {editor}: {getattr(error, 'strerror', None) or error}") from None
    if status:
        raise CommandError(f"{editor} ended with exit code {status}")
