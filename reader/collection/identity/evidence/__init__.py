"""What the documents say for and against two entities being one profile."""
