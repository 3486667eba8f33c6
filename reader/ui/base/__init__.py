"""What every screen and widget is built on: painting, themes, lists, bars."""
