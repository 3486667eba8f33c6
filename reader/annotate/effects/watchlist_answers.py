"""The user's answers about hits of watchlists: whether a name of a document is the listed one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from reader.annotate.decisions import Decision, WatchlistAnswered
from reader.resolve import Name

AnswerKey: TypeAlias = tuple[str, str, Name]
"""The name of the list, the id in the list, and a name in the document."""


def watchlist_answers(decisions: Iterable[Decision]) -> dict[AnswerKey, str]:
    """Return the last answer about each pair of a listed entity and a name: "yes", "no" or "unsure"."""
    answers: dict[AnswerKey, str] = {}
    for decision in decisions:
        if isinstance(decision, WatchlistAnswered):
            for name in decision.names:
                if decision.answer:
                    answers[decision.watchlist, decision.listed_id, name] = decision.answer
                else:
                    answers.pop((decision.watchlist, decision.listed_id, name), None)
    return answers
