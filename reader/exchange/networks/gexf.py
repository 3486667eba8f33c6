"""GEXF 1.3: the network of entities that occur together, for Gephi."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, Final
from xml.sax.saxutils import quoteattr

from reader.exchange.annotated_document import annotated_documents
from reader.exchange.networks.cooccurrence import network_of
from reader.exchange.networks.xml_text import xml_text

if TYPE_CHECKING:
    from reader.exchange.annotated_document import Exportable

_NODE_ATTRIBUTES: Final = {"entity_label": "string", "aliases": "string", "mentions": "integer",
                           "documents": "integer", "decided": "integer"}  # fmt: skip
_EDGE_ATTRIBUTES: Final = {"sentences": "integer", "shared_documents": "integer"}


def write(readings: Iterable[Exportable], out: BinaryIO, *, decided: bool = False) -> None:
    """Write one graph of all readings. The weight of an edge is its number of paragraphs. See `ExportFormat.write`."""
    network = network_of(annotated_documents(readings, decided=decided))
    ids = {key: str(number) for number, key in enumerate(network.nodes)}
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
    out.write(b'<graph defaultedgetype="undirected" mode="static">\n')
    for owner, attributes in (("node", _NODE_ATTRIBUTES), ("edge", _EDGE_ATTRIBUTES)):
        out.write(f'<attributes class="{owner}">'.encode())
        for name, kind in attributes.items():
            out.write(f'<attribute id="{name}" title="{name}" type="{kind}"/>'.encode())
        out.write(b"</attributes>\n")
    out.write(b"<nodes>\n")
    for key, node in network.nodes.items():
        values = (key.label, "; ".join(node.aliases), node.mentions, node.documents, node.decided)
        label = quoteattr(xml_text(key.name))
        out.write(f'<node id="{ids[key]}" label={label}>{_values(_NODE_ATTRIBUTES, values)}</node>\n'.encode())
    out.write(b"</nodes>\n<edges>\n")
    for number, ((source, target), edge) in enumerate(network.edges.items()):
        ends = f'id="{number}" source="{ids[source]}" target="{ids[target]}" weight="{edge.paragraphs}"'
        out.write(f"<edge {ends}>{_values(_EDGE_ATTRIBUTES, (edge.sentences, edge.documents))}</edge>\n".encode())
    out.write(b"</edges>\n</graph>\n</gexf>\n")


def _values(attributes: Iterable[str], values: Iterable[str | int]) -> str:
    pairs = zip(attributes, values, strict=True)
    inner = "".join(f'<attvalue for="{name}" value={quoteattr(xml_text(str(value)))}/>' for name, value in pairs)
    return f"<attvalues>{inner}</attvalues>"
