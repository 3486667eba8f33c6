"""The screen of one profile of a collection, and the lines that it shows."""
