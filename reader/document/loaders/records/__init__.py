"""Tables and lists of records, each of which is a document: CSV and JSON."""
