"""Names in lines that are set in a way of their own: capitals, headlines, datelines."""
