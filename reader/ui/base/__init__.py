"""What every screen and widget is built on: Textual internals, painting, themes, lists, bars."""
