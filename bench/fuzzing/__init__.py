"""Random input for the app, and whether it survives: see `bench/fuzz.py`."""
