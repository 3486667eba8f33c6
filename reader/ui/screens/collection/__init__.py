"""The screens of a collection: its documents, entities, profiles, search and review queue."""
