"""Rules that correct and complete what the network finds, and find values and texts in other languages."""
