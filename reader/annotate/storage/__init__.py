"""The store: an append-only log of decisions in SQLite, its backups, and its repair."""
