"""Many documents together: the index, profiles across documents, search, watchlists."""
