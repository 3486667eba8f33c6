"""Keeps the profiles in an index up to date: an update reads and writes only what it concerns."""
