"""The store: an append-only log of decisions in SQLite, with backups and repair."""
