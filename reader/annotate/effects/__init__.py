"""What decisions do: to mentions, to merging, and to notes, tags, stars and answers. Pure."""
