"""Where motions and jumps lead: sentences, paragraphs, headings, positions, labels, earlier positions."""
