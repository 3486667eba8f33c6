"""How the bundled pipeline is made: `python -m training --corpora DIR`."""
