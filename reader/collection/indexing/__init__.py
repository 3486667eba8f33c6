"""Bring the index of a collection up to date."""
