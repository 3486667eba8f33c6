from __future__ import annotations

from reader.recognize import Mention
from reader.resolve.resolution import Entity, Resolution, Suggestion
from reader.resolve.rules import Rule
from reader.ui.panels.details_heading import neighbor_lines


def test_an_entity_that_is_related_and_may_be_the_same_is_listed_once() -> None:
    tarn = Entity("e1", "Tarn", "GPE", ("Tarn",), (Mention(0, 4, "GPE"),), related=("e2", "e3"))
    people = Entity("e2", "Tarnish", "NORP", ("Tarnish",), (Mention(5, 12, "NORP"),))
    council = Entity("e3", "Tarn Council", "ORG", ("Tarn Council",), (Mention(13, 25, "ORG"),))
    suggestion = Suggestion("e1", "e3", Rule.PLACE_OF, 0.5, ("Tarn", "Tarn Council"), 13)
    assert neighbor_lines(Resolution((tarn, people, council), (suggestion,)), tarn) == [
        "related: Tarnish",
        f"maybe also: Tarn Council (ORG), {Rule.PLACE_OF.explanation}",
    ]
