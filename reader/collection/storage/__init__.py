"""The index of a collection: tables in a database, and full-text search in them."""
