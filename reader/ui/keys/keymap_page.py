"""Writes `docs/keys.md` from the table of commands, formatted as mdformat formats it.

Run `python -m reader.ui.keys.keymap_page > docs/keys.md` after every change of the table.
"""

from __future__ import annotations

from typing import Final

from reader.ui.keys.contexts import CONTEXT_TITLES, Context
from reader.ui.keys.listed_commands import listed_commands

_PREFACE: Final = """# Keys

Generated from the table of commands in `reader/ui/keys/commands.py`. Run
`python -m reader.ui.keys.keymap_page > docs/keys.md` to update this page.

Type a count before a key to repeat it: `5j`, `3]`. Questions are answered with letters, never with digits. The key
that turns something on also turns it off. `u` undoes any decision, even after a restart.

A mention is doubtful if recognition is not sure of it, or if a second pipeline disagrees (`--model FIRST+SECOND`).

To change keys, list commands in `keymap.toml` in the configuration directory (`reader doctor` shows where it is).
The value is a key, a list of keys, or `""` for no key.

```toml
next-mention = "n"
search-next = ["ctrl+n", "f3"]
zen = ""
```

The app reports mistakes when it starts: an unknown command, a key that no terminal sends, or a key that another
command of the same pane has. The default key then stays. Messages and help show your keys.

In the label menu a letter picks a label, and Enter picks the one used last. Any other letter, or `/`, starts
filtering. A name that is not a label yet becomes a new label. Set the letters and colors of labels, including your
own, in `config.toml`:

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
        parts.append(f"\n## {CONTEXT_TITLES[context]}\n\n| keys | what it does | command |\n| -- | -- | -- |\n")
        for command in listed_commands(context):
            keys = " ".join(map(_as_code, command.keys)) or "–"
            parts.append(f"| {keys} | {command.about} | `{command.id}` |\n")
    return "".join(parts)


def _as_code(key: str) -> str:
    """Return a key as code in a cell of a table."""
    return "`` ` ``" if key == "`" else f"`{key.replace('|', chr(92) + '|')}`"


if __name__ == "__main__":
    print(keys_page(), end="")
