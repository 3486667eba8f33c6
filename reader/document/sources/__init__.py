"""Get the bytes of a source: a file, standard input or a web address."""
