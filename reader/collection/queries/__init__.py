"""Questions to the index of a collection: search, profiles, timelines. Each is a function of an open index."""
