"""The panes and lists beside the text, the parts of the review, and the status bar."""
