"""Tables of mentions, entities and names."""
