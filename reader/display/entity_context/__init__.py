"""An entity as the text has it: where it occurs, which others are beside it, and between which words."""
