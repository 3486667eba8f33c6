"""Where documents come from: local files and the web."""
