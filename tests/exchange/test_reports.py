"""Pages and notes for people show everything and run nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given, settings
from markdown_it import MarkdownIt

from reader.exchange import FORMATS
from reader.exchange.file_names import FileNames, file_name
from reader.exchange.reports.markdown_escapes import escape_line
from reader.reading import Reading
from tests.exchange.annotated import exported, reading_of, readings


class _Page(HTMLParser):
    """Collects the ids, links and elements of a page, and the text of its article."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: list[str] = []
        self.article = ""
        self._inside_article = False
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self._inside_article |= tag == "article"
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in {"href", "src"} and value:
                self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        self._inside_article &= tag != "article"

    def handle_data(self, data: str) -> None:
        if self._inside_article:
            self.article += data


@given(readings())
@settings(deadline=None, max_examples=60)
def test_the_page_has_the_text_and_its_links_lead_somewhere(reading: Reading) -> None:
    page = _Page(exported("html", reading))
    assert "".join(page.article.split()) == "".join(reading.document.text.split())
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    anchors = [name for name in page.ids if re.fullmatch(r"d1-m\d+", name)]
    assert len(anchors) == len(reading.mentions)


def test_markup_in_the_text_stays_text() -> None:
    text = "<script>alert(1)</script> <img src=x onerror=alert(1)> by Odd Tveit\"><a href='javascript:alert(1)'>"
    data = exported("html", reading_of(text, [("Odd Tveit", "PERSON")], decided=False))
    page = _Page(data)
    assert "script" not in page.elements
    assert "img" not in page.elements
    assert all(link.startswith("#") for link in page.links)
    assert b"default-src 'none'" in data


def test_the_page_shows_notes_and_what_nobody_reviewed() -> None:
    data = exported("html", reading_of()).decode()
    assert "a note\non two lines" in data
    assert "who is she?" in data
    assert re.search(r'class="m l-person machine"[^>]*>Odd Tveit</a>', data)
    assert re.search(r'class="m l-gpe"[^>]*>東京</a>', data)


def test_several_documents_share_a_page() -> None:
    page = _Page(exported("html", reading_of(), reading_of()))
    assert len(page.ids) == len(set(page.ids))
    assert page.elements.count("article") == 2


@given(readings())
@settings(deadline=None, max_examples=60)
def test_markdown_shows_text_as_it_is(reading: Reading) -> None:
    line = reading.document.text
    tokens = MarkdownIt("commonmark").enable("table").parse(f"a {escape_line(line)}")
    (inline,) = (token for token in tokens if token.type == "inline")
    assert inline.children is not None
    assert all(child.type == "text" for child in inline.children)
    assert "".join(child.content for child in inline.children) == f"a {' '.join(line.split())}"


def test_the_report_lists_entities_and_quotes_mentions() -> None:
    report = exported("markdown", reading_of()).decode()
    assert "| Lena Arkwright | PERSON | Arkwright | 2 |" in report
    assert "> who is she?" in report
    assert "- **東京**: Lena Arkwright" in report
    assert "- **Odd Tveit** (not reviewed): Lena Arkwright" in report


def test_the_vault_links_documents_and_entities(tmp_path: Path) -> None:
    FORMATS["obsidian"].write_folder([reading_of()], tmp_path)
    document = (tmp_path / "Tveit & co.md").read_text()
    entity = (tmp_path / "Lena Arkwright.md").read_text()
    assert "[[Lena Arkwright]]" in document
    assert "[[Lena Arkwright|Arkwright]]'s" in document
    assert 'aliases: ["Arkwright"]' in entity
    assert "> who is she?" in entity
    assert entity.count("[[Tveit & co#^p") == 2
    notes = {file.stem for file in tmp_path.glob("*.md")}
    targets = {link.split("|")[0].split("#")[0] for link in re.findall(r"\[\[([^\]]+)\]\]", document + entity)}
    assert targets <= notes


def test_front_matter_survives_any_name(tmp_path: Path) -> None:
    text = "Q\"u: 'x' wrote to Q\"u again."
    reading = reading_of(text, [("Q\"u: 'x'", "PERSON")], decided=False)
    FORMATS["obsidian"].write_folder([reading], tmp_path)
    (title,) = re.findall(r"^title: (.*)$", (tmp_path / "Tveit & co.md").read_text(), re.MULTILINE)
    assert json.loads(title) == "Tveit & <co>"


def test_file_names_are_safe_short_and_unique() -> None:
    assert file_name("a/b\\c: “d”?") == "a b c “d”"
    assert file_name("...") == "untitled"
    assert file_name("CON") == "_CON"
    assert len(file_name("東" * 300).encode()) <= 120
    names = FileNames()
    assert [names.unique(title) for title in ("A", "a", "A")] == ["A", "a 2", "A 3"]
