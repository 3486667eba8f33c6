from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from reader.annotate import Decision, Store
from reader.annotate.decisions import (
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityTagged,
    MentionConfirmed,
    SpanNoted,
    SpanTagged,
)
from reader.ui.dialogs.editor import Editor, NoteArea, TagPrompt
from reader.ui.screens.notes_screen import NotesScreen
from tests.ui.conftest import AppHarness, make_document
from tests.ui.screens.test_review_screen import settle


async def typed(pilot: Pilot[int], text: str) -> None:
    await pilot.press(*({" ": "space", "\n": "enter"}.get(character, character) for character in text))


def on(harness: AppHarness, kind: type[Screen[Any]]) -> bool:
    return isinstance(harness.app.screen, kind)


def decided(harness: AppHarness) -> tuple[Decision, ...]:
    return harness.reading.history.decisions


async def test_ctrl_z_undoes_typing_in_a_note(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "c")
        await settle(pilot)
        await typed(pilot, "Who")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert on(harness, Editor)
        assert not harness.app.screen.query_one(NoteArea).text


async def test_a_note_on_a_mention_can_be_written_changed_and_undone(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "c")
        await settle(pilot)
        assert on(harness, Editor)
        await typed(pilot, "Who *pays*?\nAsk.")
        await pilot.press("ctrl+s")
        await settle(pilot)
        mention = harness.reading.mentions[0]
        assert decided(harness) == (SpanNoted(mention.start, mention.end, "Who *pays*?\nAsk."),)
        assert "noted on “Tarn”" in harness.message
        assert "saved" in harness.message
        rows = harness.rows()
        assert any("✎ " in row and "Relief reaches Tarn" in row for row in rows), "the margin of the text"
        assert any("✎ Who *pays*? …" in row for row in rows), "the details"
        await pilot.press("c", "!", "ctrl+s")
        await settle(pilot)
        assert harness.reading.notes.note_at(mention.start, mention.end) == "Who *pays*?\nAsk.!"
        await pilot.press("u")
        assert harness.reading.notes.note_at(mention.start, mention.end) == "Who *pays*?\nAsk."
        await pilot.press("u", "u", "ctrl+r")
        assert harness.reading.notes.note_at(mention.start, mention.end) == "Who *pays*?\nAsk."


async def test_leaving_the_editor_asks_only_if_text_would_be_lost(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "c", "escape")
        await settle(pilot)
        assert not on(harness, Editor)
        await pilot.press("c", "a", "escape")
        await settle(pilot)
        assert on(harness, Editor)
        assert "Keep your changes?" in "\n".join(harness.rows())
        await pilot.press("escape", "b", "ctrl+q")
        await settle(pilot)
        assert on(harness, Editor)
        await pilot.press("n")
        await settle(pilot)
        assert not on(harness, Editor)
        assert decided(harness) == ()
        await pilot.press("c", "a", "escape", "y")
        await settle(pilot)
        assert [type(decision) for decision in decided(harness)] == [SpanNoted]


async def test_keys_typed_in_a_burst_are_written_in_order(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]")
        for key, character in [("i", "i"), ("N", "N"), ("o", "o"), ("enter", "\r"), ("x", "x"), ("backspace", None)]:
            harness.app.post_message(events.Key(key, character))
        for key, character in [("t", "t"), ("ctrl+s", None), ("right_square_bracket", "]")]:
            harness.app.post_message(events.Key(key, character))
        await settle(pilot)
        await settle(pilot)
        assert [note.text for note in harness.reading.notes.notes] == ["No\nt"]
        assert harness.text_under_cursor() == "Harbor Relief Agency"


