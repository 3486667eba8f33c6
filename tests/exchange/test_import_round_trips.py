"""What an export carries comes back, and nothing else is missing than what the format is said to leave out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotate.decisions import (
    Decision,
    DocumentNoted,
    DocumentTagged,
    EntityNoted,
    EntityRenamed,
    EntityTagged,
    MentionConfirmed,
    NamesDifferent,
    NamesSame,
    SpanNoted,
    SpanTagged,
)
from reader.document import Block, Document, load
from reader.exchange import FORMATS
from reader.exchange.annotated_document import annotated_document
from reader.exchange.flat_mentions import flat_mentions
from reader.exchange.importing.format_guess import guess_format
from reader.reading import Reading
from reader.recognize import Mention
from tests.exchange.annotated import reading_of, readings
from tests.exchange.imported import (
    ANNOTATION_FORMATS,
    empty_store,
    exported_files,
    import_files,
    imported_reading,
)

Span: TypeAlias = tuple[int, int]
WITHOUT_TEXT = frozenset(("web-annotation", "csv"))
ROUND_TRIPS = tuple(name for name in ANNOTATION_FORMATS if name != "aliases")


@dataclass(frozen=True)
class Content:
    """What a reading says, without how it came about."""

    text: str
    mentions: frozenset[tuple[int, int, str]]
    groups: frozenset[frozenset[Span]]
    names: frozenset[tuple[frozenset[Span], str]]
    span_notes: frozenset[tuple[Span, str]]
    entity_notes: frozenset[tuple[frozenset[Span], str]]
    document_note: str
    span_tags: frozenset[tuple[Span, tuple[str, ...]]]
    entity_tags: frozenset[tuple[frozenset[Span], tuple[str, ...]]]
    document_tags: tuple[str, ...]


def content_of(reading: Reading) -> Content:
    """Return what a reading says."""
    notes = reading.notes
    spans = {entity.id: frozenset((m.start, m.end) for m in entity.mentions) for entity in reading.entities}
    names = {entity.id: reading.names_of(entity) for entity in reading.entities}
    return Content(
        reading.document.text,
        frozenset((mention.start, mention.end, mention.label) for mention in reading.mentions),
        frozenset(spans.values()),
        frozenset((spans[entity.id], entity.name) for entity in reading.entities),
        frozenset((note.span, note.text) for note in notes.notes if note.span),
        frozenset(
            (spans[id], "\n".join(note.text for note in notes.notes_of(names[id])))
            for id in spans
            if notes.notes_of(names[id])
        ),
        notes.document_note,
        frozenset(notes.span_tags.items()),
        frozenset((spans[id], notes.tags_of(names[id])) for id in spans if notes.tags_of(names[id])),
        notes.document_tags,
    )


def _without_notes(content: Content) -> Content:
    return replace(_without_notes_of_entities_and_document(content), span_notes=frozenset(), span_tags=frozenset())


def _without_notes_of_entities_and_document(content: Content) -> Content:
    return replace(content, entity_notes=frozenset(), entity_tags=frozenset(), document_note="", document_tags=())


def _without_tags(content: Content) -> Content:
    return replace(content, span_tags=frozenset(), entity_tags=frozenset(), document_tags=())


def _notes_of_spans_only(content: Content) -> Content:
    return _without_tags(_without_notes_of_entities_and_document(content))


def _brat_notes(content: Content) -> Content:
    """Notes on entities become notes on their first mention, on one line."""
    notes = {span: [text] for span, text in content.span_notes}
    for spans, text in content.entity_notes:
        notes.setdefault(min(spans), []).append(text)
    joined = frozenset((span, " ".join(" ".join(texts).split())) for span, texts in notes.items())
    return replace(_without_notes(content), span_notes=joined, document_note="")


def _without_nested(content: Content) -> Content:
    from reader.exchange.annotated_document import AnnotatedMention

    flat = {mention[:3] for mention in flat_mentions(AnnotatedMention(*item) for item in content.mentions)}
    spans = {(start, end) for start, end, _ in flat}

    def cut(group: frozenset[Span]) -> frozenset[Span]:
        return group & spans

    return replace(
        content,
        mentions=frozenset(flat),
        groups=frozenset(filter(None, map(cut, content.groups))),
        names=frozenset((cut(group), name) for group, name in content.names if cut(group)),
        span_notes=frozenset(item for item in content.span_notes if item[0] in spans),
        span_tags=frozenset(item for item in content.span_tags if item[0] in spans),
        entity_notes=frozenset((cut(group), text) for group, text in content.entity_notes if cut(group)),
        entity_tags=frozenset((cut(group), tags) for group, tags in content.entity_tags if cut(group)),
    )


def _without_space(content: Content) -> Content:
    """Offsets count only the characters that are not white space."""
    visible = [0]
    for char in content.text:
        visible.append(visible[-1] + (not char.isspace()))

    def cut(group: frozenset[Span]) -> frozenset[Span]:
        return frozenset((visible[start], visible[end]) for start, end in group)

    return replace(
        content,
        text="".join(content.text.split()),
        mentions=frozenset((visible[start], visible[end], label) for start, end, label in content.mentions),
        groups=frozenset(map(cut, content.groups)),
        names=frozenset((cut(group), name) for group, name in content.names),
    )


def _same(content: Content) -> Content:
    return content


OMISSIONS: dict[str, Callable[[Content], Content]] = {
    "the history of decisions": _same,
    "who found a mention": _same,
    "the confidence of machine-found mentions": _same,  # only decided mentions come back
    "the text": _same,  # the tests name the document
    "the text outside of mentions": _same,
    "mentions inside or across others": _without_nested,
    "entities and their aliases": lambda content: replace(content, groups=frozenset(), names=frozenset()),
    "canonical names of entities": lambda content: replace(content, names=frozenset()),
    "which entities were kept apart": _same,  # see `assert_carried`
    "notes and tags": _without_notes,
    "notes and tags of entities and the document": _without_notes_of_entities_and_document,
    "notes on mentions and entities, and tags": lambda content: replace(
        _without_notes(content), document_note=content.document_note
    ),
    "notes on entities and the document, and tags": _notes_of_spans_only,
    "the note on the document, line breaks in notes, and tags": _brat_notes,
    "white space": _without_space,
    "white space between sentences": _without_space,
}
"""What remains of a reading in a format that leaves something out, by the words that say so."""


def assert_carried(name: str, before: Content, after: Content) -> None:
    """Check that an import has what the export had, but for what the format is said to leave out."""
    omitted = FORMATS[name].omits
    for words in omitted:
        before, after = OMISSIONS[words](before), OMISSIONS[words](after)
    if "which entities were kept apart" in omitted:
        for group in before.groups:
            assert any(group <= other for other in after.groups)
        before, after = replace(before, groups=frozenset()), replace(after, groups=frozenset())
        before, after = replace(before, names=frozenset()), replace(after, names=frozenset())
    assert after == before


@st.composite
def annotated_readings(draw: st.DrawFn) -> Reading:
    """Build readings with merges, splits, names, notes and tags."""
    reading = draw(readings())
    for _ in range(draw(st.integers(0, 4))):
        if reading.entities:
            entities = st.sampled_from(reading.entities)
            first, second = reading.names_of(draw(entities)), reading.names_of(draw(entities))
            mention = draw(st.sampled_from(reading.mentions))
            choices: list[Decision] = [
                SpanNoted(mention.start, mention.end, "who?\nsee 東京"),
                SpanTagged(mention.start, mention.end, ("to-check",)),
                EntityNoted(first, "a note"),
                EntityTagged(first, ("key", "a-b")),
                EntityRenamed(first, "Another Name"),
                DocumentNoted("all of it"),
                DocumentTagged(("weekly",)),
                NamesSame(tuple(dict.fromkeys((*first, *second)))),
            ]
            if not set(first) & set(second):
                choices.append(NamesDifferent(first, second))
            reading.decide(draw(st.sampled_from(choices)))
    return reading


@pytest.mark.parametrize("name", ROUND_TRIPS)
@given(reading=annotated_readings())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_an_import_has_what_the_format_carries(name: str, reading: Reading) -> None:
    if name == "uima":
        pytest.importorskip("cassis")
    files = exported_files(name, reading)
    onto = reading.document if name in WITHOUT_TEXT else None
    if onto is not None and not reading.mentions:
        return
    with empty_store() as store:
        report = import_files(name, files, store, onto=onto)
        if not (report.new_documents or report.known_documents):
            assert not reading.document.text.strip()
            return
        after = imported_reading(report, store)
        assert_carried(name, content_of(reading), content_of(after))
        count = len(store.records(after.document))
        again = import_files(name, files, store, onto=onto)
        assert again.decisions == 0
        assert not again.new_documents
        assert len(store.records(after.document)) == count


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_the_format_is_guessed_by_content(name: str) -> None:
    if name == "uima":
        pytest.importorskip("cassis")
    assert guess_format(exported_files(name, reading_of())) == name.replace("conll-iob1", "conll")


@pytest.mark.parametrize("name", ["docbin", "prodigy", "doccano", "label-studio", "brat", "uima"])
def test_machine_found_mentions_are_left_out_unless_asked_for(name: str) -> None:
    if name == "uima":
        pytest.importorskip("cassis")
    reading = reading_of()
    decided = annotated_document(reading, decided=True)
    files = exported_files(name, reading)
    with empty_store() as store:
        report = import_files(name, files, store)
        count = report.omitted["machine-found mentions"]
        flat_only = "mentions inside or across others" in FORMATS[name].omits
        carried = (
            flat_mentions(annotated_document(reading).mentions) if flat_only else annotated_document(reading).mentions
        )
        assert report.mentions == sum(mention in decided.mentions for mention in carried)
        assert count == len(carried) - report.mentions > 0
        report = import_files(name, files, store, machine_found=True)
        assert report.mentions == len(carried)
        assert not report.omitted


SCORED = ("docbin", "prodigy", "doccano", "label-studio", "web-annotation", "csv")


@pytest.mark.parametrize("name", SCORED)
def test_what_a_machine_found_comes_back_undecided_with_its_confidence(name: str) -> None:
    reading = scored_reading()
    before = machine_found(reading)
    assert before == {"Ada Quill": 0.42, "Harbor Board": 0.95, "Board": 0.625}
    onto = reading.document if name in WITHOUT_TEXT else None
    with empty_store() as store:
        report = import_files(name, exported_files(name, reading), store, onto=onto, machine_found=True)
        after = imported_reading(report, store)
        assert machine_found(after) == before
        assert after.decided.count == 0
        assert [mention.doubtful for mention in after.mentions] == [True, False, True]
        again = import_files(name, exported_files(name, reading), store, onto=onto, machine_found=True)
        assert again.decisions == 0
        with empty_store() as other:
            report = import_files(name, exported_files(name, after), other, onto=onto, machine_found=True)
            assert machine_found(imported_reading(report, other)) == before


@pytest.mark.parametrize("name", ["brat", "uima"])
def test_formats_without_confidence_keep_mentions_undecided(name: str) -> None:
    if name == "uima":
        pytest.importorskip("cassis")
    with empty_store() as store:
        report = import_files(name, exported_files(name, scored_reading()), store, machine_found=True)
        after = imported_reading(report, store)
        assert machine_found(after) == {"Ada Quill": 1.0, "Harbor Board": 1.0, "Board": 1.0}
        assert after.decided.count == 0


def test_a_decision_about_an_imported_mention_is_one_of_the_user() -> None:
    with empty_store() as store:
        report = import_files("csv", exported_files("csv", reading := scored_reading()), store, onto=reading.document,
                              machine_found=True)  # fmt: skip
        after = imported_reading(report, store)
        start, end = after.mentions[0][:2]
        after.decide(MentionConfirmed(start, end, "PERSON"))
        assert (after.mentions[0].origin, after.mentions[0].score) == ("user", 1.0)
        report = import_files("csv", exported_files("csv", reading), store, onto=reading.document, machine_found=True)
        assert report.decisions == 0
        assert machine_found(imported_reading(report, store)) == {"Harbor Board": 0.95, "Board": 0.625}


def scored_reading() -> Reading:
    """Return a reading of which nobody has decided anything."""
    text = "Ada Quill met the Harbor Board. The Board left."
    reading = Reading(Document(text, (Block(0, len(text)),), "Board", "board.txt"))
    reading.set_recognized(
        (
            Mention(0, 9, "PERSON", "model", 0.42),
            Mention(18, 30, "ORG", "model", 0.95),
            Mention(36, 41, "ORG", "propagated", 0.625),
        )
    )
    return reading


def machine_found(reading: Reading) -> dict[str, float]:
    """Return the confidence of each mention that nobody decided about, by its text."""
    annotated = annotated_document(reading)
    return {annotated.quote(mention): mention.score for mention in annotated.mentions if not mention.decided}


def test_an_import_is_one_step_that_undo_takes_back() -> None:
    with empty_store() as store:
        report = import_files("label-studio", exported_files("label-studio", reading_of()), store, machine_found=True)
        reading = imported_reading(report, store)
        assert len(reading.history.steps) == 1
        assert len(reading.mentions) == 7
        reading.undo()
        assert not reading.mentions
        assert not reading.notes.notes
        again = import_files("label-studio", exported_files("label-studio", reading_of()), store, machine_found=True)
        assert again.decisions == report.decisions


def test_a_new_document_opens_from_its_file_and_is_in_the_library() -> None:
    with empty_store() as store:
        text = "<html><body>Not a page, but Ada Quill's text.\r\n\r\nFrom: x@example.org\r\n</body></html>"
        line = f'{{"text": {text!r}, "label": [[28, 37, "PERSON"]], "title": "A page"}}'.replace("'s", "’s")
        line = line.replace("'", '"')
        from tests.exchange.imported import import_one

        report = import_one("doccano", line, store)
        (document,) = report.new_documents
        assert load(document.source).digest == document.digest
        assert load(document.source).title == "A page"
        (recent,) = store.recent()
        assert (recent.title, recent.source) == ("A page", document.source)
        reading = Reading(load(document.source), store)
        (mention,) = reading.mentions
        assert document.text[mention.start : mention.end] == "Ada Quill"
