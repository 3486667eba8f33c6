"""Carry decisions over to a changed text, or keep them as orphans. Pure."""
