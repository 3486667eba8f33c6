"""Formats of annotation and training tools: spans with labels, some of them with entities."""
