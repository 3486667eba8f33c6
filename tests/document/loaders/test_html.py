from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reader.document import BlockKind, Document, DocumentError, load
from reader.document.loaders.web.page_cleanup import parse_page

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


def sample_page(name: str) -> tuple[Document, dict[str, Any]]:
    return load(str(PAGES / f"{name}.html")), json.loads((PAGES / f"{name}.json").read_text("utf-8"))


def words_of(document: Document, kind: BlockKind | None = None) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if kind is None or b.kind is kind]


def load_page(tmp_path: Path, body: str) -> Document:
    path = tmp_path / "saved page.html"
    path.write_text(f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>", "utf-8")
    return load(str(path))


@pytest.mark.parametrize("name", NAMES)
def test_the_article_is_complete_without_anything_else(name: str) -> None:
    document, expected = sample_page(name)
    counts = Counter(words_of(document))
    assert not Counter(expected["paragraphs"]) - counts
    assert [words for words in words_of(document, BlockKind.HEADING) if words in expected["headings"]] == expected[
        "headings"
    ]
    assert [words for words in words_of(document, BlockKind.LIST_ITEM) if words in expected["items"]] == expected[
        "items"
    ]
    assert [words for words in words_of(document, BlockKind.QUOTE) if words in expected["quotes"]] == expected["quotes"]
    assert [row for row in expected.get("rows", []) if row not in counts] == []
    assert [words for words in expected["absent"] if words in document.text] == []
    assert [words for words, count in counts.items() if count > 1 and len(words) > 60] == []


@pytest.mark.parametrize("name", NAMES)
def test_title_author_and_date_are_read(name: str) -> None:
    document, expected = sample_page(name)
    assert (document.title, document.author, document.date) == (expected["title"], expected["author"], expected["date"])
    assert words_of(document)[0] == expected["title"]
    assert document.blocks[0].kind is BlockKind.HEADING


@pytest.mark.parametrize("name", NAMES)
def test_blocks_and_links_have_valid_offsets(name: str) -> None:
    document, expected = sample_page(name)
    end = -1
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert end < block.start < block.end <= len(document.text)
        assert words == words.strip() or block.kind is BlockKind.CODE
        assert "\n" not in words or block.kind is BlockKind.CODE
        end = block.end
    links = {document.text[link.start : link.end]: link.url for link in document.links}
    assert expected["links"].items() <= links.items()


def test_nested_lists_keep_depth_and_markers() -> None:
    document, _ = sample_page("report")
    items = [(b.level, b.marker) for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert items[:5] == [(1, "1."), (1, "2."), (2, "1."), (2, "2."), (1, "3.")]


def test_code_keeps_its_lines() -> None:
    document, expected = sample_page("howto")
    assert words_of(document, BlockKind.CODE) == [expected["code"]]


def test_the_declared_encoding_of_a_page_is_used() -> None:
    document, _ = sample_page("german")
    assert document.encoding == "cp1252"
    assert not any("read as" in notice for notice in document.notices)


def test_a_page_without_an_article_shows_all_of_its_text_with_a_notice(tmp_path: Path) -> None:
    document = load_page(tmp_path, "<div>Ann Lee</div><script>no()</script><ul><li>one<li>two</ul>")
    assert words_of(document) == ["Ann Lee", "one", "two"]
    assert document.notices == ("no article found in this page; all of its text is shown",)


def test_a_page_drawn_by_scripts_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no text to read"):
        load_page(tmp_path, '<div id="root"></div><noscript>Enable it.</noscript><script>draw()</script>')


def test_control_characters_of_a_page_are_replaced(tmp_path: Path) -> None:
    sentence = "A sentence about Dana Okoye that is long enough to be an article of its own kind. "
    document = load_page(
        tmp_path,
        f"<article><h1>T&#27;]0;x&#7;</h1><p>{sentence * 3}&#27;[31m \x1b[1m &#x202e;\u202e \0 [/b] &#x9b;"
        f'<a href="https://e.example/&#10;&#27;x">link</a></p></article>',
    )
    all_text = document.text + document.title + "".join(link.url for link in document.links)
    assert not set(all_text) & set("\x1b\x07\x9b\0\u202e")
    assert "\n" not in document.title
    assert "[/b]" in document.text


def test_links_with_other_schemes_are_dropped(tmp_path: Path) -> None:
    sentence = "A sentence about Dana Okoye that is long enough to be an article of its own kind. "
    document = load_page(
        tmp_path,
        f'<article><p>{sentence * 3}<a href="javascript:x()">a</a> <a href="#n">b</a> <a href="/c">c</a> '
        '<a href="https://d.example/">d</a></p></article>',
    )
    assert [link.url for link in document.links] == ["https://d.example/"]


def test_loading_a_page_repeatedly_gives_the_same_text() -> None:
    texts = {load(str(PAGES / "news.html")).text for _ in range(4)}
    assert len(texts) == 1


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td"])
def test_deep_nesting_loses_no_text(tmp_path: Path, tag: str) -> None:
    assert "Dana Okoye" in load_page(tmp_path, f"<article>{f'<{tag}>' * 400}<p>Dana Okoye was here.</p>").text


def test_a_page_saved_as_an_mhtml_archive(tmp_path: Path) -> None:
    path = tmp_path / "quay.mhtml"
    path.write_bytes(ARCHIVE.replace("\n", "\r\n").encode("ascii"))
    document = load(str(path))
    assert document.title == "Quay"
    assert words_of(document)[1].startswith("Käthe Brömmel of the Merrow Port Authority")
    assert [link.url for link in document.links] == ["https://news.example/2025/b"]
    path.write_bytes(b"MIME-Version: 1.0\nContent-Type: image/png\n\nx")
    with pytest.raises(DocumentError, match="contains no web page"):
        load(str(path))


ARCHIVE = """\
From: <Saved by Browser>
Snapshot-Content-Location: https://news.example/2025/quay
Subject: Quay
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----part"

------part
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://news.example/2025/quay

<!DOCTYPE html><html><head><meta charset=3D"utf-8"><title>Quay</title></head><body><=
article><h1>Quay</h1><p>K=C3=A4the Br=C3=B6mmel of the Merrow Port Authority measured the northern=
 quay on Friday; <a href=3D"b">it</a> had sunk by the breadth of a hand since May.</p></article></body></html>
------part
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------part--
"""


def test_extraction_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load_page(tmp_path, "<p>x</p>")
    assert capfd.readouterr() == ("", "")


_SENTENCES = (
    "The harbor board of Nordvik met for two hours and agreed on a plan for the quay.",
    "Its chair, Lena Arkwright, said that work would begin before the winter and end in May.",
    "The council of the town pays half of the cost, and the owners of the ships pay the rest.",
)


@pytest.mark.parametrize(
    "separator",
    [
        "<!-- -->",  # React writes it between text and values
        "<!--[if IE]>old<![endif]-->",
        "<!--[if !IE]><!-->",
        "<!-- > -->",
        "<?xml-stylesheet href='a.css'?>",
        "<!-- a --><!-- b -->",
    ],
)
@pytest.mark.parametrize("element", ["p", "blockquote", "li"])
def test_comments_between_words_lose_no_text(tmp_path: Path, separator: str, element: str) -> None:
    paragraphs = [sentence.replace(" ", f"{separator} ") for sentence in _SENTENCES]
    items = "".join(f"<{element}>{words}</{element}>" for words in paragraphs)
    body = f"<ul>{items}</ul>" if element == "li" else items
    lead = f"<p>{_SENTENCES[0]} Before it, there was a long talk about the price of stone and of timber.</p>"
    document = load_page(tmp_path, f"<article><h1>A plan for the quay</h1>{lead}{body}</article>")
    assert [words for words in _SENTENCES if words not in words_of(document)] == []


def test_comments_inside_inline_elements_and_words(tmp_path: Path) -> None:
    words = f"{_SENTENCES[0]} Lena <b>Ark<!-- -->wright</b><!-- -->’s plan costs <!-- -->12<!-- --> million."
    document = load_page(tmp_path, f"<article><h1>A plan</h1><p>{words}</p><p>{_SENTENCES[1]}</p></article>")
    assert "Lena Arkwright’s plan costs 12 million." in document.text


def test_a_body_within_the_head_is_read() -> None:
    page = "<html><head><foo><p>The ferry left at dawn.<p>It came back.<body><p>Nobody was on deck."
    root = parse_page(page)
    assert root is not None
    assert "".join(root.itertext()) == "The ferry left at dawn.It came back.Nobody was on deck."


@pytest.mark.parametrize("body", ["<p>quay</p>" * 50_001, "<div>" + "quay<br>" * 15_001 + "</div>"])
def test_a_page_of_too_many_elements_is_read_as_a_whole_with_a_notice(tmp_path: Path, body: str) -> None:
    document = load_page(tmp_path, body)
    assert document.text.split() == ["quay"] * body.count("quay")
    assert document.notices == ("too many elements to look for an article in this page; all of its text is shown",)
