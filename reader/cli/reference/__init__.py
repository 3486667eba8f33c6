"""What is written for users from the parsers of the commands: completions for shells and the manual page."""
