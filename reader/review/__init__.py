"""The questions of a review, their order and their answers. No Textual."""
