from __future__ import annotations

import subprocess
import sys

import pytest

_HEAVY = (
    "spacy",
    "textual",
    "rich.markdown",
    "trafilatura",
    "lxml",
    "rapidfuzz",
    "markdown_it",
    "sqlite3",
    "distributed",
    "dask",
)


def _imported_modules(code: str, names: tuple[str, ...] = _HEAVY) -> set[str]:
    probe = f"import sys\n{code}\nprint(*[name for name in {names!r} if name in sys.modules])"
    process = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(process.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import reader.cli",
        "from reader.cli import main; main(['--version'])",
        "from reader.cli import main; main(['--help'])",
        "from reader.cli import main; main(['show', '--help'])",
        "from reader.cli import main; main(['export', '--help'])",
        "from reader.cli import main; main(['index', '--help'])",
        "from reader.cli import main; main(['library', '--no-annotations', '--color', 'never'])",
    ],
)
def test_heavy_modules_are_imported_only_when_needed(code: str) -> None:
    assert _imported_modules(code) <= ({"sqlite3"} if "library" in code else set())


def test_showing_a_cached_document_imports_neither_spacy_nor_textual() -> None:
    code = (
        "import reader.cli.commands.reading.show, reader.cli.output.printed_document, "
        "reader.reading, reader.exchange, reader.library"
    )
    assert not _imported_modules(code) & {"spacy", "textual", "trafilatura", "lxml"}


@pytest.mark.parametrize("argv", [[], ["harbor.txt"]])
def test_opening_the_app_does_not_import_argparse(argv: list[str]) -> None:
    code = f"from reader.cli.arguments import parse; assert parse({argv!r})[1].annotations"
    assert _imported_modules(code, ("argparse", *_HEAVY)) == set()


def test_the_first_paint_waits_for_no_room_that_it_does_not_show() -> None:
    rooms = (
        "reader.collection.watchlists", "reader.exchange.registry", "reader.resolve.evidence.spelling", "csv",
        "textual.widgets._text_area", "rapidfuzz", "spacy", "reader.ui.actions.text.marking",
        "reader.ui.actions.entity_actions", "reader.resolve.resolver",
    )  # fmt: skip
    code = "import reader.ui.app, reader.ui.recognition"
    assert _imported_modules(code, rooms) == set()


def test_help_lists_every_command() -> None:
    process = subprocess.run([sys.executable, "-m", "reader", "--help"], capture_output=True, text=True, check=True)
    for name in ("show", "entities", "mentions", "export", "library", "doctor", "./show", "READER_DATA_DIR"):
        assert name in process.stdout
