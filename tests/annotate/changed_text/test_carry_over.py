"""Decisions that follow an article whose text has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotate import History, Store, describe_step
from reader.annotate.anchors import encode_anchor, make_anchor
from reader.annotate.decision_codec import encode_decision
from reader.annotate.decisions import MentionAdded, MentionRemoved, NamesSame
from reader.annotate.records import Record, new_id
from reader.annotate.storage.journal import LogChange
from reader.document import Document
from reader.resolve import Name

FIRST = (
    "The North Sea Board met in Hallum on Monday to hear about the lost barge.\n"
    "Ada Quill told the Board that nobody had seen the barge since the spring tide came in.\n"
    "Quill left before the vote was taken. The Board will meet again in Hallum next month.\n"
)
MERGED = NamesSame((Name("Board", "ORG"), Name("North Sea Board", "ORG")))


def made(text: str, source: str = "barge.txt", file_digest: str = "") -> Document:
    return Document(text, (), "The barge", source, file_digest=file_digest)


def mark(document: Document, quote: str, nth: int = 0, label: str = "ORG") -> MentionAdded:
    at = -1
    for _ in range(nth + 1):
        at = document.text.index(quote, at + 1)
    return MentionAdded(at, at + len(quote), label)


def quotes(document: Document, history: History) -> list[tuple[str, int]]:
    placed = [each for each in history.decisions if isinstance(each, MentionAdded)]
    return [(document.text[each.start : each.end], each.start) for each in placed]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.db"


OLD = made(FIRST)
NEW = made(
    "Updated on Tuesday.\n"
    + FIRST.replace("told the Board that nobody", "told reporters and the Board that nobody").replace(
        "Quill left before the vote was taken. ", ""
    )
)


def test_decisions_follow_an_edited_text_step_by_step(path: Path) -> None:
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
        assert describe_step(history.steps[-1], NEW.text) == "marked “Quill” as PERSON"
        assert store.redo(NEW)[1].decisions[-1] == mark(NEW, "Hallum", 1, "GPE"), "redo goes on as well"
        assert store.undo(NEW)[0] is not None
        undone, history = store.undo(NEW)
        assert undone is not None
        assert undone.decisions == (mark(OLD, "Quill", 1, "PERSON"),)
        assert history.orphans == ()


def test_nothing_is_carried_twice_by_whichever_window(path: Path) -> None:
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "North Sea Board"), MERGED])
    with Store.open(path) as one, Store.open(path) as two:
        first = one.history(NEW)
        assert two.history(NEW) == first
        assert one.history(NEW) == first
        assert len(first.decisions) == 2
        assert two.append(NEW, [mark(NEW, "Hallum", 0, "GPE")]).last_seq == 3
    with Store.open(path) as again:
        assert len(again.history(NEW).decisions) == 3
        assert again.check() == ()


def test_what_is_decided_on_one_version_reaches_the_other_when_it_is_opened(path: Path) -> None:
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "North Sea Board")])
        store.history(NEW)
        store.append(NEW, [mark(NEW, "reporters", label="NORP"), mark(NEW, "Hallum", label="GPE")])
        taken, _ = store.undo_to(NEW, store.history(NEW).steps[0].id)
        assert len(taken) == 1
        store.redo(NEW)
    with Store.open(path) as store:
        history = store.history(OLD)
        assert quotes(OLD, history) == [("North Sea Board", 4), ("Hallum", OLD.text.index("Hallum"))]
        assert [orphan.anchor.quote for orphan in history.orphans] == ["reporters"]
        later = store.append(OLD, [mark(OLD, "Board", 2)])
    with Store.open(path) as store:
        assert len(store.history(NEW).decisions) == len(later.decisions) + len(later.orphans)


def test_a_place_that_was_lost_once_is_found_when_it_is_back(path: Path) -> None:
    without = made(FIRST.replace("Quill left before the vote was taken. ", ""))
    back = made("Corrected.\n" + FIRST)
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "Quill", 1, "PERSON"), MERGED])
        store.remember(OLD, 0)
        assert len(store.history(without).orphans) == 1
        store.remember(without, 0)
        history = store.history(back)
        assert quotes(back, history) == [("Quill", back.text.index("Quill left"))]
        assert history.orphans == ()
        assert len(history.steps) == 1


def test_an_orphan_is_attached_again_by_hand_or_dismissed(path: Path) -> None:
    without = made(FIRST.replace("Quill left before the vote was taken. ", ""))
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "Quill", 1, "PERSON")])
        (orphan,) = store.history(without).orphans
        at = without.text.index("Quill")
        history = store.append(without, orphan.reattached(at, at + 5))
        assert history.orphans == ()
        assert history.decisions[0] == MentionAdded(at, at + 5, "PERSON")
        assert store.undo(without)[1].orphans == (orphan,)
        assert store.redo(without)[1].orphans == ()
    with Store.open(path) as again:
        assert again.history(without).orphans == ()
        assert again.history(OLD).decisions[0] == mark(OLD, "Quill", 1, "PERSON"), "where it stands, it still holds"


def test_another_article_in_the_same_place_gets_nothing(path: Path) -> None:
    other = made("A recipe.\nTake two onions, a carrot and some thyme; the Board is of oak.\n")
    with Store.open(path) as store:
        store.append(OLD, [MERGED, mark(OLD, "Board", 1)])
        assert store.history(other) == History(document=other.digest)
        assert [version.digest for version in store.earlier(other)] == [OLD.digest]


def test_by_the_file_or_the_path_but_not_by_chance(path: Path) -> None:
    old = made(FIRST, "a.txt", "sha256:1")
    with Store.open(path) as store:
        store.append(old, [MERGED])
        newer_loader = made(NEW.text, "b.txt", "sha256:1")
        assert store.history(newer_loader).decisions == (MERGED,)
    with Store.open(path) as store:
        assert store.history(made(FIRST + "More.", "c.txt", "sha256:2")).decisions == ()
        assert store.history(made(FIRST, "moved.txt", "sha256:1")).decisions == (MERGED,), "a moved file asks nothing"


def test_a_store_that_cannot_be_written_shows_them_and_claims_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    with Store.open(path) as again:
        assert set(again.history(NEW).decisions) == set(history.decisions)


def test_without_the_earlier_text_only_what_stands_once_with_all_around_it_follows(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = made(FIRST + "word " * (1 << 18))
    longer = made("Updated.\n" + long.text)
    with Store.open(path) as store:
        monkeypatch.setattr(store, "_start_saving_long_text", lambda _: None)
        store.append(long, [mark(long, "Quill"), mark(long, "Hallum"), MentionRemoved(3000, 3004)])
        assert store.text_of(long.digest) is None
        history = store.history(longer)
        assert [text for text, _ in quotes(longer, history)] == ["Quill", "Hallum"]
        assert len(history.orphans) == 1


def test_what_a_later_version_wrote_waits_in_its_own_log(path: Path) -> None:
    with Store.open(path) as store:
        store.append(OLD, [mark(OLD, "North Sea Board")])
        stranger = Record(new_id(), OLD.digest, "", new_id(), "note-added", "{}")
        store._journal.write(OLD, lambda _: LogChange([stranger]))
        assert len(store.history(NEW).decisions) == 1
        assert store.history(NEW).unreadable == ()


def test_undo_to_is_one_action(path: Path) -> None:
    with Store.open(path) as store:
        for nth in range(3):
            store.append(OLD, [mark(OLD, "Board", nth)])
        before = store.append(OLD, [MERGED])
        taken, history = store.undo_to(OLD, before.steps[1].id)
        assert [step.decisions for step in taken] == [(MERGED,), (mark(OLD, "Board", 2),)]
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


def test_a_record_of_an_orphan_says_what_it_said_before() -> None:
    decision = mark(OLD, "Quill")
    kind, payload = encode_decision(decision)
    record = Record(
        new_id(), "d", "", "s", kind, payload, encode_anchor(make_anchor(OLD.text, decision.start, decision.end))
    )
    from reader.annotate.changed_text.carry_over import Source, carried
    from reader.annotate.decision_history import replay

    (copy,) = carried([Source(OLD.text, [record])], "d2", FIRST.replace("Quill", "Quoll"), ())
    assert copy.kind == "orphaned"
    (orphan,) = replay([copy], FIRST.replace("Quill", "Quoll")).orphans
    assert (orphan.decision, orphan.id) == (decision, record.id)
    (again,) = carried([Source(FIRST.replace("Quill", "Quoll"), [copy])], "d3", OLD.text, ())
    assert (again.kind, again.payload) == (kind, payload)
