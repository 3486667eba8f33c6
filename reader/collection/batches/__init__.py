"""Work over many documents, in order, on all cores."""
