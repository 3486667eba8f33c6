"""The evidence between the names of one document, updated as names are added and removed.

A name posts keys and probes keys. Two names are compared if one posts what the other probes. So the work grows with
the names that share something, not with all pairs, and the evidence of a pair depends on its two names alone.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from reader.resolve.evidence import people, spelling, things
from reader.resolve.evidence.base import Evidence
from reader.resolve.evidence.name_facts import NameFacts, bucket_of, facts_of
from reader.resolve.evidence.name_keys import Key, keys_of
from reader.resolve.resolution import Name


class Graph:
    """The names of a document and the evidence between them."""

    def __init__(self) -> None:
        self.edges: dict[Name, dict[Name, Evidence]] = {}
        """For every name, the names that some rule relates it to, and the evidence."""
        self._posts: defaultdict[Key, dict[Name, None]] = defaultdict(dict)
        self._probes: defaultdict[Key, dict[Name, None]] = defaultdict(dict)

    def add(self, name: Name) -> None:
        """Add a name, and the evidence between it and the names already added."""
        posts, probes, shared = meeting_keys(*name)
        edges = self.edges.setdefault(name, {})
        candidates: dict[Name, None] = {}
        for key in posts:
            if key in self._probes:
                candidates.update(self._probes[key])
            self._posts[key][name] = None
        for key in probes:
            if key in self._posts:
                candidates.update(self._posts[key])
            self._probes[key][name] = None
        for key in shared:
            if key in self._posts:
                candidates.update(self._posts[key])
            self._posts[key][name] = None
        candidates.pop(name, None)
        for candidate in candidates:
            evidence = compare(name, candidate) if name < candidate else compare(candidate, name)
            if evidence is not None:
                edges[candidate] = evidence
                self.edges[candidate][name] = evidence

    def remove(self, name: Name) -> None:
        """Remove a name, and all evidence about it."""
        posts, probes, shared = meeting_keys(*name)
        for index, keys in ((self._posts, posts), (self._probes, probes), (self._posts, shared)):
            for key in keys:
                index[key].pop(name, None)
                if not index[key]:
                    del index[key]
        for neighbor in self.edges.pop(name, {}):
            self.edges[neighbor].pop(name, None)


@lru_cache(maxsize=1 << 16)
def meeting_keys(text: str, label: str) -> tuple[tuple[Key, ...], tuple[Key, ...], tuple[Key, ...]]:
    """Return the keys that a name posts, those that it probes, and those that it both posts and probes."""
    facts = facts_of(text, label)
    posts, probes, shared = keys_of(facts)
    surname = spelling.surname_key(facts)
    posted, probed = (surname, []) if len(facts.tokens) == 1 else ([], surname)
    return (
        tuple(dict.fromkeys((*posts, *posted))),
        tuple(dict.fromkeys((*probes, *probed))),
        tuple(dict.fromkeys((*shared, *_spelling_keys(facts)))),
    )


def _spelling_keys(facts: NameFacts) -> list[Key]:
    """Return the keys under which names of similar spelling meet."""
    keys = spelling.keys_of(facts)
    if len(facts.letters) > 4:
        keys.append(("x", facts.letters))
    if facts.bucket == "thing" and facts.letters.endswith("s") and len(facts.letters) > 3:
        keys.append(("x", facts.letters[:-1]))
    elif facts.bucket == "thing" and 2 < len(facts.letters) <= 4:
        keys.append(("x", facts.letters))
    if len(facts.tokens) > 1:
        keys.append(("w", *sorted(facts.tokens)))
    return keys


@lru_cache(maxsize=1 << 18)
def compare(a: Name, b: Name) -> Evidence | None:
    """Return the evidence between two names apart from any text. `a` sorts before `b`."""
    if bucket_of(a.label) != bucket_of(b.label):
        return None  # a person and a thing of one name are two entities in nearly every text
    first, second = facts_of(*a), facts_of(*b)
    evidence = people.compare(first, second) if first.bucket == "person" else things.compare(first, second)
    return evidence if evidence is not None else spelling.compare(first, second)
