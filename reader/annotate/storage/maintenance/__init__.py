"""Backups of the store, its migration, and the rescue of what a damaged one contains."""
