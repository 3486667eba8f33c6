"""Loaders: one for each file format, from text to blocks and links."""
