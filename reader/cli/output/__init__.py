"""Print documents and tables: rows for a terminal or a pager, plain text, JSON and CSV."""
