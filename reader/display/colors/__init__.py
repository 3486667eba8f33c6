"""Colors: how many a terminal has, their contrast, and the look of each label."""
