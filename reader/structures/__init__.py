"""Small data structures that know nothing of documents: sorted spans, disjoint sets. Pure, without dependencies."""
