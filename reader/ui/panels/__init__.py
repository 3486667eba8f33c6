"""The panes and lists beside the article, and the status line."""
