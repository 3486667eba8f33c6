"""Small data structures that know nothing of documents: spans, disjoint sets, lazy sequences. Without dependencies."""
