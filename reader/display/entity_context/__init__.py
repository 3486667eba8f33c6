"""The context of an entity: where it occurs, its companions, and the words around it."""
