"""Which entities occur together: the network that the graph formats write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import field
from itertools import combinations
from typing import TYPE_CHECKING

from reader.document.sentences import sentence_ends
from reader.structures.lazy_dataclass import dataclass
from reader.structures.named_tuple import NamedTuple

if TYPE_CHECKING:
    from reader.exchange.annotated_document import AnnotatedDocument


class NodeKey(NamedTuple):
    """What identifies an entity across documents: its canonical name and label."""

    name: str
    label: str


@dataclass(slots=True)
class NetworkNode:
    """An entity of the network."""

    aliases: dict[str, None] = field(default_factory=dict)
    mentions: int = 0
    decided: int = 0
    """How many of the mentions a person decided about."""
    documents: int = 0


@dataclass(slots=True)
class Edge:
    """Two entities that occur together."""

    sentences: int = 0
    """The number of sentences that mention both."""
    paragraphs: int = 0
    documents: int = 0


class Network:
    """The entities of documents and how often two of them occur in one sentence, paragraph and document.

    Two entities are connected if a paragraph mentions both. A paragraph with n entities has n²/2 pairs, so blocks with
    more than `MOST_TOGETHER` entities, such as lists of names, connect nothing.
    """

    MOST_TOGETHER = 60

    def __init__(self) -> None:
        self.nodes: dict[NodeKey, NetworkNode] = {}
        self.edges: dict[tuple[NodeKey, NodeKey], Edge] = defaultdict(Edge)

    def add(self, document: AnnotatedDocument) -> None:
        """Add the entities of a document."""
        keys = {entity.id: NodeKey(entity.name, entity.label) for entity in document.entities}
        counts = Counter(keys[mention.entity] for mention in document.mentions if mention.entity in keys)
        decided = Counter(keys[m.entity] for m in document.mentions if m.entity in keys and m.decided)
        for entity in document.entities:
            node = self.nodes.setdefault(keys[entity.id], NetworkNode())
            node.aliases |= dict.fromkeys(name for name in entity.names if name != entity.name)
        for key, count in counts.items():
            node = self.nodes[key]
            node.mentions += count
            node.decided += decided[key]
            node.documents += 1
        pairs_of_document: set[tuple[NodeKey, NodeKey]] = set()
        for paragraph in _paragraphs(document, keys):
            pairs = set(_pairs(key for _, key in paragraph))
            pairs_of_document |= pairs
            for pair in pairs:
                self.edges[pair].paragraphs += 1
            by_sentence: dict[int, list[NodeKey]] = defaultdict(list)
            for sentence, key in paragraph:
                by_sentence[sentence].append(key)
            for pair in (pair for names in by_sentence.values() for pair in _pairs(names) if pair in pairs):
                self.edges[pair].sentences += 1
        for pair in pairs_of_document:
            self.edges[pair].documents += 1


def network_of(documents: Iterable[AnnotatedDocument]) -> Network:
    """Return the network of documents."""
    network = Network()
    for document in documents:
        network.add(document)
    return network


def _paragraphs(document: AnnotatedDocument, keys: dict[str, NodeKey]) -> Iterable[list[tuple[int, NodeKey]]]:
    """Yield, for each block, the number of the sentence and the entity of its mentions."""
    mentions = iter(document.mentions)
    mention = next(mentions, None)
    for block in document.document.blocks:
        ends = list(sentence_ends(document.text, block.start, block.end))
        sentence, paragraph = 0, []
        while mention is not None and mention.start < block.end:
            while sentence < len(ends) and ends[sentence] <= mention.start:
                sentence += 1
            if mention.start >= block.start and mention.entity in keys:
                paragraph.append((sentence, keys[mention.entity]))
            mention = next(mentions, None)
        if paragraph:
            yield paragraph


def _pairs(names: Iterable[NodeKey]) -> Iterable[tuple[NodeKey, NodeKey]]:
    distinct = sorted(set(names))
    return combinations(distinct, 2) if len(distinct) <= Network.MOST_TOGETHER else ()
