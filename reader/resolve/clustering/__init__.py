"""Group names into entities under must-links and cannot-links."""
