"""The basis of every screen and widget: painting, themes, lists, bars."""
