"""What every screen and widget builds on: Textual internals, painting, themes, lists, bars."""
