"""Formats for people: pages and notes that show a document, its entities and every mention."""
