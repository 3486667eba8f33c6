"""The language of a text, and what holds for names in other languages than English."""
