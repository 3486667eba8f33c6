from __future__ import annotations

from pathlib import Path

import pytest

from reader.document import BlockKind, Document, DocumentError, load
from reader.document.loading import ManyDocumentsError, parse
from reader.document.raw_source import RawSource

TEI = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>The Silt of Merrow</title><author>Dana Okoye</author></titleStmt>
<publicationStmt><date when="1911-04-02">April 1911</date></publicationStmt></fileDesc></teiHeader>
<text><body><pb n="7"/><div><head>On the <hi>Quay</hi></head>
<p>Leyla <persName>Karasu</persName> saw the har<lb break="no"/>bor<note>It is dry now.</note> of
<choice><abbr>Mw.</abbr><expan>Merrow</expan></choice> and <del>not</del> the sea.</p>
<p><s><w>Words</w> <w>apart</w><pc>.</pc></s></p>
<lg><l>One line,</l><l>and another.</l></lg>
<div><head>Below</head><list><item>salt</item><item><p>sand</p></item></list>
<table><row><cell>Depth</cell><cell>4 m</cell></row></table></div>
</div></body></text></TEI>"""

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Merrow News</title>
<item><title>Quay &amp;amp; pier</title><link>https://news.example/1</link><description>Short.</description>
<content:encoded><![CDATA[<p>Karasu &eacute;tait
<a href="/who">here</a>.</p><p>Second&nbsp;one.</p>]]></content:encoded>
<dc:creator>Dana Okoye</dc:creator><pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate></item>
<item><title>Plain</title><description>Only words.

In two paragraphs.</description></item>
<item><title>Nothing else</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title>
<entry><title type="html">One &lt;b&gt;bold&lt;/b&gt;</title><link rel="alternate" href="https://n.example/a"/>
<updated>2026-03-02T10:00:00Z</updated><author><name>Ben</name></author>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>First <em>words</em>.</p><ul><li>an item</li></ul></div>
</content></entry>
<entry><title>Two</title><summary>Summary.</summary></entry></feed>"""

BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [ <!ENTITY a "aaaaaaaaaaaaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"> <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d SYSTEM "file:///etc/passwd"> ]><doc><p>Words &c; and &d; here.</p></doc>"""


def opened(source: str | bytes, name: str = "a.xml") -> Document:
    return parse(RawSource(source.encode() if isinstance(source, str) else source, name, name))


def blocks(document: Document) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


def test_tei_is_read_in_order() -> None:
    document = opened(TEI)
    assert (document.title, document.author, document.date) == ("The Silt of Merrow", "Dana Okoye", "1911-04-02")
    assert blocks(document) == [
        (BlockKind.HEADING, 1, "On the Quay"),
        (BlockKind.PARAGRAPH, 0, "Leyla Karasu saw the harbor[1] of Merrow and the sea."),
        (BlockKind.PARAGRAPH, 0, "Words apart."),
        (BlockKind.PARAGRAPH, 0, "One line,"),
        (BlockKind.PARAGRAPH, 0, "and another."),
        (BlockKind.HEADING, 2, "Below"),
        (BlockKind.LIST_ITEM, 1, "salt"),
        (BlockKind.LIST_ITEM, 1, "sand"),
        (BlockKind.TABLE_ROW, 0, "Depth | 4 m"),
        (BlockKind.PARAGRAPH, 0, "[1] It is dry now."),
    ]
    assert document.blocks[1].page == 7
    assert document.notices == ("left out: deleted text, original spellings and abbreviations",)


def test_xml_of_unknown_kind_has_a_block_for_each_element_with_text() -> None:
    document = opened(
        "<?xml version='1.0'?><r><person><name>Ann &amp; Co</name><town>Ware</town></person><x>a <y>b</y> c</x></r>"
    )
    assert [text for *_, text in blocks(document)] == ["Ann & Co", "Ware", "a b c"]


def test_sections_give_headings_their_levels() -> None:
    inner = "<section><title>B</title><para>y <title>Book</title> z</para></section>"
    source = f"<?xml version='1.0'?><article><section><title>A</title><para>x</para>{inner}</section></article>"
    assert [(level, text) for _, level, text in blocks(opened(source))] == [
        (1, "A"),
        (0, "x"),
        (2, "B"),
        (0, "y Book z"),
    ]


def test_entities_of_the_document_type_are_not_expanded() -> None:
    assert opened(BOMB).text == "Words &c; and &d; here.\n"


def test_declared_encodings_are_used_and_damage_gets_a_notice() -> None:
    source = "<?xml version='1.0' encoding='iso-8859-2'?><a><p>Żółta łódź &mdash; dobra</p></a>".encode("iso-8859-2")
    assert opened(source).text == "Żółta łódź — dobra\n"
    damaged = opened("<?xml version='1.0'?>\n<a><p>One</p><p>Two</b></a>")
    assert "One" in damaged.text
    assert "Two" in damaged.text
    assert damaged.notices == ("damaged XML in line 2: some text may be missing",)
    with pytest.raises(DocumentError, match="XML that is damaged"):
        opened("<?xml version='1.0'?>")


def test_deep_and_wide_trees_are_read() -> None:
    deep = opened("<?xml version='1.0'?>" + "<a>" * 250 + "words" + "</a>" * 250)
    assert deep.text == "words\n"
    assert len(opened("<?xml version='1.0'?><r>" + "<v>1</v>" * 30_000 + "</r>").blocks) == 30_000


def test_each_entry_of_a_feed_is_a_member(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_text(RSS)
    with pytest.raises(ManyDocumentsError, match="a feed of 3 documents") as caught:
        load(str(path))
    titles = [member.title for member in caught.value.container.members]
    assert titles == ["Quay & pier · 2026-03-02", "Plain", "Nothing else"]
    first, second, third = map(load, caught.value.addresses)
    assert first.text == "Quay & pier\n\nKarasu était here.\n\nSecond one.\n"
    assert (first.title, first.author, first.date) == ("Quay & pier", "Dana Okoye", "2026-03-02T10:00:00+01:00")
    assert [link.url for link in first.links] == ["https://news.example/who"]
    assert second.text == "Plain\n\nOnly words.\n\nIn two paragraphs.\n"
    assert third.text == "Nothing else\n"


def test_atom_and_a_feed_with_one_entry(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(ATOM)
    first = load(f"{path}::1")
    assert first.text == "One bold\n\nFirst words.\n\nan item\n"
    assert (first.author, first.date) == ("Ben", "2026-03-02T10:00:00Z")
    path.write_text(ATOM.replace("<entry><title>Two</title><summary>Summary.</summary></entry>", ""))
    assert load(str(path)).text == first.text
