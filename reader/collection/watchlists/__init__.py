"""The user's own lists of names, and the names in documents that are like them.

A hit says that a name in a document is like a listed one and why. It is never a verdict: the user reviews it.
"""
