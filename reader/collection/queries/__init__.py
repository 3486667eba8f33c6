"""Questions to the index of a collection: search, documents, profiles. Each is a function of an open index."""
