from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.loaders.front_matter import FrontMatter, split_front_matter
from reader.document.loaders.markdown import load_content, render_markdown
from reader.document.raw_source import RawSource

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
        (
            "---\ntitle: >-\n  A title\n  of two lines\nauthor:\n  name: Ann Lee\n  url: x\ndraft: true\n---\nx",
            FrontMatter("A title of two lines", "Ann Lee", ""),
            "x",
        ),
        ('+++\ntitle = "A"\n[params]\ntitle = "B"\n+++\nx', FrontMatter("A", "", ""), "x"),
        ('+++\ntitle = "Hugo"\nauthors = ["A B", "C"]\n+++\nx', FrontMatter("Hugo", "A B, C", ""), "x"),
        ("---\ntitle: A\x1b[1m\u202eB\n---\n", FrontMatter("A␛[1m\ufffdB", "", ""), ""),
        ("---\n\nA rule above, no matter.\n\n---\n", FrontMatter(), "---\n\nA rule above, no matter.\n\n---\n"),
        ("Text\n---\ntitle: no\n---\n", FrontMatter(), "Text\n---\ntitle: no\n---\n"),
        ("---\ntitle: open", FrontMatter(), "---\ntitle: open"),
    ],
)
def test_front_matter_is_split_off(source: str, expected: FrontMatter, body: str) -> None:
    assert split_front_matter(source) == (expected, body)


def test_html_blocks_keep_tables_links_and_lists() -> None:
    source = """\
<table>
<tr><th>Ship</th><th>Port</th></tr>

<tr><td><p>Ostara</p></td><td><a href="https://g.example/">Gdansk</a></td></tr>
</table>

Between *them*.

<details><summary>More</summary>

Inside **it**.

</details>

<ul><li>one</li><li>two</li></ul>
"""
    assert rendered(source) == [
        ("table-row", 0, "", "Ship | Port"),
        ("table-row", 0, "", "Ostara | Gdansk"),
        ("paragraph", 0, "", "Between them."),
        ("paragraph", 0, "", "More"),
        ("paragraph", 0, "", "Inside it."),
        ("list-item", 1, "•", "one"),
        ("list-item", 1, "•", "two"),
    ]
    text, _, links = render_markdown(source)
    assert [(text[link.start : link.end], link.url) for link in links] == [("Gdansk", "https://g.example/")]


def test_links_in_lines_of_html_are_read() -> None:
    text, _, links = render_markdown(
        "See <a href='https://a.example/?x=1&amp;y=2'>the *quay*</a> <a href='javascript:x'>b</a>."
    )
    assert text == "See the quay b.\n"
    assert [(text[link.start : link.end], link.url) for link in links] == [("the quay", "https://a.example/?x=1&y=2")]


def test_footnotes_are_text_with_their_marks() -> None:
    notes = "[^2]: By a hand.\n[^w]: Built in *1911*.\n\n    Of stone.\n[^unused]: Not referred to.\n"
    source = f"The wall[^w] moved[^2].\n\n{notes}"
    assert [line for *_, line in rendered(source)] == [
        "The wall[1] moved[2].",
        "[2] By a hand.",
        "[1] Built in 1911.",
        "Of stone.",
        "[unused] Not referred to.",
    ]


def test_alternative_texts_have_no_marks() -> None:
    assert (
        render_markdown("![a *red* **crane** `x`](c.jpg) [![b *c*](d.png)](https://e.example/)")[0]
        == "a red crane x b c\n"
    )


def test_definition_lists_task_lists_and_nested_quotes() -> None:
    lists = "Quay\n: A wall.\n: A *place*.\n\n- [ ] open\n- [x] done\n- [z] neither\n"
    source = f"{lists}\n> One.\n>\n> > Two.\n> >\n> > > Three.\n"
    assert rendered(source) == [
        ("paragraph", 0, "", "Quay"),
        ("paragraph", 0, "", "A wall."),
        ("paragraph", 0, "", "A place."),
        ("list-item", 1, "☐", "open"),
        ("list-item", 1, "☑", "done"),
        ("list-item", 1, "•", "[z] neither"),
        ("quote", 1, "", "One."),
        ("quote", 2, "", "Two."),
        ("quote", 3, "", "Three."),
    ]


@pytest.mark.parametrize("source", ["- quay\n" * 100_001, "- 1. - + quay\n" * 50_000, "[" * 500_001, "[a](" * 250_001])
def test_a_source_that_would_take_too_long_is_read_as_plain_text(source: str) -> None:
    content = load_content(RawSource(source.encode(), "a.md", "a.md"))
    assert content.text == source
    assert content.blocks[0].start == 0
    assert content.notices == ("too many lines and marks for Markdown; read as plain text",)
