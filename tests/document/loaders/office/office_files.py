"""Builds small office documents and e-books for tests."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from reader.document import BlockKind, Document

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("meta", "meta"),
    )
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STYLES = (
    '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:styleId="Section"><w:name w:val="Section"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return buffer.getvalue()


def word(body: str, notes: str = "", links: Mapping[str, str] | None = None) -> bytes:
    relations = "".join(
        f'<Relationship Id="{key}" Type="{KINDS}hyperlink" Target="{url}" TargetMode="External"/>'
        for key, url in (links or {}).items()
    )
    for name in ("styles", "numbering", "footnotes"):
        relations += f'<Relationship Id="{name}" Type="{KINDS}{name}" Target="{name}.xml"/>'
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{KINDS}officeDocument" '
            'Target="/word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
            "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
            "word/numbering.xml": f"<w:numbering {W}>{NUMBERING}</w:numbering>",
            "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
            "docProps/core.xml": '<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
            "<dc:title>Quay Report</dc:title><dc:creator>Dana Okoye</dc:creator>"
            "<t:created>2024-03-05T10:00:00Z</t:created></c>",
        }
    )


def paragraph(text: str, properties: str = "") -> str:
    runs = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def open_document(body: str, styles: str = "", manifest: str = "") -> bytes:
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content {ODF} xmlns:xlink="http://www.w3.org/1999/xlink">'
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "meta.xml": f'<office:document-meta {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
            "<dc:title>Quay Report</dc:title><meta:initial-creator>Dana Okoye</meta:initial-creator>"
            "<meta:creation-date>2024-03-05T10:00:00</meta:creation-date></office:meta></office:document-meta>",
        }
    )


def epub(chapters: Mapping[str, str], spine: str, extra: Mapping[str, str] | None = None) -> bytes:
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in spine.split()
    )
    references = "".join(f'<itemref idref="{name}"/>' for name in spine.split())
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Sinking Quay</dc:title>'
        "<dc:creator>Dana Okoye</dc:creator><dc:creator>Ines Farrow</dc:creator><dc:date>2024-03-05</dc:date>"
        "</metadata>"
        f"<manifest>{items}</manifest><spine>{references}</spine></package>",
        **{
            f"OPS/{name}.xhtml": '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
            f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><script src="a.js"/></head>'
            f"<body>{text}</body></html>"
            for name, text in chapters.items()
        },
        **(extra or {}),
    }
    return archive(parts)


def outline(document: Document) -> list[str]:
    """Return the blocks with their kinds: "# heading", "3. item", "| row"."""
    lines = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            text = f"{'#' * block.level} {text}"
        elif block.kind is BlockKind.LIST_ITEM:
            text = f"{'  ' * (block.level - 1)}{block.marker or '-'} {text}"
        elif block.kind is BlockKind.TABLE_ROW:
            text = f"| {text}"
        lines.append(text)
    return lines
