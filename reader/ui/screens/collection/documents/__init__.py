"""The view of a collection that lists its documents: its columns, and what is said about the one under the cursor."""
