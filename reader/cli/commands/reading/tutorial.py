"""`reader tutorial`: open the document that teaches the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.command_errors import CommandError

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options


def configure(parser: ArgumentParser) -> None:
    """Add no options: the tutorial opens like any document."""
    del parser


def run(options: Options) -> int:
    """Open the tutorial, or print it if standard output is not a terminal."""
    from reader.cli.commands.reading import open as opening
    from reader.library import tutorial

    sample = tutorial()
    if sample is None:
        raise CommandError("the tutorial is missing; `reader doctor` checks the installation")
    options.source = str(sample.path)
    return opening.run(options)
