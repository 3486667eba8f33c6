"""Commands about many documents: collections and watchlists."""
