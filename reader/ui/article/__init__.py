"""The article pane: its rows, cursor, selection, mouse and search."""
