"""The targets of motions and jumps: sentences, paragraphs, headings, typed positions, labels, earlier positions."""
