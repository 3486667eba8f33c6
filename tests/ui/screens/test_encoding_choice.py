from __future__ import annotations

from pathlib import Path

from reader.annotate import Store
from reader.annotate.decisions import MentionAdded
from reader.document import load
from reader.ui.app import ReaderApp
from reader.ui.keys.keymap import default_keymap
from reader.ui.screens.reading.actions.encoding_choice import choices_for
from reader.ui.screens.reading.reading_screen import ReadingScreen
from tests.ui.conftest import FixedRecognition

TEXT = (
    "Prezydent miasta Gdynia zapowiedział w środę, że nabrzeże zostanie zamknięte jeszcze przed świętami.\n\n"
    "Nikt z robotników nie zauważył, że stara ściana nad rzeką przechyliła się ostatniej zimy.\n"
)


def opened(app: ReaderApp) -> ReadingScreen:
    assert isinstance(app.screen, ReadingScreen)
    return app.screen


async def test_a_document_is_read_again_and_keeps_its_decisions(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("iso-8859-2"))
    document = load(str(path), encoding="cp1252")
    app = ReaderApp(store, default_keymap(), FixedRecognition(), document=document)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        opened(app).decide(MentionAdded(17, 23, "GPE"))
        assert [mention.label for mention in opened(app).reading.mentions] == ["GPE"]
        await pilot.press("g", "z", *"8859-2", "enter")
        for _ in range(600):
            await pilot.pause(0.05)
            if app.screen is not app.screen_stack[0] and isinstance(app.screen, ReadingScreen):
                break
        assert opened(app).reading.document.text == TEXT
        assert [mention.label for mention in opened(app).reading.mentions] == ["GPE"]
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0
    assert store.recent()[0].digest == load(str(path), encoding="iso-8859-2").digest


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
