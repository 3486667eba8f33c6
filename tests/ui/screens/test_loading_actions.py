from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded
from reader.annotate.loading_choices import load_as_chosen
from reader.document import load
from reader.document.load_options import NOTHING_CHOSEN, LoadOptions
from reader.ui.app import ReaderApp
from reader.ui.keys.keymap import default_keymap
from reader.ui.screens.history_screen import HistoryScreen
from reader.ui.screens.reading.actions.encoding_choice import choices_for
from reader.ui.screens.reading.reading_screen import ReadingScreen
from tests.ui.conftest import FixedRecognition
from tests.ui.waiting import shown

TEXT = (
    "Prezydent miasta Gdynia zapowiedział w środę, że nabrzeże zostanie zamknięte jeszcze przed świętami.\n\n"
    "Nikt z robotników nie zauważył, że stara ściana nad rzeką przechyliła się ostatniej zimy.\n"
)
MOSTLY_ASCII = "The mayor of Łęgon opened a bridge there, and the old ferry was closed on the same Friday.\n"
"""Nothing in it says that it is not Western European: it is read as cp1252."""


def opened(app: ReaderApp) -> ReadingScreen:
    assert isinstance(app.screen, ReadingScreen)
    return app.screen


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a text that is taken for another encoding than its own."""
    path = tmp_path / "a.txt"
    path.write_bytes(MOSTLY_ASCII.encode("iso-8859-2"))
    return path


async def choose_latin_2(pilot: Pilot[int], app: ReaderApp) -> None:
    """Read the text of `path` in its own encoding."""
    await pilot.pause()
    await pilot.press("g", "z", *"8859-2", "enter")
    await shown(pilot, lambda: opened(app).reading.document.text == MOSTLY_ASCII)


async def test_a_document_is_read_again_and_keeps_its_decisions(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("iso-8859-2"))
    document = load(str(path), LoadOptions(encoding="cp1252"))
    app = ReaderApp(store, default_keymap(), FixedRecognition(), document=document)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        opened(app).decide(MentionAdded(17, 23, "GPE"))
        assert [mention.label for mention in opened(app).reading.mentions] == ["GPE"]
        await pilot.press("g", "z", *"8859-2", "enter")
        await shown(pilot, lambda: opened(app).reading.document.text == TEXT)
        assert opened(app).message == "read the text as iso8859-2; u takes it back"
        assert [mention.label for mention in opened(app).reading.mentions] == ["GPE"]
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0
    assert store.recent()[0].digest == load(str(path), LoadOptions(encoding="iso-8859-2")).digest
    assert load_as_chosen(str(path), store).text == TEXT


async def test_undo_and_redo_load_the_document_again(store: Store, path: Path) -> None:
    app = ReaderApp(store, default_keymap(), FixedRecognition(), document=load(str(path)))
    async with app.run_test(size=(100, 30)) as pilot:
        await choose_latin_2(pilot, app)
        opened(app).decide(MentionAdded(13, 18, "GPE"))
        await pilot.press("u", "u")
        await shown(pilot, lambda: opened(app).reading.document.text != MOSTLY_ASCII)
        assert opened(app).message == "undid: read the text as iso8859-2"
        assert load_as_chosen(str(path), store).choices.encoding == ""
        await pilot.press("ctrl+r")
        await shown(pilot, lambda: opened(app).reading.document.text == MOSTLY_ASCII)
        assert opened(app).message == "redid: read the text as iso8859-2"
        await pilot.press("ctrl+r")
        await shown(pilot, lambda: opened(app).message.startswith("redid: added"))
        assert [mention.label for mention in opened(app).reading.mentions] == ["GPE"]
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0
    assert load_as_chosen(str(path), store).text == MOSTLY_ASCII


async def test_the_history_screen_undoes_a_choice_too(store: Store, path: Path) -> None:
    app = ReaderApp(store, default_keymap(), FixedRecognition(), document=load(str(path)))
    async with app.run_test(size=(100, 30)) as pilot:
        await choose_latin_2(pilot, app)
        await pilot.press("g", "h")
        await shown(pilot, lambda: isinstance(app.screen, HistoryScreen))
        await pilot.press("k", "u", "q")
        await shown(
            pilot, lambda: isinstance(app.screen, ReadingScreen) and opened(app).reading.document.text != MOSTLY_ASCII
        )


async def test_as_detected_takes_an_encoding_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-8"))
    document = load(str(path), LoadOptions(encoding="cp1252"))
    app = ReaderApp(store, default_keymap(), FixedRecognition(), document=document)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "z", *"detected", "enter")
        await shown(pilot, lambda: opened(app).reading.document.text == TEXT)
        assert opened(app).message == "read the text as detected; u takes it back"


async def test_all_text_of_a_page_is_shown_and_hidden_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    article = "<p>The harbor board met for two hours on Monday and agreed on a plan for the northern quay.</p>" * 3
    path.write_text(f"<html><body><nav><a href='/'>Menu of Gdynia</a></nav><article>{article}</article></body></html>")
    app = ReaderApp(store, default_keymap(), FixedRecognition(), document=load(str(path)))
    async with app.run_test(size=(140, 30)) as pilot:
        await shown(pilot, lambda: opened(app).message.startswith("left out: 3 words around the article"))
        assert opened(app).message.endswith("; g A shows all text")
        opened(app).decide(MentionAdded(4, 16, "ORG"))
        await pilot.press("g", "A")
        await shown(pilot, lambda: "Menu of Gdynia" in opened(app).reading.document.text)
        reading = opened(app).reading
        assert opened(app).message == "showed all text of the page; u takes it back"
        assert [reading.form_of(mention) for mention in reading.mentions] == ["harbor board"]
        assert load_as_chosen(str(path), store).choices.all_text
        await pilot.press("g", "A")
        await shown(pilot, lambda: "Menu of Gdynia" not in opened(app).reading.document.text)
        assert [mention.label for mention in opened(app).reading.mentions] == ["ORG"]
        await pilot.press("u")
        await shown(pilot, lambda: "Menu of Gdynia" in opened(app).reading.document.text)


async def test_a_text_of_which_nothing_is_left_out_stays(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Only these words.\n")
    app = ReaderApp(store, default_keymap(), FixedRecognition(), document=load(str(path)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "A")
        await shown(pilot, lambda: opened(app).message.startswith("the text is the same"))
        assert load_as_chosen(str(path), store).choices == NOTHING_CHOSEN


async def test_the_same_text_in_another_encoding_is_said(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Only ASCII words.\n")
    app = ReaderApp(store, default_keymap(), FixedRecognition(), document=load(str(path)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "z", *"greek", "enter")
        for _ in range(600):
            await pilot.pause(0.05)
            if opened(app).message.startswith("the text"):
                break
        assert opened(app).message == "the text is the same in cp1253"


def test_encodings_are_found_by_language_and_any_name_can_be_typed() -> None:
    assert [choice.text for _, choice in choices_for("polish")] == ["cp1250"]
    assert [choice.text for _, choice in choices_for("cp437")] == ["cp437"]
    assert choices_for("no such thing") == []


async def test_documents_loaded_again_many_times_are_not_kept(store: Store, path: Path) -> None:
    app = ReaderApp(store, default_keymap(), FixedRecognition(), document=load(str(path)))
    async with app.run_test(size=(100, 30)) as pilot:
        await choose_latin_2(pilot, app)
        for _ in range(3):
            await pilot.press("u")
            await shown(pilot, lambda: opened(app).reading.document.text != MOSTLY_ASCII)
            await pilot.press("ctrl+r")
            await shown(pilot, lambda: opened(app).reading.document.text == MOSTLY_ASCII)
        assert [type(screen) for screen in app.screen_stack] == [ReadingScreen] * 2
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0
    assert store.recent()[0].digest == load(str(path), LoadOptions(encoding="iso-8859-2")).digest
