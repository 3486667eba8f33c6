"""The look of the standalone page, on light and dark paper and in print."""

from __future__ import annotations

from typing import Final

from reader.display.colors.labels import all_looks

_STYLE: Final = """
:root { color-scheme: light dark; --paper: #fbf8f1; --ink: #2a2824; --faint: #6f6a60; --rule: #ddd6c8 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181d; --ink: #d6d3cb; --faint: #8b929c; --rule: #2b3038 } }
body { background: var(--paper); color: var(--ink); margin: 0 auto; padding: 2rem 1.25rem; max-width: 78rem;
  font: 1.05rem/1.6 Georgia, 'Times New Roman', serif; display: grid;
  grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); column-gap: 3rem }
header, footer { grid-column: 1 / -1 }
header p, footer, dt small, .count, .where { color: var(--faint); font: .85rem/1.5 system-ui, sans-serif }
h1 { line-height: 1.2; margin: 0 }
article { max-width: 42rem; overflow-wrap: anywhere }
article pre { white-space: pre-wrap; font-size: .9rem }
blockquote { border-left: 2px solid var(--rule); margin-left: 0; padding-left: 1rem }
.row { font: .9rem/1.5 ui-monospace, monospace; white-space: pre-wrap }
nav { font: .9rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
nav dl { margin: 0 } nav dt { margin-top: 1rem; font-weight: 600 } nav dd { margin: .15rem 0 0 }
nav ol { margin: .25rem 0; padding-left: 1.2rem } nav summary { cursor: pointer; color: var(--faint) }
a { color: inherit; text-decoration: none }
a.m { border-bottom: 2px solid; color: var(--label) }
a.m.machine { border-bottom-style: dotted }
a.m:target, dt:target { background: color-mix(in srgb, currentColor 22%, transparent); outline: 2px solid currentColor }
.note { border-left: 3px solid var(--rule); padding-left: .6rem; white-space: pre-wrap }
.legend span { margin-right: 1rem; white-space: nowrap; color: var(--label) }
@media (max-width: 60rem) { body { display: block } }
@media print { body { display: block; max-width: none; padding: 0 } nav { break-before: page } }
"""


def page_style() -> str:
    """Return the style sheet, with the colors of labels."""
    light = "".join(f".l-{look.css_name} {{ --label: {look.light} }}\n" for look in all_looks())
    dark = "".join(f".l-{look.css_name} {{ --label: {look.dark} }}\n" for look in all_looks())
    return f"{_STYLE}{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"
