"""XML: feeds, TEI and other documents."""
