"""The reading screen."""
