"""Web pages: the article in a page, its text, blocks, links and metadata."""
