"""Text for display, in the app and by commands: cells, pages, words, excerpts, search, labels. No Textual."""
