"""Corrections of a name's label by the words in and around it."""
