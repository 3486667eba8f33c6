"""Decisions that are carried over to a changed text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.annotate import History, Store, describe_step
from reader.annotate.decisions import MentionAdded, MentionRemoved, NamesSame
from reader.annotate.decisions.decision_codec import encode_decision
from reader.annotate.log.anchors import encode_anchor, make_anchor
from reader.annotate.log.records import Record, new_id
from reader.annotate.storage.journal import LogChange
from reader.document import Document
from reader.names.normal import surface
from reader.resolve import Name

FIRST = (
    "The North Sea Board met in Hallum on Monday to hear about the lost barge.\n"
    "Ada Quill told the Board that nobody had seen the barge since the spring tide came in.\n"
    "Quill left before the vote was taken. The Board will meet again in Hallum next month.\n"
)
MERGED = NamesSame((Name("Board", "ORG"), Name("North Sea Board", "ORG")))


def make_document(text: str, source: str = "barge.txt", file_digest: str = "") -> Document:
    return Document(text, (), "The barge", source, file_digest=file_digest)


def mark(document: Document, quote: str, nth: int = 0, label: str = "ORG") -> MentionAdded:
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(quote, start + 1)
    return MentionAdded(start, start + len(quote), label)


def quotes(document: Document, history: History) -> list[tuple[str, int]]:
    added = [decision for decision in history.decisions if isinstance(decision, MentionAdded)]
    return [(document.text[mention.start : mention.end], mention.start) for mention in added]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.db"


OLD = make_document(FIRST)
NEW = make_document(
    "Updated on Tuesday.\n"
    + FIRST.replace("told the Board that nobody", "told reporters and the Board that nobody").replace(
        "Quill left before the vote was taken. ", ""
    )
)


def test_decisions_are_carried_over_to_an_edited_text_step_by_step(path: Path) -> None:
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "North Sea Board"), mark(OLD, "Board", 1)])
        store.append(OLD, [MERGED])
        store.append(OLD, [mark(OLD, "Quill", 1, "PERSON")])
        store.append(OLD, [mark(OLD, "Hallum", 1, "GPE")])
        before = store.undo(OLD)[1]
    with Store.open(path) as store:
        history = store.history(NEW)
        assert [step.time for step in history.steps] == [step.time for step in before.steps]
        assert all(step.carried_over for step in history.steps)
        assert quotes(NEW, history) == [
            ("North Sea Board", NEW.text.index("North Sea Board")),
            ("Board", NEW.text.index("Board that")),
        ]
        assert MERGED in history.decisions
        (orphan,) = history.orphans
        assert orphan.anchor.quote == "Quill"
        assert describe_step(history.steps[-1], NEW.text) == "added “Quill” as PERSON"
        assert store.redo(NEW)[1].decisions[-1] == mark(NEW, "Hallum", 1, "GPE"), "redo is carried over too"
        assert store.undo(NEW)[0] is not None
        undone, history = store.undo(NEW)
        assert undone is not None
        assert undone.decisions == (mark(OLD, "Quill", 1, "PERSON"),)
        assert history.orphans == ()


def test_two_windows_carry_over_nothing_twice(path: Path) -> None:
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "North Sea Board"), MERGED])
    with Store.open(path) as first_store, Store.open(path) as second_store:
        first = first_store.history(NEW)
        assert second_store.history(NEW) == first
        assert first_store.history(NEW) == first
        assert len(first.decisions) == 2
        assert second_store.append(NEW, [mark(NEW, "Hallum", 0, "GPE")]).last_seq == 3
    with Store.open(path) as reopened:
        assert len(reopened.history(NEW).decisions) == 3
        assert reopened.check() == ()


def test_decisions_on_one_version_reach_the_other_when_it_is_opened(path: Path) -> None:
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "North Sea Board")])
        store.history(NEW)
        store.append(NEW, [mark(NEW, "reporters", label="NORP"), mark(NEW, "Hallum", label="GPE")])
        undone, _ = store.undo_to(NEW, store.history(NEW).steps[0].id)
        assert len(undone) == 1
        store.redo(NEW)
    with Store.open(path) as store:
        history = store.history(OLD)
        assert quotes(OLD, history) == [("North Sea Board", 4), ("Hallum", OLD.text.index("Hallum"))]
        assert [orphan.anchor.quote for orphan in history.orphans] == ["reporters"]
        later = store.append(OLD, [mark(OLD, "Board", 2)])
    with Store.open(path) as store:
        assert len(store.history(NEW).decisions) == len(later.decisions) + len(later.orphans)


def test_an_orphan_is_attached_again_when_its_text_returns(path: Path) -> None:
    without = make_document(FIRST.replace("Quill left before the vote was taken. ", ""))
    restored = make_document("Corrected.\n" + FIRST)
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "Quill", 1, "PERSON"), MERGED])
        store.remember(OLD, 0)
        assert len(store.history(without).orphans) == 1
        store.remember(without, 0)
        history = store.history(restored)
        assert quotes(restored, history) == [("Quill", restored.text.index("Quill left"))]
        assert history.orphans == ()
        assert len(history.steps) == 1


def test_the_user_reattaches_or_dismisses_an_orphan(path: Path) -> None:
    without = make_document(FIRST.replace("Quill left before the vote was taken. ", ""))
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "Quill", 1, "PERSON")])
        (orphan,) = store.history(without).orphans
        start = without.text.index("Quill")
        history = store.append(without, orphan.reattached(start, start + 5))
        assert history.orphans == ()
        assert history.decisions[0] == MentionAdded(start, start + 5, "PERSON")
        assert store.undo(without)[1].orphans == (orphan,)
        assert store.redo(without)[1].orphans == ()
    with Store.open(path) as reopened:
        assert reopened.history(without).orphans == ()
        assert reopened.history(OLD).decisions[0] == mark(OLD, "Quill", 1, "PERSON"), (
            "it still applies to the earlier text"
        )


def test_a_different_document_from_the_same_source_gets_nothing(path: Path) -> None:
    other = make_document("A recipe.\nTake two onions, a carrot and some thyme; the Board is of oak.\n")
    with Store.open(path) as store:
        store.append(OLD, [MERGED, mark(OLD, "Board", 1)])
        assert store.history(other) == History(document=other.digest)
        assert [version.digest for version in store.earlier(other)] == [OLD.digest]


def test_versions_are_found_by_file_or_path_only(path: Path) -> None:
    old = make_document(FIRST, "a.txt", "sha256:1")
    with Store.open(path) as store:
        store.append(old, [MERGED])
        newer_loader = make_document(NEW.text, "b.txt", "sha256:1")
        assert store.history(newer_loader).decisions == (MERGED,)
    with Store.open(path) as store:
        assert store.history(make_document(FIRST + "More.", "c.txt", "sha256:2")).decisions == ()
        assert store.history(make_document(FIRST, "moved.txt", "sha256:1")).decisions == (MERGED,), (
            "a moved file needs no carry-over"
        )


def test_an_unwritable_store_shows_them_and_claims_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "North Sea Board")])
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("reader.annotate.storage.open_store.is_writable", lambda _: False)
        with Store.open(path) as store:
            assert len(store.history(NEW).decisions) == 1
            assert store.unsaved == 0, "nothing was decided"
            assert path.read_bytes() == before
            history = store.append(NEW, [MERGED])
            assert len(history.decisions) == 2
            assert not store.saved
            patch.setattr("reader.annotate.storage.open_store.is_writable", lambda _: True)
            assert store.retry()
            assert store.history(NEW).decisions == history.decisions
    with Store.open(path) as reopened:
        assert set(reopened.history(NEW).decisions) == set(history.decisions)


def test_without_the_earlier_text_only_unique_quotes_are_carried_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = make_document(FIRST + "word " * (1 << 18))
    longer = make_document("Updated.\n" + long.text)
    with Store.open(path) as store:
        monkeypatch.setattr(store, "_start_saving_long_text", lambda _: None)
        store.append(long, [mark(long, "Quill"), mark(long, "Hallum"), MentionRemoved(3000, 3004)])
        assert store.text_of(long.digest) is None
        history = store.history(longer)
        assert [text for text, _ in quotes(longer, history)] == ["Quill", "Hallum"]
        assert len(history.orphans) == 1


def test_records_of_a_later_version_stay_in_their_log(path: Path) -> None:
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "North Sea Board")])
        unknown = Record(new_id(), OLD.digest, "", new_id(), "note-added", "{}")
        store._journal.write(OLD, lambda _: LogChange([unknown]))
        assert len(store.history(NEW).decisions) == 1
        assert store.history(NEW).unreadable == ()


def test_undo_to_is_one_action(path: Path) -> None:
    with Store.open(path) as store:
        for nth in range(3):
            store.append(OLD, [mark(OLD, "Board", nth)])
        before = store.append(OLD, [MERGED])
        undone, history = store.undo_to(OLD, before.steps[1].id)
        assert [step.decisions for step in undone] == [(MERGED,), (mark(OLD, "Board", 2),)]
        assert history.decisions == before.decisions[:2]
        assert [step.id for step in history.all_steps] == [step.id for step in before.all_steps]
        assert history.next_redo is not None
        assert history.next_redo.decisions == (mark(OLD, "Board", 2), MERGED)
        with pytest.raises(KeyError):
            store.undo_to(OLD, "none")
    with Store.open(path) as store:
        brought, history = store.redo(OLD)
        assert brought is not None
        assert brought.decisions == (mark(OLD, "Board", 2), MERGED)
        assert history.decisions == before.decisions
        assert store.undo_to(OLD, "")[1].decisions == ()
        assert store.undo_to(OLD, "")[0] == ()
        assert store.redo(OLD)[1].decisions == before.decisions


def test_an_orphaned_record_contains_the_original_decision() -> None:
    decision = mark(OLD, "Quill")
    kind, payload = encode_decision(decision)
    record = Record(
        new_id(), "d", "", "s", kind, payload, encode_anchor(make_anchor(OLD.text, decision.start, decision.end))
    )
    from reader.annotate.changed_text.carry_over import EarlierVersion, carry_over_records
    from reader.annotate.log.decision_history import replay

    (copy,) = carry_over_records([EarlierVersion(OLD.text, [record])], "d2", FIRST.replace("Quill", "Quoll"), ())
    assert copy.kind == "orphaned"
    (orphan,) = replay([copy], FIRST.replace("Quill", "Quoll")).orphans
    assert (orphan.decision, orphan.id) == (decision, record.id)
    (restored,) = carry_over_records([EarlierVersion(FIRST.replace("Quill", "Quoll"), [copy])], "d3", OLD.text, ())
    assert (restored.kind, restored.payload) == (kind, payload)


@pytest.mark.parametrize(
    "typeset",
    [
        lambda text: "\n\n".join(textwrap.fill(line, 30) for line in text.split("\n")),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("Qui", "Qui\u00ad").replace("oa", "o\u200ba"),
        lambda text: text.replace("barge", "bar-\nge").replace("Hallum", "Hal-\nlum"),
    ],
    ids=["line breaks", "no-break spaces", "soft hyphens", "line-end hyphens"],
)
def test_every_decision_follows_a_text_that_is_typeset_again(typeset: Callable[[str], str], path: Path) -> None:
    mentions = [mark(OLD, "North Sea Board"), mark(OLD, "Hallum", 1, "GPE"), mark(OLD, "Quill", 1, "PERSON")]
    new = make_document(typeset(FIRST))
    with Store.open(path) as store:
        store.append(OLD, mentions)
    with Store.open(path) as store:
        history = store.history(new)
        assert history.orphans == ()
        forms = [surface(quote) for quote, _ in quotes(new, history)]
        assert forms == ["North Sea Board", "Hallum", "Quill"]
