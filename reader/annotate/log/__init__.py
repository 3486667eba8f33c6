"""The log of a document: its records, their anchors in the text, and the history that follows from them. Pure."""
