"""Names in lines with special typesetting: capitals, headlines, datelines."""
