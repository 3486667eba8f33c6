from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotate import GENERAL_DOCUMENT, NullStore, Store
from reader.annotate.decisions import EncodingChosen, MentionAdded
from reader.annotate.loading_choices import choices_in, load_as_chosen, save_choices, saved_choices
from reader.document import Document, load
from reader.document.load_options import AUTOMATIC, NOTHING_CHOSEN, LoadChoices, LoadOptions, SavedChoices
from reader.reading import Reading

POLISH = "The mayor of Łęgon stoi there and opened the bridge; the old latarnia was closed on the same Friday.\n"
"""Nothing in it says that it is not Western European: without a choice it is read as cp1252."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_bytes(POLISH.encode("iso8859-2"))
    return path


def choose(store: Store, document: Document, **chosen: str | bool) -> Reading:
    """Load a document again as the app does, and return its reading."""
    choices = document.choices._replace(**chosen)  # type: ignore[arg-type]  # the values of its fields
    options = LoadOptions(encoding=choices.encoding or AUTOMATIC, all_text=choices.all_text)
    loaded = load(document.source, options)
    decisions = save_choices(store, loaded, document.choices, choices)
    store.carry_over_again(loaded)
    reading = Reading(loaded, store)
    reading.decide(*decisions)
    return reading


def test_a_document_opens_in_the_encoding_that_was_chosen_for_its_bytes(store: Store, path: Path) -> None:
    choose(store, load(str(path)), encoding="iso8859-2")
    document = load_as_chosen(str(path), store)
    assert document.text == POLISH
    assert document.choices == LoadChoices("iso8859-2")
    assert "read as iso8859-2, which you chose for this document" in document.notices
    copy = path.with_name("copy.txt")
    copy.write_bytes(path.read_bytes())
    assert load_as_chosen(str(copy), store).text == POLISH
    assert load_as_chosen(str(path), NullStore()).text == load(str(path)).text != POLISH


def test_a_choice_survives_a_restart(path: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "annotations.db") as store:
        choose(store, load(str(path)), encoding="iso8859-2")
        assert store.saved
    with Store.open(tmp_path / "annotations.db") as store:
        assert load_as_chosen(str(path), store).text == POLISH
        assert [document.title for document in store.annotated()] == ["A"]
        assert store.recent() != ()
        assert all(document.title != "how sources are loaded" for document in store.recent())


def test_options_take_precedence_over_what_was_chosen(store: Store, path: Path) -> None:
    choose(store, load(str(path)), encoding="iso8859-2")
    saved = saved_choices(store)
    assert load(str(path), LoadOptions(encoding="cp1251", saved=saved)).encoding == "cp1251"
    detected = load(str(path), LoadOptions(encoding=AUTOMATIC, saved=saved))
    assert (detected.text, detected.choices) == (load(str(path)).text, NOTHING_CHOSEN)


def test_a_changed_file_keeps_the_encoding_unless_it_is_utf8_now(store: Store, path: Path) -> None:
    choose(store, load(str(path)), encoding="iso8859-2")
    longer = POLISH + "Potem łódź odpłynęła.\n"
    path.write_bytes(longer.encode("iso8859-2"))
    assert load_as_chosen(str(path), store).text == longer
    path.write_text(longer, "utf-8")
    assert load_as_chosen(str(path), store).text == longer
    path.write_bytes("Łódka".encode() + b"\xff, " + "łąka, żaba, święto\n".encode())
    assert "łąka, żaba" in load_as_chosen(str(path), store).text
    path.write_bytes("Another text, 10 £\n".encode("utf-16"))
    assert load_as_chosen(str(path), store).text == "Another text, 10 £\n"


def test_a_step_back_takes_the_choice_back_and_a_step_forward_makes_it_again(store: Store, path: Path) -> None:
    guessed = Reading(load(str(path)), store)
    start = guessed.document.text.index("stoi")
    guessed.decide(MentionAdded(start, start + 4, "MISC"))
    reading = choose(store, guessed.document, encoding="iso8859-2")
    assert [reading.document.text[mention.start : mention.end] for mention in reading.mentions] == ["stoi"]
    assert reading.undo() == "read the text as iso8859-2"
    assert reading.load_as == NOTHING_CHOSEN
    again = load_as_chosen(str(path), store)
    assert again.text == guessed.document.text

    store.carry_over_again(again)
    reread = Reading(again, store)
    assert reread.redo() == "read the text as iso8859-2"
    assert reread.load_as == LoadChoices("iso8859-2")
    assert load_as_chosen(str(path), store).text == POLISH
    assert [mention.label for mention in reread.mentions] == ["MISC"]


def test_redo_works_after_a_choice_about_another_document(store: Store, path: Path) -> None:
    other = path.with_name("b.txt")
    other.write_bytes("Łódka płynie.\n".encode("iso8859-2"))
    reading = choose(store, load(str(path)), encoding="iso8859-2")
    reading.undo()
    choose(store, load(str(other)), encoding="cp1250")
    reading.redo()
    assert saved_choices(store).of(reading.document.choices_digest) == LoadChoices("iso8859-2")


def test_undo_of_a_second_choice_leads_back_to_the_first(store: Store, path: Path) -> None:
    first = choose(store, load(str(path)), encoding="cp1251")
    second = choose(store, first.document, encoding="iso8859-2")
    second.undo()
    assert second.load_as == LoadChoices("cp1251")
    assert load_as_chosen(str(path), store).text == first.document.text


def test_later_decisions_reach_the_text_that_undo_leads_back_to(store: Store, path: Path) -> None:
    guessed = Reading(load(str(path)), store)
    start = guessed.document.text.index("stoi")
    guessed.decide(MentionAdded(start, start + 4, "MISC"))
    reading = choose(store, guessed.document, encoding="iso8859-2")
    start = POLISH.index("latarnia")
    reading.decide(MentionAdded(start, start + 8, "FAC"))
    reading.undo_to(reading.history.steps[0].id)
    reading.redo()
    again = load_as_chosen(str(path), store)
    assert [mention.label for mention in Reading(again, store).mentions] == ["MISC", "FAC"]


def test_the_choice_for_a_record_holds_for_its_table(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = "name,text\nMolo,Łódź płynie do Łeby powoli\nPort,Świnoujście śpi już długo\n"
    path.write_bytes(rows.encode("iso8859-2"))
    reading = choose(store, load(f"{path}::1"), encoding="iso8859-2")
    assert reading.document.encoding == "iso8859-2"
    second = load_as_chosen(f"{path}::2", store)
    assert "Świnoujście śpi" in second.text
    assert second.choices == LoadChoices("iso8859-2")
    reading.undo()
    assert load_as_chosen(f"{path}::2", store).choices == NOTHING_CHOSEN


def test_the_choice_for_a_member_holds_for_it_alone(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "files.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", POLISH.encode("iso8859-2"))
        archive.writestr("b.txt", "Привет, мир. Это письмо из города.\n".encode("koi8-r"))
    choose(store, load(f"{path}::a.txt"), encoding="iso8859-2")
    assert load_as_chosen(f"{path}::a.txt", store).text == POLISH
    assert load_as_chosen(f"{path}::b.txt", store).choices == NOTHING_CHOSEN


def test_all_text_of_a_page_is_remembered_by_bytes_and_by_path(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    article = "<p>The harbor board met for two hours on Monday and agreed on a plan for the northern quay.</p>" * 3
    path.write_text(f"<html><body><nav><a href='/'>Menu</a></nav><article>{article}</article></body></html>")
    assert "Menu" not in load_as_chosen(str(path), store).text
    reading = choose(store, load(str(path)), all_text=True)
    assert load_as_chosen(str(path), store).text == reading.document.text
    assert "Menu" in reading.document.text
    path.write_text(path.read_text() + "<p>More</p>")
    assert "Menu" in load_as_chosen(str(path), store).text
    reading.undo()
    assert "Menu" not in load_as_chosen(str(path), store).text


def test_the_log_of_a_document_does_not_name_the_path(store: Store, path: Path) -> None:
    reading = choose(store, load(str(path)), encoding="iso8859-2")
    assert reading.history.decisions == (EncodingChosen(reading.document.choices_digest, "", "iso8859-2"),)
    assert choices_in(reading.history.decisions) == LoadChoices("iso8859-2")
    assert store.history(GENERAL_DOCUMENT).decisions == ()


def test_nothing_is_saved_for_a_document_without_bytes(store: Store) -> None:
    document = Document("text", (), "made", "-")
    assert save_choices(store, document, NOTHING_CHOSEN, LoadChoices("cp1250")) == []
    assert saved_choices(store) == SavedChoices()
    assert replace(document, language="en").choices == NOTHING_CHOSEN
