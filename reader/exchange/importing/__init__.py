"""Annotations from files of other programs: where they belong in a document, and the decisions they become."""
