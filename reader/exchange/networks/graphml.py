"""GraphML: the network of entities that occur together, for yEd, Cytoscape, networkx and igraph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from reader.exchange.annotated_document import annotated_documents
from reader.exchange.networks.cooccurrence import network_of
from reader.exchange.networks.xml_text import xml_text

if TYPE_CHECKING:
    from reader.exchange.annotated_document import Exportable

_NODE_KEYS: Final = {"name": "string", "label": "string", "aliases": "string", "mentions": "int", "documents": "int",
                     "decided": "int"}  # fmt: skip
_EDGE_KEYS: Final = {"weight": "int", "sentences": "int", "paragraphs": "int", "shared_documents": "int"}


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write one graph of all readings. The weight of an edge is its number of paragraphs. See `ExportFormat.write`."""
    network = network_of(annotated_documents(readings, decided=decided))
    ids = {key: f"n{number}" for number, key in enumerate(network.nodes)}
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for owner, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys.items():
            out.write(f'<key id="{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'.encode())
    out.write(b'<graph edgedefault="undirected">\n')
    for key, node in network.nodes.items():
        aliases = "; ".join(node.aliases)
        values: tuple[str | int, ...] = (
            key.name,
            key.label,
            aliases,
            node.mentions,
            node.documents,
            node.decided,
        )
        out.write(f"<node id={quoteattr(ids[key])}>{_data(_NODE_KEYS, values)}</node>\n".encode())
    for (source, target), edge in network.edges.items():
        values = (edge.paragraphs, edge.sentences, edge.paragraphs, edge.documents)
        ends = f"source={quoteattr(ids[source])} target={quoteattr(ids[target])}"
        out.write(f"<edge {ends}>{_data(_EDGE_KEYS, values)}</edge>\n".encode())
    out.write(b"</graph>\n</graphml>\n")


def _data(keys: Iterable[str], values: Iterable[str | int]) -> str:
    return "".join(
        f'<data key="{key}">{escape(xml_text(str(value)))}</data>' for key, value in zip(keys, values, strict=True)
    )
