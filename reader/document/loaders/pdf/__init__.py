"""The PDF loader: pieces of text with their positions, put into lines, columns and paragraphs."""
