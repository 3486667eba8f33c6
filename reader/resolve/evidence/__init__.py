"""Evidence from two names, or from the text around them, that they are one entity or two."""
