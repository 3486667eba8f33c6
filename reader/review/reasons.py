"""Why two names may be one entity, as the review and the list of reasons show it."""

from __future__ import annotations

from reader.reading import Reading
from reader.resolve import Entity, Link, Rule, Suggestion
from reader.resolve.evidence.base import Evidence
from reader.structures.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Evidence that two sides are one entity."""

    a: str
    """The surface form of one side on which the evidence rests."""
    b: str
    rule: Rule
    score: float
    at: int
    """The offset at which the text says so, or else of the first mention of one of the names."""

    @property
    def description(self) -> str:
        """The explanation of the rule, for the user."""
        return self.rule.explanation


def reason_of_link(link: Link) -> Reason:
    """Return the reason that a link is."""
    return Reason(link.a, link.b, link.rule, link.score, link.at)


def reason_of_suggestion(suggestion: Suggestion) -> Reason:
    """Return the reason that a suggestion is."""
    return Reason(*suggestion.names, suggestion.rule, suggestion.score, suggestion.at)


def reason_of_evidence(evidence: Evidence) -> Reason:
    """Return the reason that evidence from `Reading.evidence` is."""
    assert evidence.offset is not None  # `Resolver.between` sets it
    return Reason(evidence.a.text, evidence.b.text, evidence.rule, evidence.score, evidence.offset)


def reasons_of_entity(reading: Reading, entity: Entity) -> list[tuple[Reason, str]]:
    """Return why the names of an entity were merged, then why another entity may be the same, with its name."""
    reasons = [(reason_of_link(link), "") for link in entity.links]
    for candidate, suggestion in reading.resolution.suggested_for(entity):
        reasons.append((reason_of_suggestion(suggestion), candidate.name))
    return reasons
