"""Lower the confidence of mentions about which a second pipeline disagrees."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final, TypeAlias

from reader.document import Document
from reader.recognize.label_mapping import map_label
from reader.recognize.mention import LABELS, Mention
from reader.recognize.models.compatibility import pipeline_labels
from reader.recognize.models.find import identify
from reader.recognize.process.cached_analysis import language_notice
from reader.recognize.protocol import RecognizerError

FindMentions: TypeAlias = Callable[[str, str], Sequence[Mention]]
"""Finds the mentions of a document, given the name or path of a pipeline and the language that it reads."""

_PENALTY: Final = 0.8
"""Factor of the confidence of a disputed mention. It makes every one doubtful, and keeps their order."""
_OUR_LABELS: Final = frozenset(LABELS)
_PLACE_LABELS: Final = frozenset({"GPE", "LOC", "FAC"})
"""Pipelines draw the lines between these differently."""


def with_second_opinion(
    document: Document, mentions: Sequence[Mention], second: str, find_mentions: FindMentions
) -> tuple[Sequence[Mention], str]:
    """Return the mentions of a document, with less confidence where a second pipeline disagrees.

    Args:
        document: The document.
        mentions: The mentions of the first pipeline, after the document pass.
        second: The name or path of the second pipeline.
        find_mentions: Runs the second pipeline and the document pass.

    Returns:
        The mentions, and one line for the user if the second pipeline could not be used; otherwise "".
    """
    identity = identify(second)
    if notice := language_notice(document, identity):
        return mentions, notice
    try:
        second_mentions = find_mentions(second, identity.language)
    except RecognizerError as error:
        return mentions, f"not compared with a second pipeline: {error}"
    mapped = {map_label(label) for label in pipeline_labels(identity.path)} if not identity.plugin else set()
    return doubt_disputed(mentions, second_mentions, {label for label in mapped if label} or _OUR_LABELS), ""


def doubt_disputed(
    mentions: Sequence[Mention], second_mentions: Sequence[Mention], known_labels: Collection[str]
) -> list[Mention]:
    """Return mentions, with less confidence in those that another recognizer does not have or labels differently.

    Two labels of places agree, and so does a label that is not one of ours ("MISC") with any other.

    Args:
        mentions: Mentions, sorted by offset and without overlaps.
        second_mentions: The mentions of the other recognizer.
        known_labels: The labels that the other recognizer can assign. It has no opinion about other mentions.
    """
    second_labels = {(mention.start, mention.end): mention.label for mention in second_mentions}
    known_groups = {_group(label) for label in known_labels}
    return [
        mention
        if _group(mention.label) not in known_groups or _agree(mention.label, second_labels.get(mention[:2]))
        else mention._replace(score=round(mention.score * _PENALTY, 3))
        for mention in mentions
    ]


def _agree(label: str, second_label: str | None) -> bool:
    return second_label is not None and (_group(label) == _group(second_label) or second_label not in _OUR_LABELS)


def _group(label: str) -> str:
    return "place" if label in _PLACE_LABELS else label
