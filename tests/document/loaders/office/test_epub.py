from __future__ import annotations

from io import BytesIO

import pytest

from reader.document import Document, DocumentError, load
from tests.document.loaders.office.office_files import epub, outline


def read(data: bytes) -> Document:
    return load("-", stdin=BytesIO(data))


def test_chapters_follow_the_spine_with_contents_and_notes() -> None:
    chapters = {
        "second": '<h1>Two</h1><p>It sank.</p><aside epub:type="footnote"><p>By a hand.</p></aside>',
        "first": '<h1>One</h1><p>The caf&eacute; <a href="https://port.example/">Merrow</a>&nbsp;opened.</p>',
        "contents": '<nav><ol><li><a href="first.xhtml">One</a></li><li>Two</li></ol></nav>',
        "unlisted": "<p>Not in the spine.</p>",
    }
    document = read(epub(chapters, "contents first second"))
    assert outline(document) == [
        "1. One", "2. Two", "# One", "The café Merrow opened.", "# Two", "It sank.", "By a hand.",
    ]  # fmt: skip
    assert (document.title, document.date) == ("The Sinking Quay", "2024-03-05")
    assert document.author == "Dana Okoye, Ines Farrow"
    assert [document.text[link.start : link.end] for link in document.links] == ["Merrow"]


def test_a_chapter_that_is_not_well_formed_is_read_as_html() -> None:
    document = read(epub({"a": "<p>One<br>line</p><p>Two"}, "a"))
    assert outline(document) == ["One", "line", "Two"]


def test_a_missing_chapter_is_told() -> None:
    document = read(epub({"a": "<p>Here.</p>"}, "a b"))
    assert document.notices == ("chapters missing in the file: 1",)


def test_copy_protection_is_named_but_protected_fonts_do_no_harm() -> None:
    def protected(part: str) -> dict[str, str]:
        return {"META-INF/encryption.xml": f'<encryption><CipherReference URI="{part}"/></encryption>'}

    assert outline(read(epub({"a": "<p>Free.</p>"}, "a", protected("OPS/font.otf")))) == ["Free."]
    with pytest.raises(DocumentError, match="an e-book with copy protection"):
        read(epub({"a": "<p>x</p>"}, "a", protected("OPS/a.xhtml")))
    with pytest.raises(DocumentError, match="an e-book that is damaged"):
        read(epub({"a": "<p>x</p>"}, "a")[:-50])
