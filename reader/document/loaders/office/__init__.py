"""Loads office documents and e-books."""
