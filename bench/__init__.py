"""Measurements of what the program promises: ratios taken in one run, and the budgets that they must meet."""