async def test_pasted_control_characters_are_made_visible(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("C")
        await settle(pilot)
        harness.app.post_message(events.Paste("one\r\ntwo\x1b[2J"))
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert decided(harness) == (DocumentNoted("one\ntwo␛[2J"),)


async def test_a_note_on_an_entity_follows_it_and_is_shown_beside_it(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "e", "i")
        await settle(pilot)
        await typed(pilot, "a port")
        await pilot.press("ctrl+s")
        await settle(pilot)
        entity = harness.reading.entities[0]
        assert decided(harness) == (EntityNoted(harness.reading.names_of(entity), "a port"),)
        rows = "\n".join(harness.rows())
        assert f"{entity.name} ✎" in rows
        assert "✎ a port" in rows
        await pilot.press("f")
        await settle(pilot)
        await typed(pilot, "status:noted\n")
        await settle(pilot)
        assert harness.screen.entity_list.item_count() == 1


async def test_an_empty_note_deletes_the_note(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        harness.screen.decide(DocumentNoted("gone soon"))
        await pilot.press("C", "f7", "backspace", "ctrl+s")
        await settle(pilot)
        assert harness.reading.notes.notes == ()
        assert "removed the note on the document" in harness.message


async def test_a_selection_can_have_a_note(harness: AppHarness) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("v", "w", "c")
        await settle(pilot)
        await pilot.press("x", "ctrl+s")
        await settle(pilot)
        assert decided(harness) == (SpanNoted(0, 14, "x"),)
        assert harness.screen.article.selection is None
        await pilot.press("c")
        await settle(pilot)
        assert on(harness, Editor), "the words that have a note can be chosen again"
        await pilot.press("y", "ctrl+s")
        await settle(pilot)
        assert harness.reading.notes.note_at(0, 14) == "xy"


async def test_a_note_written_in_two_windows_keeps_both_texts(harness: AppHarness, tmp_path: Path) -> None:
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("C", "m")
        await settle(pilot)
        with Store.open(tmp_path / "annotations.db") as other:
            other.append(harness.document, [DocumentNoted("theirs")])
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert harness.reading.notes.document_note == "theirs\n\nm"
        assert "another window" in harness.message


async def test_the_list_of_notes_leads_to_each_note(harness: AppHarness) -> None:
    tarn = harness.document.text.rindex("Tarn")
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("g", "i")
        await settle(pilot)
        assert "No notes yet" in "\n".join(harness.rows())
        await pilot.press("escape")
        await settle(pilot)
        harness.screen.decide(SpanNoted(tarn, tarn + 4, "\n".join("abcdef")))
        harness.screen.decide(DocumentNoted("all"))
        await pilot.press("g", "i")
        await settle(pilot)
        rows = "\n".join(harness.rows())
        assert "2 notes" in rows
        assert rows.index("the document") < rows.index("“Tarn”")
        await pilot.press("x", "c", "!", "ctrl+s")
        await settle(pilot)
        assert [note.text for note in harness.reading.notes.notes] == ["a\nb\nc\nd\ne\nf!"]
        await pilot.press("u", "u")
        assert len(harness.reading.notes.notes) == 2
        await pilot.press("G", "enter")
        await settle(pilot)
        assert not on(harness, NotesScreen)
        assert harness.screen.article.cursor == tarn


async def test_tags_can_be_added_completed_and_filtered_by(harness: AppHarness, tmp_path: Path) -> None:
    with Store.open(tmp_path / "annotations.db") as other:
        other.append(make_document(("Another text.",)), [DocumentTagged(("to-check", "key"))])
    async with harness.app.run_test(size=(130, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]", "I")
        await settle(pilot)
        assert on(harness, TagPrompt)
        await typed(pilot, "Place, ch")
        await pilot.press("tab")
        await pilot.press("enter")
        await settle(pilot)
        entity = harness.reading.entities[0]
        assert decided(harness) == (EntityTagged(harness.reading.names_of(entity), ("place", "to-check")),)
        assert "#place #to-check" in "\n".join(harness.rows())
        await pilot.press("]", "g", "#")
        await settle(pilot)
        await typed(pilot, "key\n")
        await settle(pilot)
        mention = harness.reading.mention_at(harness.screen.article.cursor)
        assert mention
        assert decided(harness)[-1] == SpanTagged(mention.start, mention.end, ("key",))
        for wanted, count in (("tag:place", 1), ("tag:to", 1), ("tag:key", 1), ("tag:key,place", 0), ("tag:no", 0)):
            harness.screen.entity_list.set_filter(wanted)
            assert harness.screen.entity_list.item_count() == count, wanted
        await pilot.press("[", "I", "backspace", "backspace", *["backspace"] * 9, "enter")
        await settle(pilot)
        assert harness.reading.notes.tags_of(harness.reading.names_of(entity)) == ("place",)
        await pilot.press("g", "k")
        await settle(pilot)
        await typed(pilot, "weekly\n")
        await settle(pilot)
        assert harness.reading.notes.document_tags == ("weekly",)


@pytest.mark.parametrize(("answer", "notes"), [("y", ["hello"]), ("n", [])])
async def test_the_answer_after_escape_counts_even_in_a_burst(
    harness: AppHarness, answer: str, notes: list[str]
) -> None:
    async with harness.app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("]")
        for key in ("c", *"hello", "escape", answer, "]", "y"):
            harness.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(25):
            await pilot.pause()
        assert [note.text for note in harness.reading.notes.notes] == notes
        assert isinstance(harness.reading.history.decisions[-1], MentionConfirmed)
        assert len(harness.reading.history.steps) == 1 + len(notes)
