"""The list of the documents of a collection: opened ones, indexed ones and samples, sorted and filtered."""
