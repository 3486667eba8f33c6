"""The checks of `reader doctor`."""
