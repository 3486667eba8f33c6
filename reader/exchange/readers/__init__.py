"""Readers of the formats of other programs. Each takes files and yields what they say about each text."""
