"""The terminal: what is written to it, what it answers, its clipboard, and how it ends the program."""
