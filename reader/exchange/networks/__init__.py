"""Formats of graph and investigation programs: entities and how they are connected."""
