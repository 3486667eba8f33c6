"""The page of keys in `docs/`, written from the table of commands.

`python -m reader.ui.keys.keymap_page > docs/keys.md` writes it.
"""

from __future__ import annotations

from typing import Final

from reader.ui.keys.commands import COMMANDS, Context

_HEADINGS: Final = {
    Context.TEXT: "In the text",
    Context.SELECTING: "While selecting",
    Context.RESIZING: "While resizing",
    Context.ENTITIES: "In the entities",
    Context.DETAILS: "In the details",
    Context.REVIEW: "In the review",
    Context.NAMES: "In the list of names",
    Context.NOTES: "In the list of notes",
    Context.HISTORY: "In the history",
    Context.ORPHANS: "In the list of lost places",
    Context.LIBRARY: "In the library",
    Context.LIST: "In every list",
    Context.ANYWHERE: "Everywhere",
}

_PREFACE: Final = """# Keys

Written from the table of commands in `reader/ui/keys/commands.py`;
`python -m reader.ui.keys.keymap_page` writes it again.

A count goes before a key: `5j`, `3]`. Letters, never digits, answer questions; the same key again takes back; `u` takes
back whatever was decided, also after a restart. To change keys, name a command in `keymap.toml` in the configuration
directory (`reader doctor` says where it is): a key, a list of keys, or `""` for none.

```toml
next-mention = "n"
search-next = ["ctrl+n", "f3"]
zen = ""
```

What cannot be used (an unknown command, a key that no terminal sends, a key that is taken in the same pane) is reported
when the app starts, and the default holds.

In the menu of labels a letter picks, Enter takes the one given last, and any other letter, or `/`, begins to filter;
what is typed in full and is no label yet becomes one. Letters and colors are set in `config.toml`, for our labels and
for labels of your own:

```toml
[labels.WEAPON]
color = "#d08770"
key = "W"
words = "a weapon"
```
"""


def keys_page() -> str:
    """Return the page of keys as Markdown."""
    parts = [_PREFACE]
    for context in Context:
        rows = [command for command in COMMANDS if command.context is context]
        parts.append(f"\n## {_HEADINGS[context]}\n\n| keys | what it does | command |\n|---|---|---|\n")
        for command in rows:
            keys = " ".join(f"`{key.replace('|', chr(92) + '|')}`" for key in command.keys) or "–"
            parts.append(f"| {keys} | {command.about} | `{command.id}` |\n")
    return "".join(parts)


if __name__ == "__main__":
    print(keys_page(), end="")
