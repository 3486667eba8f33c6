"""Text as it is shown by the app and by the commands: cells, pages, words, excerpts, search, labels. No Textual."""
