"""Definitions: where a text says what another name or a short form stands for, and the cues of that."""
