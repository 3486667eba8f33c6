"""Train the bundled pipeline: `python -m training --corpora DIR`."""
