"""What every dialog is built on: the dialog itself, rows of choices, lines of text."""
