from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.loaders.front_matter import FrontMatter, split_front_matter
from reader.document.loaders.markdown import render_markdown

SOURCE = """\
# The *quay* that sinks

Dana **Okoye** spoke to the [Port *Authority*](https://mpa.example/x?a=1&b=2 "title")
on `Crane 4` &mdash; twice.\\
A new line, ~~struck~~ ![a red crane](crane.jpg).

- first
- second item
  over two lines

  and a second paragraph

  3. third
  4. fourth
* other list

> Quoted words.
>
> > Deeper.

| Ship | Port |
|---|:-:|
| *Ostara* | [Gdansk](https://g.example) |
| Kestrel | |

```python
if a < b:

    print("[/b]")
```

<div class="x">Raw <b>words</b> &amp; more<script>alert(1)</script></div>

***

Setext
------
End <span title="x">of it</span>.<br>Last.
"""


def rendered(source: str) -> list[tuple[str, int, str, str]]:
    text, blocks, _ = render_markdown(source)
    return [(block.kind.value, block.level, block.marker, text[block.start : block.end]) for block in blocks]


def test_markup_is_removed_and_block_kinds_are_set() -> None:
    assert rendered(SOURCE) == [
        ("heading", 1, "", "The quay that sinks"),
        ("paragraph", 0, "", "Dana Okoye spoke to the Port Authority on Crane 4 — twice."),
        ("paragraph", 0, "", "A new line, struck a red crane."),
        ("list-item", 1, "•", "first"),
        ("list-item", 1, "•", "second item over two lines"),
        ("list-item", 1, "", "and a second paragraph"),
        ("list-item", 2, "3.", "third"),
        ("list-item", 2, "4.", "fourth"),
        ("list-item", 1, "•", "other list"),
        ("quote", 1, "", "Quoted words."),
        ("quote", 2, "", "Deeper."),
        ("table-row", 0, "", "Ship | Port"),
        ("table-row", 0, "", "Ostara | Gdansk"),
        ("table-row", 0, "", "Kestrel"),
        ("code", 0, "", 'if a < b:\n\n    print("[/b]")'),
        ("paragraph", 0, "", "Raw words & more"),
        ("heading", 2, "", "Setext"),
        ("paragraph", 0, "", "End of it."),
        ("paragraph", 0, "", "Last."),
    ]


def test_links_cover_their_words() -> None:
    text, _, links = render_markdown(SOURCE)
    assert [(text[link.start : link.end], link.url) for link in links] == [
        ("Port Authority", "https://mpa.example/x?a=1&b=2"),
        ("Gdansk", "https://g.example"),
    ]


def test_dangerous_links_are_dropped() -> None:
    text, _, links = render_markdown("[a](javascript:alert(1)) [b](data:text/html,x) <https://ok.example/>")
    assert [text[link.start : link.end] for link in links] == ["https://ok.example/"]


def test_control_characters_in_entities_are_replaced() -> None:
    text, _, _ = render_markdown("a &#27;[31m &#x202e;b &#155; &#0; [/b] [c](http://x/&#10;y)")
    assert not set(text[:-1]) & set("\x1b\u202e\x9b\0\n")
    assert "[/b]" in text


def test_blank_lines_separate_paragraphs_but_not_items() -> None:
    assert render_markdown("One.\n\nTwo.\n\n- a\n\n- b\n\nThree.")[0] == "One.\n\nTwo.\n\na\nb\n\nThree.\n"


@given(st.text(alphabet=st.sampled_from("ab# *_`>-1.|[]()!<\\&;\n\t~")))
def test_blocks_are_in_order_for_any_source(source: str) -> None:
    text, blocks, links = render_markdown(source)
    end = -1
    for block in blocks:
        words = text[block.start : block.end]
        assert end < block.start < block.end <= len(text)
        assert words.strip()
        assert words[0] != "\n"
        assert not words[-1].isspace()
        end = block.end
    for link in links:
        assert any(block.start <= link.start < link.end <= block.end for block in blocks)


@pytest.mark.parametrize(
    ("source", "expected", "body"),
    [
        (
            '---\ntitle: "A: [b]" # no\nauthor: Ann Lee # c\ndate: 2025-03-14\n---\nText',
            FrontMatter("A: [b]", "Ann Lee", "2025-03-14"),
            "Text",
        ),
        (
            "---\nauthors:\n  - Ann Lee\n  - name: 'Bo Ek'\ndate: 2025-03-14T00:00:00Z\n...\nx",
            FrontMatter("", "Ann Lee, Bo Ek", "2025-03-14"),
            "x",
        ),
        ('+++\ntitle = "Hugo"\nauthors = ["A B", "C"]\n+++\nx', FrontMatter("Hugo", "A B, C", ""), "x"),
        ("---\ntitle: A\x1b[1m\u202eB\n---\n", FrontMatter("A␛[1m\ufffdB", "", ""), ""),
        ("---\n\nA rule above, no matter.\n\n---\n", FrontMatter(), "---\n\nA rule above, no matter.\n\n---\n"),
        ("Text\n---\ntitle: no\n---\n", FrontMatter(), "Text\n---\ntitle: no\n---\n"),
        ("---\ntitle: open", FrontMatter(), "---\ntitle: open"),
    ],
)
def test_front_matter_is_split_off(source: str, expected: FrontMatter, body: str) -> None:
    assert split_front_matter(source) == (expected, body)
