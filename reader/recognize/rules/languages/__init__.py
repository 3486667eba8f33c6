"""The language of a text, and rules for names in languages other than English."""
