"""Dialogs in which the user chooses from a list."""
