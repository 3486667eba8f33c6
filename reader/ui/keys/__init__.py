"""The table of commands, the keymap, and the page of keys."""
