"""Every reason has an offset in the document, at which a sentence is quoted."""

from __future__ import annotations

from reader.annotate import NullStore
from reader.annotate.decisions import NamesDifferent
from reader.document import Block, Document
from reader.reading import Reading
from reader.resolve import Name
from reader.review.questions import merge_questions, suggestion_questions
from reader.review.reasons import reasons_of_entity
from tests.resolve.texts import marked

TRUST, SHORT = Name("Nera Water Trust", "ORG"), Name("NWT", "ORG")
HIDDEN = "a\u00ad\u00ad\u00ad\u200b\u200bb  "
"""Characters that the normal form of a text leaves out, so that its offsets differ from those of the document."""


def reading_of(text: str) -> Reading:
    plain, mentions = marked(HIDDEN + text)
    document = Document(plain, (Block(0, len(plain)),), "Nera", "nera.txt")
    reading = Reading(document, NullStore())
    reading.set_recognized(mentions)
    return reading


def test_a_merge_by_the_names_alone_quotes_a_mention() -> None:
    reading = reading_of("The [Nera Water Trust|ORG] met. Later the [NWT|ORG] voted.")
    (question,) = merge_questions(reading)
    (reason,) = question.reasons
    assert reading.document.text[reason.at :].startswith("NWT voted")
    assert reasons_of_entity(reading, reading.entities[0]) == [(reason, "")]


def test_a_definition_is_quoted_where_it_is() -> None:
    reading = reading_of("The [NWT|ORG] met. The [Nera Water Trust|ORG] ([NWT|ORG]) voted.")
    ((reason, _),) = reasons_of_entity(reading, reading.entities[0])
    assert reading.document.text[reason.at :].startswith("NWT) voted")


def test_a_question_that_new_evidence_reopens_quotes_a_mention() -> None:
    reading = reading_of("The [Nera Water Trust|ORG] met. Later the [NWT|ORG] voted.")
    reading.decide(NamesDifferent((TRUST,), (SHORT,)))
    (question,) = suggestion_questions(reading)
    assert question.doubt
    assert reading.document.text[question.reasons[0].at :].startswith("NWT voted")


def test_a_suggestion_names_the_other_entity() -> None:
    reading = reading_of("[Tarek Olmedo|PERSON] came. Then [Tarik Olmedo|PERSON] left.")
    first, second = reading.entities
    ((reason, candidate),) = reasons_of_entity(reading, second)
    assert candidate == first.name
    assert reading.document.text[reason.at :].startswith("Tarek Olmedo came")
