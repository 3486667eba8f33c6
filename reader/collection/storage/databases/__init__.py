"""The databases that an index can be in."""
