"""The screens of a collection: its articles, entities, profiles, search and review queue."""
