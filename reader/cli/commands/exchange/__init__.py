"""Commands that write documents for other programs and read theirs."""
